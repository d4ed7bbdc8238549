"""The values of a workbook's sheets, by python-calamine; those of a long sheet come in two halves."""

import io
from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import cast

from python_calamine import CalamineSheet, CalamineWorkbook, SheetMetadata

from zjf.intake.formats.extras import Halves, Merge, WorkbookExtras

Value = int | float | str | bool | date | datetime | time | timedelta
"""What a cell may hold; a blank is the empty string."""


@dataclass(frozen=True)
class SheetColumn:
    """What stands in a column, from the top down.

    Most columns of a long table say the same few things again and again: what depends on a text alone is
    asked once for each of the `distinct` ones.
    """

    values: Sequence[Value]

    @property
    def distinct(self) -> Mapping[Value, int]:
        """Its distinct values in the order in which they come, numbered from 0."""
        return self._numbered[0]

    @property
    def places(self) -> "array[int]":
        """Which of the distinct values stands in each row, by its number."""
        return self._numbered[1]

    @cached_property
    def _numbered(self) -> "tuple[Mapping[Value, int], array[int]]":
        numbers: defaultdict[Value, int] = defaultdict()
        numbers.default_factory = numbers.__len__  # what was not met before gets the next number
        places = array("i", map(numbers.__getitem__, self.values))
        numbers.default_factory = None
        return numbers, places

    @cached_property
    def joined(self) -> str:
        """Its distinct texts as one: what most columns hold nowhere is looked for in all of them at once."""
        try:
            return "\n".join(cast("Mapping[str, int]", self.distinct))
        except TypeError:  # numbers or days are among them
            return "\n".join(value for value in self.distinct if isinstance(value, str))

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
        """All of its rows from the first one on, each as wide as the widest."""
        rows: list[list[Value]] = self.upper.to_python(skip_empty_area=False) if self.upper.end else []
        if self.lower and self.lower.start:
            first, left = self.lower.start
            below: list[list[Value]] = self.lower.to_python(skip_empty_area=True)
            rows += [[] for _ in range(first - len(rows))]
            rows += [[*[""] * left, *row] for row in below] if left else below
        _, width = self.size
        return [row if len(row) == width else [*row, *[""] * (width - len(row))] for row in rows]


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
