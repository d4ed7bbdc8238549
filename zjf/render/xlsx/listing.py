"""A plain list on a sheet: a title, one header, rows to scroll and filter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from math import ceil
from typing import ClassVar

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from zjf.documents.layout import Column, across, ems, inches, letters_per_line, most_ems, text_height
from zjf.documents.ledger_table import text_of
from zjf.documents.list_sheet import ListSheet
from zjf.documents.paper_sizes import BODY_POINTS, READABLE_SCALE, paper_for
from zjf.errors import CannotDoError
from zjf.render.xlsx.workbook import Styles, set_page, write_header, write_line, write_span

_HEADER = 1
_LAST_ROW = 1_048_575
_PROSE_WIDTH = 20  # a column so wide holds prose, which is not centred
_POINTS = 11
_ROW_HEIGHT = 21
_TITLE_POINTS = 16


@dataclass(frozen=True)
class Link:
    """A cell that opens something.

    Args:
        target: The address, as xlsxwriter takes it (`external:../台账.xlsx#'Sheet1'!A5`).
    """

    target: str
    text: str


def write_list(
    sheet: Worksheet, styles: Styles, content: ListSheet, footer: str = "", remarks: Sequence[str] = ()
) -> None:
    """Writes a list; an empty one says so.

    Args:
        footer: A note at the foot of each page.
        remarks: Notes below the rows, a blank row between: whom the list does not count.

    Raises:
        CannotDoError: There are more rows than a sheet can hold.
    """
    title, columns, rows, nothing = content.title, content.columns, content.rows, content.nothing
    if len(rows) > _LAST_ROW - _HEADER:
        raise CannotDoError(f"“{title}”有 {len(rows)} 行，一张工作表放不下", "请按填报单位分开输出。")
    frame = begin_list(sheet, styles, title, columns)
    first_row, writers = frame.first, frame.writers
    for row, values in enumerate(rows, first_row):
        sheet.set_row(
            row,
            max(
                writer.write(sheet, row, position, values[position])
                for position, writer in enumerate(writers)
            ),
        )
    if not rows:
        write_span(sheet, first_row, (0, len(columns) - 1), nothing, styles.cell())
        width = across([column.width for column in columns])
        sheet.set_row(first_row, max(_ROW_HEIGHT, text_height(nothing, width, BODY_POINTS) + 5))
    end_list(frame, columns, len(rows), content.frozen, footer)
    below = first_row + max(1, len(rows)) + 1
    for row, remark in enumerate(remarks, below):
        write_line(sheet, styles, row, remark, [column.width for column in columns])
    for place, line in enumerate(content.signatures):
        plain = styles.plain(text_wrap=False)
        sheet.write_string(below + len(remarks) + 1, 1 + 4 * place, line, plain)


def begin_list(sheet: Worksheet, styles: Styles, title: str, columns: Sequence[Column]) -> "ListFrame":
    """Writes title and header of a list."""
    sheet.hide_gridlines(2)
    title_style = {"bold": True, "font_size": _TITLE_POINTS}
    write_line(sheet, styles, 0, title, [column.width for column in columns], **title_style)
    first_row = write_header(sheet, _HEADER, columns, [column.width for column in columns], styles)
    return ListFrame(sheet, first_row, [ColumnWriter(styles, column) for column in columns])


def end_list(frame: "ListFrame", columns: Sequence[Column], rows: int, frozen: int, footer: str) -> None:
    """Sets the filter, the frozen rows and the page, after the rows are written."""
    sheet, first_row = frame.sheet, frame.first
    sheet.freeze_panes(first_row, frozen)
    sheet.autofilter(first_row - 1, 0, max(first_row, first_row + rows - 1), len(columns) - 1)
    _set_pages(sheet, columns, (_HEADER, first_row - 1), frozen, footer)


def _set_pages(
    sheet: Worksheet, columns: Sequence[Column], header: tuple[int, int], frozen: int, footer: str
) -> None:
    widths = [column.width for column in columns]
    paper = paper_for(columns, READABLE_SCALE)
    set_page(sheet, paper, header, footer, pages_wide=ceil(inches(widths) * READABLE_SCALE / paper.width))
    if frozen:
        sheet.repeat_columns(0, frozen - 1)


@dataclass(frozen=True, eq=False)
class ListFrame:
    """A list's sheet.

    Args:
        first: The first row below the header, counted from 0.
    """

    sheet: Worksheet
    first: int
    writers: Sequence["ColumnWriter"]


@dataclass(frozen=True)
class Fit:
    """Measures how high the texts of one column, so many characters wide, make their rows."""

    width: float

    least: ClassVar[int] = _ROW_HEIGHT
    """The height of a row of short texts, in points."""

    @cached_property
    def _line(self) -> float:
        return letters_per_line(self.width, _POINTS)

    def height(self, text: str) -> float:
        """Returns the height that a text needs, in points."""
        one_line = len(text) <= self._line or ems(text) <= self._line  # no letter is wider than an em
        if one_line and "\n" not in text:
            return _ROW_HEIGHT
        return max(_ROW_HEIGHT, text_height(text, self.width, _POINTS) + 5)

    def heights(self, texts: Sequence[str]) -> list[float]:
        """Returns the height that each text needs, quickly where, as mostly, none takes two lines."""
        all_text, longest = "".join(texts), max(map(len, texts), default=0)
        widest = ems("0" * longest) if all_text.isascii() else longest
        if "\n" in all_text:
            return list(map(self.height, texts))
        if widest <= self._line:
            return [_ROW_HEIGHT] * len(texts)
        fits = most_ems(texts) <= self._line
        return [_ROW_HEIGHT if short else self.height(text) for text, short in zip(texts, fits, strict=True)]


class ColumnWriter:
    """Writes the values of one column, each kind in its style."""

    def __init__(self, styles: Styles, column: Column) -> None:
        is_prose = column.width >= _PROSE_WIDTH
        align = {"align": "left", "indent": 1} if is_prose else {"align": "center"}

        def style(num_format: str) -> Format:
            return styles.cell(**align, num_format=num_format, font_size=_POINTS)

        self.text, self.whole, self.number, self.day = map(style, ("@", "0", "0.00", "yyyy-mm-dd"))
        self.link = styles.cell(**align, font_size=_POINTS, font_color="#0563C1", underline=1)
        self.fit = Fit(column.width - 2 * is_prose)

    def write(self, sheet: Worksheet, row: int, column: int, value: object) -> float:
        """Writes a value and returns the height that it needs, in points."""
        if value is None:
            sheet.write_blank(row, column, None, self.text)
        elif isinstance(value, int):
            sheet.write_number(row, column, value, self.whole)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self.day)
        elif isinstance(value, Link):
            sheet.write_url(row, column, value.target, self.link, value.text)
        elif isinstance(value, Decimal):
            sheet.write_number(row, column, float(value), self.number)
        else:
            text = text_of(value)
            sheet.write_string(row, column, text, self.text)
            return self.fit.height(text)
        return _ROW_HEIGHT
