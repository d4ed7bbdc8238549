"""Tables laid out on a sheet: header rows with merged groups, then rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sample_data.files import Cell, Sheet
from zjf.schemas.form import Field

NUMBER = "序号"


@dataclass(frozen=True)
class Column:
    """A column of a table: the field it holds (empty for 序号), its heading, the groups above it."""

    field: str
    heading: str
    groups: tuple[str, ...] = ()
    width: float = 8


@dataclass(frozen=True)
class Placed:
    """Where a table came to stand: the columns by field, the row of each data row, the total row."""

    sheet: Sheet
    columns: dict[str, int]
    header_row: int
    rows: tuple[int, ...]
    total_row: int | None = None

    def cell(self, row: int, field: str) -> tuple[int, int]:
        """The place of a field in a data row (the n-th from 0)."""
        return self.rows[row], self.columns[field]


def column_of(field: Field, alias: int | None = None, groups: tuple[str, ...] | None = None) -> Column:
    """The column of a field, under its official heading or one of its aliases."""
    heading = field.heading
    text = (
        heading.aliases[alias % len(heading.aliases)]
        if alias is not None and heading.aliases
        else heading.text
    )
    return Column(field.name, text, heading.groups if groups is None else groups, heading.width)


def write_header(sheet: Sheet, top: int, left: int, columns: Sequence[Column]) -> int:
    """Writes the header and merges its groups; returns the row below it."""
    depth = max(len(column.groups) for column in columns) + 1
    for level in range(depth):
        sheet.heads.add(top + level)
        start = left
        for groups, members in groupby(columns, key=lambda column: column.groups[: level + 1]):
            count = len(list(members))
            if len(groups) == level + 1:
                sheet.write(top + level, start, groups[-1])
                sheet.merge(top + level, start, top + level, start + count - 1)
            start += count
    for offset, column in enumerate(columns, start=left):
        sheet.write(top + len(column.groups), offset, column.heading)
        sheet.merge(top + len(column.groups), offset, top + depth - 1, offset)
        sheet.widths[offset] = column.width
    return top + depth


def write_row(sheet: Sheet, row: int, left: int, values: Sequence[Cell]) -> None:
    for offset, value in enumerate(values, start=left):
        sheet.write(row, offset, value)


def merge_down(sheet: Sheet, column: int, rows: Sequence[int]) -> None:
    """Merges equal cells below each other and keeps the first; only rows without a gap."""
    for _, run in groupby(
        enumerate(rows), key=lambda pair: (pair[1] - pair[0], sheet.cells.get((pair[1], column)))
    ):
        block = [row for _, row in run]
        for row in block[1:]:
            sheet.cells.pop((row, column), None)
        sheet.merge(block[0], column, block[-1], column)
