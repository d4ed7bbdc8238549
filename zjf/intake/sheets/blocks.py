"""Blocks of a sheet: tables of different forms that stand beside each other, and lists beside them that are none."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from zjf.intake.a1 import a1, column_letters
from zjf.intake.rows.listed_rows import ListedRows
from zjf.intake.rows.sheet_values import Value
from zjf.intake.sheets.beside_tables import has_pivot_signs
from zjf.intake.sheets.headers import Header, find_headers
from zjf.intake.sheets.named_fields import begins_a_table
from zjf.intake.sheets.side_by_side import only_columns, parts_of
from zjf.intake.values.readings import tidy
from zjf.intake.workbook import Sheet
from zjf.problems import Problem, problem
from zjf.schemas import Form

_NEAR_THE_TOP = 30
_DEEPEST, _FEWEST, _IN_A_NOTE = 4, 3, 4
"""How many rows a header may have, how many columns a table right beside another has at least, and how many cells a row
of notes above tables has at most."""
_A_CONTINUATION = 0.5
"""So large a part of the columns makes a block at the right a continuation of the list at the left."""


@dataclass(frozen=True)
class Block:
    """Some columns of a sheet, all others blank, to be read by themselves.

    `beside` is the problem of what stands at their right and is no part of their table (F016).
    """

    sheet: Sheet
    beside: Problem | None = None


def blocks_of(sheet: Sheet, forms: Sequence[Form]) -> list[Block]:
    """Returns the blocks of a sheet, from left to right; nearly always the sheet itself."""
    headers = find_headers(_near_the_top(sheet), forms)
    if not headers:
        return [Block(sheet)]
    for gap in _gaps(sheet):
        first, second = _headers_beside(sheet, gap + 1, forms)
        if first and second and _is_a_table_of_its_own(second, first):
            above = range(min(first.top, second.top))
            left, right = (_with_rows_above(sheet, span, above) for span in _sides(gap + 1))
            return [*blocks_of(left, forms), *blocks_of(right, forms)]
        if first and (_is_of_another_kind(headers[0], first, gap) or _has_pivot_beside(sheet, gap)):
            beside = _beside(sheet, headers[0], gap + 1, _OF_NO_FORM)
            return [Block(only_columns(sheet, range(gap)), beside)]
    for place, header in enumerate(headers):
        around = _around(sheet, header, headers[place - 1].bottom + 1 if place else 0)
        if seam := _seam(around, header, forms):
            left, right = _parted(sheet, seam, _rows_beside(sheet, seam, around, forms))
            return [*blocks_of(left, forms), *blocks_of(right, forms)]
    if again := _listed_again(sheet, headers[0]):
        return [Block(only_columns(sheet, range(again)), _beside(sheet, headers[0], again, _LISTED_AGAIN))]
    return [Block(sheet)]


def _around(sheet: Sheet, header: Header, floor: int) -> Sheet:
    """Returns the rows in which a header may stand beside another, all above them blank."""
    first = max(floor, header.top - _DEEPEST + 1)
    rows = _near_the_top(sheet).rows[: header.bottom + _DEEPEST]
    above: list[list[Value]] = [[""] * len(row) for row in rows[:first]]
    return replace(sheet, rows=ListedRows([*above, *rows[first:]]))


def _rows_beside(sheet: Sheet, seam: int, around: Sheet, forms: Sequence[Form]) -> range:
    """Returns the rows of two tables beside each other, to where the next table begins with its title and notes."""
    beside = [header for header in _headers_beside(around, seam, forms) if header]
    bottom = max(header.bottom for header in beside)
    columns = {column for header in beside for column in header.columns.values()}
    headers = (header for span in _sides(seam) for header in find_headers(only_columns(sheet, span), forms))
    below = [header for header in headers if header.top > bottom and columns & {*header.columns.values()}]
    end = min((header.top for header in below), default=len(sheet.rows))
    while bottom + 1 < end < len(sheet.rows) and any(sheet.rows[end - 1]):
        end -= 1
    return range(min(header.top for header in beside), end)


def _parted(sheet: Sheet, seam: int, tables: range) -> tuple[Sheet, Sheet]:
    """Returns a sheet without what stands from a column on in the rows of two tables, and that, with their notes."""
    first_note = tables.start
    while first_note and sum(map(bool, sheet.rows[first_note - 1])) <= _IN_A_NOTE:
        first_note -= 1
    blank: list[Value] = [""] * len(sheet.rows[0])
    left, right = ListedRows(), ListedRows()
    for number, row in enumerate(sheet.rows):
        is_beside = number in tables
        left.append([*row[:seam], *blank[seam:]] if is_beside else row)
        is_note = first_note <= number < tables.start
        right.append([*blank[:seam], *row[seam:]] if is_beside else row if is_note else blank)
    return replace(sheet, rows=left), replace(only_columns(sheet, _sides(seam)[1]), rows=right)


def _sides(seam: int) -> tuple[range, range]:
    return range(seam), range(seam, sys.maxsize)


def _headers_beside(sheet: Sheet, seam: int, forms: Sequence[Form]) -> list[Header | None]:
    """Returns the first header at the left of a column, and the first from that column on."""
    near_top = _near_the_top(sheet)
    headers = (find_headers(only_columns(near_top, span), forms) for span in _sides(seam))
    return [next(iter(of_side), None) for of_side in headers]


def _seam(around: Sheet, header: Header, forms: Sequence[Form]) -> int:
    """Returns the column with which a table begins right beside one of another form; 0 if none does.

    Which of them has the headings that both know is settled by trying: apart they name more columns than as one.
    """
    if not _leaves_columns_over(around, header):
        return 0
    best = (_columns_named([around], forms), (False, False), 0, 0)
    for seam in sorted({*_between(header, around, forms), *_beginnings(around, header)} - {0}):
        first, second = _headers_beside(around, seam, forms)
        if first and second and not first.twice and _is_a_table_of_its_own(second, first):
            left, right = (only_columns(around, span) for span in _sides(seam))
            named = _columns_named([left], forms) + _most_columns_named(right, second, forms)
            begins = (seam in second.numbers, second.begins_with_its_first_field)
            best = max(best, (named, begins, -len(first.unknown), seam))
    return best[-1]


def _leaves_columns_over(around: Sheet, header: Header) -> bool:
    """Whether a header has no use for so many filled columns that another table may stand there."""
    rows = around.rows[header.top :]
    filled = {column for row in rows for column, value in enumerate(row) if value != ""}
    return len(header.unknown) + len(header.twice) + len(filled - header.headed) >= _FEWEST


def _most_columns_named(side: Sheet, header: Header, forms: Sequence[Form]) -> int:
    """Returns how many columns are named on a side, parted once more where a third table stands on it."""
    seams = _beginnings(side, header) if _leaves_columns_over(side, header) else ()
    parted = ([only_columns(side, span) for span in _sides(seam)] for seam in seams)
    return max(_columns_named(sheets, forms) for sheets in ([side], *parted))


def _columns_named(sheets: Sequence[Sheet], forms: Sequence[Form]) -> int:
    """Returns how many columns the headers on some sheets name, with those that are there twice."""
    headers = (header for sheet in sheets for header in find_headers(sheet, forms))
    return sum(len(header.columns) + len(header.twice) for header in headers)


def _between(header: Header, around: Sheet, forms: Sequence[Form]) -> range:
    """Returns the columns between a header's own and those of another, in what the first leaves over."""
    others = [form for form in forms if form is not header.form]
    other = next(iter(find_headers(_without_columns_of(header, around), others)), None)
    if other is None:
        return range(0)
    columns, others_columns = {*header.columns.values()}, {*other.columns.values()}
    own, others_own = columns - others_columns, others_columns - columns
    if not own or not others_own:
        return range(0)
    at_left, at_right = sorted((own, others_own), key=min)
    return range(max(at_left) + 1, min(at_right) + 1)


def _beginnings(around: Sheet, header: Header) -> set[int]:
    """Returns the columns with which a table may begin."""
    rows = around.rows[header.top :]
    return {column for row in rows for column, value in enumerate(row) if begins_a_table(value)}


def _without_columns_of(header: Header, sheet: Sheet) -> Sheet:
    """Returns a sheet without the columns that only this header names; those that are there twice may be another's."""
    names_twice = {name for name, _ in header.twice}
    taken = {column for name, column in header.columns.items() if name not in names_twice}
    rows = (["" if column in taken else value for column, value in enumerate(row)] for row in sheet.rows)
    return replace(sheet, rows=ListedRows(rows))


def _listed_again(sheet: Sheet, header: Header) -> int:
    """Returns the column with which a short list begins of rows that the table at its left has; 0 if none does."""
    first, *others = parts_of(header)
    if not others or 2 * len(others[-1].columns) > len(first.columns) or others[-1].span is None:
        return 0
    at_left, at_right = (_keys(sheet, part) for part in (first, others[-1]))
    return others[-1].span.start if at_right and at_right <= at_left else 0


def _keys(sheet: Sheet, header: Header) -> set[tuple[str, ...]]:
    """Returns what names the rows below a header."""
    columns = [header.columns[name] for name in header.form.info.key]
    rows = (sheet.rows[row] for row in range(header.bottom + 1, len(sheet.rows)))
    return {key for row in rows if all(key := tuple(tidy(row[column]) for column in columns))}


def _gaps(sheet: Sheet) -> Iterator[int]:
    """Yields the blank columns between others, the last of several in a row."""
    is_blank = [*map(sheet.rows.is_blank, range(len(sheet.rows[0]) if sheet.rows else 0))]
    first = is_blank.index(False) if False in is_blank else len(is_blank)
    for column in range(first, len(is_blank) - 1):
        if is_blank[column] and not is_blank[column + 1]:
            yield column


def _near_the_top(sheet: Sheet) -> Sheet:
    return replace(sheet, rows=ListedRows(sheet.rows[:_NEAR_THE_TOP]))


def _is_a_table_of_its_own(right: Header, left: Header) -> bool:
    """Whether a header is of another form than the one at its left, and names its own rows where that form does."""
    return right.form is not left.form and {*right.form.info.key} <= right.columns.keys()


def _with_rows_above(sheet: Sheet, span: range, above: range) -> Sheet:
    """Returns a block with all that stands above the headers, as it is said of every block."""
    block = only_columns(sheet, span)
    return replace(block, rows=ListedRows([*sheet.rows[: above.stop], *block.rows[above.stop :]]))


def _is_of_another_kind(header: Header, left: Header, gap: int) -> bool:
    """Whether the columns at the right only repeat a few headings of the table at the left, and number no rows."""
    new = {name for name, column in header.columns.items() if column > gap} - left.columns.keys()
    again = {name for name, column in (*header.columns.items(), *header.twice) if column > gap}
    if not again or new or again >= {*header.form.info.key}:
        return False
    return len(again) < _A_CONTINUATION * len(left.columns)


def _has_pivot_beside(sheet: Sheet, gap: int) -> bool:
    """Whether a pivot table stands at the right; its headings need not stand beside the table's own."""
    return has_pivot_signs(row[gap:] for row in _near_the_top(sheet).rows)


_OF_NO_FORM = (
    "与左边的表隔开，另有表头，没有认出是哪种表，没有读取",
    "应当报送的，请移到左边各行的下面或另一张工作表；与报送无关的可不处理。",
)
_LISTED_AGAIN = (
    "另列了左边已有的几行，栏目比左边的少，没有读取",
    "只是摘抄的可不处理；有应当更正的，请直接改左边的表。",
)


def _beside(sheet: Sheet, header: Header, seam: int, says: tuple[str, str]) -> Problem:
    """Returns F016: the filled columns from `seam` on are no part of a table."""
    columns = [column for column in range(seam, len(sheet.rows[0])) if not sheet.rows.is_blank(column)]
    letters = f"{column_letters(min(columns))}–{column_letters(max(columns))}"
    what, hint = says
    return problem(
        "F016",
        f"{letters} 列{what}",
        hint,
        sheet=sheet.name,
        cell=a1(header.bottom, min(columns)),
        row=header.bottom + 1,
    )
