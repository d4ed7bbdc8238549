"""Rows, columns and cells that are hidden, struck through or printed so that nobody sees them, and are read (F017)."""

from collections.abc import Mapping, Sequence, Set

from zjf.intake.a1 import a1, column_letters
from zjf.intake.formats.number_formats import NumberFormat
from zjf.intake.rows.sheet_values import Value
from zjf.intake.sheets.layout import TableArea
from zjf.intake.table import CELLS_NAMED, Table, numbered
from zjf.intake.workbook import Sheet
from zjf.problems import Problem
from zjf.schemas.kinds import Kind

_CELLS_SAID = 3
_COUNTS = frozenset({Kind.INTEGER, Kind.COUNT})
_STRUCK, _UNSEEN = "划了删除线", "的字看不见（与底色一样、字号太小，或格式不显示）"
_TO_BE_DELETED = "划掉的字请删去，不要留在格子里；看不见的行列请取消隐藏和筛选核对一遍。"
_TO_BE_SHOWN = "看不见的字请改成黑色、常规字号和格式核对一遍；不应报送的请删去。"
_TO_BE_COMPARED = "显示的数不对的格请改成常规格式，核对数字。"

Cells = Mapping[int, Set[int]]
"""Row: columns."""


def problem_of_hidden_content(area: TableArea, table: Table) -> Problem | None:
    """Returns F017: one problem for all rows and columns that are hidden, and rows and cells that look unlike the others.

    Rows of which a part of the table at the left has told already are left out.
    """
    sheet, extras = area.page, area.page.extras
    looks = (extras.hidden_columns, extras.struck, extras.unseen, extras.left, extras.formats)
    if not (table.hidden or any(looks)):
        return None
    rows_before = {row for part in area.parts[: area.parts.index(area)] for row in part.data}
    told = set(table.rows) - rows_before
    hidden, struck = (
        {table.rows[position] for position in positions} - rows_before
        for positions in (table.hidden, table.struck)
    )
    unseen = whole_rows(sheet, extras.unseen) & told
    struck_cells = _single_cells(sheet, table, extras.struck, struck)
    unseen_cells = _single_cells(sheet, table, extras.unseen, unseen)
    struck_in_part = _struck_in_part(area, table)
    otherwise = _shown_otherwise(sheet, table, told)
    sentences = [
        _lines_in_words(
            {"隐藏或被筛选掉": hidden, _STRUCK: struck, _UNSEEN: unseen},
            sorted(extras.hidden_columns & area.header.headed),
        ),
        _cells_in_words(unseen_cells, f"{_UNSEEN}，照常读取"),
        _cells_in_words(struck_cells, f"{_STRUCK}，照常读取"),
        _cells_in_words(struck_in_part, "划掉了一部分字，按没有划掉的读取"),
        _cells_in_words(otherwise, "显示的数与格子里的不同，按格子里的读取"),
    ]
    if not any(sentences):
        return None
    first = min(area.columns.values(), default=0)
    of_rows = [a1(row, first) for row in sorted(hidden | struck | unseen)]
    cells = (*of_rows, *struck_in_part, *struck_cells, *unseen_cells, *otherwise)[:CELLS_NAMED]
    hint = _TO_BE_DELETED if struck_cells or struck_in_part else ""
    hint += _TO_BE_SHOWN if unseen or unseen_cells else ""
    hint += _TO_BE_COMPARED if otherwise else ""
    return table.at_table("F017", "。".join(filter(None, sentences)), hint, cells=cells, rows=())


def _lines_in_words(rows: Mapping[str, Set[int]], hidden_columns: Sequence[int]) -> str:
    """Returns a sentence about rows, by what is odd about them, and hidden columns; empty where there are none."""
    found = [
        f"第 {numbered(row + 1 for row in odd_rows)} 行{what}" for what, odd_rows in rows.items() if odd_rows
    ]
    if hidden_columns:
        found.append(f"{'、'.join(map(column_letters, hidden_columns))} 列隐藏")
    number = len(set().union(*rows.values()))
    read = f"这 {number} 行照常计入" if number else "照常读取"
    return f"{'；'.join(found)}，{read}" if found else ""


def _cells_in_words(cells: Sequence[str], what: str) -> str:
    more = f" 等 {len(cells)} 格" if len(cells) > _CELLS_SAID else " "
    return f"{'、'.join(cells[:_CELLS_SAID])}{more}{what}" if cells else ""


def _struck_in_part(area: TableArea, table: Table) -> list[str]:
    """Returns the addresses of cells, also of headings and totals, of which some letters are struck through."""
    headings = range(max(area.header.top, 0), area.header.bottom + 1)
    rows, columns = {*table.rows, *headings, *(row for row, _ in area.totals)}, set(table.columns.values())
    left = sorted(area.page.extras.left)
    return [a1(row, column) for row, column in left if row in rows and column in columns]


def _shown_otherwise(sheet: Sheet, table: Table, rows: Set[int]) -> list[str]:
    """Returns the addresses of counts whose format shows another number than the one that the cell holds."""
    counts = {column for name, column in table.columns.items() if table.form.by_name[name].kind in _COUNTS}
    return [
        a1(row, column)
        for (row, column), written in sorted(sheet.extras.formats.items())
        if row in rows and column in counts and _shows_another(written, sheet.rows[row][column])
    ]


def _shows_another(written: NumberFormat, number: Value) -> bool:
    """Whether a number is seen as another one, as less than 0, or without digits."""
    shown = written.shown(number)
    if not shown:
        return False
    digits = "".join(filter(str.isdecimal, shown))
    return shown.startswith("-") or not digits or int(digits) != number


def _single_cells(sheet: Sheet, table: Table, cells: Cells, whole_rows: Set[int]) -> list[str]:
    """Returns the addresses of such cells of the table's columns that are not blank, in its other rows."""
    columns = set(table.columns.values())
    return [
        a1(row, column)
        for row in sorted(cells.keys() & set(table.rows) - whole_rows)
        for column in sorted(cells[row] & columns)
        if str(sheet.rows[row][column]).strip()
    ]


def whole_rows(sheet: Sheet, cells: Cells) -> set[int]:
    """Returns the rows of which most filled cells are among some cells."""
    rows = ((row, sheet.rows[row]) for row in cells if row < len(sheet.rows))
    return {row for row, values in rows if 2 * len(cells[row]) >= max(len(values) - values.count(""), 1)}
