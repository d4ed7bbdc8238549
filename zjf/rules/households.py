"""Households in hardship: appraisals and visits due (R604, R605), and whether both ledgers agree (云霄)."""

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from zjf.problems import Severity
from zjf.rules.registry import Judgement, rule
from zjf.schemas.form_ids import HOUSEHOLDS
from zjf.schemas.house_facts import before
from zjf.schemas.household_facts import (
    Households,
    first_of_quarter,
    household_appraised,
    household_cd,
    improved,
    in_dangerous_house,
    last_of_quarter,
    leaking,
    living_not_told,
    plated,
    quarter_before,
    to_be_visited,
    unimproved,
    visited_in_quarter,
)
from zjf.schemas.making_columns import same_in_every_row
from zjf.schemas.vocabulary import HouseholdCategory

if TYPE_CHECKING:
    import pandas as pd

VISIT_DUE_DAYS = 15
"""For how many days before the end of a quarter a visit is reported as due."""


def months_later(day: date, months: int) -> date:
    """Returns the same day some months later, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@rule(
    "R604",
    Severity.WARNING,
    form=HOUSEHOLDS,
    at="appraised_on",
    needs=("listed_on", "appraised_on", "appraisal_grade"),
    why="新纳入名单的困难户，住房是否安全要在一个月内有结论",
    remedy="请尽快安排鉴定；已经鉴定的请补填鉴定日期和等级。",
    example="名单提供日期 2024-05-06，6 月 7 日仍未鉴定",
    clause="云霄 二(四)1",
)
def listed_and_not_appraised(households: Households, judgement: Judgement) -> "pd.Series[bool]":
    """纳入名单已满一个月，住房尚未鉴定。"""
    return appraisal_overdue(households, judgement.closing_day, judgement.appraisal_months)


def appraisal_overdue(households: Households, closing_day: date, months: int = 1) -> "pd.Series[bool]":
    """Returns the households not appraised within some months (the notice's threshold) of being listed."""
    last_day = households.listed_on.map(lambda day: months_later(day, months), na_action="ignore")
    closing_days = same_in_every_row(households, closing_day)
    return before(last_day, closing_days) & ~household_appraised(households)


@rule(
    "R605",
    Severity.WARNING,
    form=HOUSEHOLDS,
    at="visited_on",
    needs=("structure", "visited_on", "listed_on"),
    why="土坯、土木、砖木房屋容易老化返危，每季度要看一次；季度最后 15 天还没有看的要抓紧，过了的要补",
    remedy="请尽快上门回访，并填写最近回访日期。",
    example="土木结构，最近回访日期 2024-03-20，截止日 2024-06-21",
    clause="云霄 二(四)2",
)
def not_visited_in_quarter(households: Households, judgement: Judgement) -> "pd.Series[bool]":
    """土坯、土木、砖木结构的住房，本季度即将结束尚未回访，或上一季度没有回访。"""
    day = judgement.closing_day
    return visit_due(households, day) | visit_missed(households, day, judgement.visits_since)


def visit_due(households: Households, day: date) -> "pd.Series[bool]":
    """Households not visited in a quarter that ends within 15 days."""
    if (last_of_quarter(day) - day).days >= VISIT_DUE_DAYS:
        return same_in_every_row(households, False)
    return to_be_visited(households) & ~visited_in_quarter(households, day)


def visit_missed(households: Households, day: date, since: date | None = None) -> "pd.Series[bool]":
    """Households whose last known visit lies before the quarter that has passed.

    One listed in this quarter had no visit due before it; quarters before the notice's visits began are not judged.
    """
    previous_quarter, this_quarter = quarter_before(day), first_of_quarter(day)
    if since and since >= this_quarter:
        return same_in_every_row(households, False)
    quarter_begin, quarter_end = (
        same_in_every_row(households, day_of_quarter) for day_of_quarter in (previous_quarter, this_quarter)
    )
    listed_since = households.listed_on.notna() & ~before(households.listed_on, quarter_end)
    not_visited = households.visited_on.isna() | before(households.visited_on, quarter_begin)
    return to_be_visited(households) & not_visited & ~listed_since


COUNTED: dict[str, Callable[[Households], "pd.Series[bool]"]] = {
    "户数": lambda households: same_in_every_row(households, True),
    "已鉴定": household_appraised,
    "C、D级": household_cd,
    "C、D级未改造": unimproved,
    "已改造": improved,
    "已挂牌": plated,
    "仍住危房": in_dangerous_house,
    "漏雨透风": leaking,
    "仍住危房、漏雨透风没有填全": living_not_told,
}
"""The figures of a category, by their Chinese heading: which households each counts."""


def counts_by_category(households: Households) -> dict[str, dict[str, int]]:
    """Returns the figures of `COUNTED` for the six categories, in the notice's order."""
    counted = {heading: rows(households) for heading, rows in COUNTED.items()}
    return {
        category.value: {
            heading: int((rows & (households.category == category)).sum())
            for heading, rows in counted.items()
        }
        for category in HouseholdCategory
    }


@dataclass(frozen=True)
class Mismatch:
    """A household about which the house ledger disagrees, and how, in Chinese."""

    unit: str
    household_no: str
    house_id: str
    what: str


def mismatches(households: Households, houses: "pd.DataFrame") -> Iterator[Mismatch]:
    """Yields the households whose house is not in the house ledger, or has another grade there.

    Left out, since nothing can be said of them: households that name no house, and those of a unit without
    a house ledger.
    """
    grades = dict(zip(houses.house_id, houses.grade, strict=True))
    reporting = set(houses.township)
    with_house = households[households.house_id.notna() & households.township.isin(reporting)]
    columns = (with_house.township, with_house.household_no, with_house.house_id, with_house.appraisal_grade)
    for unit, household, house, grade in zip(*columns, strict=True):
        if house not in grades:
            yield Mismatch(unit, household, house, "自建房台账中没有这栋房屋")
        elif grade != grades[house]:
            message = f"本台账的鉴定等级为 {grade or '未填'}，自建房台账为 {grades[house] or '未填'}"
            yield Mismatch(unit, household, house, message)
