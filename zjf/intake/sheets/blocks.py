"""Blocks of a sheet: tables of different forms that stand beside each other, with a blank column between them."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from zjf.intake.a1 import a1, column_letters
from zjf.intake.rows.coded_rows import CodedRows
from zjf.intake.sheets.headers import Header, find_headers
from zjf.intake.sheets.side_by_side import only_columns
from zjf.intake.workbook import Sheet
from zjf.problems import Problem, problem
from zjf.schemas import Form

_NEAR_THE_TOP = 30
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
    gaps = list(_gaps(sheet))
    header = _first_header(sheet, forms) if gaps else None
    if header is None:
        return [Block(sheet)]
    for gap in gaps:
        left, right = range(gap), range(gap + 1, sys.maxsize)
        first, second = (_first_header(only_columns(sheet, span), forms) for span in (left, right))
        if first and second and _is_a_table_of_its_own(second, first):
            above = range(min(first.top, second.top))
            rest = blocks_of(_with_rows_above(sheet, right, above), forms)
            return [Block(_with_rows_above(sheet, left, above)), *rest]
        if first and _is_of_another_kind(header, first, gap):
            return [Block(only_columns(sheet, left), _beside(sheet, header, gap))]
    return [Block(sheet)]


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
    rows = [sheet.rows[row] for row in range(min(_NEAR_THE_TOP, len(sheet.rows)))]
    return next(iter(find_headers(replace(sheet, rows=rows), forms)), None)


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


def _beside(sheet: Sheet, header: Header, gap: int) -> Problem:
    columns = [column for column in header.headed if column > gap]
    letters = f"{column_letters(min(columns))}–{column_letters(max(columns))}"
    cell = a1(header.bottom, min(columns))
    return problem(
        "F016",
        f"{letters} 列与左边的表隔开，另有表头，没有认出是哪种表，没有读取",
        "应当报送的，请移到左边各行的下面或另一张工作表；与报送无关的可不处理。",
        sheet=sheet.name,
        cell=cell,
        cells=(cell,),
        row=header.bottom + 1,
    )
