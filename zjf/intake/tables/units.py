"""The reporting unit of each table, and rows of other units (F008, F013, C114).

The unit is looked for in 填报单位, then in the title, in the 乡镇（街道） column (if all rows name the same), in the name
of the office below the table, in the sheet's name, in the other tables of the workbook, and in the file's name.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from zjf.intake.a1 import a1
from zjf.intake.sheets.notes import PlacedText
from zjf.intake.sheets.remarks import is_office, is_title
from zjf.intake.sheets.roll_ups import is_roll_up, units_named
from zjf.intake.table import Table, numbered
from zjf.intake.tables.villages import village_of
from zjf.intake.values.radicals import without_radicals
from zjf.intake.values.readings import tidy, without_invisible
from zjf.problems import Problem
from zjf.unit_names import Roster

_REMARK_BEHIND = re.compile(r"\s*[（(][^（）()]*[)）]$")
_OF_A_UNIT = re.compile("街道|[镇乡]")
_LONGEST_NAME = 40
_NO_UNIT = frozenset({"镇街", "乡镇", "街道", "xx镇", "某镇", "某某镇"})


def assign_units(tables: Sequence[Table], file_name: str, roster: Roster) -> list[Problem]:
    """Decides the unit of every table and fills its column; returns the problems, such as rows of other units."""
    problems: list[Problem] = []
    file_name = without_invisible(without_radicals(file_name))
    for table in tables:
        if table.goes_on_from is None or is_roll_up(tables[table.goes_on_from]):
            problems += _unit_from_table(table, roster)
        else:
            table.unit = tables[table.goes_on_from].unit
    named_units = {table.unit for table in tables if table.unit}
    for table in tables:
        if table.unit is None and not is_roll_up(table) and not _has_unknown_unit(table, problems):
            problems += _unit_from_surroundings(table, named_units, file_name, roster)
        problems += _unnamed_rows(table)
        problems += _foreign_rows(table, roster)
        problems += _rows_below_another_name(table, roster)
        table.units = (table.unit,) if table.unit else tuple(units_named(table))
        _fill_unit_column(table)
    return problems


def _unit_from_table(table: Table, roster: Roster) -> Iterator[Problem]:
    if is_roll_up(table):
        return
    unit_written = table.notes.unit
    if not unit_written:
        table.unit = _unit_elsewhere_in(table, roster)
        return
    table.unit = roster.resolve(unit_written) or roster.resolve(_REMARK_BEHIND.sub("", unit_written))
    if table.unit is None and village_of(unit_written, roster):  # 城关街道东村
        table.unit, _ = roster.unit_in_front(unit_written)
    if table.unit is None and _is_village_of_all(table, unit_written, roster):
        table.unit = _unit_elsewhere_in(table, roster)
    if table.unit is None:
        yield _unknown_unit(table, unit_written, roster, a1(*table.notes.cells["unit"]))


def _unit_elsewhere_in(table: Table, roster: Roster) -> str | None:
    """Returns the unit that the title names, or all rows, or who signs below."""
    for title in reversed(table.notes.titles):
        if unit := roster.mentioned_in(title) if roster.known else _name_before_title(table, title):
            return unit
    units = units_named(table)
    offices = [tidy(text) for text in table.notes.signed if roster.known]
    signed_units = (roster.mentioned_in(office) for office in offices if is_office(office))
    return units[0] if len(units) == 1 else next(filter(None, signed_units), None)


def _is_village_of_all(table: Table, written: str, roster: Roster) -> bool:
    """Whether 填报单位 is the one village of all rows: the unit that it belongs to stands elsewhere."""
    village, field = village_of(written, roster), table.form.by_name.get("village")
    names_a_unit = _OF_A_UNIT.search(village)  # 红岩镇东村
    return bool(village and not names_a_unit and field and {*table.cells(field.name)} == {village})


def _name_before_title(table: Table, title: str) -> str | None:
    """Returns, without a roster, the text in front of the form's own title."""
    text = "".join(title.split())
    form_title = "".join(table.form.info.title.split())
    name = text.removesuffix(form_title).strip('《》“”"_＿') if text.endswith(form_title) else ""
    return name if name and name.lower() not in _NO_UNIT else None


def _has_unknown_unit(table: Table, problems: Sequence[Problem]) -> bool:
    first = table.index if table.goes_on_from is None else table.goes_on_from
    return any(problem.code == "F008" and problem.table == first for problem in problems)


def _unknown_unit(table: Table, written: str, roster: Roster, cell: str) -> Problem:
    near, written = roster.nearest(written), table.quoted(written[:_LONGEST_NAME])
    hint = f"是否为「{near}」？请更正填报单位，或在 zjf.toml 中补充该单位或其别名。" if near else ""
    return table.at_table("F008", f"填报单位「{written}」不在本县名单中", hint, cell=cell, value=written)


def _unit_from_surroundings(
    table: Table, named_units: set[str], file_name: str, roster: Roster
) -> Iterator[Problem]:
    stem = PurePath(file_name).stem
    by_sheet = None if table.sheet == stem else roster.mentioned_in(table.sheet)
    if by_sheet and by_sheet not in named_units:
        table.unit = by_sheet
        if table.goes_on_from is None:
            what = f"表中没有写明填报单位，已按工作表「{table.sheet}」的名称认定为「{by_sheet}」"
            yield table.at_table("F013", what)
        return
    if by_sheet or len(named_units) == 1:
        table.unit = by_sheet or next(iter(named_units))
        return
    several = len(units_named(table))
    table.unit = roster.mentioned_in(stem) if roster.known else stem
    if not roster.known and several > 1:
        table.unit = None
        yield table.at_table(
            "F013", f"表中有 {several} 个单位，没有写明由谁填报", "请分单位报送，并在表上方填写“填报单位：”。"
        )
    elif table.unit is None:
        many = f"表中有 {several} 个单位，" if several > 1 else ""
        yield table.at_table(
            "F008",
            f"{many}表中和文件名都没有写明本县的填报单位",
            "请在表上方填写“填报单位：”，每个单位单独一张表。",
        )
    elif table.goes_on_from is None:
        yield table.at_table("F013", f"表中没有写明填报单位，已按文件名认定为「{table.unit}」")


def _unnamed_rows(table: Table) -> Iterator[Problem]:
    """Yields C101 for rows of a roll-up that name no unit."""
    if not is_roll_up(table):
        return
    field = table.form.unit_field
    unnamed = table.frame[field.name].isna().to_numpy(dtype=bool) & table.is_known([field.name])
    for position in unnamed.nonzero()[0].tolist():
        table.mark_unknown(field.name, [position])
        yield table.at_cells("C101", f"汇总表中每一行都要写明{field.heading.text}", field, position)


def _foreign_rows(table: Table, roster: Roster) -> Iterator[Problem]:
    field = table.form.unit_field
    if table.unit is None or field.name not in table.columns:
        return
    others = {unit for unit in units_named(table) if not _are_same_unit(unit, table.unit, roster)}
    named = enumerate(table.cells(field.name) if others else ())
    for positions in table.by_cell(field.name, (position for position, unit in named if unit in others)):
        other = table.shown(field, table.frame[field.name].iloc[positions[0]])
        what = f"这一行属于「{other}」，而本表由「{table.unit}」填报"
        yield table.at_merged("C114", what, field, positions, value=other)


def _rows_below_another_name(table: Table, roster: Roster) -> Iterator[Problem]:
    """Yields C114 where the title, or a line among or below the rows, names another unit without a table of its own."""
    if table.unit is None or not roster.known:
        return
    title = [text for text in table.notes.above if is_title(tidy(text.text))][-1:]
    placed = (*title, *table.notes.later)
    lines = [(text, unit) for text in placed if (unit := _named_in_a_line(text, roster))]
    for place, (line, unit) in enumerate(lines):
        end = lines[place + 1][0].row if place + 1 < len(lines) else sys.maxsize
        below = [row + 1 for row in table.rows if line.row < row < end]
        is_below_all = line.labelled and line.row > max(table.rows, default=0)
        if unit == table.unit or not (below or is_below_all):
            continue
        rows_shown = f"下面的第 {numbered(below)} 行" if below else "这张表"
        quoted, cell = table.quoted(line.text[:_LONGEST_NAME]), a1(line.row, line.column)
        yield table.at_table(
            "C114",
            f"这里写着「{quoted}」，而本表由「{table.unit}」填报，说不清{rows_shown}是谁的",
            f"属于「{unit}」的，请移到它自己的表里报送；都是「{table.unit}」的，请更正这一格。",
            cell=cell,
            row=line.row + 1,
            rows=tuple(below) or tuple(row + 1 for row in table.rows),
        )


def _named_in_a_line(line: PlacedText, roster: Roster) -> str | None:
    """Returns the unit that a line names: after 填报单位, alone, in a title, or in the name of an office."""
    unit = roster.resolve(line.text) or roster.resolve(_REMARK_BEHIND.sub("", line.text))
    if unit or line.labelled:
        return unit
    text = tidy(line.text)
    return roster.mentioned_in(text) if is_title(text) or is_office(text) else None


def _are_same_unit(written: str, unit: str, roster: Roster) -> bool:
    # Without a roster, 城关街道 and 城关街道办事处 may be one unit under two names.
    return written == unit or (not roster.known and (written in unit or unit in written))


def _fill_unit_column(table: Table) -> None:
    field = table.form.unit_field
    if len(table.frame):
        column = table.frame[field.name]
        table.frame[field.name] = column.where(column.notna(), table.unit)
        table.typed.pop(field.name, None)
