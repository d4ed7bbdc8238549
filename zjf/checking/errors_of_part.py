"""The errors of a return of which only a part was accepted (`--partial`), as the ledger keeps them with that part.

The rows left out are not known: no figure, goal or list may speak of the whole unit without saying so.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence

from zjf.checking.one_return import CheckedReturn
from zjf.intake.sheets.roll_ups import positions_of
from zjf.intake.table import Table

_ERRORS = "errors_left_out"


def blocking_errors(checked: CheckedReturn, tables: Sequence[Table], unit: str) -> dict[str, int]:
    """Returns how many errors keep rows of a unit from being accepted, by code."""
    rows_of_unit = {
        table.index: {table.rows[position] + 1 for position in positions_of(table, unit)} for table in tables
    }
    return dict(
        Counter(
            problem.code
            for problem in checked.problems
            if problem.blocks
            and (problem.table is None or problem.table in rows_of_unit)
            and not (
                problem.table is not None
                and problem.rows
                and rows_of_unit[problem.table].isdisjoint(problem.rows)
            )
        )
    )


def error_notes(checked: CheckedReturn, tables: Sequence[Table], unit: str) -> dict[str, str]:
    """Returns those errors as the ledger keeps them with the accepted rows; empty for a whole return."""
    if not checked.blocked:
        return {}
    return {_ERRORS: json.dumps(blocking_errors(checked, tables, unit))}


def errors_left_out(notes: Mapping[str, str]) -> dict[str, int] | None:
    """Returns the number of errors kept with accepted rows, by code; None where an older zjf kept none."""
    if _ERRORS not in notes:
        return None
    errors: dict[str, int] = json.loads(notes[_ERRORS])
    return errors
