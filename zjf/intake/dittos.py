"""Cells that say 同上 or 〃: they mean what stands in the row above, as merged-down cells do."""

from collections.abc import Iterator, Sequence

from zjf.intake.sheet_column import SheetColumn
from zjf.intake.sheet_values import Value
from zjf.intake.sheets.layout import TableArea
from zjf.intake.table import CELLS_NAMED, Table, a1
from zjf.intake.values.readings import DITTOS, tidy
from zjf.problems import Problem
from zjf.schemas import Field

_LONGEST = 4
_SIGNS = {text[0] for text in DITTOS}
"""One of them stands in every such cell, and in hardly any column of a long table."""


def filled_in(
    columns: Sequence[SheetColumn], table: Table, area: TableArea
) -> tuple[list[SheetColumn], list[Problem]]:
    """The columns with what such cells mean, and what is said of it (C111), one problem a column.

    Where nothing stands right above, the cell stays as it is: what it means cannot be told. A blank row and the headings
    of the next page do not count.

    Args:
        columns: The raw values of the data rows, by column of the sheet.
        table: The table.
        area: Where it stands.
    """
    filled, problems = list(columns), []
    for name, place in table.columns.items():
        if place >= len(columns) or not _marks(columns[place]):
            continue
        filled[place], positions = _filled(columns[place], area)
        if positions:
            problems.append(_said(table.form.by_name[name], positions, table))
    return filled, problems


def _marks(column: SheetColumn) -> bool:
    return any(sign in column.letters for sign in _SIGNS) and any(map(is_ditto, column.distinct))


def is_ditto(value: Value) -> bool:
    """Whether a cell says 同上, 〃 or the like."""
    return isinstance(value, str) and len(value) <= _LONGEST and "".join(value.split()) in DITTOS


def _filled(column: SheetColumn, area: TableArea) -> tuple[SheetColumn, list[int]]:
    values, positions = list(column.values), []
    for position, value in enumerate(values):
        if not is_ditto(value) or position == 0 or is_ditto(values[position - 1]):
            continue
        if _says_nothing(area, range(area.data[position - 1] + 1, area.data[position])):
            values[position] = values[position - 1]
            positions.append(position)
    return SheetColumn(tuple(values)), positions


def _says_nothing(area: TableArea, between: range) -> bool:
    """Whether rows between two of a table are blank, or its headings again."""
    rows, header = area.sheet.rows, area.header
    headings = [rows[row] for row in range(max(header.top, 0), header.bottom + 1)]
    return all(not any(map(tidy, rows[row])) or rows[row] in headings for row in between)


def _said(field: Field, positions: Sequence[int], table: Table) -> Problem:
    cells: Iterator[str] = (a1(table.rows[at], table.columns[field.name]) for at in positions[:CELLS_NAMED])
    what = f"{field.heading.text}有 {len(positions)} 处写“同上”，已按上一行读取"
    return table.at_cells("C111", what, field, positions[0], cells=tuple(cells), count=len(positions))
