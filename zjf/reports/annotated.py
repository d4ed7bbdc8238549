"""Returns to be sent back: a copy of each, its faulty cells filled and commented, a list of problems in front."""

import hashlib
import io
import re
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from zjf.checking.alone import CheckedReturn
from zjf.errors import CannotDoError, reason
from zjf.files import replacing
from zjf.intake.workbook import Limits, Sheet, Value, open_sheets
from zjf.problems import Problem, Severity
from zjf.reports.layout import fitting_width

LISTING = "问题清单"
FILLS = {Severity.ERROR: "FFFFC7CE", Severity.BREACH: "FFE4C7F0", Severity.WARNING: "FFFFEB9C"}
"""Red, purple, yellow. What is only said (info) is listed, and marks no cell."""

_TITLE = "校验问题清单"
_SAID = "【校验】"
_COLUMNS = {
    "序号": 7,
    "工作表": 16,
    "单元格": 10,
    "级别": 12,
    "代码": 9,
    "栏目": 20,
    "填写内容": 20,
    "问题说明": 90,
}
_MACROS = ".xlsm"
_NOT_IN_A_TITLE = re.compile(r"[\\*?:/\[\]]")
_LONGEST_TITLE = 31
_ROWS_MEASURED = 50
_POINTS = 11
_COMMENT_WIDTH, _COMMENT_LINE, _LETTERS_A_LINE = 320, 20, 22

Pages = dict[str, Worksheet]
"""The sheets by the names that problems call them."""


def write_annotated(
    folder: Path,
    returns: Sequence[CheckedReturn],
    limits: Limits,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> list[Path]:
    """Writes an annotated copy of every return that can be read; the returns stay as they are.

    A workbook that is no .xlsx inside is written anew as one: the same values at the same addresses.

    Args:
        folder: Where the copies go. It holds none of the returns.
        returns: The returns, checked.
        limits: Those that they were read with.
        progress: Called with how many copies are done, of how many.

    Returns:
        The copies, in the order of the returns; of two with one name the later is numbered.

    Raises:
        CannotDoError: A return is gone or has changed since it was checked, or a copy cannot be written.
    """
    readable = [each for each in returns if each.readable]
    targets = list(_targets(folder, readable))
    for done, (each, target) in enumerate(zip(readable, targets, strict=True), 1):
        book, pages = _opened(each, _bytes_of(each), limits)
        _mark(pages, each.problems)
        _list(book, pages, each)
        with replacing(target) as temporary:
            book.save(temporary)
        progress(done, len(readable))
    return targets


def _targets(folder: Path, returns: Iterable[CheckedReturn]) -> Iterator[Path]:
    taken: Counter[str] = Counter()
    for each in returns:
        suffix = _MACROS if each.path.suffix.lower() == _MACROS else ".xlsx"
        name = f"{each.path.stem}{suffix}"
        taken[name.casefold()] += 1
        number = taken[name.casefold()]
        yield folder / (name if number == 1 else f"{each.path.stem}（{number}）{suffix}")


def _bytes_of(each: CheckedReturn) -> bytes:
    try:
        data = each.path.read_bytes()
    except OSError as gone:
        raise CannotDoError(f"{each.path} 打不开了（{reason(gone)}）", "请重新运行。") from gone
    if hashlib.sha256(data).hexdigest() != each.sha256:
        raise CannotDoError(f"{each.path} 在检查之后被改动了", "请重新运行。")
    return data


def _opened(each: CheckedReturn, data: bytes, limits: Limits) -> tuple[Workbook, Pages]:
    named = {problem.sheet for problem in each.problems if problem.sheet}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it tells of every part that it will drop
            macros = each.path.suffix.lower() == _MACROS
            book = openpyxl.load_workbook(io.BytesIO(data), rich_text=True, keep_vba=macros)
    except Exception:
        # Not an .xlsx, or one that openpyxl cannot follow: its parsers raise whatever they stumble over.
        return _rebuilt(each.path.name, data, limits)
    if not named.issubset(book.sheetnames):
        return _rebuilt(each.path.name, data, limits)
    book.template = False
    _take_back(book)
    return book, {page.title: page for page in book.worksheets}


def _take_back(book: Workbook) -> None:
    """Clears the marks of an earlier round, where a corrected copy was sent in again."""
    if LISTING not in book.sheetnames or book[LISTING]["A1"].value != _TITLE:
        return
    del book[LISTING]
    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                if cell.comment and _SAID in cell.comment.text:
                    cell.comment.text = cell.comment.text.partition(_SAID)[0].strip()
                    cell.comment = cell.comment if cell.comment.text else None
                if cell.has_style and cell.fill.fgColor.rgb in FILLS.values():
                    cell.fill = PatternFill()


def _rebuilt(name: str, data: bytes, limits: Limits) -> tuple[Workbook, Pages]:
    book = Workbook()
    book.remove(book.worksheets[0])
    pages: Pages = {}
    for sheet in open_sheets(name, data, limits):
        title = _NOT_IN_A_TITLE.sub("_", sheet.name)[:_LONGEST_TITLE]
        pages[sheet.name] = _copied(sheet, book.create_sheet(title))
    return book, pages


def _copied(sheet: Sheet, page: Worksheet) -> Worksheet:
    for row, values in enumerate(sheet.rows, 1):
        for column, value in enumerate(values, 1):
            if value != "":
                _put(page.cell(row, column), value)
    for (row, column), error in sheet.errors.items():
        page.cell(row + 1, column + 1).value = error
    for column, texts in enumerate(zip(*sheet.rows[:_ROWS_MEASURED], strict=True), 1):
        page.column_dimensions[get_column_letter(column)].width = fitting_width(map(str, texts), 8, _POINTS)
    for top, left, bottom, right in sheet.merges:
        page.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    page.sheet_state = "hidden" if sheet.hidden else "visible"
    return page


def _put(cell: Cell | MergedCell, value: Value) -> None:
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"  # whatever it begins with, it is no formula
    else:
        cell.value = value


def _mark(pages: Mapping[str, Worksheet], problems: Iterable[Problem]) -> None:
    """Fills every cell concerned by its worst problem, and comments the cell at fault."""
    found: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    said: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for each in problems:
        if each.sheet and each.severity in FILLS and not each.waived:
            for address in each.cells:
                found[each.sheet, address].append(each)
            if each.cell:
                said[each.sheet, each.cell].append(each)
    for (sheet, address), there in found.items():
        worst = next(severity for severity in FILLS if any(each.severity is severity for each in there))
        _anchor(pages[sheet], address).fill = PatternFill("solid", fgColor=FILLS[worst])
    for (sheet, address), there in said.items():
        _comment(_anchor(pages[sheet], address), there)


def _anchor(page: Worksheet, address: str) -> Cell:
    """The cell that is seen at an address: of merged ones the first."""
    cell = page[address]
    if isinstance(cell, MergedCell):
        block = next(each for each in page.merged_cells.ranges if address in each)
        cell = page.cell(block.min_row, block.min_col)
    return cell  # type: ignore[no-any-return]


def _comment(cell: Cell, problems: Sequence[Problem]) -> None:
    words = "\n".join(f"{_SAID}{each.severity.label} {each.code}：{each.message}" for each in problems)
    before = f"{cell.comment.text}\n" if cell.comment else ""
    lines = sum(1 + len(line) // _LETTERS_A_LINE for line in f"{before}{words}".split("\n"))
    cell.comment = Comment(f"{before}{words}", "zjf", height=_COMMENT_LINE * lines, width=_COMMENT_WIDTH)


def _list(book: Workbook, pages: Mapping[str, Worksheet], each: CheckedReturn) -> None:
    """Every problem of the file on a sheet of its own, in front of the others."""
    page = book.create_sheet(LISTING, 0)
    book.active = 0
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is page  # else what is typed goes into several sheets
    counts = Counter(problem.severity for problem in each.problems if not problem.waived)
    told = " · ".join(f"{severity.label} {counts[severity]}" for severity in Severity)
    _put(page["A1"], _TITLE)
    _put(page["A2"], f"{each.path.name}：{told}")
    page["A1"].font = Font(bold=True, size=16)
    page.append([])
    page.append(list(_COLUMNS))
    header = page.max_row
    for row, problem in enumerate(each.problems, header + 1):
        for column, value in enumerate(_row(row - header, problem), 1):
            if value is not None:
                _put(page.cell(row, column), value)
        _look(page, row, problem, pages)
    if not each.problems:
        page.cell(header + 1, 1).value = "没有发现问题。"
    for cell, width in zip(page[header], _COLUMNS.values(), strict=True):
        cell.font = Font(bold=True)
        page.column_dimensions[cell.column_letter].width = width
    page.freeze_panes = page.cell(header + 1, 1)
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _row(number: int, problem: Problem) -> tuple[Value | None, ...]:
    waived = "（已豁免）" if problem.waived else ""
    return (
        number,
        problem.sheet,
        problem.cell,
        problem.severity.label + waived,
        problem.code,
        problem.heading,
        problem.value,
        problem.message,
    )


def _look(page: Worksheet, row: int, problem: Problem, pages: Mapping[str, Worksheet]) -> None:
    for cell in page[row]:
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
    place, severity = page.cell(row, 3), page.cell(row, 4)
    if problem.severity in FILLS and not problem.waived:
        severity.fill = PatternFill("solid", fgColor=FILLS[problem.severity])
    if problem.sheet and problem.cell:
        there = f"{quote_sheetname(pages[problem.sheet].title)}!{problem.cell}"
        place.hyperlink = Hyperlink(ref=place.coordinate, location=there)
        place.font = Font(color="FF0563C1", underline="single")
