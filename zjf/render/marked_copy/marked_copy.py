"""Returns to be sent back: a copy of each, its faulty cells filled and commented, a list of problems in front."""

import hashlib
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from zjf.checking.one_return import CheckedReturn
from zjf.errors import CannotDoError, reason
from zjf.intake.workbook import Limits
from zjf.problems import Problem
from zjf.render.marked_copy.hollow_book import HollowBook, colour_of
from zjf.render.marked_copy.problem_page import FILLS, LISTING, TITLE, add_problem_page
from zjf.render.marked_copy.rebuilt import Pages, rebuilt
from zjf.render.marked_copy.sheet_rows import UnusualXmlError

_SAID = "【校验】"
_MACROS = ".xlsm"
_COMMENT_WIDTH, _COMMENT_LINE, _LETTERS_A_LINE = 320, 20, 22


def annotated(each: CheckedReturn, limits: Limits) -> bytes:
    """The annotated copy of a return that can be read; the return stays as it is.

    A workbook that is no .xlsx inside is written anew as one: the same values at the same addresses.

    Args:
        each: The return, checked.
        limits: Those that it was read with.

    Returns:
        The copy's bytes.

    Raises:
        CannotDoError: The return is gone, or has changed since it was checked.
    """
    data, copy = _bytes_of(each), io.BytesIO()
    for book, pages in _opened(each, data, limits):
        try:
            _mark(book, pages, each.problems)
            add_problem_page(book.book, pages, each.path.name, each.problems)
            book.save(copy)
            break
        except UnusualXmlError:
            copy = io.BytesIO()
    return copy.getvalue()


def names_of_copies(returns: Iterable[CheckedReturn]) -> list[str]:
    """What the copies are called; of two with one name the later is numbered."""
    taken: Counter[str] = Counter()
    names = []
    for each in returns:
        suffix = _MACROS if each.path.suffix.lower() == _MACROS else ".xlsx"
        name = f"{each.path.stem}{suffix}"
        taken[name.casefold()] += 1
        number = taken[name.casefold()]
        names.append(name if number == 1 else f"{each.path.stem}（{number}）{suffix}")
    return names


def _bytes_of(each: CheckedReturn) -> bytes:
    try:
        data = each.path.read_bytes()
    except OSError as gone:
        raise CannotDoError(f"{each.path} 打不开了（{reason(gone)}）", "请重新运行。") from gone
    if hashlib.sha256(data).hexdigest() != each.sha256:
        raise CannotDoError(f"{each.path} 在检查之后被改动了", "请重新运行。")
    return data


def _opened(each: CheckedReturn, data: bytes, limits: Limits) -> Iterator[tuple[HollowBook, Pages]]:
    """The workbook and its sheets by the names that problems call them, in the ways in which it may be opened."""
    named = {problem.sheet for problem in each.problems if problem.sheet}
    macros = each.path.suffix.lower() == _MACROS
    for hollow in (True, False):
        try:
            found = HollowBook.opened(data, hollow=hollow, whole=(LISTING,), macros=macros)
            _take_back(found)
        except UnusualXmlError:
            continue
        except Exception:
            # Not an .xlsx, or one that openpyxl cannot follow: its parsers raise whatever they stumble over.
            break
        if named.issubset(found.book.sheetnames):
            yield found, {page.title: page for page in found.book.worksheets}
    yield rebuilt(each.path.name, data, limits)


def _take_back(found: HollowBook) -> None:
    """Clears the marks of an earlier round, where a corrected copy was sent in again."""
    book = found.book
    if LISTING not in book.sheetnames or book[LISTING]["A1"].value != TITLE:
        return
    del book[LISTING]
    for page in book.worksheets:
        for cell in found.touch(page, filled=FILLS.values()):
            if cell.comment and _SAID in cell.comment.text:
                cell.comment.text = cell.comment.text.partition(_SAID)[0].strip()
                cell.comment = cell.comment if cell.comment.text else None
            if colour_of(cell.fill) in FILLS.values():
                cell.fill = PatternFill()


def _mark(book: HollowBook, pages: Mapping[str, Worksheet], problems: Iterable[Problem]) -> None:
    """Fills every cell concerned by its worst problem, and comments the cell at fault."""
    found: dict[str, dict[str, list[Problem]]] = defaultdict(lambda: defaultdict(list))
    said: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for each in problems:
        if each.sheet and each.severity in FILLS and not each.waived:
            for address in each.cells:
                found[each.sheet][_anchor(pages[each.sheet], address)].append(each)
            if each.cell:
                said[each.sheet, _anchor(pages[each.sheet], each.cell)].append(each)
    fills = {severity: PatternFill("solid", fgColor=colour) for severity, colour in FILLS.items()}
    for sheet, cells in found.items():
        book.touch(pages[sheet], cells)
        for address, there in cells.items():
            worst = next(severity for severity in FILLS if any(each.severity is severity for each in there))
            pages[sheet][address].fill = fills[worst]
    for (sheet, address), there in said.items():
        _comment(pages[sheet][address], there)


def _anchor(page: Worksheet, address: str) -> str:
    """Where the cell is that is seen at an address: of merged ones the first."""
    if isinstance(page[address], MergedCell):
        block = next(each for each in page.merged_cells.ranges if address in each)
        address = page.cell(block.min_row, block.min_col).coordinate
    return address


def _comment(cell: Cell, problems: Sequence[Problem]) -> None:
    words = "\n".join(f"{_SAID}{each.severity.label} {each.code}：{each.message}" for each in problems)
    before = f"{cell.comment.text}\n" if cell.comment else ""
    lines = sum(1 + len(line) // _LETTERS_A_LINE for line in f"{before}{words}".split("\n"))
    cell.comment = Comment(f"{before}{words}", "zjf", height=_COMMENT_LINE * lines, width=_COMMENT_WIDTH)
