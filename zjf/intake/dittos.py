"""Cells that say 同上 or 〃: they mean what stands in the row above, as merged-down cells do."""

from collections.abc import Iterator, Sequence

from zjf.intake.sheet_column import SheetColumn
from zjf.intake.sheet_values import Value
from zjf.intake.table import Table, a1
from zjf.intake.values.readings import DITTOS
from zjf.problems import Problem
from zjf.schemas import Field

_LONGEST = 4
_SIGNS = {text[0] for text in DITTOS}
"""One of them stands in every such cell, and in hardly any column of a long table."""
_CELLS_NAMED = 20


def filled_in(columns: Sequence[SheetColumn], table: Table) -> tuple[list[SheetColumn], list[Problem]]:
    """The columns with what such cells mean, and what is said of it (C111), one problem a column.

    Where nothing stands right above, the cell stays as it is: what it means cannot be told.

    Args:
        columns: The raw values of the data rows, by column of the sheet.
        table: The table.
    """
    filled, problems = list(columns), []
    for name, place in table.columns.items():
        if place >= len(columns) or not _marks(columns[place]):
            continue
        filled[place], positions = _filled(columns[place], table.rows)
        if positions:
            problems.append(_said(table.form.by_name[name], positions, table))
    return filled, problems


def _marks(column: SheetColumn) -> bool:
    return any(sign in column.joined for sign in _SIGNS) and any(map(is_ditto, column.distinct))


def is_ditto(value: Value) -> bool:
    """Whether a cell says 同上, 〃 or the like."""
    return isinstance(value, str) and len(value) <= _LONGEST and "".join(value.split()) in DITTOS


def _filled(column: SheetColumn, rows: Sequence[int]) -> tuple[SheetColumn, list[int]]:
    values, positions = list(column.values), []
    for position, value in enumerate(values):
        is_below_another = position > 0 and rows[position - 1] == rows[position] - 1
        if is_ditto(value) and is_below_another and not is_ditto(values[position - 1]):
            values[position] = values[position - 1]
            positions.append(position)
    return SheetColumn(tuple(values)), positions


def _said(field: Field, positions: Sequence[int], table: Table) -> Problem:
    cells: Iterator[str] = (a1(table.rows[at], table.columns[field.name]) for at in positions[:_CELLS_NAMED])
    what = f"{field.heading.text}有 {len(positions)} 处写“同上”，已按上一行读取"
    return table.at_cells("C111", what, field, positions[0], cells=tuple(cells), count=len(positions))
