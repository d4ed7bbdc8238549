"""Two sendings of one return: which problems are corrected, which are still there, which are new."""

from collections import defaultdict
from dataclasses import dataclass

from zjf.checking.one_return import CheckedReturn
from zjf.intake.table import Table
from zjf.problems import Problem, Severity

_Identity = tuple[str, str, str, str]


@dataclass(frozen=True)
class Corrections:
    """The problems of a return's first sending after its second. Repairs (说明) are left out.

    Where the second cannot be read, none is known to be corrected. Of those that remain both are given: first, second.
    """

    corrected: tuple[Problem, ...]
    remaining: tuple[tuple[Problem, Problem], ...]
    new: tuple[Problem, ...]


def corrections(first: CheckedReturn, second: CheckedReturn) -> Corrections:
    """Compares the problems of two sendings.

    A problem is the same if it has the same code at the same field of the same house, even in another row; where
    the row has no name, in the same row.
    """
    first_problems, second_problems = _by_identity(first), _by_identity(second)
    corrected: list[Problem] = []
    remaining: list[tuple[Problem, Problem]] = []
    new: list[Problem] = []
    for identity in {**first_problems, **second_problems}:
        earlier, later = first_problems.get(identity, []), second_problems.get(identity, [])
        remaining += zip(earlier, later, strict=False)
        # Where the second cannot be read, nothing is known to be corrected.
        corrected += earlier[len(later) :] if second.readable else []
        new += later[len(earlier) :]
    return Corrections(tuple(corrected), tuple(remaining), tuple(new))


def _by_identity(checked: CheckedReturn) -> dict[_Identity, list[Problem]]:
    by_identity: dict[_Identity, list[Problem]] = defaultdict(list)
    tables = {table.index: table for table in checked.tables}
    positions = {
        index: {row + 1: position for position, row in enumerate(table.rows)}
        for index, table in tables.items()
    }
    for problem in checked.problems:
        if problem.severity is not Severity.INFO:
            table = tables.get(problem.table) if problem.table is not None else None
            position = positions[table.index].get(problem.row or 0) if table else None
            form = table.form.id if table else ""
            row_name = problem.house or _row_name(table, position, problem.row)
            by_identity[problem.code, form, row_name, problem.field or problem.heading or ""].append(problem)
    return dict(by_identity)


def _row_name(table: Table | None, position: int | None, row: int | None) -> str:
    """Returns a row's name: its key, or its unit where the form has one row for each; else its number."""
    if table is None or position is None:
        return ""
    keys = table.form.info.key or (table.form.unit_field.name,)
    names = [table.frame[key].iat[position] for key in keys]
    return f"第 {row} 行" if None in names else "/".join(map(str, names))
