"""Rows, columns and cells that are hidden, struck through or printed so that nobody sees them, and are read (F017)."""

from collections.abc import Iterator, Mapping, Sequence, Set

from zjf.intake.a1 import a1, column_letters
from zjf.intake.sheets.layout import TableArea
from zjf.intake.table import CELLS_NAMED, Table, numbered
from zjf.intake.workbook import Sheet
from zjf.problems import Problem

_CELLS_SAID = 3
_STRUCK, _UNSEEN = "划了删除线", "的字看不见（与底色一样，或格式不显示）"
_TO_BE_DELETED = "划掉的字请删去，不要留在格子里；看不见的行列请取消隐藏和筛选核对一遍。"
_TO_BE_SHOWN = "看不见的字请改成黑色、常规格式核对一遍；不应报送的请删去。"

Cells = Mapping[int, Set[int]]
"""Row: columns."""


def problem_of_hidden_content(sheet: Sheet, area: TableArea, table: Table) -> Problem | None:
    """Returns F017: one problem for all rows and columns that are hidden, and rows and cells that look unlike the others.

    Rows of which a part of the table at the left has told already are left out.
    """
    extras = sheet.extras
    if not (table.hidden or extras.hidden_columns or extras.struck or extras.unseen or extras.left):
        return None
    rows_before = {row for part in area.parts[: area.parts.index(area)] for row in part.data}
    told = set(table.rows) - rows_before
    hidden = {table.rows[position] for position in table.hidden} - rows_before
    struck, unseen = (
        {row for row in cells.keys() & told if _is_whole_row(sheet, row, cells)}
        for cells in (extras.struck, extras.unseen)
    )
    columns = sorted(extras.hidden_columns & area.header.headed)
    found = [
        *([f"第 {numbered(row + 1 for row in hidden)} 行隐藏或被筛选掉"] if hidden else []),
        *([f"第 {numbered(row + 1 for row in struck)} 行{_STRUCK}"] if struck else []),
        *([f"第 {numbered(row + 1 for row in unseen)} 行{_UNSEEN}"] if unseen else []),
        *([f"{'、'.join(map(column_letters, columns))} 列隐藏"] if columns else []),
    ]
    rows = hidden | struck | unseen
    read = f"这 {len(rows)} 行照常计入" if rows else "照常读取"
    sentences = [f"{'；'.join(found)}，{read}"] if found else []
    crossed_out, cells_crossed_out = _cells_struck(sheet, area, table, struck)
    cells_unseen = _single_cells(sheet, table, extras.unseen, unseen)
    if cells_unseen:
        sentences.append(f"{_cells_listed(cells_unseen)}{_UNSEEN}，照常读取")
    if not (sentences or crossed_out):
        return None
    first = min(area.columns.values(), default=0)
    cells = [*(a1(row, first) for row in sorted(rows)), *cells_crossed_out, *cells_unseen]
    hints = [
        *([_TO_BE_DELETED] if crossed_out else []),
        *([_TO_BE_SHOWN] if unseen or cells_unseen else []),
    ]
    what = "。".join([*sentences, *crossed_out])
    return table.at_table("F017", what, "".join(hints), cells=tuple(cells[:CELLS_NAMED]), rows=())


def _cells_struck(
    sheet: Sheet, area: TableArea, table: Table, struck_rows: Set[int]
) -> tuple[list[str], list[str]]:
    """Returns sentences about single cells that are struck through, whole or in part, and their addresses."""
    columns, rows, extras = set(table.columns.values()), set(table.rows), sheet.extras
    whole = _single_cells(sheet, table, extras.struck, struck_rows)
    headings = range(max(area.header.top, 0), area.header.bottom + 1)
    rows.update(headings, (row for row, _ in area.totals))
    in_part = [a1(row, column) for row, column in sorted(extras.left) if row in rows and column in columns]
    sentences = [
        *([f"{_cells_listed(whole)}{_STRUCK}，照常读取"] if whole else []),
        *([f"{_cells_listed(in_part)}划掉了一部分字，按没有划掉的读取"] if in_part else []),
    ]
    return sentences, [*in_part, *whole]


def _single_cells(sheet: Sheet, table: Table, cells: Cells, whole_rows: Set[int]) -> list[str]:
    """Returns the addresses of such cells of the table's columns that are not blank, in its other rows."""
    columns = set(table.columns.values())
    return [
        a1(row, column)
        for row in sorted(cells.keys() & set(table.rows) - whole_rows)
        for column in _filled(sheet, row, cells)
        if column in columns
    ]


def _filled(sheet: Sheet, row: int, cells: Cells) -> Iterator[int]:
    """Yields the columns of a row's such cells that are not blank."""
    return (column for column in sorted(cells.get(row, ())) if str(sheet.rows[row][column]).strip())


def _cells_listed(cells: Sequence[str]) -> str:
    more = f" 等 {len(cells)} 格" if len(cells) > _CELLS_SAID else " "
    return "、".join(cells[:_CELLS_SAID]) + more


def _is_whole_row(sheet: Sheet, row: int, cells: Cells) -> bool:
    """Whether most filled cells of a row look so."""
    values = sheet.rows[row]
    return 2 * len(cells.get(row, ())) >= max(len(values) - values.count(""), 1)
