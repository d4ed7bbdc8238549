"""The document `zjf.validation/1`."""

from collections.abc import Sequence

from zjf.checking.answers import answers_of, unanswered
from zjf.checking.one_return import CheckedReturn, totals
from zjf.intake.table import Table
from zjf.period import Period
from zjf.problems import Problem
from zjf.public_json import DocumentName, parts, returns


def as_json(checked: Sequence[CheckedReturn], period: Period | None, version: str) -> returns.Validation:
    """Returns the document `zjf.validation/1`."""
    return {
        "schema": DocumentName.VALIDATION,
        "zjf": version,
        "period": str(period) if period else None,
        "files": [
            {
                "path": checked_return.without_people(checked_return.path.as_posix()),
                "sha256": checked_return.sha256,
                "status": checked_return.status,
                "tables": [_table_as_json(checked_return, table) for table in checked_return.tables],
                "problems": [
                    _problem_as_json(checked_return, problem) for problem in checked_return.problems
                ],
                "answers": [answer.as_json() for answer in answers_of(checked_return)],
                "unanswered": len(unanswered(checked_return)),
            }
            for checked_return in checked
        ],
        "totals": totals(checked),
    }


def _problem_as_json(checked: CheckedReturn, problem: Problem) -> parts.Problem:
    return {**problem.as_json(), "sheet": problem.sheet and checked.without_people(problem.sheet)}


def _table_as_json(checked: CheckedReturn, table: Table) -> returns.CheckedTable:
    rejected = len(checked.rejected_rows(table))
    return {
        "sheet": checked.without_people(table.sheet),
        "form": table.form.id,
        "unit": table.unit,
        "rows": len(table.rows),
        "rows_ok": len(table.rows) - rejected,
        "rows_rejected": rejected,
    }
