"""The common style of all workbooks: how they are written, their fonts, formats and pages."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from zjf.documents.attachment import SIGNATURES
from zjf.documents.layout import Column, across, header_boxes, header_heights, spans, text_height
from zjf.documents.paper_sizes import BODY_POINTS, SIDE_MARGIN, TOP_MARGIN, PaperSize
from zjf.documents.seal import Seal
from zjf.files import replacing
from zjf.intake.sheets.own_lists import MARK

TITLE_FONT = "方正小标宋简体"
HEAD_FONT = "黑体"
BODY_FONT = "仿宋_GB2312"
HEAD_POINTS = 11
_AROUND_LINE = 8.4
_SIGNED_HEIGHT = 56
LONGEST_SHEET_NAME = 31
SEAL_PROPERTY, SEAL_NAME = "zjf", "zjf_seal"

_OPTIONS = {
    # Column widths count in digits of the default font; 宋体 11 is there on every office machine.
    "default_format_properties": {"font_name": "宋体", "font_size": 11, "font_scheme": "none"},
    "default_column_width": 72,
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_CREATED = datetime(2024, 1, 1)
"""Fixed, so that the same figures give the same bytes."""


class Styles:
    """The formats of one workbook, each made when first asked for."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, **properties: Any) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

    def plain(self, **properties: Any) -> Format:
        """Returns the format of text outside the table."""
        defaults = {"font_name": BODY_FONT, "font_size": BODY_POINTS, "valign": "vcenter", "text_wrap": True}
        return self(**(defaults | properties))

    def cell(self, **properties: Any) -> Format:
        """Returns the format of a table's cell: thin border, centred, wrapped."""
        return self.plain(**({"border": 1, "align": "center"} | properties))

    @property
    def title(self) -> Format:
        return self.plain(font_name=TITLE_FONT, font_size=20, align="center")

    @property
    def head(self) -> Format:
        return self.cell(font_name=HEAD_FONT, font_size=HEAD_POINTS)


@contextmanager
def built_workbook(title: str) -> Iterator[tuple[xlsxwriter.Workbook, Styles, io.BytesIO]]:
    """Opens a workbook that is complete in memory when the block has succeeded."""
    buffer = io.BytesIO()  # on a full disk a half-written archive fails again when it is given up
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    book.set_properties({"title": title, "created": _CREATED})
    yield book, Styles(book), buffer
    book.close()


@contextmanager
def new_workbook(path: Path, title: str) -> Iterator[tuple[xlsxwriter.Workbook, Styles]]:
    """Opens a workbook that appears at the path when the block succeeds.

    Raises:
        CannotDoError: It cannot be written (`zjf.files`).
    """
    with replacing(path) as temporary:
        with built_workbook(title) as (book, styles, buffer):
            yield book, styles
        temporary.write_bytes(buffer.getbuffer())


def put_seal(book: xlsxwriter.Workbook, seal: Seal) -> None:
    """Puts a table's seal into its workbook, in two places, since office programs may drop either."""
    book.set_custom_property(SEAL_PROPERTY, str(seal))
    book.define_name(SEAL_NAME, f'="{seal}"')


def put_mark(book: xlsxwriter.Workbook) -> None:
    """Marks a list as zjf's own: it is never read as a return, and may be written anew."""
    book.set_custom_property(MARK, True)


def write_span(
    sheet: Worksheet, row: int, span: tuple[int, int], text: str, style: Format, last_row: int | None = None
) -> None:
    """Writes a text over one cell or a merged range."""
    first, last = span
    bottom = row if last_row is None else last_row
    if (row, first) == (bottom, last):
        sheet.write_string(row, first, text, style)
    else:
        sheet.merge_range(row, first, bottom, last, text, style)


def write_line(
    sheet: Worksheet, styles: Styles, row: int, text: str, widths: Sequence[float], **looks: Any
) -> None:
    """Writes a line above or below a list: what is wider than the list goes on in further lines of its row.

    Args:
        looks: What its letters look like, where it is not as the table's.
    """
    points = looks.get("font_size", BODY_POINTS)
    height, one_line = (text_height(words, across(widths), points) for words in (text, ""))
    if height > one_line:
        write_span(sheet, row, (0, len(widths) - 1), text, styles.plain(**looks))
    else:
        sheet.write_string(row, 0, text, styles.plain(text_wrap=False, **looks))
    sheet.set_row(row, height + _AROUND_LINE)


def write_signatures(sheet: Worksheet, styles: Styles, row: int, widths: Sequence[float]) -> float:
    """Writes the lines to be signed, side by side below a table, and returns their height."""
    for text, span in zip(SIGNATURES, spans(widths, (1, 1)), strict=True):
        write_span(sheet, row, span, text, styles.plain(font_size=14))
    sheet.set_row(row, _SIGNED_HEIGHT)
    return _SIGNED_HEIGHT


def write_header(
    sheet: Worksheet, top: int, columns: Sequence[Column], widths: Sequence[float], styles: Styles
) -> int:
    """Writes the header with its merged groups and sets widths and heights.

    Returns:
        The row below it.
    """
    for box in header_boxes(columns):
        write_span(sheet, top + box.top, (box.left, box.right), box.text, styles.head, top + box.bottom)
    for index, width in enumerate(widths):
        sheet.set_column(index, index, width)
    heights = header_heights(columns, widths, HEAD_POINTS)
    for offset, height in enumerate(heights):
        sheet.set_row(top + offset, height)
    return top + len(heights)


def set_page(
    sheet: Worksheet,
    paper: PaperSize,
    header: tuple[int, int],
    footer: str = "",
    *,
    pages_wide: int = 1,
    pages_high: int = 0,
) -> None:
    """Sets the page: landscape, fitted to the paper, header rows repeated, page numbers below.

    Args:
        header: The first and the last row of the table's header.
        footer: A note at the left of the foot of each page (the period).
        pages_high: How many pages high it is printed; 0: as many as needed.
    """
    sheet.set_landscape()
    sheet.set_paper(paper.code)
    sheet.fit_to_pages(pages_wide, pages_high)
    sheet.set_margins(left=SIDE_MARGIN, right=SIDE_MARGIN, top=TOP_MARGIN, bottom=TOP_MARGIN)
    sheet.center_horizontally()
    sheet.repeat_rows(*header)
    left = f"&L{footer.replace('&', '&&')}" if footer else ""
    sheet.set_footer(f"{left}&C第 &P 页  共 &N 页")
