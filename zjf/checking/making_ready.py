"""What a county asks of each return by itself, done where the return is read: it travels to the process that does it."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from zjf.checking.due_dates import overdue
from zjf.checking.one_return import CheckedReturn
from zjf.checking.ready_return import ReadyReturn
from zjf.ledger import ReadyRows
from zjf.notices.notice import Notice
from zjf.rules.registry import Judgement


@dataclass(frozen=True)
class MakesReady:
    """Makes a return ready that was checked alone.

    Args:
        notice: The notice in force.
        judgement: What depends on the notice and the day.
    """

    notice: Notice
    judgement: Judgement

    def __call__(self, checked: CheckedReturn) -> ReadyReturn:
        """Returns the return with what is past its day, and its rows as the ledger takes them."""
        late = tuple(overdue(checked.tables, self.notice, self.judgement))
        return ReadyReturn(
            **{its.name: getattr(checked, its.name) for its in fields(CheckedReturn)},
            overdue=late,
            rows_as=dict(_rows_made_ready(checked)),
        )


def _rows_made_ready(checked: CheckedReturn) -> Iterator[tuple[int, ReadyRows]]:
    """By table, the rows where there are some, and all are of the table's unit; the table leaves them to these."""
    for table in checked.tables:
        field = table.form.unit_field
        if table.rows and table.unit and field and set(table.cells(field.name)) == {table.unit}:
            ready = ReadyRows.of(table.form, table.unit, table.frame)
            table.leave_rows_to(ready)
            yield table.index, ready
