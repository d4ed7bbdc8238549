"""How much room the cells of a sheet have, and whether their texts fit into it."""

import unicodedata
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

_USUAL_DIGITS, _MARGIN_DIGITS = 8, 0.43
"""How wide a column is that nobody set, in digits, and the room beside them."""
_DEFAULT_HEIGHT = 15.0
_USUAL_POINTS = 11
_DIGIT_WIDTH = 0.8
"""How much of a column's width a digit takes at least, in type of 11 points."""
_TAB_WIDTH = 8.0
_LINE_HEIGHT = 1.2
"""How high a line is, in heights of its type."""
_STACKED_ROTATION = 255
"""openpyxl's `text_rotation` of a text whose letters stand below each other."""
_LEAST_SHARE = 0.5
"""The least share of a text in sight for which its cell is not called too small: widths are only estimates."""


class Room:
    """The widths, heights and merged cells of a sheet.

    Args:
        width: How many columns it has.
        is_blank: Whether the cell at a row and column, counted from 0, lets its neighbour's text run over it.
    """

    def __init__(self, page: Any, width: int, is_blank: Callable[[int, int], bool]) -> None:
        self._page, self._width, self._is_blank = page, width, is_blank

    def why_number_unseen(self, cell: Any, text: str) -> str:
        """Returns why a number is shown as `###`, or rounded, in its cell; empty where it is not."""
        row, column = cell.row - 1, cell.column - 1
        if (row, column) in self.merged:
            return ""
        points = cell.font.sz or _USUAL_POINTS
        needed = len(text) * _DIGIT_WIDTH * points / _USUAL_POINTS + (cell.alignment.indent or 0)
        return "列太窄，看不全" if self.width_of(column) < needed else ""

    def why_row_hides(self, cell: Any, text: str) -> str:
        """Returns why a row is too low for a line of text, or for the length of vertical text; empty: it is not."""
        height = self.heights.get(cell.row - 1, self.height_of_others)
        if rotation := cell.alignment.text_rotation:
            letter_height = _LINE_HEIGHT if rotation == _STACKED_ROTATION else _DIGIT_WIDTH / 2
            needed = sum(map(_units, text)) * letter_height * (cell.font.sz or _USUAL_POINTS)
            is_upright = rotation == _STACKED_ROTATION or 45 <= rotation <= 90 or rotation >= 135  # degrees
            return "行太矮，看不全" if is_upright and self._height(cell) < _LEAST_SHARE * needed else ""
        is_low = height is not None and height < 0.7 * (cell.font.sz or _USUAL_POINTS)
        return "行太矮，看不全" if is_low and cell.row - 1 not in self._merged_rows else ""

    def why_text_cut(self, cell: Any, text: str) -> str:
        """Returns why most of a text is out of sight in its cell; empty where it is not."""
        points = cell.font.sz or _USUAL_POINTS
        wraps = bool(cell.alignment.wrap_text) or "\n" in text
        line_width = self._own_width(cell) if "\n" in text else 0.0
        needed = sum(
            max(sum(map(_units, line)) * points / _USUAL_POINTS, line_width) for line in text.split("\n")
        )
        lines = max(1.0, self._height(cell) / (points * _LINE_HEIGHT)) if wraps else 1.0
        room = lines * (self._own_width(cell) if wraps else self._width_with_blanks(cell))
        room -= cell.alignment.indent or 0
        return "格子太小，大半看不见" if room < _LEAST_SHARE * needed else ""

    def _own_width(self, cell: Any) -> float:
        columns, _ = self.merged.get(
            (cell.row - 1, cell.column - 1), (range(cell.column - 1, cell.column), None)
        )
        return sum(map(self.width_of, columns))

    def _width_with_blanks(self, cell: Any) -> float:
        """Returns the width of a cell with the blank ones beside it, over which its text runs."""
        row, column = cell.row - 1, cell.column - 1
        if (row, column) in self.merged:
            return self._own_width(cell)
        last_column = column
        while last_column < self._width and self._is_blank(row, last_column + 1):
            last_column += 1
        return sum(map(self.width_of, range(column, last_column + 1)))

    def _height(self, cell: Any) -> float:
        """Returns a cell's height; an unmerged row without a set height grows with its text."""
        _, rows = self.merged.get((cell.row - 1, cell.column - 1), (None, None))
        if rows is None:
            return self.heights.get(cell.row - 1, float("inf"))
        usual = self._page.sheet_format.defaultRowHeight or _DEFAULT_HEIGHT
        return float(sum(self.heights.get(row, usual) for row in rows))

    def width_of(self, column: int) -> float:
        """Returns a column's width, in digits of 11 points."""
        return self.widths.get(column, self.width_of_others)

    @property
    def width_of_others(self) -> float:
        """The width of the columns that have none of their own, in digits of 11 points."""
        settings = self._page.sheet_format
        if settings.defaultColWidth is not None:
            return float(settings.defaultColWidth) * self._digit
        digits = settings.baseColWidth
        return ((_USUAL_DIGITS if digits is None else float(digits)) + _MARGIN_DIGITS) * self._digit

    @cached_property
    def _digit(self) -> float:
        """How wide a digit of the workbook's usual type is, in which its columns are measured: one of 11 points is 1."""
        book = self._page.parent
        fonts = [book._fonts[0], *(style.font for style in book._named_styles if style.name == "Normal")]
        return float(min(font.sz or _USUAL_POINTS for font in fonts)) / _USUAL_POINTS

    @cached_property
    def widths(self) -> dict[int, float]:
        """The widths of the columns that have one of their own."""
        return {
            column: dimension.width * self._digit
            for column, dimension in self.columns()
            if dimension.width is not None
        }

    @property
    def height_of_others(self) -> float | None:
        """The height of the rows that have none of their own; None where they grow with their texts."""
        settings = self._page.sheet_format
        return float(settings.defaultRowHeight) if settings.customHeight else None

    @cached_property
    def heights(self) -> dict[int, float]:
        """The heights of the rows that have one of their own, in points."""
        return {
            number - 1: dimension.height
            for number, dimension in self._page.row_dimensions.items()
            if dimension.height is not None
        }

    def columns(self) -> Iterator[tuple[int, Any]]:
        """Yields the columns that have settings of their own, with these."""
        for dimension in self._page.column_dimensions.values():
            first_column = dimension.min or 1
            for column in range(first_column, min(dimension.max or first_column, self._width) + 1):
                yield column - 1, dimension

    @cached_property
    def merged(self) -> dict[tuple[int, int], tuple[range, range]]:
        """The columns and rows of each merged cell, by its first row and column."""
        return {
            (area.min_row - 1, area.min_col - 1): (
                range(area.min_col - 1, area.max_col),
                range(area.min_row - 1, area.max_row),
            )
            for area in self._page.merged_cells.ranges
        }

    @cached_property
    def covered(self) -> set[tuple[int, int]]:
        """The cells that lie under a merged one."""
        return {
            (row, column)
            for top_left, (columns, rows) in self.merged.items()
            for row in rows
            for column in columns
            if (row, column) != top_left
        }

    @cached_property
    def _merged_rows(self) -> set[int]:
        return {row for _, rows in self.merged.values() if len(rows) > 1 for row in rows}


def _units(sign: str) -> float:
    """Returns how much of a column's width a letter takes, in type of 11 points."""
    if sign == "\t":
        return _TAB_WIDTH
    return 2.0 if unicodedata.east_asian_width(sign) in "WF" else 1.0
