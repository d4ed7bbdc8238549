"""Small tables below a list that are none of it: options, a pivot table, figures by village, houses removed."""

import re
from collections.abc import Iterable, Iterator, Sequence

from zjf.intake.a1 import a1
from zjf.intake.rows.sheet_values import Value
from zjf.intake.sheets.headers import Header
from zjf.intake.sheets.named_fields import is_heading
from zjf.intake.sheets.remarks import is_label, may_name_a_house, names_a_row, strikes_off
from zjf.intake.sheets.rows import RowKind
from zjf.intake.table import numbered
from zjf.intake.values.readings import filled_cells, tidy
from zjf.intake.workbook import Sheet
from zjf.problems import Problem, problem
from zjf.schemas import Form
from zjf.schemas.headings import plain_heading

_LOOKED_AT = 200
"""So many of the last rows are searched: what stands below a list is short."""
_AS_LONG_AS_A_NUMBER = 5
_A_FIGURE = re.compile(r"[\d.,%+\-—/\s]+")
_HEADS = re.compile(
    r"标签$|^序号$|原因$|(?:计数|求和|平均值)项|of .|[栋户人份件处个]数|数量|面积|(?:类别|类型|分类|项目|指标|选项|代码|名称|字段|含义|说明|合计|总计)$"
)
"""What heads a small table, besides headings of the forms."""
_COUNTS = re.compile("计数|求和|平均|个数")
"""Signs that a column counts what it is headed by: 房屋编号（计数）."""

Body = list[tuple[int, RowKind]]
"""Rows of a table with their kinds."""


def with_tables_told_apart(sheet: Sheet, header: Header, rows: Body) -> Body:
    """Returns the rows of a list with their kinds, without blank ones; those of other tables below it are `APART`.

    Such a table has headings of its own, and adds no house: nothing in it looks like the number of a house or a
    person, or all its numbers are the list's own, or it says that its houses are not to be reported. A row that begins
    with a label (填报人：) is a note.
    """
    first = _first_apart(sheet, header, rows)
    return [
        (row, kind if place < first or any(map(is_label, _texts(sheet.rows[row])[:1])) else RowKind.APART)
        for place, (row, kind) in enumerate(rows)
        if kind is not RowKind.BLANK
    ]


def _first_apart(sheet: Sheet, header: Header, rows: Body) -> int:
    """Returns the place of the first row of other tables; behind the last where there are none."""
    if header.form.number_field is None:
        return len(rows)
    begins = next(_tables_begin(sheet, rows), len(rows))
    below = [sheet.rows[row] for row, _ in rows[begins:]]
    may_be_houses = any(_may_list_something(row) or _names(header.form, row) for row in below)
    top = [sheet.rows[row] for row, _ in rows[max(begins - 1, 0) : begins + 2]]
    if not may_be_houses or _is_of_houses_removed(top):
        return begins
    above = (sheet.rows[row] for row, _ in rows[:begins])
    return begins if _lists_again(header, above, below) else len(rows)


def _is_of_houses_removed(top: Sequence[Sequence[Value]]) -> bool:
    """Whether headings, or a title alone in its row, among the rows at the top of a table say 核减 or the like."""
    return any(
        (len(texts) == 1 or any(map(is_heading, texts))) and any(map(strikes_off, texts))
        for texts in map(_texts, top)
    )


def _lists_again(header: Header, above: Iterable[Sequence[Value]], below: Sequence[Sequence[Value]]) -> bool:
    """Whether a table has a column of numbers, and all of them stand in the list above."""
    field = header.form.number_field
    if field is None or field.name not in header.columns:
        return False
    own = header.columns[field.name]
    for place, row in enumerate(below):
        for column, text in filled_cells(row):
            if plain_heading(text) in field.plain_headings:
                numbers = {tidy(other[column]) for other in below[place + 1 :] if len(_texts(other)) > 1}
                return bool(numbers) and numbers <= {tidy(other[own]) for other in above} - {""}
    return False


def _tables_begin(sheet: Sheet, rows: Body) -> Iterator[int]:
    """Yields the places, among the last, at which rows with headings of their own begin, with the title above them.

    Below a blank row one heading is enough; right below a house all must be headings.
    """
    begins, is_set_apart = None, False
    for place in range(max(len(rows) - _LOOKED_AT, 0), len(rows)):
        row, kind = rows[place]
        if kind is RowKind.BLANK:
            begins, is_set_apart = place + 1, True
        elif len(texts := _texts(sheet.rows[row])) > 1:
            enough = any if is_set_apart else all
            is_header = enough(is_heading(text) or _HEADS.search(text) for text in texts)
            if is_header and not any(map(_A_FIGURE.fullmatch, texts)):
                yield place if begins is None else begins
            begins, is_set_apart = None, False
        elif begins is None and kind is RowKind.REMARK:
            begins = place


def _names(form: Form, row: Sequence[Value]) -> bool:
    """Whether a row heads a column of numbers or names of the form: what stands below may belong to the list."""
    headings = frozenset[str]().union(*(field.plain_headings for field in form.naming_fields))
    return any(plain_heading(text) in headings and not _COUNTS.search(text) for text in _texts(row))


def _may_list_something(row: Sequence[Value]) -> bool:
    """Whether a row holds something like the number or the address of a house, a person's number, a telephone."""
    return any(
        len(text) >= _AS_LONG_AS_A_NUMBER
        and (names_a_row(text) or may_name_a_house(text))
        and not (_A_FIGURE.fullmatch(text) and len(text) <= _AS_LONG_AS_A_NUMBER + 2)
        for text in _texts(row)
    )


def _texts(row: Sequence[Value]) -> list[str]:
    return [text for _, text in filled_cells(row)]


def problems_of_tables_below(sheet: Sheet, rows: Sequence[int]) -> Iterator[Problem]:
    """Yields F016 for the rows of tables of another kind below a list, counted from 0, if there are any."""
    if not rows:
        return
    column = next(column for column, value in enumerate(sheet.rows[rows[0]]) if value != "")
    yield problem(
        "F016",
        f"第 {numbered(row + 1 for row in rows)} 行在上面的表之后，另有表头，没有认出是哪种表，没有读取",
        "应当报送的，请照上面的表头填在上面各行的后面；与报送无关的可不处理。",
        sheet=sheet.name,
        cell=a1(rows[0], column),
        row=rows[0] + 1,
    )
