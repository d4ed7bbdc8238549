"""The history of a house, period by period: which cells changed, and from which file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from zjf.ledger.appearances import Appearance
from zjf.schemas import FORMS

_FORM = FORMS["house-ledger"]


@dataclass(frozen=True)
class RowChange:
    """A cell of a house's row that changed.

    Args:
        period: The period whose return changed it.
        field: The field; empty where the house as a whole is no longer reported.
        before: The cell's text before.
        now: Its text since.
        source: The file, sheet and cell, as far as they are known.
    """

    period: str
    field: str
    before: Any
    now: Any
    source: str


def row_changes(appearances: Sequence[Appearance]) -> list[RowChange]:
    """Returns the changes of a house's row in order of time; first every filled cell is a change."""
    return list(_changes(appearances))


def _changes(appearances: Sequence[Appearance]) -> Iterator[RowChange]:
    before: dict[str, Any] = {}
    for appearance in appearances:
        if appearance.cells is None:
            if before:
                yield RowChange(appearance.period, "", "在册", "未报", appearance.file_name)
            before = {}
            continue
        now = dict(appearance.cells)
        for field in _FORM.fields:
            was, says = before.get(field.name), now.get(field.name)
            if field is not _FORM.unit_field and was != says:
                yield RowChange(appearance.period, field.name, was, says, appearance.place(field.name))
        before = now
