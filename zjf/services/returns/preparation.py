"""The county's preparation of each return, done in the process that reads the return."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from zjf.checking.compact import PackedTexts, as_run, packed_keys
from zjf.checking.due_dates import overdue
from zjf.checking.one_return import CheckedReturn
from zjf.checking.ready_return import ReadyReturn
from zjf.figures.units import UnitFigures, figures_of
from zjf.ledger import ReadyRows
from zjf.notices.notice import Notice
from zjf.rules.registry import Judgement, Noted
from zjf.schemas.form_ids import HOUSES

_MANY_NAMES = 100
"""Fewer take little memory as they are."""


@dataclass
class CountedReturn(ReadyReturn):
    """A return whose rows were counted where they were read.

    `figures` are those of its unit if it is accepted whole, and nothing else that the unit sent bears on them; None
    where they are to be counted once it is accepted.
    """

    figures: UnitFigures | None = None


@dataclass(frozen=True)
class Preparation:
    """Makes a return ready that was checked alone.

    Args:
        judgement: What depends on the notice and the day.
    """

    notice: Notice
    judgement: Judgement

    def __call__(self, checked: CheckedReturn) -> CountedReturn:
        """Returns the return with what is past its day, its figures, and its rows as the ledger takes them."""
        late = tuple(overdue(checked.tables, self.notice, self.judgement))
        figures = self._figures(checked)
        rows_as = dict(_rows_made_ready(checked))
        _take_little_memory(checked)
        return CountedReturn(
            **{field.name: getattr(checked, field.name) for field in fields(CheckedReturn)},
            overdue=late,
            rows_as=rows_as,
            figures=figures,
        )

    def _figures(self, checked: CheckedReturn) -> UnitFigures | None:
        rows = {table.form.id: table.frame for table in checked.tables if table.unit}
        units = {table.unit for table in checked.tables}
        if checked.blocked or len(rows) < len(checked.tables) or len(units) != 1:
            return None
        kept = [name for table in checked.tables if table.form.id == HOUSES for name in table.columns]
        return figures_of(units.pop() or "", rows, None, self.judgement, Noted(columns=kept))


def _take_little_memory(checked: CheckedReturn) -> None:
    """Writes what the county holds of each return until the end in few bytes."""
    for table in checked.tables:
        if len(table.people) >= _MANY_NAMES:
            table.people = PackedTexts(table.people)
        table.rows = as_run(table.rows)
    checked.keys = [*map(packed_keys, checked.keys)]


def _rows_made_ready(checked: CheckedReturn) -> Iterator[tuple[int, ReadyRows]]:
    """By table, the rows where there are some, and all are of the table's unit; the table leaves them to these."""
    for table in checked.tables:
        if table.rows and table.unit and set(table.cells(table.form.unit_field.name)) == {table.unit}:
            ready = ReadyRows.of(table.form, table.unit, table.frame, table.typed)
            table.keep_rows_in(ready)
            yield table.index, ready
