"""复核结论 that holds 无 beside a day or a reviewer: it may mean 无隐患 or that there was no review."""

from collections.abc import Iterator, Sequence

from zjf.intake.rows.sheet_column import SheetColumn
from zjf.intake.table import Table
from zjf.intake.values.readings import tidy
from zjf.problems import Problem
from zjf.schemas import Field
from zjf.schemas.vocabulary import Finding

_NONE = "无"


def problems_of_unclear_reviews(columns: Sequence[SheetColumn], table: Table) -> Iterator[Problem]:
    """Yields C104 for each 无 as the result of a review whose row has a day or a reviewer.

    Without either, 无 is a blank.
    """
    for field in table.form.fields:
        place = table.columns.get(field.name, len(columns))
        if field.codes is not Finding or place >= len(columns) or _NONE not in columns[place].joined:
            continue
        says_none = {raw for raw in columns[place].distinct if isinstance(raw, str) and tidy(raw) == _NONE}
        for position in columns[place].where(says_none):
            if beside := [name for name in _asked_with(field, table) if table.frame[name][position]]:
                table.mark_unknown(field.name, [position])
                headings = "、".join(table.form.by_name[name].heading.text for name in beside)
                yield table.at_cells(
                    "C104",
                    f"{field.heading.text}「{_NONE}」说不清是没有隐患，还是没有复核",
                    field,
                    position,
                    f"没有隐患请填「{Finding.CLEAR}」；没有复核的，请连同{headings}一起留空。",
                    also=beside,
                    value=_NONE,
                )


def _asked_with(field: Field, table: Table) -> list[str]:
    """Returns the fields that a row must fill in where it fills in this one."""
    return [
        other.name
        for other in table.form.fields
        if other.required_when and other.required_when.when.needs == (field.name,)
    ]
