"""Problems found by inspections: overdue ones (R608), how far each has come, how many are rectified."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

import pandas as pd

from zjf.counting.rates import Rate
from zjf.problems import Severity
from zjf.rules.registry import Houses, Judgement, rule
from zjf.schemas.house_facts import before
from zjf.schemas.vocabulary import YesNo

Issues = pd.DataFrame


class Stage(StrEnum):
    """How far a problem has come."""

    CLOSED = "已销号"
    RECTIFIED = "已整改待销号"
    OVERDUE = "逾期未整改"
    TRANSFERRED = "已移送未办结"
    REFUTED = "确认不属实"
    OPEN = "整改中"


@rule(
    "R608",
    Severity.WARNING,
    form="issue-ledger",
    at="due_on",
    needs=("due_on", "rectified_on", "closed_on"),
    why="到期的问题还在，整改率就上不去",
    remedy="请督促整改；已经整改的请补填整改完成日期。",
    example="整改期限 2024-05-31，6 月 7 日仍未填整改完成日期",
    clause="嘉祥 四(一)；嘉峰 四(一)",
)
def past_its_deadline(issues: Issues, judgement: Judgement) -> "pd.Series[bool]":
    """问题已过整改期限，仍未整改。"""
    return overdue(issues, judgement.closing_day)


def overdue(issues: Issues, closing_day: date) -> "pd.Series[bool]":
    """Problems that should have been rectified before the closing day."""
    closing = pd.Series(closing_day, index=issues.index, dtype=object)
    return before(issues.due_on, closing) & issues.rectified_on.isna() & issues.closed_on.isna()


def stages(issues: Issues, closing_day: date) -> "pd.Series[str]":
    """The stage of every problem on the closing day; the first that applies, in the order of `Stage`."""
    holds = {
        Stage.CLOSED: issues.closed_on.notna(),
        Stage.RECTIFIED: issues.rectified_on.notna(),
        Stage.OVERDUE: overdue(issues, closing_day),
        Stage.TRANSFERRED: awaits_department(issues),
        Stage.REFUTED: issues.is_confirmed == YesNo.NO,
    }
    found = pd.Series(Stage.OPEN.value, index=issues.index, dtype=object)
    for stage, rows in reversed(holds.items()):
        found = found.mask(rows, stage.value)
    return found


def awaits_department(issues: Issues) -> "pd.Series[bool]":
    """Handed to a department, which has neither said what it did nor seen the problem rectified."""
    handed_over = issues.department.notna() | issues.transferred_on.notna()
    return handed_over & issues.outcome.isna() & issues.rectified_on.isna() & issues.closed_on.isna()


def with_department(houses: Houses, ledgers: Iterable[Issues]) -> "pd.Series[bool]":
    """The houses with a problem that a department has not dealt with yet, by unit and house_id.

    Args:
        houses: Rows of `house-ledger`.
        ledgers: Rows of `issue-ledger`, in one table or several.
    """
    waiting = [issues[awaits_department(issues)] for issues in ledgers if not issues.empty]
    named = {name for each in waiting for name in zip(each.township, each.house_id, strict=True)}
    own = zip(houses.township, houses.house_id, strict=True)
    return pd.Series([each in named for each in own], index=houses.index, dtype=bool)


def rectification_rates(issues: Issues, by: tuple[str, ...]) -> dict[tuple[str, ...], Rate]:
    """问题整改率: problems with 整改完成日期 over all, by unit, by source, or by both.

    Args:
        issues: Rows of `issue-ledger`.
        by: The fields to group by: `township`, `source`; none of them is the rate of all.

    Returns:
        One rate for each combination of values there is, sorted; the rate of all under `()`.
    """
    groups: dict[tuple[str, ...], Rate] = {}
    keys = zip(*(issues[name] for name in by), strict=True) if by else [()] * len(issues)
    for key, done in zip(keys, issues.rectified_on.notna(), strict=True):
        so_far = groups.get(key, Rate(0, 0))
        groups[key] = Rate(so_far.numerator + int(done), so_far.denominator + 1)
    return dict(sorted(groups.items()))
