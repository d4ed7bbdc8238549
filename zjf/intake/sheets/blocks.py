"""Blocks of a sheet: tables of different forms that stand beside each other, and lists beside them that are none."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from zjf.intake.a1 import a1, column_letters
from zjf.intake.rows.coded_rows import CodedRows
from zjf.intake.sheets.headers import Header, find_headers
from zjf.intake.sheets.side_by_side import only_columns, parts_of
from zjf.intake.values.readings import tidy
from zjf.intake.workbook import Sheet
from zjf.problems import Problem, problem
from zjf.schemas import Form

_NEAR_THE_TOP = 30
_LOWER = 4
"""So many rows lower than the first header another may stand that is not parted from it."""
_A_CONTINUATION = 0.5
"""So large a part of the columns makes a block at the right a continuation of the list at the left."""


@dataclass(frozen=True)
class Block:
    """Some columns of a sheet, to be read by themselves.

    Args:
        sheet: The sheet with all other columns blank.
        beside: What stands at the right of it and is no part of its table (F016), if anything does.
    """

    sheet: Sheet
    beside: Problem | None = None


def blocks_of(sheet: Sheet, forms: Sequence[Form]) -> list[Block]:
    """Returns the blocks of a sheet, from left to right; nearly always the sheet itself."""
    header = _first_header(sheet, forms)
    if header is None:
        return [Block(sheet)]
    for gap in _gaps(sheet):
        first, second = _headers_beside(sheet, gap + 1, forms)
        if first and second and _is_a_table_of_its_own(second, first):
            return _parted(sheet, gap + 1, min(first.top, second.top), forms)
        if first and _is_of_another_kind(header, first, gap):
            return [Block(only_columns(sheet, range(gap)), _beside(sheet, header, gap + 1, _OF_NO_FORM))]
    if seam := _seam(sheet, header, forms):
        return _parted(sheet, seam, header.top, forms)
    if again := _listed_again(sheet, header):
        return [Block(only_columns(sheet, range(again)), _beside(sheet, header, again, _LISTED_AGAIN))]
    return [Block(sheet)]


def _parted(sheet: Sheet, seam: int, top: int, forms: Sequence[Form]) -> list[Block]:
    left, right = (_with_rows_above(sheet, span, range(top)) for span in _sides(seam))
    return [Block(left), *blocks_of(right, forms)]


def _sides(seam: int) -> tuple[range, range]:
    return range(seam), range(seam, sys.maxsize)


def _headers_beside(sheet: Sheet, seam: int, forms: Sequence[Form]) -> list[Header | None]:
    """Returns the first header at the left of a column, and the first from that column on."""
    near_top = _near_the_top(sheet)
    return [_first_header(only_columns(near_top, span), forms) for span in _sides(seam)]


def _seam(sheet: Sheet, header: Header, forms: Sequence[Form]) -> int:
    """Returns the column with which a table of another form begins right beside the first one; 0 if none does.

    A heading is there twice then, others are of no field, and apart the two headers name more columns than as one.
    """
    if not header.twice or not header.unknown:
        return 0
    name, again = min(header.twice, key=itemgetter(1))
    together = len(header.columns) + len(header.twice)
    top = replace(sheet, rows=_near_the_top(sheet).rows[: header.bottom + _LOWER])
    best = (together, False, 0, 0)
    for seam in sorted(column for column in header.headed if header.columns[name] < column <= again):
        first, second = _headers_beside(top, seam, forms)
        if first and second and not first.twice and _is_a_table_of_its_own(second, first):
            apart = len(first.columns) + len(second.columns) + len(second.twice)
            if apart > together:
                best = max(best, (apart, seam in header.numbers, -len(first.unknown), seam))
    return best[-1]


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
    is_blank = [_is_blank(sheet, column) for column in range(len(sheet.rows[0]) if sheet.rows else 0)]
    first = is_blank.index(False) if False in is_blank else len(is_blank)
    for column in range(first, len(is_blank) - 1):
        if is_blank[column] and not is_blank[column + 1]:
            yield column


def _is_blank(sheet: Sheet, column: int) -> bool:
    if isinstance(sheet.rows, CodedRows):
        return not sheet.rows.columns[column].is_filled().any()
    return all(row[column] == "" for row in sheet.rows)


def _first_header(sheet: Sheet, forms: Sequence[Form]) -> Header | None:
    """Returns the first header near the top of a sheet."""
    return next(iter(find_headers(_near_the_top(sheet), forms)), None)


def _near_the_top(sheet: Sheet) -> Sheet:
    return replace(sheet, rows=[sheet.rows[row] for row in range(min(_NEAR_THE_TOP, len(sheet.rows)))])


def _is_a_table_of_its_own(right: Header, left: Header) -> bool:
    """Whether a header is of another form than the one at its left, and names its own rows where that form does."""
    return right.form is not left.form and {*right.form.info.key} <= right.columns.keys()


def _with_rows_above(sheet: Sheet, span: range, above: range) -> Sheet:
    """Returns a block with all that stands above the headers, as it is said of every block."""
    block = only_columns(sheet, span)
    return replace(block, rows=[*(sheet.rows[row] for row in above), *block.rows[len(above) :]])


def _is_of_another_kind(header: Header, left: Header, gap: int) -> bool:
    """Whether the columns at the right only repeat a few headings of the table at the left, and number no rows."""
    new = {name for name, column in header.columns.items() if column > gap} - left.columns.keys()
    again = {name for name, column in (*header.columns.items(), *header.twice) if column > gap}
    if not again or new or again >= {*header.form.info.key}:
        return False
    return len(again) < _A_CONTINUATION * len(left.columns)


_OF_NO_FORM = (
    "与左边的表隔开，另有表头，没有认出是哪种表，没有读取",
    "应当报送的，请移到左边各行的下面或另一张工作表；与报送无关的可不处理。",
)
_LISTED_AGAIN = (
    "另列了左边已有的几行，栏目比左边的少，没有读取",
    "只是摘抄的可不处理；有应当更正的，请直接改左边的表。",
)


def _beside(sheet: Sheet, header: Header, seam: int, says: tuple[str, str]) -> Problem:
    """Returns F016: the headed columns from `seam` on are no part of a table."""
    columns = [column for column in header.headed if column >= seam]
    letters = f"{column_letters(min(columns))}–{column_letters(max(columns))}"
    cell = a1(header.bottom, min(columns))
    what, hint = says
    return problem(
        "F016",
        f"{letters} 列{what}",
        hint,
        sheet=sheet.name,
        cell=cell,
        cells=(cell,),
        row=header.bottom + 1,
    )
