"""An attachment as a workbook, in the notice's layout."""

from dataclasses import dataclass, field
from pathlib import Path

from xlsxwriter.worksheet import Worksheet

from zjf.documents.attachment import DRAFT, SMALLEST_SCALE, Attachment, AttachmentLine
from zjf.documents.layout import ems, header_heights, inches, spans, text_height, widened
from zjf.documents.paper_sizes import BODY_POINTS
from zjf.render.xlsx.figure_cells import FigureCells
from zjf.render.xlsx.workbook import (
    HEAD_FONT,
    HEAD_POINTS,
    Styles,
    new_workbook,
    put_seal,
    set_page,
    write_header,
    write_signatures,
    write_span,
)

HEADER_ROW = 3
"""The row in which the table's header begins, counted from 0."""

_SINGLE_ROW_HEIGHT = 48
_ROW_HEIGHT = 28
_AIR = 6


def write_attachment(path: Path, table: Attachment) -> None:
    """Writes an attachment, ready to be printed, signed and stamped.

    Raises:
        CannotDoError: The file cannot be written.
    """
    with new_workbook(path, table.title) as (book, styles):
        sheet = book.add_worksheet(table.form.info.number or None)
        sheet.hide_gridlines(2)
        _Page(sheet, styles, table).write()
        if table.seal:
            put_seal(book, table.seal)


class _Page:
    """One attachment on one sheet, written from top to bottom."""

    def __init__(self, sheet: Worksheet, styles: Styles, table: Attachment) -> None:
        self.sheet, self.styles, self.table = sheet, styles, table
        self.figures = FigureCells(sheet, styles, table.form, left=len(table.labels))
        self.widths = widened([column.width for column in table.columns], table.paper.width)
        self.heights = PageHeights()
        self.whole = (0, len(table.columns) - 1)

    def write(self) -> None:
        table = self.table
        self._write_top()
        first_row = write_header(self.sheet, HEADER_ROW, table.columns, self.widths, self.styles)
        self.heights.header += header_heights(table.columns, self.widths, HEAD_POINTS)
        self.sheet.freeze_panes(first_row, len(table.labels))
        row = self._write_lines(first_row)
        for remark in table.remarks:
            row = self._write_remark(row, remark)
        if table.form.info.signed:
            row = self._write_signature(row)
        self.sheet.print_area(0, 0, row - 1, self.whole[1])
        room = table.paper.height * max(1.0, inches(self.widths) / table.paper.width)
        pages_high = self.heights.pages_high(room) if table.form.info.signed else 0
        set_page(self.sheet, table.paper, (HEADER_ROW, first_row - 1), table.foot, pages_high=pages_high)
        if table.draft:
            self.sheet.set_header(f"&R&18{DRAFT}")

    def _set_row(self, row: int, height: float, part: list[float]) -> None:
        self.sheet.set_row(row, height)
        part.append(height)

    def _write_top(self) -> None:
        title = self.table.title
        number = self.styles.plain(font_name=HEAD_FONT, font_size=16, text_wrap=False)
        self.sheet.write_string(0, 0, self.table.form.info.number, number)
        self._set_row(0, 24, self.heights.top)
        write_span(self.sheet, 1, self.whole, title, self.styles.title)
        self._set_row(1, text_height(title, sum(self.widths), 20) + 18, self.heights.top)
        self._write_notes(2, self.table.above)

    def _write_notes(self, row: int, texts: list[str]) -> None:
        column_spans = spans(self.widths, [max(ems(text) + 2, 9) for text in texts])
        for text, span in zip(texts, column_spans, strict=True):
            side = "right" if text == texts[-1] else "left"
            write_span(self.sheet, row, span, text, self.styles.plain(align=side))
        widths = (sum(self.widths[first : last + 1]) for first, last in column_spans)
        heights = (text_height(text, width, BODY_POINTS) for text, width in zip(texts, widths, strict=True))
        self._set_row(row, max(heights) + 10, self.heights.top)

    def _write_lines(self, first_row: int) -> int:
        for row, line in enumerate(self.table.rows, first_row):
            for column, name in enumerate(line.names):
                self.sheet.write_string(row, column, name, self.styles.cell())
            self.figures.write(row, line.counts)
            heights = (
                text_height(name, self.widths[column], BODY_POINTS) + _AIR
                for column, name in enumerate(line.names)
            )
            least = _ROW_HEIGHT if self.table.total else _SINGLE_ROW_HEIGHT
            self._set_row(row, max([least, *heights]), self.heights.rows)
        row_below = first_row + len(self.table.rows)
        return self._write_total(row_below, first_row, self.table.total) if self.table.total else row_below

    def _write_total(self, row: int, first_row: int, total: AttachmentLine) -> int:
        write_span(self.sheet, row, (0, len(total.names) - 1), total.names[0], self.styles.cell(bold=True))
        self.figures.write(row, total.counts, (first_row, row - 1))
        self._set_row(row, _ROW_HEIGHT, self.heights.rows)
        return row + 1

    def _write_remark(self, row: int, remark: str) -> int:
        points = BODY_POINTS - 1
        write_span(self.sheet, row, self.whole, remark, self.styles.plain(font_size=points))
        self._set_row(row, text_height(remark, sum(self.widths), points) + 6, self.heights.tail)
        return row + 1

    def _write_signature(self, row: int) -> int:
        self.heights.tail.append(write_signatures(self.sheet, self.styles, row, self.widths))
        return row + 1


@dataclass
class PageHeights:
    """The heights of a sheet's rows, from top to bottom, in points: no signature line is to stand alone on a page.

    Args:
        top: The rows above the table's header.
        header: The rows of the header, repeated on every page.
        tail: The remarks and the signature line below the table.
    """

    top: list[float] = field(default_factory=list)
    header: list[float] = field(default_factory=list)
    rows: list[float] = field(default_factory=list)
    tail: list[float] = field(default_factory=list)

    def pages_high(self, room: float) -> int:
        """Returns how many pages high the sheet is to be printed; 0: as many as it takes.

        It is shrunk, if it stays readable, where it then takes one page, or where else the last page would have
        nothing of the table but its header.

        Args:
            room: The height of a page in points, of the sheet as wide as the page.
        """
        if sum((*self.top, *self.header, *self.rows, *self.tail)) * SMALLEST_SCALE <= room:
            return 1
        pages, has_rows = self._last_page(room)
        return 0 if has_rows else pages - 1

    def _last_page(self, room: float) -> tuple[int, bool]:
        """Returns the number of the last page, and whether it has any of the table's rows."""
        pages, used, has_rows = 1, sum((*self.top, *self.header)), False
        for place, height in enumerate((*self.rows, *self.tail)):
            if used + height > room:
                pages, used, has_rows = pages + 1, sum(self.header), False
            used += height
            has_rows = has_rows or place < len(self.rows)
        return pages, has_rows
