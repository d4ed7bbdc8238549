"""A workbook written anew as an .xlsx from its values: the same ones at the same addresses."""

import io
import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import xlsxwriter
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from zjf.documents.layout import fitting_width
from zjf.intake.workbook import Limits, Sheet, Value, open_sheets
from zjf.render.marked_copy.hollow_book import HollowBook

Pages = dict[str, Worksheet]
"""The sheets by the names that problems call them."""

_OPTIONS = {"constant_memory": True, "nan_inf_to_errors": True}
_FORMATS = {
    datetime: "yyyy-mm-dd h:mm:ss",
    date: "yyyy-mm-dd",
    time: "h:mm:ss",
    timedelta: "[hh]:mm:ss",
}
_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
_NOT_IN_A_TITLE = re.compile(r"[\\*?:/\[\]]")
_LONGEST_TITLE, _LONGEST_TEXT = 31, 32_767
_ROWS_MEASURED, _NARROWEST, _POINTS = 50, 8, 11


def rebuilt(name: str, data: bytes, limits: Limits) -> tuple[HollowBook, Pages]:
    """The workbook, and its sheets.

    Args:
        name: The file's name.
        data: Its bytes.
        limits: Those that it was read with.
    """
    sheets = open_sheets(name, data, limits)
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        formats = {kind: book.add_format({"num_format": code}) for kind, code in _FORMATS.items()}
        for title, sheet in zip(_titles(sheets), sheets, strict=True):
            _Rows(book.add_worksheet(title), formats).write(sheet)
    found = HollowBook.opened(file.getvalue())
    pages: Pages = {each.name: page for each, page in zip(sheets, found.book.worksheets, strict=True)}
    for sheet in sheets:
        _shape(pages[sheet.name], sheet)
    return found, pages


def _titles(sheets: Sequence[Sheet]) -> list[str]:
    """What the sheets may be called in an .xlsx, each otherwise."""
    titles: dict[str, str] = {}
    for number, each in enumerate(sheets, 1):
        title = _NOT_IN_A_TITLE.sub("_", each.name)[:_LONGEST_TITLE].strip("'") or f"Sheet{number}"
        if title.casefold() in titles:
            mark = f"（{number}）"
            title = title[: _LONGEST_TITLE - len(mark)] + mark
        titles[title.casefold()] = title
    return list(titles.values())


class _Rows:
    """Writes the values of a sheet, row by row."""

    def __init__(self, page: Any, formats: dict[type, Any]) -> None:
        self.page, self.formats = page, formats

    def write(self, sheet: Sheet) -> None:
        errors: dict[int, dict[int, str]] = {}
        for (row, column), error in sheet.errors.items():
            errors.setdefault(row, {})[column] = error
        for row, values in enumerate(sheet.rows):
            for column, value in enumerate(values):
                if value != "":
                    self._put(row, column, value)
            for column, error in errors.get(row, {}).items():
                self._put_error(row, column, error)

    def _put(self, row: int, column: int, value: Value) -> None:
        if isinstance(value, str):  # whatever it begins with, it is no formula
            self.page.write_string(row, column, ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_TEXT])
        elif isinstance(value, bool):
            self.page.write_boolean(row, column, value)
        elif isinstance(value, int | float):
            self.page.write_number(row, column, value)
        else:
            self.page.write_datetime(row, column, value, self.formats[type(value)])

    def _put_error(self, row: int, column: int, error: str) -> None:
        if error in _ERRORS:
            self.page.write_formula(row, column, f"={error}", None, error)
        else:
            self.page.write_string(row, column, error)


def _shape(page: Worksheet, sheet: Sheet) -> None:
    for column, texts in enumerate(zip(*sheet.rows[:_ROWS_MEASURED], strict=True), 1):
        width = fitting_width(map(str, texts), _NARROWEST, _POINTS)
        page.column_dimensions[get_column_letter(column)].width = width
    for top, left, bottom, right in sheet.merges:
        page.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    page.sheet_state = "hidden" if sheet.hidden else "visible"
