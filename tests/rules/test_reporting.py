"""Deadlines: a verdict within the days that the notice grants (R603), and what the notice has due."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sheets import CLOSING_DAY, check, found_in, parse, workbook
from tests.smaller_ledgers import rows_of
from zjf.notices.loading import known_notices
from zjf.notices.notice import Notice
from zjf.rules.phases import no_verdict, verdict_rule
from zjf.rules.registry import Judgement
from zjf.rules.reporting import due_soon

JIAXIANG = Notice.load("jiaxiang-2024")
HOUSES = """
    | 房屋编号 | 初判结论         | 初判日期   | 复核结论 | 复核日期   | 复核人 | 整治措施 | 整治完成日期 |
    | 逾期     | 存在一定安全隐患 | 2024-05-07 |          |            |        |          |              |
    | 最后一天 | 存在一定安全隐患 | 2024-05-08 |          |            |        |          |              |
    | 复核过   | 存在严重安全隐患 | 2024-03-01 | 有隐患   | 2024-03-09 | 程立群 |          |              |
    | 已整治   | 存在一定安全隐患 | 2024-03-01 |          |            |        | 维修加固 | 2024-05-01   |
    | 只围了挡 | 存在一定安全隐患 | 2024-03-01 |          |            |        | 增加围挡 | 2024-05-01   |
    | 没有隐患 | 未发现安全隐患   | 2024-03-01 |          |            |        |          |              |
    | 没有判   |                  |            |          |            |        |          |              |
"""


def test_a_notice_may_grant_days_from_the_judgement() -> None:
    """A review that found a hazard is no verdict; nor is a fence."""
    houses = rows_of(HOUSES, "house-ledger")
    overdue = no_verdict(houses, CLOSING_DAY, 30)
    assert houses.house_id[overdue].tolist() == ["逾期", "复核过", "只围了挡"]


def test_no_notice_grants_days_of_its_own() -> None:
    assert all(Notice.load(notice).thresholds.verdict_days is None for notice in known_notices())


def test_an_appraisal_is_a_verdict_and_so_is_a_review_after_closure_that_found_nothing() -> None:
    houses = rows_of(
        """
        | 房屋编号 | 初判结论         | 初判日期   | 鉴定日期   | 鉴定机构   | 鉴定等级 | 销号日期   | 销号方式 | 销号后复核日期 | 销号后复核结论 | 销号后复核人 |
        | 已鉴定   | 存在一定安全隐患 | 2024-03-01 | 2024-05-20 | 江岳鉴定所 | B        |            |          |                |                |              |
        | 看过了   | 存在一定安全隐患 | 2023-03-01 |            |            |          | 2023-05-01 | 管理措施 | 2024-04-02     | 无隐患         | 程立群       |
        """,
        "house-ledger",
    )
    assert not no_verdict(houses, CLOSING_DAY, 30).any()


SUSPECTED = rows_of("| 初判结论 | 初判日期 |\n| 存在一定安全隐患 | 2024-03-01 |", "house-ledger")


@given(st.integers(0, 400), st.integers(0, 400))
def test_the_last_day_granted_is_still_in_time(waited: int, granted: int) -> None:
    houses = SUSPECTED.assign(judged_on=CLOSING_DAY - timedelta(days=waited)).astype(object)
    assert no_verdict(houses, CLOSING_DAY, granted).tolist() == [waited > granted]


def test_the_rule_marks_the_day_of_the_judgement_and_stays_unknown_where_a_cell_cannot_be_read() -> None:
    cells, _ = parse(
        """
        | 初判结论         | 初判日期   | 复核结论 |
        | 存在一定安全隐患 | 2024-03-01 |          |
        | 存在一定安全隐患 | 三月       |          |
        | 存在一定安全隐患 | 2024-03-01 | 还没去   |
        """
    )
    plain, _ = parse("| 房屋编号 | 村 | 地址 | 产权人 | 经营性 | 层数 | 结构 | 鉴定等级 | 整治措施 |")
    rest, _ = parse("| 整治完成日期 | 销号日期 | 销号方式 | 销号后复核日期 | 销号后复核结论 |")
    header = [*cells[0], *plain[0], *rest[0]]
    rows = [
        [*row, f"YS0{number}", "东村", "1号", "赵一", "否", "2", "砖混"]
        for number, row in enumerate(cells[1:])
    ]
    checked = check(workbook([["填报单位：城关街道"], header, *rows]))
    (table,) = checked.tables
    found = list(verdict_rule(30).check(table, Judgement(CLOSING_DAY)))
    assert [(problem.code, problem.cell) for problem in found] == [("R603", "B3")]
    assert "R603" not in {code for code, _ in found_in(checked)}  # not asked of who checks his own return


@pytest.mark.parametrize(
    ("day", "soon", "past"),
    [
        (date(2024, 3, 15), [], []),
        (date(2024, 4, 16), ["全面复查复核"], []),
        (date(2024, 4, 30), ["全面复查复核"], []),
        (date(2024, 5, 1), [], ["全面复查复核"]),
        (date(2024, 6, 7), ["集中整治攻坚"], ["全面复查复核", "报送攻坚行动报告"]),
    ],
)
def test_what_falls_due_in_two_weeks_and_what_is_past(day: date, soon: list[str], past: list[str]) -> None:
    """Of 嘉祥 2024: 04-30, 06-05, 06-15 and 06-30."""
    due = due_soon(JIAXIANG, day)
    assert ([phase.name for phase in due.soon], [phase.name for phase in due.past]) == (soon, past)


@given(st.dates(date(2024, 1, 1), date(2025, 12, 31)), st.integers(0, 60))
def test_every_phase_with_an_end_is_ahead_soon_or_past(day: date, within: int) -> None:
    due = due_soon(JIAXIANG, day, within)
    ahead = [phase for phase in JIAXIANG.phases if phase.until and (phase.until - day).days > within]
    assert len(due.soon) + len(due.past) + len(ahead) == sum(
        phase.until is not None for phase in JIAXIANG.phases
    )
