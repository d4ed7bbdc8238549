"""Marked copies of returns: the unit's own file, faulty cells coloured and commented, with a list of problems."""

import contextlib
import hashlib
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import python_calamine

from zjf.checking.one_return import CheckedReturn
from zjf.errors import CannotDoError, refused
from zjf.files import readable_name
from zjf.intake.answers import LISTING, answers_in, is_problem_list
from zjf.intake.formats.containers import ZIP
from zjf.intake.formats.locked import as_package
from zjf.intake.limits import Limits
from zjf.intake.rows.listed_rows import ListedRows
from zjf.intake.workbook import Sheet
from zjf.problems import Problem
from zjf.render.marked_copy.book_sheets import BookSheets
from zjf.render.marked_copy.looks import CellStyles
from zjf.render.marked_copy.marked_sheet import Faults, faults_by_sheet, mark_sheet
from zjf.render.marked_copy.package import Package, UnusualPackageError
from zjf.render.marked_copy.problem_lines import ListedProblem, lines_of
from zjf.render.marked_copy.problem_page import ProblemPage, names_of_list
from zjf.render.marked_copy.rebuilt import losses_in_words, rebuilt
from zjf.render.marked_copy.sheet_rows import UnusualXmlError

_WITH_MACROS = (".xlsm", ".xltm")
_UNUSUAL_FILE_ERRORS = (UnusualXmlError, UnusualPackageError, ValueError, KeyError, IndexError)
"""The errors that marking raises where a package is not as it should be: bad numbers, missing parts."""


@dataclass(frozen=True)
class MarkRequest:
    """A return to be marked, as it is sent to the process that does it.

    Attributes:
        checked: The return, checked; its tables are not needed.
        keys: For each problem, the keys of an answer to it and of one to its group.
        name: The file's name for the list of problems, people masked.
    """

    checked: CheckedReturn
    keys: Sequence[tuple[str, str]]
    name: str = ""


@dataclass(frozen=True)
class MarkedCopy:
    """The copy of a return.

    Attributes:
        left_out: What of the return it lacks, in Chinese; empty where it has everything.
    """

    data: bytes
    left_out: str = ""


@dataclass(frozen=True)
class _Book:
    """A workbook to be marked: the bytes of an .xlsx, its sheets' titles by the names that problems have."""

    data: bytes
    titles: Mapping[str, str] | None = None
    left_out: str = ""


def annotated(request: MarkRequest, limits: Limits) -> MarkedCopy:
    """Returns the marked copy of a readable return; the return itself is not changed.

    The marks are put into a copy of the unit's own file. Only a file that is no .xlsx, or is put together in
    an unusual way, is rebuilt as an .xlsx: with the same values at the same addresses.

    Raises:
        CannotDoError: The return is gone, or has changed since it was checked.
    """
    checked = request.checked
    data = as_package(_bytes_of(checked))
    if data.startswith(ZIP):
        for parsed in (False, True):
            with contextlib.suppress(*_UNUSUAL_FILE_ERRORS):
                return _mark(_Book(data), request, parsed=parsed)
    data_as_xlsx, titles = rebuilt(readable_name(checked.path.name), data, limits)
    book = _Book(data_as_xlsx, titles, losses_in_words(data, checked.path.suffix.lower()))
    return _mark(book, request, parsed=False)


def names_of_copies(returns: Iterable[CheckedReturn], name_of: Callable[[CheckedReturn], str]) -> list[str]:
    """Returns the file names of copies; where two would be the same, the later one is numbered."""
    name_counts: Counter[str] = Counter()
    names = []
    for checked_return in returns:
        suffix = ".xlsm" if checked_return.path.suffix.lower() in _WITH_MACROS else ".xlsx"
        name = f"{name_of(checked_return)}{suffix}"
        name_counts[name.casefold()] += 1
        number = name_counts[name.casefold()]
        names.append(name if number == 1 else f"{name_of(checked_return)}（{number}）{suffix}")
    return names


def _bytes_of(checked: CheckedReturn) -> bytes:
    try:
        data = checked.path.read_bytes()
    except OSError as error:
        raise refused("打不开了", error, "请重新运行。") from error
    if hashlib.sha256(data).hexdigest() != checked.sha256:
        raise CannotDoError("在检查之后被改动了", "请重新运行。")
    return data


def _mark(book: _Book, request: MarkRequest, *, parsed: bool) -> MarkedCopy:
    package, problems = Package(book.data), request.checked.problems
    styles, sheets = CellStyles(package), BookSheets(package)
    earlier = list(_earlier_lists(book.data, sheets.titles))
    answers = answers_in(earlier)
    for list_sheet in earlier:
        sheets.take_out(list_sheet.name)
    parts = sheets.worksheets()
    titles = book.titles or {title: title for title in parts}
    lists = {sheet.name for sheet in earlier}
    faults = {name: marks for name, marks in faults_by_sheet(problems).items() if name not in lists}
    if not {titles.get(name, name) for name in faults} <= parts.keys():
        raise UnusualPackageError
    names = {title: name for name, title in titles.items()}
    title, part = sheets.put_in_front(LISTING)
    for sheet_title, sheet in parts.items():
        sheet_faults = faults.get(names.get(sheet_title, sheet_title), Faults())
        mark_sheet(package, sheet, sheet_faults, styles, earlier=bool(earlier), parsed=parsed)
    listed_problems = _listed(problems, request.keys, answers)
    page = ProblemPage(
        request.name or request.checked.name, problems, list(lines_of(listed_problems)), titles, book.left_out
    )
    package.put(part, page.xml(styles))
    sheets.name_ranges(names_of_list(title, page))
    sheets.keep()
    copy = io.BytesIO()
    package.save(copy, last=styles.keep)
    return MarkedCopy(copy.getvalue(), book.left_out)


def _listed(
    problems: Sequence[Problem], keys: Sequence[tuple[str, str]], answers: Mapping[str, str]
) -> list[ListedProblem]:
    return [ListedProblem(problem, *key, answers) for problem, key in zip(problems, keys, strict=True)]


def _earlier_lists(data: bytes, titles: Sequence[str]) -> Iterator[Sheet]:
    """Yields the lists of problems of earlier rounds, if a corrected marked copy was sent in."""
    list_titles = [title for title in titles if title.startswith(LISTING)]
    if not list_titles:
        return
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [Sheet(title, ListedRows.of(book.get_sheet_by_name(title))) for title in list_titles]
    except Exception as error:  # the parser raises anything
        raise UnusualPackageError from error
    yield from filter(is_problem_list, sheets)
