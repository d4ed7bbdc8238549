"""The values of a workbook's sheets, by python-calamine; those of a long sheet come in pieces."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import islice

from python_calamine import CalamineSheet, CalamineWorkbook, SheetMetadata

from zjf.intake.formats.extras import Merge, Pieces, WorkbookExtras

Value = int | float | str | bool | date | datetime | time | timedelta
"""What a cell may hold; a blank is the empty string."""

Block = tuple[int, int, Iterator[list[Value]]]
"""Rows that stand together on a sheet: the first of them, their first column, counted from 0, and what they say."""


@dataclass(frozen=True)
class SheetValues:
    """A parsed sheet, whose values are not made Python's yet."""

    parsed: CalamineSheet

    @property
    def size(self) -> tuple[int, int]:
        """How many rows and columns it reaches over."""
        row, column = self.parsed.end or (-1, -1)
        return row + 1, column + 1

    @property
    def merges(self) -> list[Merge]:
        return _merges(self.parsed)

    def rows(self) -> list[list[Value]]:
        """All of its rows from the first one on, each as wide as the widest."""
        return self.parsed.to_python(skip_empty_area=False) if self.parsed.end else []


def _merges(parsed: CalamineSheet) -> list[Merge]:
    ranges = parsed.merged_cell_ranges or ()
    return [(top, left, bottom, right) for (top, left), (bottom, right) in ranges]


class BrokenSeamError(Exception):
    """The pieces of a sheet cannot be put together: read whole, it tells what is wrong."""


class LongSheetValues:
    """A sheet that is parsed in pieces, each gone on with as soon as it is there.

    Args:
        pieces: The pieces.
        merges: The ranges that are merged.
    """

    def __init__(self, pieces: Pieces, merges: list[Merge]) -> None:
        self._pieces, self.merges = pieces, merges

    def blocks(self, admit: Callable[[int, int], None]) -> Iterator[Block]:
        """The rows of each piece, from the top down; once.

        Args:
            admit: Called with how many rows and columns there are so far; refuses too many.

        Raises:
            BrokenSeamError: A piece cannot be parsed, or the rows are out of order.
        """
        height = width = 0
        while self._pieces.parsed:
            piece = self._pieces.parsed.pop(0)
            if piece.exception():
                raise BrokenSeamError
            _, parsed = piece.result()
            if not (parsed.start and parsed.end):
                continue
            top, left = parsed.start
            if top < height:
                raise BrokenSeamError
            height, width = parsed.end[0] + 1, max(width, parsed.end[1] + 1)
            admit(height, width)
            yield top, left, islice(parsed.iter_rows(), top, None)
            del piece, parsed  # it is large


class WorkbookValues:
    """The sheets of a workbook, each parsed when it is asked for.

    Args:
        book: Its bytes, and the pieces of a long sheet, where there is one.
    """

    def __init__(self, book: WorkbookExtras) -> None:
        self._data, self._long = book.data, None
        pieces = book.pieces
        if pieces is None or pieces.parsed[0].exception():
            self._book = self._whole
            return
        self._book, parsed = pieces.parsed[0].result()
        self._long = (pieces.position, LongSheetValues(pieces, _merges(parsed)))

    @cached_property
    def _whole(self) -> CalamineWorkbook:
        return CalamineWorkbook.from_filelike(io.BytesIO(self._data))

    @property
    def sheets(self) -> list[SheetMetadata]:
        return self._book.sheets_metadata

    def long_sheet(self, position: int) -> LongSheetValues | None:
        """The sheet at a position, where it is parsed in pieces."""
        return self._long[1] if self._long and self._long[0] == position else None

    def sheet(self, position: int) -> SheetValues:
        """Parses a sheet, as a whole."""
        book = self._whole if self.long_sheet(position) else self._book
        return SheetValues(book.get_sheet_by_index(position))
