"""A workbook rebuilt as an .xlsx from its values, which keep their addresses."""

import contextlib
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

import xlsxwriter
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from zjf.documents.layout import fitting_width
from zjf.intake.a1 import a1
from zjf.intake.limits import Limits
from zjf.intake.rows.sheet_values import TruthValue, Value
from zjf.intake.workbook import Sheet, open_sheets
from zjf.render.marked_copy.package import Package
from zjf.render.marked_copy.sheet_frame import with_merges
from zjf.render.marked_copy.sheet_rows import RowSource
from zjf.render.xlsx.workbook import LONGEST_SHEET_NAME

_OPTIONS = {"constant_memory": True, "nan_inf_to_errors": True}
_FORMATS = {
    datetime: "yyyy-mm-dd h:mm:ss",
    date: "yyyy-mm-dd",
    time: "h:mm:ss",
    timedelta: "[hh]:mm:ss",
}
_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
_NOT_IN_A_TITLE = re.compile(r"[\\*?:/\[\]]")
_LONGEST_TEXT = 32_767
_ROWS_MEASURED, _NARROWEST, _POINTS = 50, 8, 11


def rebuilt(name: str, data: bytes, limits: Limits) -> tuple[bytes, dict[str, str]]:
    """Returns the workbook as an .xlsx, and the new titles of its sheets by their names."""
    sheets = open_sheets(name, data, limits)
    titles = _titles(sheets)
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        formats = {kind: book.add_format({"num_format": code}) for kind, code in _FORMATS.items()}
        for title, sheet in zip(titles, sheets, strict=True):
            page = book.add_worksheet(title)
            _set_columns(page, sheet)
            _Rows(page, formats).write(sheet)
    return _merged(file.getvalue(), sheets), dict(zip((sheet.name for sheet in sheets), titles, strict=True))


def _merged(data: bytes, sheets: Sequence[Sheet]) -> bytes:
    """Returns the workbook with its merged ranges, which cannot be set while rows are written one by one."""
    package = Package(data)
    for number, sheet in enumerate(sheets, 1):
        part = f"xl/worksheets/sheet{number}.xml"
        ranges = [(a1(top, left), a1(bottom, right)) for top, left, bottom, right in sheet.merges]
        if ranges:
            rows = RowSource(package.zip, part)
            head, tail = rows.frame()
            package.put(part, partial(_pieces, package.zip, part, head, with_merges(head, tail, ranges)))
    file = io.BytesIO()
    package.save(file, last=lambda: None)
    return file.getvalue()


def _pieces(package: zipfile.ZipFile, part: str, head: bytes, tail: bytes) -> Iterator[bytes]:
    yield head
    for _, row in RowSource(package, part).rows():
        yield row
    yield tail


_KINDS = {
    "图片、文本框、印章或图形": ("/media/", "/drawings/"),
    "批注": ("/comments", "/threadedComments"),
    "宏": ("vbaProject",),
    "图表": ("/charts/",),
    "数据透视表": ("/pivot",),
}


def losses_in_words(data: bytes, suffix: str) -> str:
    """Returns in words what of the file a rebuilt workbook lacks; empty where it lacks nothing."""
    if suffix in {".csv", ".tsv", ".txt"}:
        return ""  # such a file has nothing but values
    losses = ["公式（只留下结果）", "字体边框等格式", "下拉选项", "筛选和打印设置"]
    with contextlib.suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [f"/{name}" for name in package.namelist()]
        if "/content.xml" not in names:  # an .ods has its comments among its cells
            losses += [
                kind
                for kind, signs in _KINDS.items()
                if any(sign in name for name in names for sign in signs)
            ]
            return f"{'、'.join(losses)}。请对照原文件修改。"
    return f"{'、'.join(losses)}，以及原有的图片、印章、批注和宏。请对照原文件修改，或另存为 .xlsx 后再校验。"


def _titles(sheets: Sequence[Sheet]) -> list[str]:
    """Returns titles for the sheets that an .xlsx allows, each different."""
    titles: dict[str, str] = {}
    for number, sheet in enumerate(sheets, 1):
        title = _NOT_IN_A_TITLE.sub("_", sheet.name)[:LONGEST_SHEET_NAME].strip("'") or f"Sheet{number}"
        if title.casefold() in titles:
            suffix = f"（{number}）"
            title = title[: LONGEST_SHEET_NAME - len(suffix)] + suffix
        titles[title.casefold()] = title
    return list(titles.values())


class _Rows:
    """Writes the values of a sheet, row by row."""

    def __init__(self, page: Any, formats: dict[type, Any]) -> None:
        self.page, self.formats = page, formats

    def write(self, sheet: Sheet) -> None:
        errors: dict[int, dict[int, str]] = {}
        for (row, column), error in sheet.extras.errors.items():
            errors.setdefault(row, {})[column] = error
        for row, values in enumerate(sheet.rows):
            for column, value in enumerate(values):
                if value != "":
                    self._put(row, column, value)
            for column, error in errors.get(row, {}).items():
                self._put_error(row, column, error)

    def _put(self, row: int, column: int, value: Value) -> None:
        if isinstance(value, TruthValue):
            self.page.write_boolean(row, column, value.holds)
        elif isinstance(value, str):  # also one that begins with = is text
            self.page.write_string(row, column, ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_TEXT])
        elif isinstance(value, int | float):
            self.page.write_number(row, column, value)
        else:
            self.page.write_datetime(row, column, value, self.formats[type(value)])

    def _put_error(self, row: int, column: int, error: str) -> None:
        if error in _ERRORS:
            self.page.write_formula(row, column, f"={error}", None, error)
        else:
            self.page.write_string(row, column, error)


def _set_columns(page: Any, sheet: Sheet) -> None:
    for column, texts in enumerate(zip(*sheet.rows[:_ROWS_MEASURED], strict=True)):
        page.set_column(column, column, fitting_width(map(str, texts), _NARROWEST, _POINTS))
    if sheet.hidden:
        page.hide()
