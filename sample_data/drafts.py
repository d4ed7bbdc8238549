"""A return being made with faults planted in it, and where they were planted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypedDict

from sample_data.files import Cell, Sheet
from sample_data.story import Cells
from sample_data.tables import Placed


class Answer(TypedDict):
    """One planted fault: its cell as a person sees it, null for a fault of the file or the sheet."""

    file: str
    sheet: str | None
    cell: str | None
    code: str
    field: str | None


@dataclass
class Draft:
    """A file of the dirty set.

    Args:
        name: The file's name.
        extension: What `files.as_bytes` takes.
        tables: The tables on its sheets.
        houses: The houses in its ledger, over all its sheets; none for an attachment.
    """

    name: str
    extension: str
    tables: list[Placed]
    houses: Sequence[Cells] = ()
    answers: list[Answer] = field(default_factory=list)
    _spoilt: set[int] = field(default_factory=set)

    @property
    def sheets(self) -> list[Sheet]:
        return [placed.sheet for placed in self.tables]

    def plant(
        self,
        code: str,
        name: str,
        value: Cell,
        where: Callable[[Cells], object] = bool,
        *,
        merged: bool = False,
    ) -> int:
        """Spoils one cell of the next sound house that fits; returns which house it was.

        Args:
            code: The problem it must be reported with.
            name: The field.
            value: What stands there now; None empties the cell.
            where: Which houses fit.
            merged: Whether the cell must be the first of merged ones.
        """
        house = next(
            number
            for number, candidate in enumerate(self.houses)
            if number not in self._spoilt
            and where(candidate)
            and (not merged or self._heads_a_merge(number, name))
        )
        self.spoil(code, house, name, value)
        return house

    def spoil(self, code: str, house: int, name: str, value: Cell) -> None:
        """Spoils one cell of a given house."""
        self.change(house, name, value)
        self.note(code, name, house)

    def change(self, house: int, name: str, value: Cell) -> None:
        """Overwrites a cell without a fault of its own."""
        placed, row = self._where(house)
        place = placed.cell(row, name)
        placed.sheet.cells.pop(place, None)
        placed.sheet.write(*place, value)
        self._spoilt.add(house)

    def note(self, code: str, name: str, row: int) -> None:
        """Writes down a fault of a row's cell."""
        placed, local = self._where(row)
        self._note(code, placed.sheet.name, address(*placed.cell(local, name)), name)

    def note_table(self, code: str, name: str | None = None, table: int = 0) -> None:
        """Writes down a fault of a whole table, or of a column that is missing from it."""
        self._note(code, self.tables[table].sheet.name, None, name)

    def note_at(self, code: str, row: int, column: int, name: str | None = None) -> None:
        """Writes down a fault of any cell of the first sheet with a table."""
        self._note(code, self.tables[0].sheet.name, address(row, column), name)

    def note_file(self, code: str) -> None:
        self._note(code, None, None, None)

    def put_total(self, name: str, value: Cell) -> None:
        """Falsifies a figure of the total row (A306)."""
        placed = self.tables[0]
        assert placed.total_row is not None
        placed.sheet.write(placed.total_row, placed.columns[name], value)
        self.note_at("A306", placed.total_row, placed.columns[name], name)

    def _note(self, code: str, sheet: str | None, cell: str | None, name: str | None) -> None:
        self.answers.append(Answer(file=self.name, sheet=self._tab(sheet), cell=cell, code=code, field=name))

    def _tab(self, sheet: str | None) -> str | None:
        """A text file has no tabs: its one sheet goes by the file's name."""
        return self.name.rsplit(".", 1)[0] if sheet and self.extension.endswith("csv") else sheet

    def _where(self, row: int) -> tuple[Placed, int]:
        for placed in self.tables:
            if row < len(placed.rows):
                return placed, row
            row -= len(placed.rows)
        raise IndexError(row)

    def _heads_a_merge(self, house: int, name: str) -> bool:
        placed, row = self._where(house)
        return any((top, left) == placed.cell(row, name) for top, left, _, _ in placed.sheet.merges)


def address(row: int, column: int) -> str:
    """The address a person sees: row and column from 0 as A1."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"
