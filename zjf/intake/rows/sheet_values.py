"""The values of a workbook's sheets, by python-calamine; those of a long sheet are known already."""

import io
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from python_calamine import CalamineSheet, CalamineWorkbook, SheetMetadata

from zjf.intake.formats.extras import Merge, PlacedCells, WorkbookExtras

Value = int | float | str | bool | date | datetime | time | timedelta
"""What a cell may hold; a blank is the empty string."""


@dataclass(frozen=True)
class SheetValues:
    """A parsed sheet whose values are not converted to Python yet."""

    parsed: CalamineSheet

    @property
    def size(self) -> tuple[int, int]:
        """How many rows and columns it has, counted from A1."""
        row, column = self.parsed.end or (-1, -1)
        return row + 1, column + 1

    @property
    def merges(self) -> list[Merge]:
        return _merges(self.parsed)

    def rows(self) -> list[list[Value]]:
        """Returns all rows from the first one on, each as wide as the widest."""
        return self.parsed.to_python(skip_empty_area=False) if self.parsed.end else []


def _merges(parsed: CalamineSheet) -> list[Merge]:
    ranges = parsed.merged_cell_ranges or ()
    return [(top, left, bottom, right) for (top, left), (bottom, right) in ranges]


@dataclass(frozen=True)
class LongSheetValues:
    """A long sheet that was parsed ahead."""

    cells: PlacedCells
    merges: list[Merge]


class WorkbookValues:
    """The sheets of a workbook, each parsed when it is asked for.

    Args:
        book: Its bytes, and its long sheet, where one was parsed ahead.
    """

    def __init__(self, book: WorkbookExtras) -> None:
        self._data, self._long = book.data, book.long
        self._book = book.long.book if book.long else self._whole

    @cached_property
    def _whole(self) -> CalamineWorkbook:
        return CalamineWorkbook.from_filelike(io.BytesIO(self._data))

    @property
    def sheets(self) -> list[SheetMetadata]:
        return self._book.sheets_metadata

    def long_sheet(self, position: int) -> LongSheetValues | None:
        """Returns the sheet at a position if it was parsed ahead; else None."""
        if self._long is None or self._long.position != position:
            return None
        return LongSheetValues(self._long.cells, _merges(self._long.merged))

    def sheet(self, position: int) -> SheetValues:
        """Parses a sheet that was not parsed ahead."""
        return SheetValues(self._book.get_sheet_by_index(position))
