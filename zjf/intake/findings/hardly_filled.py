"""Rows without a number and with hardly anything else: what they lack is told once, not cell by cell."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from zjf.intake.sheet_column import SheetColumn
from zjf.intake.table import Table
from zjf.intake.values.readings import NOTHING, tidy
from zjf.problems import Problem
from zjf.schemas import Field

_MOST_FILLED = 3
_LEAST_LACKING = 4


def lacking_told_once(
    problems: Iterable[Problem], columns: Sequence[SheetColumn], table: Table
) -> list[Problem]:
    """Returns the problems with one C101 in place of all those of such a row: it may be a note, or part of the row above.

    Args:
        problems: The problems of the table's cells.
        columns: The raw values of the data rows, by column of the sheet.
        table: The table.
    """
    told = list(problems)
    blanks: dict[int, list[Problem]] = defaultdict(list)
    for found in told:
        if found.code == "C101" and found.value is None and len(found.rows) == 1:
            blanks[found.rows[0]].append(found)
    if not blanks:
        return told
    positions = {row + 1: position for position, row in enumerate(table.rows)}
    number = table.form.number_field
    together: dict[Problem, Problem | None] = {}
    for row, lacking in blanks.items():
        names = [found.field for found in lacking if found.field]
        if number is None or number.name not in names or len(lacking) < _LEAST_LACKING:
            continue
        filled = _filled(columns, table, positions[row])
        if len(filled) <= _MOST_FILLED:
            together |= dict.fromkeys(lacking)
            together[lacking[0]] = _of_row(number, names, filled, positions[row], table)
    return [kept for found in told if (kept := together.get(found, found))]


def _filled(columns: Sequence[SheetColumn], table: Table, position: int) -> list[str]:
    """Returns the headings of the filled cells of a row."""
    return [
        table.form.by_name[name].heading.text
        for name, column in table.columns.items()
        if tidy(columns[column].values[position]) not in NOTHING
    ]


def _of_row(
    number: Field, lacking: Sequence[str], filled: Sequence[str], position: int, table: Table
) -> Problem:
    what = f"这一行填了{'、'.join(filled)}，{number.heading.text}等 {len(lacking)} 项必填的都空着"
    hint = f"是上一行的补充的，请并入上一行，删去这一行；是{table.form.info.row_is}的，请补填。"
    return table.at_cells("C101", what, number, position, hint, also=lacking)
