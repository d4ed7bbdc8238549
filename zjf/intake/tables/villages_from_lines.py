"""Houses with a blank village below a line that names one: the village of the line is theirs."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from zjf.intake.rows.sheet_column import SheetColumn
from zjf.intake.sheets.layout import TableArea
from zjf.intake.table import Table
from zjf.intake.values.readings import tidy
from zjf.problems import Problem

_VILLAGE = "village"


def villages_filled_in(
    columns: Sequence[SheetColumn], table: Table, area: TableArea
) -> tuple[list[SheetColumn], list[Problem]]:
    """Returns the columns with villages filled in from lines among the houses, and a C111 that tells it.

    A line's village holds down to the next line, total below a house of its own, or house of another village. Below
    such a house, nobody can tell the village. Totals of a printed page part nothing.
    """
    place = table.columns.get(_VILLAGE, len(columns))
    if not area.villages or place >= len(columns):
        return list(columns), []
    values, positions = list(columns[place].values), []
    lines = [line.row for line in area.villages]
    ends = sorted([*lines[1:], *_below_a_village(table, area, lines), len(area.sheet.rows)])
    for line in area.villages:
        end = ends[bisect_right(ends, line.row)]
        for position in range(bisect_left(table.rows, line.row), bisect_left(table.rows, end)):
            if village := tidy(values[position]):
                if village != line.village:
                    break
                continue
            values[position] = line.village
            positions.append(position)
    if not positions:
        return list(columns), []
    field = table.form.by_name[_VILLAGE]
    what = f"{field.heading.text}有 {len(positions)} 处空着，已按上面单独写着村名的那一行读取"
    problem = table.at_positions("C111", what, field, positions, count=len(positions))
    filled = list(columns)
    filled[place] = SheetColumn(tuple(values))
    return filled, [problem]


def _below_a_village(table: Table, area: TableArea, lines: Sequence[int]) -> Iterator[int]:
    """Yields the totals that end a village: those right below its line are its figures, printed before its houses."""
    for row, _ in area.totals:
        above = bisect_left(lines, row)
        begun = above and bisect_left(table.rows, lines[above - 1]) < bisect_left(table.rows, row)
        if begun and not any(isinstance(value, str) and "页" in value for value in area.sheet.rows[row]):
            yield row
