"""Sheets as the bytes of a file: .xlsx, .xls, .et, .ods, .csv; the same sheets give the same bytes."""

import csv
import io
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
import xlwt
from odf.element import Element
from odf.number import DateStyle, Day, Month, Text, Year
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

Cell = str | int | float | Decimal | date | None
"""What stands in a cell. A text that is an error value (#REF!) is written as one."""

_LONG_AGO = datetime(1980, 1, 1)
_HEAD_HEIGHT = 36
_ERRORS = ("#REF!", "#DIV/0!", "#VALUE!")


@dataclass
class Sheet:
    """A sheet to be written.

    Attributes:
        name: Its tab.
        cells: What stands where, by (row, column) from 0.
        merges: Merged blocks: first row, first column, last row, last column.
        heads: The rows that are a table's header.
        widths: Column widths in characters.
        hidden: Whether its tab is hidden.
    """

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    heads: set[int] = field(default_factory=set)
    widths: dict[int, float] = field(default_factory=dict)
    hidden: bool = False

    @property
    def size(self) -> tuple[int, int]:
        """The number of rows and columns up to the last cell that holds something."""
        return (
            max((row for row, _ in self.cells), default=-1) + 1,
            max((column for _, column in self.cells), default=-1) + 1,
        )

    def write(self, row: int, column: int, value: Cell) -> None:
        if value is not None:
            self.cells[row, column] = value

    def merge(self, row: int, column: int, last_row: int, last_column: int) -> None:
        if (row, column) != (last_row, last_column):
            self.merges.append((row, column, last_row, last_column))


def as_bytes(sheets: list[Sheet], extension: str) -> bytes:
    """A file of the sheets.

    Args:
        sheets: Its sheets; a text file has but one.
        extension: xlsx, xls, et (which is an xls inside), ods, csv (UTF-8 with a mark) or gb.csv (GB18030).
    """
    if extension == "csv":
        return _csv(sheets[0]).encode("utf-8-sig")
    if extension == "gb.csv":
        return _csv(sheets[0]).encode("gb18030")
    return {"xlsx": _xlsx, "xls": _xls, "et": _xls, "ods": _ods}[extension](sheets)


def _xlsx(sheets: list[Sheet]) -> bytes:
    buffer = io.BytesIO()
    as_they_are = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **as_they_are})
    book.set_properties({"created": _LONG_AGO})
    middle = {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True}
    head, title = book.add_format({**middle, "border": 1}), book.add_format(middle)
    looks = {
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
        float: book.add_format({"num_format": "0.00%"}),
    }
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        for column, width in sheet.widths.items():
            page.set_column(column, column, width)
        for row in sheet.heads:
            page.set_row(row, _HEAD_HEIGHT)
        for block in sheet.merges:
            page.merge_range(*block, "", head if block[0] in sheet.heads else title)
        anchors = {(block[0], block[1]) for block in sheet.merges}
        for (row, column), value in sheet.cells.items():
            look = (
                head if row in sheet.heads else title if (row, column) in anchors else looks.get(type(value))
            )
            _write_xlsx(page, row, column, value, look)
        if sheet.hidden:
            page.hide()
    book.close()
    return _repacked(buffer.getvalue())


def _write_xlsx(page: Any, row: int, column: int, value: Cell, look: Any) -> None:
    if isinstance(value, date):
        page.write_datetime(row, column, datetime(value.year, value.month, value.day), look)
    elif value in _ERRORS:
        page.write_formula(row, column, f"={value}", look, value)
    else:
        page.write(row, column, float(value) if isinstance(value, Decimal) else value, look)


def _xls(sheets: list[Sheet]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    head = xlwt.easyxf("font: bold on; align: horiz center, vert center, wrap on")
    plain = xlwt.easyxf()
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        page.visibility = int(sheet.hidden)
        merged = {(block[0], block[1]): block for block in sheet.merges}
        for (row, column), value in sorted(sheet.cells.items()):
            look = day if isinstance(value, date) else head if row in sheet.heads else plain
            if (row, column) in merged:
                top, left, bottom, right = merged[row, column]
                page.write_merge(top, bottom, left, right, value, look)
            elif value in _ERRORS:
                page.row(row).set_cell_error(column, value, look)
            else:
                page.write(row, column, value, look)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _ods(sheets: list[Sheet]) -> bytes:
    Element.namespaces.clear()  # odfpy remembers those of every document made before, and declares them all
    book = OpenDocumentSpreadsheet()
    iso = DateStyle(name="iso")
    for part in (Year(style="long"), Text(text="-"), Month(style="long"), Text(text="-"), Day(style="long")):
        iso.addElement(part)
    day = Style(name="day", family="table-cell", datastylename=iso)
    book.automaticstyles.addElement(iso)
    book.automaticstyles.addElement(day)
    for sheet in sheets:
        book.spreadsheet.addElement(_ods_table(sheet, day))
    buffer = io.BytesIO()
    book.write(buffer)
    return _repacked(buffer.getvalue())


def _ods_table(sheet: Sheet, day: Style) -> Table:
    table = Table(name=sheet.name)
    covered = {
        (row, column)
        for top, left, bottom, right in sheet.merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }
    spans = {
        (top, left): {"numberrowsspanned": bottom - top + 1, "numbercolumnsspanned": right - left + 1}
        for top, left, bottom, right in sheet.merges
    }
    rows, columns = sheet.size
    for row in range(rows):
        line = TableRow()
        for column in range(columns):
            span = spans.get((row, column), {})
            if span or (row, column) not in covered:
                line.addElement(_ods_cell(sheet.cells.get((row, column)), day, span))
            else:
                line.addElement(CoveredTableCell())
        table.addElement(line)
    return table


def _ods_cell(value: Cell, day: Style, span: dict[str, int]) -> TableCell:
    if value is None:
        return TableCell(**span)
    if isinstance(value, date):
        cell = TableCell(valuetype="date", datevalue=value.isoformat(), stylename=day, **span)
    elif isinstance(value, str):
        cell = TableCell(valuetype="string", **span)
    else:
        cell = TableCell(valuetype="float", value=str(value), **span)
    for line in str(value).split("\n"):
        cell.addElement(P(text=line))
    return cell


def _csv(sheet: Sheet) -> str:
    text = io.StringIO()
    rows, columns = sheet.size
    writer = csv.writer(text)
    for row in range(rows):
        cells = (sheet.cells.get((row, column)) for column in range(columns))
        writer.writerow("" if value is None else str(value) for value in cells)
    return text.getvalue()


def _repacked(archive: bytes) -> bytes:
    """The same zip without the time of day in it, and as small as deflate gets."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as before, zipfile.ZipFile(buffer, "w") as after:
        for name in before.namelist():
            member = zipfile.ZipInfo(name, _LONG_AGO.timetuple()[:6])
            stored = name == "mimetype"
            member.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            after.writestr(member, before.read(name), compresslevel=9)
    return buffer.getvalue()
