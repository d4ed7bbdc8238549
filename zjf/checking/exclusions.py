"""What is taken out of a return because another file holds it, so that each row is counted once."""

from collections.abc import Collection
from dataclasses import replace

from zjf.checking.one_return import CheckedReturn
from zjf.intake.sheets.roll_ups import is_roll_up, positions_of
from zjf.intake.table import Table
from zjf.problems import Problem


def exclude(checked: CheckedReturn, table: Table, why: str) -> None:
    """Takes a table, with its problems, out of what is counted."""
    checked.tables = [other for other in checked.tables if other is not table]
    checked.problems = [problem for problem in checked.problems if problem.table != table.index]
    checked.keys = [keys for keys in checked.keys if keys.table != table.index]
    checked.mentions = [keys for keys in checked.mentions if keys.table != table.index]
    checked.set_aside.append(f"{table.form.info.title}{why}")


def exclude_unit(checked: CheckedReturn, table: Table, unit: str, why: str) -> None:
    """Takes what a table says of one unit out of what is counted; what a roll-up says of others stays."""
    if not is_roll_up(table):
        exclude(checked, table, why)
        return
    gone = positions_of(table, unit)
    rows = {table.rows[position] + 1 for position in gone}
    checked.problems = [
        left for problem in checked.problems if (left := _without(problem, table.index, rows)) is not None
    ]
    _drop(table, gone)
    table.units = tuple(name for name in table.units if name != unit)
    checked.set_aside.append(f"{table.form.info.title}中{unit}的数{why}")


def _without(problem: Problem, table: int, rows: Collection[int]) -> Problem | None:
    """A problem without some rows of a table; None where it is about them alone."""
    left = tuple(row for row in problem.rows if row not in rows)
    if problem.table != table or len(left) == len(problem.rows):
        return problem
    return replace(problem, rows=left) if left else None


def _drop(table: Table, positions: Collection[int]) -> None:
    stay = [position for position in range(len(table.rows)) if position not in positions]
    now = {before: after for after, before in enumerate(stay)}
    table.rows = [table.rows[position] for position in stay]
    table.frame = table.frame.iloc[stay].reset_index(drop=True)
    table.unknown = {
        name: {now[position] for position in doubtful if position in now}
        for name, doubtful in table.unknown.items()
    }
    table.totals.clear()  # they are of all the rows, and were held against them when the table was read
