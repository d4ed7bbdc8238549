"""The rows of a long sheet, kept by column: each distinct value once, and for each row the number of its value.

A long sheet repeats few values many times, and is never held cell by cell.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self, overload

import numpy as np
from numpy.typing import NDArray

from zjf.intake.rows.listed_rows import ListedRows
from zjf.intake.rows.sheet_column import Places, SheetColumn, numbering
from zjf.intake.rows.sheet_values import Value

Mask = NDArray[np.bool_]
Some = NDArray[np.int_] | slice
"""Which rows."""
_ALL = slice(None)
_NOWHERE = -1


@dataclass(frozen=True, eq=False)
class PlacedCells:
    """The cells of a sheet, from the top left on.

    Args:
        distinct: What they say, each thing once at least.
        rows: For each cell its row, counted from 0.
        codes: Which of the distinct things it says.
    """

    distinct: Sequence[Any]
    rows: Places
    columns: Places
    codes: Places

    @cached_property
    def height(self) -> int:
        return int(self.rows.max(initial=-1)) + 1

    @cached_property
    def width(self) -> int:
        return int(self.columns.max(initial=-1)) + 1

    def saying(self, values: Sequence[Any], empty: Collection[int]) -> "PlacedCells":
        """Returns the cells with what the distinct ones mean, without those that are `empty`."""
        is_there = np.ones(len(values), dtype=np.bool_)
        is_there[[*empty]] = False
        there = is_there[self.codes]
        return PlacedCells(values, self.rows[there], self.columns[there], self.codes[there])


@dataclass(frozen=True)
class CodedColumn:
    """A column of a sheet.

    Args:
        values: Its distinct values.
        places: For each row, the position of its value in `values`.
        blank: The position of the blank in `values`; -1 where no cell is blank.
    """

    values: list[Value]
    places: Places
    blank: int

    def of(self, rows: Some) -> SheetColumn:
        """Returns the values of some rows, from the top down."""
        places = self.places[rows]
        order = _by_first_appearance(places, len(self.values))
        numbers = np.empty(len(self.values), dtype=np.intc)
        numbers[order] = np.arange(len(order), dtype=np.intc)
        return SheetColumn(None, (self._at(order), numbers[places]))

    def with_cells(self, cells: Mapping[int, Value]) -> "CodedColumn":
        """The column with other values in some rows."""
        values, places = list(self.values), self.places.copy()
        numbers = {value: number for number, value in enumerate(values)}
        for row, value in cells.items():
            if value not in numbers:
                numbers[value] = len(values)
                values.append(value)
            places[row] = numbers[value]
        return CodedColumn(values, places, self.blank)

    def _at(self, places: Places) -> list[Value]:
        if len(places) and (np.diff(places) == 1).all():  # they stand together, as in most columns
            return self.values[places[0] : places[-1] + 1]
        return [self.values[place] for place in places.tolist()]

    def is_filled(self) -> Mask:
        """Returns for each row whether its cell is not blank."""
        is_filled: Mask = self.places != self.blank
        return is_filled

    def where(self, holds: Callable[[Value], bool], rows: Some = _ALL) -> Mask:
        """Returns for each of some rows whether a condition holds for its value; each distinct one is tested once."""
        places = self.places[rows]
        tested = np.flatnonzero(np.bincount(places, minlength=len(self.values)))
        holds_for = np.zeros(len(self.values), dtype=np.bool_)
        holds_for[tested] = [holds(self.values[place]) for place in tested.tolist()]
        by_row: Mask = holds_for[places]
        return by_row


class CodedRows(Sequence[list[Value]]):
    """The rows of a sheet; each is made when it is asked for."""

    def __init__(self, columns: Sequence[CodedColumn], height: int) -> None:
        self.columns, self._height = columns, height

    @classmethod
    def of(cls, cells: PlacedCells) -> Self:
        """Makes rows of the cells of a sheet."""
        order = np.argsort(cells.columns.astype(np.int16), kind="stable")
        bounds = np.searchsorted(cells.columns[order], np.arange(1, cells.width))
        scratch = np.empty(len(cells.distinct), dtype=np.intc)
        columns = [_coded(cells, of_column, scratch) for of_column in np.split(order, bounds)]
        return cls(columns[: cells.width], cells.height)

    def __len__(self) -> int:
        return self._height

    @overload
    def __getitem__(self, row: int) -> list[Value]: ...
    @overload
    def __getitem__(self, row: slice) -> list[list[Value]]: ...
    def __getitem__(self, row: int | slice) -> list[Value] | list[list[Value]]:
        if isinstance(row, slice):
            return [self[at] for at in range(*row.indices(self._height))]
        if not -self._height <= row < self._height:
            raise IndexError(row)
        return [column.values[column.places[row]] for column in self.columns]

    def __eq__(self, other: object) -> bool:
        """As two lists of rows are equal."""
        return list(self) == list(other) if isinstance(other, Sequence) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def with_cells(self, cells: Mapping[tuple[int, int], Value]) -> "CodedRows":
        """The rows with other values in some cells, given by row and column."""
        of_columns: dict[int, dict[int, Value]] = {}
        for (row, column), value in cells.items():
            if row < self._height and column < len(self.columns):
                of_columns.setdefault(column, {})[row] = value
        changed = [
            column.with_cells(of_columns[place]) if place in of_columns else column
            for place, column in enumerate(self.columns)
        ]
        return CodedRows(changed, self._height)

    def columns_of(self, rows: Sequence[int]) -> list[SheetColumn]:
        """Returns the values of some rows, given from the top down, column by column."""
        together = bool(rows) and rows[-1] - rows[0] == len(rows) - 1
        selected = slice(rows[0], rows[-1] + 1) if together else np.array(rows, dtype=np.int_)
        return [column.of(selected) for column in self.columns]

    def where(self, within: range, columns: Collection[int], holds: Callable[[Value], bool]) -> Iterator[int]:
        """Yields the rows in which a condition holds for the cells of all the columns."""
        found = np.arange(within.start, within.stop)
        for column in columns:  # often hardly a row is left after the first one
            found = found[self.columns[column].where(holds, found)]
        return iter(found.tolist())

    def worth_a_look(
        self, within: range, few: int, first: int, hints: Callable[[Value], bool]
    ) -> Iterator[int]:
        """Yields the rows with at most so many filled cells, and those of whose first ones any hints at something."""
        filled, looked_at = np.zeros(self._height, dtype=np.intc), np.zeros(self._height, dtype=np.intc)
        hinting = np.zeros(self._height, dtype=np.bool_)
        for column in self.columns:
            is_filled = column.is_filled()
            filled += is_filled
            first_cells = is_filled & (looked_at < first)
            if first_cells.any():
                hinting |= first_cells & column.where(hints)
                looked_at += first_cells
        found = np.flatnonzero(((filled <= few) | hinting)[within.start : within.stop]) + within.start
        return iter(found.tolist())

    def is_blank(self, column: int) -> bool:
        """Whether no row has anything in a column."""
        return not self.columns[column].is_filled().any()

    def texts(self) -> set[str]:
        """Returns the distinct texts."""
        return {value for column in self.columns for value in column.values if isinstance(value, str)}


SheetRows = ListedRows | CodedRows
"""The rows of a sheet, of whichever kind: both answer the same questions."""


def _by_first_appearance(places: Places, count: int) -> Places:
    """Returns the distinct places in order of appearance; `count` is how many different ones there may be."""
    first = np.full(count, len(places), dtype=np.intc)
    # Backwards, so that the first appearance is written last and stays.
    first[places[::-1]] = np.arange(len(places) - 1, -1, -1, dtype=np.intc)
    order = np.argsort(first, kind="stable")[: np.count_nonzero(first < len(places))]
    return order.astype(np.intc)


def _coded(cells: PlacedCells, of_column: NDArray[np.intp], scratch: Places) -> CodedColumn:
    """A column of a sheet.

    Args:
        of_column: Which of them are in the column, from the top down.
        scratch: A number for each of the cells' values, to be written over.
    """
    codes, rows = cells.codes[of_column], cells.rows[of_column]
    in_turn = np.arange(len(codes), dtype=np.intc)
    scratch[codes[::-1]] = in_turn[::-1]  # of many the last one stays
    firsts = codes[scratch[codes] == in_turn]
    values: list[Value] = [cells.distinct[number] for number in firsts.tolist()]
    numbers = numbering()
    scratch[firsts] = np.fromiter(map(numbers.__getitem__, values), dtype=np.intc, count=len(values))
    blank = numbers[""] if len(rows) < cells.height else numbers.get("", _NOWHERE)
    places = np.full(cells.height, blank, dtype=np.intc)
    places[rows] = scratch[codes]
    return CodedColumn(list(numbers), places, blank)
