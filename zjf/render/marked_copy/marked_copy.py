"""Returns to be sent back: the unit's own file, its faulty cells filled and commented, a list of problems in front."""

import contextlib
import hashlib
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import python_calamine

from zjf.checking.one_return import CheckedReturn
from zjf.errors import CannotDoError, reason
from zjf.files import readable_name
from zjf.intake.answers import LISTING, TITLE, answers_in
from zjf.intake.formats.locked import as_package
from zjf.intake.limits import Limits
from zjf.intake.workbook import Sheet
from zjf.problems import Problem
from zjf.render.marked_copy.book_sheets import BookSheets
from zjf.render.marked_copy.looks import CellStyles
from zjf.render.marked_copy.marked_sheet import Faults, faults_by_sheet, mark_sheet
from zjf.render.marked_copy.package import Package, UnusualPackageError
from zjf.render.marked_copy.problem_lines import Listed, lines_of
from zjf.render.marked_copy.problem_page import ProblemPage, names_of_list
from zjf.render.marked_copy.rebuilt import rebuilt, what_is_lost
from zjf.render.marked_copy.sheet_rows import UnusualXmlError

_WITH_MACROS = (".xlsm", ".xltm")
_NOT_FOLLOWED = (UnusualXmlError, UnusualPackageError, ValueError, KeyError, IndexError)
"""What a package makes the marking stumble over that does not say what it should: numbers that are none, parts
that are not there.
"""
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class ToMark:
    """A return that a copy is made of: it travels to the process that makes it.

    Attributes:
        checked: The return, checked; of its tables nothing is needed.
        keys: For each problem what an answer to it is known by, and to its group.
        name: The file's name as its list of problems says it; people masked.
    """

    checked: CheckedReturn
    keys: Sequence[tuple[str, str]]
    name: str = ""


@dataclass(frozen=True)
class MarkedCopy:
    """The copy of a return.

    Attributes:
        data: Its bytes.
        left_out: What it lacks of the return, for a clerk to read; blank where it has all of it.
    """

    data: bytes
    left_out: str = ""


@dataclass(frozen=True)
class _Book:
    """A workbook to be marked: the bytes of an .xlsx, its sheets' titles by the names that problems call them."""

    data: bytes
    titles: Mapping[str, str] | None = None
    left_out: str = ""


def annotated(asked: ToMark, limits: Limits) -> MarkedCopy:
    """The marked copy of a return that can be read; the return stays as it is.

    The marks are put into the unit's own file. Only a file that is no .xlsx inside, or is put together in
    a way that no program is known to, is written anew: the same values at the same addresses.

    Args:
        asked: The return.
        limits: Those that it was read with.

    Raises:
        CannotDoError: The return is gone, or has changed since it was checked.
    """
    checked = asked.checked
    data = as_package(_bytes_of(checked))
    if data.startswith(_ZIP):
        for parsed in (False, True):
            with contextlib.suppress(*_NOT_FOLLOWED):
                return _marked(_Book(data), asked, parsed=parsed)
    made, titles = rebuilt(readable_name(checked.path.name), data, limits)
    book = _Book(made, titles, what_is_lost(data, checked.path.suffix.lower()))
    return _marked(book, asked, parsed=False)


def names_of_copies(returns: Iterable[CheckedReturn], called: Callable[[CheckedReturn], str]) -> list[str]:
    """What the copies are called, with their endings; of two with one name the later is numbered."""
    taken: Counter[str] = Counter()
    names = []
    for checked_return in returns:
        suffix = ".xlsm" if checked_return.path.suffix.lower() in _WITH_MACROS else ".xlsx"
        name = f"{called(checked_return)}{suffix}"
        taken[name.casefold()] += 1
        number = taken[name.casefold()]
        names.append(name if number == 1 else f"{called(checked_return)}（{number}）{suffix}")
    return names


def _bytes_of(checked: CheckedReturn) -> bytes:
    try:
        data = checked.path.read_bytes()
    except OSError as gone:
        raise CannotDoError(f"{checked.path} 打不开了（{reason(gone)}）", "请重新运行。") from gone
    if hashlib.sha256(data).hexdigest() != checked.sha256:
        raise CannotDoError(f"{checked.path} 在检查之后被改动了", "请重新运行。")
    return data


def _marked(book: _Book, asked: ToMark, *, parsed: bool) -> MarkedCopy:
    package, problems = Package(book.data), asked.checked.problems
    looks, sheets = CellStyles(package), BookSheets(package)
    earlier = list(_earlier_lists(book.data, sheets.titles))
    answers = answers_in(earlier)
    for list_sheet in earlier:
        sheets.take_out(list_sheet.name)
    parts = sheets.worksheets()
    titles = book.titles or {title: title for title in parts}
    faults = faults_by_sheet(problems)
    if not {titles.get(name, name) for name in faults} <= parts.keys():
        raise UnusualPackageError
    names = {title: name for name, title in titles.items()}
    title, part = sheets.put_in_front(LISTING)
    for own, sheet in parts.items():
        own_faults = faults.get(names.get(own, own), Faults())
        mark_sheet(package, sheet, own_faults, looks, earlier=bool(earlier), parsed=parsed)
    listed = _listed(problems, asked.keys, answers)
    page = ProblemPage(
        asked.name or asked.checked.name, problems, list(lines_of(listed)), titles, book.left_out
    )
    package.put(part, page.xml(looks))
    sheets.name_ranges(names_of_list(title, page))
    sheets.keep()
    copy = io.BytesIO()
    package.save(copy, last=looks.keep)
    return MarkedCopy(copy.getvalue(), book.left_out)


def _listed(
    problems: Sequence[Problem], keys: Sequence[tuple[str, str]], answers: Mapping[str, str]
) -> list[Listed]:
    return [Listed(problem, *key, answers) for problem, key in zip(problems, keys, strict=True)]


def _earlier_lists(data: bytes, titles: Sequence[str]) -> Iterator[Sheet]:
    """The lists of earlier rounds, where a corrected copy was sent in again."""
    named = [title for title in titles if title.startswith(LISTING)]
    if not named:
        return
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        found = [Sheet(title, book.get_sheet_by_name(title).to_python()) for title in named]
    except Exception as strange:  # whatever its parser stumbles over
        raise UnusualPackageError from strange
    yield from (sheet for sheet in found if sheet.rows and str(sheet.rows[0][0]).strip() == TITLE)
