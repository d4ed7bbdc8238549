"""The rows of a sheet that are held one by one: of most sheets, and of one that was changed."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Self

from python_calamine import CalamineSheet

from zjf.intake.rows.sheet_column import SheetColumn
from zjf.intake.rows.sheet_values import Value, in_words

_AT_ONCE = 512
"""How many rows are turned into columns at once: few enough for the processor's cache."""


class ListedRows(list[list[Value]]):
    """Rows that answer as those of a long sheet do (`zjf.intake.rows.coded_rows`)."""

    @classmethod
    def of(cls, sheet: CalamineSheet) -> Self:
        """Returns the rows of a sheet, from the first one on and each as wide as the widest."""
        return cls(map(in_words, sheet.to_python(skip_empty_area=False) if sheet.end else ()))

    def columns_of(self, which: Sequence[int]) -> list[SheetColumn]:
        """Returns the values of some rows, given from the top down, column by column."""
        rows = [self[row] for row in which]
        columns: list[list[Value]] = [[] for _ in self[0]] if self else []
        for first in range(0, len(rows), _AT_ONCE):
            part = zip(*rows[first : first + _AT_ONCE], strict=True)
            for values, more in zip(columns, part, strict=True):
                values += more
        return list(map(SheetColumn, columns))

    def where(self, within: range, columns: Collection[int], holds: Callable[[Value], bool]) -> Iterator[int]:
        """Yields the rows in which a condition holds for the cells of all the columns."""
        return (row for row in within if all(holds(self[row][column]) for column in columns))

    def worth_a_look(
        self, within: range, few: int, first: int, hints: Callable[[Value], bool]
    ) -> Iterator[int]:
        """Yields the rows with at most so many filled cells, and those of whose first ones any hints at something."""
        for at in within:
            row = self[at]
            if len(row) - row.count("") <= few or any(
                map(hints, islice((value for value in row if value != ""), first))
            ):
                yield at

    def is_blank(self, column: int) -> bool:
        """Whether no row has anything in a column."""
        return all(row[column] == "" for row in self)

    def texts(self) -> set[str]:
        """Returns the distinct texts."""
        return {value for row in self for value in row if isinstance(value, str)}

    def with_cells(self, cells: Mapping[tuple[int, int], Value]) -> Self:
        """Puts other values into some cells, given by row and column; returns the rows."""
        for (row, column), value in cells.items():
            if row < len(self) and column < len(self[row]):
                self[row][column] = value
        return self
