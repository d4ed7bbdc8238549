"""Rows, columns and cells that are hidden or struck through, and are read nonetheless (F017)."""

from collections.abc import Iterator, Sequence, Set

from zjf.intake.a1 import a1, column_letters
from zjf.intake.sheets.layout import TableArea
from zjf.intake.table import CELLS_NAMED, Table, numbered
from zjf.intake.workbook import Sheet
from zjf.problems import Problem

_CELLS_SAID = 3


def problem_of_hidden_content(sheet: Sheet, area: TableArea, table: Table) -> Problem | None:
    """Returns F017: one problem for all rows and columns that are hidden, and rows and cells that are struck through.

    Rows of which a part of the table at the left has told already are left out.
    """
    extras = sheet.extras
    if not (table.hidden or extras.hidden_columns or extras.struck or extras.left):
        return None
    rows_before = {row for part in area.parts[: area.parts.index(area)] for row in part.data}
    hidden = {table.rows[position] for position in table.hidden} - rows_before
    struck = {row for row in extras.struck.keys() & set(table.rows) - rows_before if _is_struck(sheet, row)}
    columns = sorted(extras.hidden_columns & area.header.headed)
    found = [
        *([f"第 {numbered(row + 1 for row in hidden)} 行隐藏或被筛选掉"] if hidden else []),
        *([f"第 {numbered(row + 1 for row in struck)} 行划了删除线"] if struck else []),
        *([f"{'、'.join(map(column_letters, columns))} 列隐藏"] if columns else []),
    ]
    rows = hidden | struck
    read = f"这 {len(rows)} 行照常计入" if rows else "照常读取"
    sentences = [f"{'；'.join(found)}，{read}"] if found else []
    crossed_out, cells = _struck_cells(sheet, area, table, struck)
    if not (sentences or crossed_out):
        return None
    first = min(area.columns.values(), default=0)
    cells = [*(a1(row, first) for row in sorted(rows)), *cells]
    hint = "划掉的字请删去，不要留在格子里；看不见的行列请取消隐藏和筛选核对一遍。" if crossed_out else ""
    what = "。".join([*sentences, *crossed_out])
    return table.at_table("F017", what, hint, cells=tuple(cells[:CELLS_NAMED]), rows=())


def _struck_cells(
    sheet: Sheet, area: TableArea, table: Table, struck_rows: Set[int]
) -> tuple[list[str], list[str]]:
    """Returns sentences about single cells that are struck through, whole or in part, and their addresses."""
    columns, rows, extras = set(table.columns.values()), set(table.rows), sheet.extras
    whole = [
        a1(row, column)
        for row in sorted(extras.struck.keys() & rows - struck_rows)
        for column in _struck_in(sheet, row)
        if column in columns
    ]
    headings = range(max(area.header.top, 0), area.header.bottom + 1)
    rows.update(headings, (row for row, _ in area.totals))
    in_part = [a1(row, column) for row, column in sorted(extras.left) if row in rows and column in columns]
    sentences = [
        *([f"{_cells_listed(whole)}划了删除线，照常读取"] if whole else []),
        *([f"{_cells_listed(in_part)}划掉了一部分字，按没有划掉的读取"] if in_part else []),
    ]
    return sentences, [*in_part, *whole]


def _struck_in(sheet: Sheet, row: int) -> Iterator[int]:
    """Yields the columns of a row's struck-through cells that are not blank."""
    return (
        column for column in sorted(sheet.extras.struck.get(row, ())) if str(sheet.rows[row][column]).strip()
    )


def _cells_listed(cells: Sequence[str]) -> str:
    more = f" 等 {len(cells)} 格" if len(cells) > _CELLS_SAID else " "
    return "、".join(cells[:_CELLS_SAID]) + more


def _is_struck(sheet: Sheet, row: int) -> bool:
    """Whether most filled cells of a row are struck through."""
    cells = sheet.rows[row]
    return 2 * len(sheet.extras.struck.get(row, ())) >= max(len(cells) - cells.count(""), 1)
