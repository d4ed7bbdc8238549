"""Opening a return: whatever the file is, a list of sheets or one problem that says why not.

python-calamine reads the values; `zjf.intake.unseen` adds what it does not show.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import PurePath

import python_calamine

from zjf.intake.unseen import Merge, Unseen, unseen_in
from zjf.problems import Problem, problem

Value = int | float | str | bool | date | datetime | time | timedelta
"""What a cell may hold; a blank is the empty string."""

_SPREADSHEETS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".xltx", ".xlt", ".ett"}
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """How large a return may be (F003), and what reading it may cost.

    Sizes are in bytes, `seconds` is wall time of one file, `memory` the address space of its worker.
    """

    file_bytes: int = 100 * _MEBIBYTE
    unpacked_bytes: int = 1024 * _MEBIBYTE
    rows: int = 1_048_576
    cells: int = 20_000_000
    memory: int = 6 * 1024 * _MEBIBYTE
    seconds: float = 300.0


@dataclass
class Sheet:
    """One sheet as a person sees it: `rows[r][c]` is the cell at row r + 1, column c + 1."""

    name: str
    rows: list[list[Value]]
    hidden: bool = False
    merges: list[Merge] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    all_text: bool = False


class UnreadableError(Exception):
    """Carries the one problem (F001–F003, F011) that keeps a file from being read."""

    def __init__(self, code: str, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.problem: Problem = problem(code, what, hint)


def open_sheets(name: str, data: bytes, limits: Limits) -> list[Sheet]:
    """Reads every sheet of a file.

    Args:
        name: The file's name; only its extension is looked at, and its content wins.
        data: The file's bytes.
        limits: What is too large.

    Raises:
        UnreadableError: With F001, F002, F003 or F011.
    """
    if len(data) > limits.file_bytes:
        raise UnreadableError(
            "F003", f"文件有 {len(data) / _MEBIBYTE:.0f} MB，超过 {limits.file_bytes // _MEBIBYTE} MB 的上限"
        )
    suffix = PurePath(name).suffix.lower()
    if not data:
        raise UnreadableError("F001", "文件是空的（0 字节）", "可能没有保存成功或没有传完，请重新报送。")
    if data.startswith(_OLE) and _ENCRYPTED_PACKAGE in data:
        raise UnreadableError("F002", "文件设有打开密码")
    if data.startswith((_ZIP, _OLE)):
        _check_unpacked_size(data, limits)
        return list(_binary_sheets(data, suffix, limits))
    if suffix in {".csv", ".tsv"}:
        return [_text_sheet(name, data, limits)]
    raise _not_a_spreadsheet(suffix, data)


def _not_a_spreadsheet(suffix: str, data: bytes) -> UnreadableError:
    head = data[:2048].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"mime-version")):
        return UnreadableError(
            "F011", "文件内容是网页，不是表格", "请用 WPS 或 Excel 打开后另存为 .xlsx，再重新报送。"
        )
    if suffix in _SPREADSHEETS:
        return UnreadableError("F001", "文件不是表格，或已损坏")
    return UnreadableError("F011", f"无法读取的文件类型{f'（{suffix}）' if suffix else ''}")


def _check_unpacked_size(data: bytes, limits: Limits) -> None:
    if not data.startswith(_ZIP):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            unpacked = sum(member.file_size for member in package.infolist())
            encrypted = any(member.flag_bits & 1 for member in package.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as broken:
        raise UnreadableError("F001", "文件已损坏，打不开") from broken
    if encrypted:
        raise UnreadableError("F002", "文件设有打开密码")
    if unpacked > limits.unpacked_bytes:
        raise UnreadableError("F003", f"文件解压后有 {unpacked / 1024 / _MEBIBYTE:.1f} GB，超过上限")


def _binary_sheets(data: bytes, suffix: str, limits: Limits) -> Iterator[Sheet]:
    # A panic inside calamine (damaged files) is a BaseException and cannot be named in an except clause.
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        unseen = unseen_in(data)
        for position, meta in enumerate(book.sheets_metadata):
            if meta.typ is python_calamine.SheetTypeEnum.WorkSheet:
                yield _sheet(book, position, meta, unseen, limits)
    except (KeyboardInterrupt, SystemExit, GeneratorExit, UnreadableError, MemoryError):
        raise
    except python_calamine.PasswordError as locked:
        raise UnreadableError("F002", "文件设有打开密码") from locked
    except BaseException as broken:
        raise (
            UnreadableError("F001", "文件不是表格，或已损坏")
            if suffix in _SPREADSHEETS
            else UnreadableError("F011", f"无法读取的文件类型{f'（{suffix}）' if suffix else ''}")
        ) from broken


def _sheet(
    book: python_calamine.CalamineWorkbook,
    position: int,
    meta: python_calamine.SheetMetadata,
    unseen: dict[str, Unseen],
    limits: Limits,
) -> Sheet:
    sheet = book.get_sheet_by_index(position)
    height, width = sheet.total_height, sheet.total_width
    if height > limits.rows or height * width > limits.cells:
        raise UnreadableError("F003", f"工作表「{meta.name}」有 {height} 行 {width} 列，超过可读取的范围")
    more = unseen.get(meta.name, Unseen())
    merges = [(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()]
    return Sheet(
        name=meta.name,
        rows=sheet.to_python(skip_empty_area=False) if height else [],
        hidden=meta.visible is not python_calamine.SheetVisibleEnum.Visible,
        merges=merges or more.merges,
        errors=more.errors,
    )


def _text_sheet(name: str, data: bytes, limits: Limits) -> Sheet:
    text = _decoded(data)
    csv.field_size_limit(limits.file_bytes)
    head = text[:20_000]
    delimiter = max(",\t;", key=head.count)
    try:
        rows: list[list[Value]] = [
            list(record) for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        ]
    except csv.Error as broken:
        raise UnreadableError("F001", "文件已损坏，读不出各列") from broken
    if len(rows) > limits.rows or sum(map(len, rows)) > limits.cells:
        raise UnreadableError("F003", f"文件有 {len(rows)} 行，超过可读取的范围")
    width = max(map(len, rows), default=0)
    for row in rows:
        row.extend([""] * (width - len(row)))
    return Sheet(name=PurePath(name).stem, rows=rows, all_text=True)


def _decoded(data: bytes) -> str:
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableError(
        "F001", "文件不是文本表格，或编码无法识别", "请用 WPS 或 Excel 打开后另存为 .xlsx，再重新报送。"
    )
