"""Opening a file of any kind: it becomes a list of sheets, or one problem that says why it cannot be read.

python-calamine reads the values, `zjf.intake.formats` what it does not give.
"""

import io
import struct
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePath
from xml.etree import ElementTree

from python_calamine import (
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from zjf.errors import is_out_of_memory
from zjf.intake.formats import ods, xlsb, xlsx
from zjf.intake.formats.containers import OLE, ZIP, is_encrypted_package
from zjf.intake.formats.extras import (
    DamagedError,
    LockedError,
    Merge,
    SheetExtras,
    WorkbookExtras,
    intact,
    is_swollen,
)
from zjf.intake.formats.locked import unlocked
from zjf.intake.formats.separated_text import is_separated_text, is_set_apart_by_blanks, read_separated_text
from zjf.intake.formats.usual_names import in_utf_8, with_usual_names
from zjf.intake.limits import MEBIBYTE, Limits
from zjf.intake.refusals import UnreadableError, archive, is_web_page, refused, set_apart_by_blanks
from zjf.intake.rows.coded_rows import CodedRows, SheetRows
from zjf.intake.rows.listed_rows import ListedRows
from zjf.intake.rows.sheet_column import SheetColumn
from zjf.intake.rows.sheet_values import Value
from zjf.intake.values.radicals import has_radicals, without_radicals

_OF_AN_OFFICE_FILE = ("content.xml", "[Content_Types].xml", "xl/workbook.xml", "word/document.xml")
_OF_A_SCAN, _OF_NUMBERS = "OFD.xml", "Index/Document.iwa"
_OF_TEXT = {".csv", ".tsv"}
_FEWEST_COLUMNS = 5
_MOST_ALIKE = 100_000
"""No list has as many rows of one content; reading them takes a minute."""
_MAY_BE_TEXT = {".xls", ".et", ".txt"}


@dataclass
class Sheet:
    """One sheet: `rows[r][c]` is the cell at row r + 1, column c + 1.

    `starts_1904` says that its serial numbers of days are counted from 1904. `extras` is all that is known of it
    besides its values.
    """

    name: str
    rows: SheetRows
    hidden: bool = False
    merges: list[Merge] = field(default_factory=list)
    starts_1904: bool = False
    extras: SheetExtras = field(default_factory=SheetExtras)
    _of_rows: dict[tuple[int, ...], list[SheetColumn]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def columns_of(self, rows: Sequence[int]) -> list[SheetColumn]:
        """Returns the values of some rows, given from the top down, column by column; kept for the same rows."""
        key = tuple(rows)
        if key not in self._of_rows:
            self._of_rows[key] = self.rows.columns_of(key)
        return self._of_rows[key]


def open_sheets(name: str, data: bytes, limits: Limits) -> list[Sheet]:
    """Reads every sheet of a file. Of its name only the suffix is used, and the content wins over it.

    Raises:
        UnreadableError: With F001, F002, F003 or F011.
    """
    check_size(len(data), limits)
    suffix = PurePath(name).suffix.lower()
    if not data:
        raise UnreadableError("F001", "文件是空的（0 字节）", "可能没有保存成功或没有传完，请重新报送。")
    if data.startswith((ZIP, OLE)):
        with _errors_as_refusals(suffix, data):
            return _binary_sheets(data, limits)
    if (suffix in _OF_TEXT and not is_web_page(data)) or (suffix in _MAY_BE_TEXT and is_separated_text(data)):
        with _errors_as_refusals(suffix, data):
            text = read_separated_text(data)
        width = max(map(len, text.rows), default=0)
        if width < _FEWEST_COLUMNS and is_set_apart_by_blanks(data):
            raise set_apart_by_blanks()
        _check_range(name, len(text.rows), width, limits)
        rows = ListedRows([*row, *[""] * (width - len(row))] for row in text.rows)
        extras = SheetExtras(may_be_cut_off=text.may_be_cut_off)
        return [Sheet(PurePath(name).stem, _without_radicals(rows), extras=extras)]
    if suffix in _MAY_BE_TEXT and is_set_apart_by_blanks(data):
        raise set_apart_by_blanks()
    raise refused(suffix, data)


def check_size(size: int, limits: Limits) -> None:
    """Refuses a file that is too large to be opened.

    Raises:
        UnreadableError: With F003.
    """
    if size > limits.file_bytes:
        most = limits.file_bytes / MEBIBYTE
        raise UnreadableError("F003", f"文件有 {size / MEBIBYTE:.0f} MB，超过 {most:.0f} MB 的上限")


@contextmanager
def _errors_as_refusals(suffix: str, data: bytes) -> Iterator[None]:
    """Turns any error that a damaged file raises within into one problem of the file.

    A panic inside calamine is a BaseException without a name for an except clause.
    """
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit, UnreadableError):
        raise
    except BaseException as broken:
        if is_out_of_memory(broken):
            raise MemoryError from broken
        raise _refusal(broken, suffix, data) from broken


def _refusal(broken: BaseException, suffix: str, data: bytes) -> UnreadableError:
    if isinstance(broken, LockedError | PasswordError):
        return UnreadableError("F002", "文件设有打开密码")
    if isinstance(broken, DamagedError):
        return UnreadableError("F001", str(broken) or "文件已损坏，或没有传完")
    return refused(suffix, b"" if data.startswith((ZIP, OLE)) else data)


def _binary_sheets(data: bytes, limits: Limits) -> list[Sheet]:
    try:
        book = _inspect(data, limits)
    except LockedError:
        book = _inspect(unlocked(data), limits)
    values = book.long.book if book.long else CalamineWorkbook.from_filelike(io.BytesIO(book.data))
    sheets = values.sheets_metadata
    if not sheets:
        raise DamagedError("文件已损坏，里面没有工作表")
    if len(sheets) > limits.sheets:
        what = f"文件里有 {len(sheets)} 个工作表，最多读 {limits.sheets} 个"
        raise UnreadableError("F003", what, "请把要报送的工作表另存为单独的文件后重新报送。")
    return [
        _sheet(values, position, meta, book, limits)
        for position, meta in enumerate(sheets)
        if meta.typ is SheetTypeEnum.WorkSheet
    ]


def _inspect(data: bytes, limits: Limits) -> WorkbookExtras:
    if is_encrypted_package(data):
        raise LockedError
    if data.startswith(OLE):
        from zjf.intake.formats import xls  # it loads xlrd, which most returns do without

        return xls.inspect(data)
    with intact(), zipfile.ZipFile(io.BytesIO(data)) as package:
        _check_members(package, limits)
        if copy := in_utf_8(package):
            return _inspect(copy, limits)
        book = _inspect_package(package, data, limits)
    for sheet in book.sheets:
        if sheet.size:
            _check_range("", *sheet.size, limits)
        if sheet.most_alike > _MOST_ALIKE:
            what = f"有一张工作表接连 {sheet.most_alike} 行一模一样，像是填充到了整列"
            raise UnreadableError("F003", what, "请把没有用到的行整行删除后重新报送。")
    return book


def _inspect_package(package: zipfile.ZipFile, data: bytes, limits: Limits) -> WorkbookExtras:
    names = set(package.namelist())
    try:
        if "content.xml" in names:
            return ods.inspect(package, data)
        if "xl/workbook.bin" in names:
            return xlsb.inspect(package, data)
        if renamed := with_usual_names(package):
            with zipfile.ZipFile(io.BytesIO(renamed)) as copy:
                return xlsx.inspect(copy, renamed, limits.cells, limits.long_from)
        return xlsx.inspect(package, data, limits.cells, limits.long_from)
    except (KeyError, ValueError, IndexError, struct.error, ElementTree.ParseError):
        # Its inner parts are unusual; python-calamine may still read its values.
        return WorkbookExtras(data)


def _check_members(package: zipfile.ZipFile, limits: Limits) -> None:
    members = package.infolist()
    names = [member.filename for member in members]
    if _OF_A_SCAN in names:
        raise refused(".ofd", b"")
    if _OF_NUMBERS in names:
        raise refused(".numbers", b"")
    if names and not any(name in names for name in _OF_AN_OFFICE_FILE):
        raise archive()
    # Programs differ in whether they tell capitals from small letters.
    if len({name.lower() for name in names}) < len(names):
        raise DamagedError("文件已损坏，里面有重名的部分，不知道以哪一份为准")
    if any(member.flag_bits & 1 for member in members):
        raise LockedError
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.unpacked_bytes:
        raise UnreadableError("F003", f"文件解压后有 {unpacked / 1024 / MEBIBYTE:.1f} GB，超过上限")
    if swollen := next(filter(is_swollen, members), None):
        size = swollen.file_size / MEBIBYTE
        what = f"文件里有一部分解压后有 {size:.0f} MB，几乎全是空白"
        raise UnreadableError("F003", what, "请用 WPS 或 Excel 打开原文件，另存为 .xlsx 后重新报送。")


def _check_range(name: str, height: int, width: int, limits: Limits) -> None:
    if height > limits.rows or width > limits.columns or height * width > limits.cells:
        of_sheet = f"工作表「{name}」" if name else "有一张工作表"
        raise UnreadableError("F003", f"{of_sheet}用到了第 {height} 行、第 {width} 列，超过可读取的范围")


def _sheet(
    values: CalamineWorkbook, position: int, meta: SheetMetadata, book: WorkbookExtras, limits: Limits
) -> Sheet:
    extras = book.sheets[position] if position < len(book.sheets) else SheetExtras()
    long = book.long if book.long and book.long.position == position else None
    parsed = long.merged if long else values.get_sheet_by_index(position)
    last_row, last_column = parsed.end or (-1, -1)
    height, width = (long.cells.height, long.cells.width) if long else (last_row + 1, last_column + 1)
    _check_range(meta.name, height, width, limits)
    rows = CodedRows.of(long.cells) if long else ListedRows.of(parsed)
    seen = rows.with_cells(extras.seen) if extras.seen else rows
    merges = [(*first, *last) for first, last in parsed.merged_cell_ranges or ()]
    return Sheet(
        name=extras.name or meta.name,
        rows=_without_radicals(seen) if book.may_have_radicals else seen,
        hidden=meta.visible is not SheetVisibleEnum.Visible,
        merges=merges or extras.merges,
        starts_1904=book.starts_1904,
        extras=extras,
    )


def _without_radicals(rows: SheetRows) -> SheetRows:
    """Returns the rows with radicals replaced by the characters that they stand for."""
    replaced: dict[Value, Value] = {
        text: without_radicals(text) for text in rows.texts() if has_radicals(text)
    }
    if not replaced:
        return rows
    return ListedRows(
        [replaced.get(value, value) if isinstance(value, str) else value for value in row] for row in rows
    )
