"""The values of a workbook's sheets, by python-calamine; those of a long sheet come in two halves."""

import io
from array import array
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import islice
from typing import cast

import numpy as np
from numpy.typing import NDArray
from python_calamine import CalamineSheet, CalamineWorkbook, SheetMetadata

from zjf.intake.formats.extras import Halves, Merge, WorkbookExtras

Value = int | float | str | bool | date | datetime | time | timedelta
"""What a cell may hold; a blank is the empty string."""

Places = NDArray[np.intc]
Block = tuple[int, int, Iterator[list[Value]]]
"""Rows that stand together on a sheet: the first of them, their first column, counted from 0, and what they say."""


class SheetColumn:
    """What stands in a column, from the top down.

    Most columns of a long table say the same few things again and again: what depends on a text alone is
    asked once for each of the `distinct` ones.

    Args:
        values: What stands there; None where it is given by numbers.
        numbered: The distinct values, in the order in which they come, and which of them stands in each row.
    """

    def __init__(
        self, values: Sequence[Value] | None, numbered: tuple[Sequence[Value], Places] | None = None
    ) -> None:
        self._given, self._given_numbers = values, numbered

    @cached_property
    def values(self) -> Sequence[Value]:
        """What stands there, row by row."""
        if self._given is not None:
            return self._given
        distinct = list(self.distinct)
        return [distinct[place] for place in self.places.tolist()]

    @property
    def distinct(self) -> Mapping[Value, int]:
        """Its distinct values in the order in which they come, numbered from 0."""
        return self._numbered[0]

    @property
    def places(self) -> Places:
        """Which of the distinct values stands in each row, by its number."""
        return self._numbered[1]

    @cached_property
    def _numbered(self) -> tuple[Mapping[Value, int], Places]:
        if self._given_numbers:
            distinct, places = self._given_numbers
            return {value: number for number, value in enumerate(distinct)}, places
        numbers: defaultdict[Value, int] = defaultdict()
        numbers.default_factory = numbers.__len__  # what was not met before gets the next number
        found = array("i", map(numbers.__getitem__, self.values))
        numbers.default_factory = None
        return numbers, np.frombuffer(found, dtype=np.intc)

    @cached_property
    def joined(self) -> str:
        """Its distinct texts as one: what most columns hold nowhere is looked for in all of them at once."""
        try:
            return "\n".join(cast("Mapping[str, int]", self.distinct))
        except TypeError:  # numbers or days are among them
            return "\n".join(value for value in self.distinct if isinstance(value, str))

    @cached_property
    def holds_truth_values(self) -> bool:
        """Whether there are any among its values."""
        if not (True in self.distinct or False in self.distinct):
            return False
        # Given by numbers, no value stands for one that is only equal to it.
        return bool in set(map(type, self.distinct if self._given is None else self._given))

    def where(self, among: Collection[Hashable]) -> list[int]:
        """The rows in which one of some of its distinct values stands, counted from 0."""
        if not among:
            return []
        numbers = [number for value, number in self.distinct.items() if value in among]
        rows: list[int] = np.flatnonzero(np.isin(self.places, numbers)).tolist()
        return rows

    @property
    def is_blank(self) -> bool:
        return len(self.distinct) == 1 and "" in self.distinct


@dataclass(frozen=True)
class SheetValues:
    """A parsed sheet, whose values are not made Python's yet.

    Args:
        upper: The sheet, or the upper half of it.
        lower: Its lower half, where it was parsed in two.
    """

    upper: CalamineSheet
    lower: CalamineSheet | None = None

    @property
    def size(self) -> tuple[int, int]:
        """How many rows and columns it reaches over."""
        ends = [half.end for half in (self.upper, self.lower) if half and half.end]
        return max((row + 1 for row, _ in ends), default=0), max(
            (column + 1 for _, column in ends), default=0
        )

    @property
    def merges(self) -> list[Merge]:
        ranges = self.upper.merged_cell_ranges or ()
        return [(top, left, bottom, right) for (top, left), (bottom, right) in ranges]

    def rows(self) -> list[list[Value]]:
        """All of its rows from the first one on, each as wide as the widest; of a sheet that was parsed whole."""
        return self.upper.to_python(skip_empty_area=False) if self.upper.end else []

    def blocks(self) -> Iterator[Block]:
        """Its parts, from the top down, whose rows are made Python's one by one."""
        for part in (self.upper, self.lower):
            if part and part.start:
                top, left = part.start
                yield top, left, islice(part.iter_rows(), top, None)


class WorkbookValues:
    """The sheets of a workbook, each parsed when it is asked for.

    Args:
        book: Its bytes, and the halves of a long sheet, where there is one.
    """

    def __init__(self, book: WorkbookExtras) -> None:
        self._parsed: dict[int, SheetValues] = {}
        if book.halves and (parsed := _together(book.halves)):
            self._book, self._parsed[book.halves.position] = parsed
        else:
            self._book = CalamineWorkbook.from_filelike(io.BytesIO(book.data))

    @property
    def sheets(self) -> list[SheetMetadata]:
        return self._book.sheets_metadata

    def sheet(self, position: int) -> SheetValues:
        """Parses a sheet, unless it is parsed already."""
        return self._parsed.get(position) or SheetValues(self._book.get_sheet_by_index(position))


def _together(halves: Halves) -> tuple[CalamineWorkbook, SheetValues] | None:
    """The workbook, and the sheet of which both halves are parsed.

    None where they cannot be parsed, or the rows are out of order: read whole, the sheet tells what is wrong.
    """
    if halves.upper.exception() or halves.lower.exception():
        return None
    (book, upper), (_, lower) = halves.upper.result(), halves.lower.result()
    if upper.end and lower.start and lower.start[0] <= upper.end[0]:
        return None
    return book, SheetValues(upper, lower)
