"""Rows that may be a note, or part of the row above: what they lack is told once, not cell by cell."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from zjf.intake.findings.table_problems import ONLY_ONE_CELL
from zjf.intake.rows.sheet_column import SheetColumn
from zjf.intake.sheets.remarks import names_a_row
from zjf.intake.table import Table
from zjf.intake.values.readings import NOTHING, tidy
from zjf.problems import Problem

_MOST_FILLED = 3
_LEAST_LACKING = 4


def lacking_told_once(
    problems: Iterable[Problem], columns: Sequence[SheetColumn], table: Table
) -> list[Problem]:
    """Returns the problems with one C101 in place of all those of such a row."""
    told = list(problems)
    blanks: dict[int, list[Problem]] = defaultdict(list)
    for found in told:
        if found.code == "C101" and found.value is None and len(found.rows) == 1:
            blanks[found.rows[0]].append(found)
    if not blanks:
        return told
    positions = {row + 1: position for position, row in enumerate(table.rows)}
    together: dict[Problem, Problem | None] = {}
    for row, lacking in blanks.items():
        if len(lacking) >= _LEAST_LACKING and (of_row := _of_row(lacking, columns, positions[row], table)):
            together |= dict.fromkeys(lacking)
            together[lacking[0]] = of_row
    return [kept for found in told if (kept := together.get(found, found))]


def _of_row(
    lacking: Sequence[Problem], columns: Sequence[SheetColumn], position: int, table: Table
) -> Problem | None:
    """Returns the one problem of a row that has few cells and no number, or nothing but a text in place of one."""
    number = table.form.number_field
    filled = {
        name: text
        for name, column in table.columns.items()
        if (text := tidy(columns[column].values[position])) not in NOTHING
    }
    if number is None or len(filled) > _MOST_FILLED:
        return None
    blanks = [found.field for found in lacking if found.field]
    if number.name in blanks:
        headings = "、".join(table.form.by_name[name].heading.text for name in filled)
        what = f"这一行填了{headings}，{number.heading.text}等 {len(blanks)} 项必填的都空着"
        hint = f"是上一行的补充的，请并入上一行，删去这一行；是{table.form.info.row_is}的，请补填。"
    elif filled.keys() == {number.name} and not names_a_row(filled[number.name]):
        what, hint = ONLY_ONE_CELL
    else:
        return None
    return table.at_cells("C101", what, number, position, hint, also=blanks)
