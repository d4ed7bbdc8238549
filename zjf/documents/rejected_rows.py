"""The rows of returns that were not accepted into the ledger, each with its reasons."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from zjf.acceptance import Decision
from zjf.intake.table import Table
from zjf.problems import Problem


@dataclass(frozen=True)
class RejectedRow:
    """A row that was sent back; without `row`, a whole table or file.

    Args:
        row: The row's number on the sheet, counted from 1.
        key: The row's number in its ledger (房屋编号).
        reasons: A sentence for each problem, personal data masked.
    """

    unit: str
    file: str
    sheet: str | None
    row: int | None
    key: str
    codes: tuple[str, ...]
    reasons: tuple[str, ...]


def rejected_rows(decisions: Iterable[Decision]) -> Iterator[RejectedRow]:
    """Yields every row that is not counted, with its reasons.

    A problem of a whole file or table gives one line without a row. The rows without errors of a return that was
    sent back as a whole share one line.
    """
    for decision in decisions:
        if not decision.rejected and decision.taken:
            continue
        blocking = [problem for problem in decision.checked.problems if problem.blocks]
        not_of_rows = [
            problem
            for problem in blocking
            if problem.table is None or problem.row is None or not problem.rows
        ]
        for problem in not_of_rows:
            yield _rejected(decision, problem.sheet, None, "", [problem.code], [problem.message])
        tables = decision.checked.tables
        for table in tables:
            yield from _rows_of(decision, table, blocking)
        rows_without_errors = decision.rejected - sum(
            len(decision.checked.rejected_rows(table)) for table in tables
        )
        if rows_without_errors > 0:
            reason = f"整份退回：其余 {rows_without_errors} 行本身没有错误，请在改正后随整份重新报送。"
            yield _rejected(decision, None, None, "", [], [reason])


def _rows_of(decision: Decision, table: Table, blocking: Sequence[Problem]) -> Iterator[RejectedRow]:
    reasons: dict[int, list[Problem]] = defaultdict(list)
    for problem in blocking:
        if problem.table == table.index and problem.row is not None:
            for row in problem.rows:
                reasons[row].append(problem)
    keys = table.frame[table.form.info.key[0]] if table.form.info.key else [None] * len(table.rows)
    for row, key in zip(table.rows, keys, strict=True):
        if row_problems := reasons.get(row + 1):
            codes = [problem.code for problem in row_problems]
            messages = [problem.message for problem in row_problems]
            yield _rejected(decision, table.sheet, row + 1, key or "", codes, messages)


def _rejected(
    decision: Decision,
    sheet: str | None,
    row: int | None,
    key: str,
    codes: Sequence[str],
    reasons: Sequence[str],
) -> RejectedRow:
    return RejectedRow(
        unit="、".join(decision.units),
        file=decision.checked.name,
        sheet=sheet and decision.checked.without_people(sheet),
        row=row,
        key=key,
        codes=tuple(dict.fromkeys(codes)),
        reasons=tuple(reasons),
    )
