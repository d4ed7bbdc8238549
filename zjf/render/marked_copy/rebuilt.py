"""A workbook rebuilt as an .xlsx from its values, which keep their addresses."""

import contextlib
import io
import math
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache, partial
from typing import Any

import xlsxwriter
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils.datetime import to_excel

from zjf.documents.layout import fitting_width
from zjf.intake.a1 import a1
from zjf.intake.limits import Limits
from zjf.intake.rows.sheet_values import TruthValue, Value
from zjf.intake.workbook import Sheet, open_sheets
from zjf.render.marked_copy.package import Package
from zjf.render.marked_copy.sheet_frame import with_merges
from zjf.render.marked_copy.sheet_rows import RowSource
from zjf.render.xlsx.inline_texts import text_cells
from zjf.render.xlsx.workbook import LONGEST_SHEET_NAME

_FORMATS = {
    datetime: "yyyy-mm-dd h:mm:ss",
    date: "yyyy-mm-dd",
    time: "h:mm:ss",
    timedelta: "[hh]:mm:ss",
}
_STYLES = {kind: number for number, kind in enumerate(_FORMATS, 1)}
"""The numbers that xlsxwriter gives the formats as they are first used; 0 is that of all other cells."""
_SIZE = re.compile(rb"<dimension [^>]*>")
_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
_NOT_IN_A_TITLE = re.compile(r"[\\*?:/\[\]]")
_LONGEST_TEXT = 32_767
_ROWS_MEASURED, _NARROWEST, _POINTS = 50, 8, 11


def rebuilt(name: str, data: bytes, limits: Limits) -> tuple[bytes, dict[str, str]]:
    """Returns the workbook as an .xlsx, and the new titles of its sheets by their names.

    xlsxwriter writes sheets without rows: what it would put on the disk while it writes rows stays there if the process
    is killed.
    """
    sheets = open_sheets(name, data, limits)
    titles = _titles(sheets)
    frames, file = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(frames, {"in_memory": True}) as book:
        for title, sheet in zip(titles, sheets, strict=True):
            page = book.add_worksheet(title)
            _set_columns(page, sheet)
            for column, code in enumerate(_FORMATS.values()):
                page.write_blank(0, column, None, book.add_format({"num_format": code}))
    package = Package(frames.getvalue())
    for number, sheet in enumerate(sheets, 1):
        part = f"xl/worksheets/sheet{number}.xml"
        head, tail = RowSource(package.zip, part).frame()
        merges = [(a1(top, left), a1(bottom, right)) for top, left, bottom, right in sheet.merges]
        tail = with_merges(head, tail, merges)
        package.put(part, partial(_pieces, _SIZE.sub(b"", head), sheet, tail))
    package.save(file, last=lambda: None)
    return file.getvalue(), dict(zip((sheet.name for sheet in sheets), titles, strict=True))


def _pieces(head: bytes, sheet: Sheet, tail: bytes) -> Iterator[bytes]:
    errors: dict[int, dict[int, str]] = {}
    for (row, column), error in sheet.extras.errors.items():
        errors.setdefault(row, {})[column] = _error(error)
    yield head
    for row, values in enumerate(sheet.rows):
        cells = {column: _cell(value) for column, value in enumerate(values) if value != ""}
        cells |= errors.get(row, {})
        xml = "".join(f'<c r="{a1(row, column)}"{cells[column]}' for column in sorted(cells))
        yield f'<row r="{row + 1}">{xml}</row>'.encode()
    yield tail


def _cell(value: Value) -> str:
    """Returns the XML of a cell from after its address."""
    if isinstance(value, TruthValue):
        return f' t="b"><v>{value.holds:d}</v></c>'
    if isinstance(value, str):  # also one that begins with = is text
        return _text(value)
    if not isinstance(value, int | float):
        day = to_excel(value)  # type: ignore[no-untyped-call]
        return f' s="{_STYLES[type(value)]}"><v>{day}</v></c>'
    if not math.isfinite(value):
        return _error("#NUM!" if math.isnan(value) else "#DIV/0!")
    return f"><v>{value:.16G}</v></c>"


@lru_cache(maxsize=1 << 16)
def _text(text: str) -> str:
    return text_cells([ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST_TEXT]])[0]


def _error(error: str) -> str:
    return f' t="e"><v>{error}</v></c>' if error in _ERRORS else _text(error)


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


def _set_columns(page: Any, sheet: Sheet) -> None:
    for column, texts in enumerate(zip(*sheet.rows[:_ROWS_MEASURED], strict=True)):
        page.set_column(column, column, fitting_width(map(str, texts), _NARROWEST, _POINTS))
    if sheet.hidden:
        page.hide()
