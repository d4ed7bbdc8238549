"""Ditto cells (同上, 〃): they mean the value in the row above."""

from collections.abc import Sequence

from zjf.intake.rows.sheet_column import SheetColumn
from zjf.intake.rows.sheet_values import Value
from zjf.intake.sheets.layout import TableArea
from zjf.intake.table import Table
from zjf.intake.values.readings import DITTOS, tidy
from zjf.problems import Problem

_LONGEST = 4
_SIGNS = {text[0] for text in DITTOS}
"""Every ditto cell begins with one of these signs; hardly any column of a long table has one."""


def filled_in(
    columns: Sequence[SheetColumn], table: Table, area: TableArea
) -> tuple[list[SheetColumn], list[Problem]]:
    """Returns the columns with dittos replaced, and a C111 for each column that had some.

    A ditto without a data row right above stays as it is: nobody can tell what it means. Blank rows and repeated
    headings between the two do not matter.
    """
    filled, problems = list(columns), []
    for name, column in table.columns.items():
        if column >= len(columns) or not _has_dittos(columns[column]):
            continue
        filled[column], positions = _filled_column(columns[column], area)
        if positions:
            field = table.form.by_name[name]
            what = f"{field.heading.text}有 {len(positions)} 处写“同上”，已按上一行读取"
            problems.append(table.at_positions("C111", what, field, positions, count=len(positions)))
    return filled, problems


def _has_dittos(column: SheetColumn) -> bool:
    return any(sign in column.letters for sign in _SIGNS) and any(map(is_ditto, column.distinct))


def is_ditto(value: Value) -> bool:
    """Whether a cell holds 同上, 〃 or the like."""
    return isinstance(value, str) and len(value) <= _LONGEST and "".join(value.split()) in DITTOS


def _filled_column(column: SheetColumn, area: TableArea) -> tuple[SheetColumn, list[int]]:
    values, positions = list(column.values), []
    for position, value in enumerate(values):
        if not is_ditto(value) or position == 0 or is_ditto(values[position - 1]):
            continue
        if _are_blank_or_headings(area, range(area.data[position - 1] + 1, area.data[position])):
            values[position] = values[position - 1]
            positions.append(position)
    return SheetColumn(tuple(values)), positions


def _are_blank_or_headings(area: TableArea, between: range) -> bool:
    """Whether all rows between two data rows are blank or repeat the headings."""
    rows, header = area.sheet.rows, area.header
    headings = [rows[row] for row in range(max(header.top, 0), header.bottom + 1)]
    return all(not any(map(tidy, rows[row])) or rows[row] in headings for row in between)
