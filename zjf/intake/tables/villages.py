"""Houses without a village of their own: a line among them names it, or the texts above the table, or the sheet's name."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from zjf.intake.rows.sheet_column import SheetColumn
from zjf.intake.rows.sheet_values import Value
from zjf.intake.sheets.layout import TableArea
from zjf.intake.sheets.village_lines import named_village
from zjf.intake.table import Table
from zjf.intake.values.readings import NOTHING, tidy
from zjf.problems import Problem
from zjf.unit_names import COMMITTEE, Roster

_VILLAGE = "village"
_COMMITTEE = re.compile(f"(?<=[村区])(?:{COMMITTEE})$")
_OFFICE = re.compile(r"^(?:办事处|人民政府|政府)(?=.)")
_OF_A_LIST = re.compile(r"(?:非?经营性|居民|村民)?(?:自建房|住房|农房|房屋|排查|整治|台账|清单|明细|汇总).*")


def villages_filled_in(
    columns: Sequence[SheetColumn], table: Table, area: TableArea, roster: Roster
) -> tuple[list[SheetColumn], list[Problem]]:
    """Returns the columns with blank villages filled in, and a C111 that tells it.

    A list that must name villages and has no column of them is given one behind its last, where each house's is known.
    """
    filled = list(columns)
    field = table.form.by_name.get(_VILLAGE)
    place = table.columns.get(_VILLAGE, len(columns))
    has_column = place < len(columns)
    if not field or _VILLAGE in table.form.info.key or not (has_column or _VILLAGE in table.missing):
        return filled, []
    if has_column and table.rows and not any(tidy(value) in NOTHING for value in columns[place].distinct):
        return filled, []
    values: list[Value] = [*columns[place].values] if has_column else [""] * len(table.rows)
    if area.villages:
        positions, where = _fill_from_lines(values, table, area), "上面单独写着村名的那一行读取"
    else:
        positions, where = _fill_from_around(values, table, roster)
    if where and not has_column and all(values):
        table.missing -= {_VILLAGE}
    if not positions or _VILLAGE in table.missing:
        return filled, []
    heading = field.heading.text
    blank = f"{heading}有 {len(positions)} 处空着" if has_column else f"表中没有「{heading}」一列"
    what = f"{blank}，已按{where}"
    problem = table.at_positions("C111", what, field, positions, count=len(positions))
    filled[place : place + 1] = [SheetColumn(tuple(values))]
    table.columns = table.columns | {_VILLAGE: place}
    return filled, [problem]


def _fill_from_lines(values: list[Value], table: Table, area: TableArea) -> list[int]:
    """Fills in the villages of lines among the houses; returns the positions.

    A line's village holds down to the next line, total below a house of its own, or house of another village. Below
    such a house, nobody can tell the village. Totals of a printed page part nothing.
    """
    positions = []
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
    return positions


def _below_a_village(table: Table, area: TableArea, lines: Sequence[int]) -> Iterator[int]:
    """Yields the totals that end a village: those right below its line are its figures, printed before its houses."""
    for row, _ in area.totals:
        above = bisect_left(lines, row)
        begun = above and bisect_left(table.rows, lines[above - 1]) < bisect_left(table.rows, row)
        if begun and not any(isinstance(value, str) and "页" in value for value in area.sheet.rows[row]):
            yield row


def _fill_from_around(values: list[Value], table: Table, roster: Roster) -> tuple[list[int], str]:
    """Fills in the one village that stands around a table of which no house names another; returns positions and where."""
    positions = [position for position, value in enumerate(values) if tidy(value) in NOTHING]
    named = {
        village: where
        for where, texts in _around(table)
        for text in texts
        if (village := village_of(text, roster))
    }
    own = {tidy(value) for value in values} - NOTHING
    if len(named) != 1 or not own <= named.keys():
        return [], ""
    [(village, where)] = named.items()
    for position in positions:
        values[position] = village
    return positions, f"{where}读作「{village}」"


def _around(table: Table) -> Iterator[tuple[str, Sequence[str]]]:
    """Yields where a village may be named around a table, with the texts there.

    What stands above its title may belong to the foot of another table.
    """
    notes = table.notes
    last_title = max((title.row for title in notes.above), default=0)
    is_own = {name for name, (row, _) in notes.cells.items() if row >= last_title}
    yield "工作表的名称", [table.sheet]
    yield "表下方的文字", [note.text for note in notes.later]
    yield "表上方的标题", notes.titles
    yield "表上方写的填报单位", [notes.unit] if "unit" in is_own else []
    yield "表上方写的村", [notes.village] if "village" in is_own else []


def village_of(text: str, roster: Roster) -> str:
    """Returns the village that a text names, with or without its unit in front and the list behind; else a blank."""
    _, behind = roster.unit_in_front(text)
    return _COMMITTEE.sub("", named_village(_OF_A_LIST.sub("", _OFFICE.sub("", behind))))
