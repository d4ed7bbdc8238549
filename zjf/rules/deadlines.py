"""期限: what should have been done by a day (L212)."""

from typing import TYPE_CHECKING

from zjf.problems import Severity
from zjf.rules.registry import Houses, Judgement, rule
from zjf.schemas.house_facts import resolved

if TYPE_CHECKING:
    import pandas as pd


@rule(
    "L212",
    Severity.WARNING,
    at="due_on",
    needs=("due_on", "resolved"),
    why="整治时限是对每栋房屋定下的，逾期要督办",
    remedy="请督促加快整治；经批准延期的请更新整治期限。",
    example="整治期限 2024-05-31，到 6 月 7 日还没有整治完",
    clause="融安 二(三)1",
)
def overdue(houses: Houses, judgement: Judgement) -> "pd.Series[bool]":
    """到截止日已过整治期限，隐患还没有消除。"""
    is_past = houses.due_on.map(lambda day: day is not None and day < judgement.closing_day)
    return is_past.astype(bool) & ~resolved(houses)
