"""Taking out of a return what another file has as well, so that each row is counted once."""

from collections.abc import Collection
from dataclasses import replace

from zjf.checking.one_return import CheckedReturn
from zjf.intake.sheets.roll_ups import is_roll_up, positions_of
from zjf.intake.table import Table
from zjf.problems import Problem


def exclude(checked: CheckedReturn, table: Table, reason: str) -> None:
    """Takes a table, with its problems, out of what is counted."""
    _ = checked.people  # they are known while its tables are there, and masked in its name ever after
    checked.tables = [other for other in checked.tables if other is not table]
    checked.problems = [problem for problem in checked.problems if problem.table != table.index]
    checked.keys = [keys for keys in checked.keys if keys.table != table.index]
    checked.mentions = [keys for keys in checked.mentions if keys.table != table.index]
    checked.set_aside.append(f"{table.form.info.title}{reason}")


def exclude_unit(checked: CheckedReturn, table: Table, unit: str, reason: str) -> None:
    """Takes the rows of one unit out of what is counted; a roll-up's rows of other units stay."""
    if not is_roll_up(table):
        exclude(checked, table, reason)
        return
    positions = positions_of(table, unit)
    rows = {table.rows[position] + 1 for position in positions}
    checked.problems = [
        remaining
        for problem in checked.problems
        if (remaining := _without_rows(problem, table.index, rows)) is not None
    ]
    _drop_rows(table, positions)
    table.units = tuple(name for name in table.units if name != unit)
    checked.set_aside.append(f"{table.form.info.title}中{unit}的数{reason}")


def _without_rows(problem: Problem, table: int, rows: Collection[int]) -> Problem | None:
    """Returns a problem without some rows of a table; None where no other rows have it."""
    remaining_rows = tuple(row for row in problem.rows if row not in rows)
    if problem.table != table or len(remaining_rows) == len(problem.rows):
        return problem
    return replace(problem, rows=remaining_rows) if remaining_rows else None


def _drop_rows(table: Table, positions: Collection[int]) -> None:
    kept_positions = [position for position in range(len(table.rows)) if position not in positions]
    new_positions = {old: new for new, old in enumerate(kept_positions)}
    table.rows = [table.rows[position] for position in kept_positions]
    table.frame = table.frame.iloc[kept_positions].reset_index(drop=True)
    table.unknown = {
        name: {new_positions[position] for position in unknown_positions if position in new_positions}
        for name, unknown_positions in table.unknown.items()
    }
    table.totals.clear()  # they add up all the rows, and were checked when the table was read
