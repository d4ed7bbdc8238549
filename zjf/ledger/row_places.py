"""The place of a row in the file that it was read from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from zjf.intake.a1 import a1
from zjf.ledger.acceptances import SheetRows


@dataclass(frozen=True)
class RowPlace:
    """The place of a row.

    Args:
        row: The sheet's row, counted from 0.
        columns: The sheet's column of each field found on it, counted from 0.
    """

    file_name: str
    sheet: str
    row: int
    columns: Mapping[str, int]

    def cell(self, name: str) -> str | None:
        """Returns the A1 address of a field's cell; None where the sheet has no such column."""
        column = self.columns.get(name)
        return None if column is None else a1(self.row, column)


def row_place(file_name: str, sheets: Iterable[SheetRows], position: int) -> RowPlace | None:
    """Returns the place of one row of a submission; None where an older zjf accepted it, which kept no places."""
    for part in sheets:
        if position < len(part.rows):
            return RowPlace(file_name, part.sheet, part.rows[position], part.columns)
        position -= len(part.rows)
    return None


def row_places(file_name: str, sheets: Iterable[SheetRows]) -> Iterator[RowPlace]:
    """Yields the place of each row of a submission; nothing where an older zjf accepted it, which kept no places."""
    for part in sheets:
        for row in part.rows:
            yield RowPlace(file_name, part.sheet, row, part.columns)
