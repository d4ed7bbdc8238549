"""Houses below a line of their list that says that they are struck off, or not to be counted."""

import re
from collections.abc import Iterator

from zjf.intake.sheets.layout import TableArea
from zjf.intake.table import Table, a1, numbered
from zjf.intake.values.readings import tidy
from zjf.problems import Problem

_LONGEST = 20
_STRUCK_OFF = re.compile(r"核减|剔除|作废|注销|删除|已拆除|不再|不(?:予)?(?:上报|计入|统计|列入)")


def problems_of_sections(area: TableArea, table: Table) -> Iterator[Problem]:
    """F021: a line among the rows says that those below it are not to be counted; they are, and it is said.

    Args:
        area: The table, or a part of one.
        table: What was read of it.
    """
    lines = _lines(area)
    for place, (row, column) in enumerate(lines):
        text = tidy(area.sheet.rows[row][column])
        end = lines[place + 1][0] if place + 1 < len(lines) else len(area.sheet.rows)
        below = [data for data in area.data if row < data < end]
        if _STRUCK_OFF.search(text):
            cell = a1(row, column)
            what = f"「{table.quoted(text[:_LONGEST])}」下面的第 {numbered(data + 1 for data in below)} 行照常计入"
            yield table.at_table("F021", what, cell=cell, cells=(cell,), row=row + 1, rows=())


def _lines(area: TableArea) -> list[tuple[int, int]]:
    """Where a text alone stands between rows of data, right above one of them."""
    data = set(area.data)
    lines = []
    for row in range(min(data, default=0), max(data, default=0)):
        if row not in data and row + 1 in data:
            filled = [column for column, value in enumerate(area.sheet.rows[row]) if tidy(value)]
            lines += [(row, filled[0])] if len(filled) == 1 else []
    return lines
