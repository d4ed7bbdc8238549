"""The history of a house, period by period: which cells changed, and from which file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from zjf.ledger.appearances import Appearance
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSES

_FORM = FORMS[HOUSES]


@dataclass(frozen=True)
class RowChange:
    """A cell of a house's row that changed in a period's return: file, sheet and cell, as far as they are recorded.

    No field is named where the house as a whole is no longer reported.
    """

    period: str
    field: str
    before: Any
    now: Any
    source: str


def row_changes(appearances: Iterable[Appearance]) -> Iterator[RowChange]:
    """Yields the changes of a house's row in order of time; at first every filled cell is a change.

    Its unit is one where the house came from another unit.
    """
    cells_before: dict[str, Any] = {}
    unit_before = ""
    for appearance in appearances:
        if appearance.cells is None:
            if cells_before:
                yield RowChange(appearance.period, "", "在册", "未报", appearance.file_name)
            cells_before = {}
            continue
        cells = dict(appearance.cells)
        if unit_before and unit_before != appearance.unit:
            name = _FORM.unit_field.name
            yield RowChange(appearance.period, name, unit_before, appearance.unit, appearance.place_of(name))
        unit_before = appearance.unit
        for field in _FORM.fields:
            old_value, new_value = cells_before.get(field.name), cells.get(field.name)
            if field is not _FORM.unit_field and old_value != new_value:
                yield RowChange(
                    appearance.period, field.name, old_value, new_value, appearance.place_of(field.name)
                )
        cells_before = cells
