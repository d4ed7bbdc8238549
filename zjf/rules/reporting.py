"""Reporting and deadlines: late (R601), not reported (R602), no verdict in time (R603), what the notice has due."""

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from zjf.notices.notice import Notice
from zjf.notices.provisions import Phase
from zjf.problems import ProblemCode, Severity, declare
from zjf.rules.registry import Houses, Rule, columns_read
from zjf.schemas.house_facts import appraised, before, suspected, works_done

for _entry in (
    ProblemCode(
        "R601",
        Severity.WARNING,
        "迟报",
        "迟报会拖住全县的汇总和上报",
        "请督促按时报送；收到时间有误的，用 zjf receive --at 登记真实的收到时间。",
        "周五 12:00 截止，15:20 才收到",
    ),
    ProblemCode(
        "R602",
        Severity.WARNING,
        "未报",
        "少一个单位，全县的数字就不完整",
        "请催报；确实没有房屋的请报“零报”。",
        "截止时间已过，没有收到望江镇的报表",
    ),
):
    declare(_entry)

_NO_VERDICT = declare(
    ProblemCode(
        "R603",
        Severity.WARNING,
        "初判有隐患，过了规定的天数仍未复核、鉴定或整治",
        "初判只是初步判断，有没有隐患要尽快有结论",
        "请尽快安排技术人员复核或委托鉴定；已经做了的请补填。",
        "初判日期 2024-03-01，到 6 月 7 日既未复核也未鉴定",
    )
)


def no_verdict(houses: Houses, closing_day: date, days: int) -> "pd.Series[bool]":
    """The suspected houses that nobody reviewed, appraised or rectified within some days of the judgement.

    Args:
        houses: Rows of `house-ledger`.
        closing_day: The day on which the period closes.
        days: The notice's threshold (`verdict_days`); the last of these days is still in time.
    """
    latest = pd.Series(closing_day - timedelta(days=days), index=houses.index, dtype=object)
    reviewed = houses.review_result.notna() | houses.post_review_result.notna()
    waiting = suspected(houses) & ~reviewed & ~appraised(houses) & ~works_done(houses)
    return waiting & before(houses.judged_on, latest)


def verdict_rule(days: int) -> Rule:
    """R603 under a notice that grants so many days. `validate` does not ask for it."""
    needs = ("judged_on", "suspected", "review_result", "post_review_result", "appraised", "works_done")
    return Rule(
        _NO_VERDICT,
        "house-ledger",
        ("judged_on",),
        columns_read(needs),
        lambda houses, judgement: no_verdict(houses, judgement.closing_day, days),
    )


@dataclass(frozen=True)
class DueDates:
    """The phases of a notice that have an end, by that day.

    Args:
        day: The day on which one looks.
        soon: Those that end on that day or within the days ahead.
        past: Those that have ended.
    """

    day: date
    soon: tuple[Phase, ...]
    past: tuple[Phase, ...]


def due_soon(notice: Notice, day: date, within: int = 14) -> DueDates:
    """What a notice has due in the next days, and what is past.

    Args:
        notice: The notice.
        day: The day on which one looks.
        within: How many days ahead.
    """
    dated = sorted(
        ((each.until, each) for each in notice.phases if each.until is not None), key=lambda pair: pair[0]
    )
    return DueDates(
        day,
        soon=tuple(each for until, each in dated if 0 <= (until - day).days <= within),
        past=tuple(each for until, each in dated if until < day),
    )
