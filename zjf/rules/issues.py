"""Problems found by inspections: whether their rows hold (L301–L303), overdue ones (R608), how far each has come."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from zjf.problems import Severity
from zjf.rules.registry import Houses, Judgement, rule
from zjf.schemas.form_ids import ISSUES
from zjf.schemas.house_facts import before
from zjf.schemas.issue_facts import Issues, refuted
from zjf.schemas.making_columns import column_for, same_in_every_row

if TYPE_CHECKING:
    import pandas as pd

_DAYS = ("found_on", "confirmed_on", "transferred_on", "rectified_on", "reviewed_on", "closed_on")
"""The days of a problem, in the order in which they come."""


class Stage(StrEnum):
    """How far a problem has come."""

    CLOSED = "已销号"
    RECTIFIED = "已整改待销号"
    REFUTED = "确认不属实"
    OVERDUE = "逾期未整改"
    TRANSFERRED = "已移送未办结"
    OPEN = "整改中"


@rule(
    "L301",
    Severity.ERROR,
    form=ISSUES,
    at="rectified_on",
    needs=("closed_on", "rectified_on", "is_confirmed", "confirmation_result"),
    why="没有整改就销号，问题还在",
    remedy="请补填整改完成日期；还没有整改的请清空销号日期。确认不属实的请在是否确认中填“否”。",
    example="销号日期 2024-05-20，整改完成日期空着",
    clause="嘉祥 二(三)、四(一)；嘉峰 三(三)",
)
def closed_without_rectification(issues: Issues, _: Judgement) -> "pd.Series[bool]":
    """问题已销号，没有整改完成日期。"""
    return issues.closed_on.notna() & issues.rectified_on.isna() & ~refuted(issues)


@rule(
    "L302",
    Severity.ERROR,
    form=ISSUES,
    at=_DAYS[1:],
    needs=_DAYS,
    why="后一步不可能早于前一步，至少有一个日期填错",
    remedy="请按发现、确认、移送、整改、复核、销号的先后核对日期。",
    example="发现日期 2024-05-06，整改完成日期 2024-05-01",
    clause="嘉峰 三(三)、四(一)",
)
def days_out_of_order(issues: Issues, _: Judgement) -> "Mapping[str, pd.Series[bool]]":
    """日期早于前一步的日期。"""
    is_early, latest = {}, issues[_DAYS[0]]
    for name in _DAYS[1:]:
        days = issues[name]
        is_early[name] = before(days, latest)
        latest = days.where(days.notna() & ~is_early[name], latest)
    return is_early


@rule(
    "L303",
    Severity.ERROR,
    form=ISSUES,
    at=("department", "transferred_on"),
    needs=("department", "transferred_on"),
    kept_in=("department", "transferred_on"),
    why="移送给谁、哪天移送，缺一样就无法追踪问效",
    remedy="请补填；没有移送的请两栏都空着。",
    example="移送部门 教育局，移送日期空着",
    clause="嘉峰 三(三)",
)
def half_a_transfer(issues: Issues, _: Judgement) -> "Mapping[str, pd.Series[bool]]":
    """移送部门和移送日期只填了一样。"""
    has_department, has_day = issues.department.notna(), issues.transferred_on.notna()
    return {"department": has_day & ~has_department, "transferred_on": has_department & ~has_day}


@rule(
    "R608",
    Severity.WARNING,
    form=ISSUES,
    at="due_on",
    needs=("due_on", "rectified_on", "closed_on", "is_confirmed", "confirmation_result"),
    why="到期的问题还在，整改率就上不去",
    remedy="请督促整改；已经整改的请补填整改完成日期。",
    example="整改期限 2024-05-31，6 月 7 日仍未填整改完成日期",
    clause="嘉祥 四(一)；嘉峰 四(一)",
)
def past_its_deadline(issues: Issues, judgement: Judgement) -> "pd.Series[bool]":
    """问题已过整改期限，仍未整改。"""
    return overdue(issues, judgement.closing_day)


def overdue(issues: Issues, closing_day: date) -> "pd.Series[bool]":
    """Problems that should have been rectified before the closing day; refuted ones are left out."""
    closing = same_in_every_row(issues, closing_day)
    is_open = issues.rectified_on.isna() & issues.closed_on.isna() & ~refuted(issues)
    return before(issues.due_on, closing) & is_open


def stages(issues: Issues, closing_day: date) -> "pd.Series[str]":
    """Returns the stage of every problem on the closing day: the first that applies, in the order of `Stage`."""
    rows_by_stage = {
        Stage.CLOSED: issues.closed_on.notna(),
        Stage.RECTIFIED: issues.rectified_on.notna(),
        Stage.REFUTED: refuted(issues),
        Stage.OVERDUE: overdue(issues, closing_day),
        Stage.TRANSFERRED: awaits_department(issues),
    }
    stage_of = same_in_every_row(issues, Stage.OPEN.value)
    for stage, rows in reversed(rows_by_stage.items()):
        stage_of = stage_of.mask(rows, stage.value)
    return stage_of


def awaits_department(issues: Issues) -> "pd.Series[bool]":
    """Handed to a department, which has neither said what it did nor seen the problem rectified."""
    handed_over = issues.department.notna() | issues.transferred_on.notna()
    answered = issues.outcome.notna() | issues.rectified_on.notna() | issues.closed_on.notna()
    return handed_over & ~answered & ~refuted(issues)


def with_department(houses: Houses, ledgers: Iterable[Issues]) -> "pd.Series[bool]":
    """Returns the houses with a problem that a department has not dealt with yet, by unit and house_id."""
    open_issues = [issues[awaits_department(issues)] for issues in ledgers if not issues.empty]
    waiting_houses = {
        name for frame in open_issues for name in zip(frame.township, frame.house_id, strict=True)
    }
    keys = zip(houses.township, houses.house_id, strict=True)
    return column_for(houses, [key in waiting_houses for key in keys], bool)
