"""鉴定报告: when two numbers name one report, and whether it was sent in time (R609; 云阳 附2三(五))."""

import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING

from zjf.problems import Severity
from zjf.rules.registry import Houses, Judgement, rule
from zjf.schemas.house_facts import before
from zjf.schemas.making_columns import same_in_every_row
from zjf.schemas.vocabulary import Grade, YesNo

if TYPE_CHECKING:
    import pandas as pd

_BRACKETS = str.maketrans("〔〕[]【】", "()()()")


def report_numbers(numbers: "pd.Series[str]") -> "pd.Series[str]":
    """Returns reports' numbers as they are compared: ZJ〔2024〕1 and zj(2024) 1 are one report's."""
    return numbers.map(_plain, na_action="ignore")


def _plain(number: str) -> str:
    return "".join(unicodedata.normalize("NFKC", number).split()).translate(_BRACKETS).upper()


@rule(
    "R609",
    Severity.BREACH,
    at="report_sent_on",
    needs=("grade", "whole_structure_defect", "appraised_on", "report_sent_on"),
    kept_in=("report_sent_on",),
    why="影响整体安全的隐患，鉴定机构要在 24 小时内把报告报送住建部门，好立即处置",
    remedy="请督促鉴定机构立即报送，报送后填写鉴定报告报送日期。",
    example="D级，鉴定日期 2024-05-06，到 5 月 8 日报告还没有报送",
    clause="云阳 附2三(五)",
)
def report_not_sent(houses: Houses, judgement: Judgement) -> "pd.Series[bool]":
    """整体性缺陷或D级房屋的鉴定报告没有按时报送住建部门。"""
    whole_structure = (houses.whole_structure_defect == YesNo.YES) | (houses.grade == Grade.D)
    last_day = houses.appraised_on.map(
        lambda day: day + timedelta(days=judgement.report_days), na_action="ignore"
    )
    closing = same_in_every_row(houses, judgement.closing_day)
    sent_late = before(last_day, houses.report_sent_on)
    missing = houses.report_sent_on.isna() & before(last_day, closing)
    return whole_structure & (sent_late | missing)
