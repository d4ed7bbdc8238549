"""困难群众住房安全台账: appraisal within a month, a visit a quarter, and agreement with the house ledger."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sheets import CLOSING_DAY, assert_findings
from tests.smaller_ledgers import rows_of
from tests.typed_rows import typed
from zjf.rules.households import (
    appraisal_overdue,
    counts_by_category,
    mismatches,
    months_later,
    visit_due,
    visit_missed,
)
from zjf.rules.registry import RULES, Judgement
from zjf.schemas.household_facts import first_of_quarter

DAYS = st.dates(date(1950, 1, 1), date(2090, 1, 1))


def test_a_listed_household_is_appraised_within_a_month() -> None:
    """The closing day is 2024-06-07: who was listed on 05-07 is still in time that day."""
    assert_findings(
        """
        | 户编号 | 户主姓名 | 类别   | 名单提供日期 | 结构类型 | 鉴定日期   | 鉴定等级 |
        | H1     | 赵一     | 低保户 | 2024-05-06   | 砖混结构 | [R604]     |          |
        | H2     | 钱二     | 低保户 | 2024-05-07   | 砖混结构 |            |          |
        | H3     | 孙三     | 低保户 | 2024-03-01   | 砖混结构 | 2024-05-20 | B        |
        | H4     | 李四     | 低保户 | 2024-03-01   | 砖混结构 |            | B        |
        | H5     | 周五     | 低保户 |              | 砖混结构 |            |          |
        """,
        form="household-ledger",
    )


def test_an_unreadable_day_leaves_the_appraisal_open() -> None:
    assert_findings(
        """
        | 户编号 | 户主姓名 | 类别   | 名单提供日期 | 结构类型 | 鉴定日期    |
        | H1     | 赵一     | 低保户 | 年初 [C105]  | 砖混结构 |             |
        | H2     | 钱二     | 低保户 | 2024-03-01   | 砖混结构 | 五月 [C105] |
        """,
        form="household-ledger",
    )


@pytest.mark.parametrize(
    ("listed", "due"),
    [
        (date(2024, 5, 6), date(2024, 6, 6)),
        (date(2024, 1, 31), date(2024, 2, 29)),
        (date(2023, 1, 31), date(2023, 2, 28)),
        (date(2024, 3, 31), date(2024, 4, 30)),
        (date(2023, 12, 31), date(2024, 1, 31)),
    ],
)
def test_the_same_day_next_month_or_its_last_day(listed: date, due: date) -> None:
    assert months_later(listed, 1) == due


@given(DAYS, st.integers(0, 36))
def test_months_later_never_leaves_the_month(day: date, months: int) -> None:
    later = months_later(day, months)
    assert later.year * 12 + later.month == day.year * 12 + day.month + months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


def test_a_notice_may_grant_more_months() -> None:
    households = rows_of(
        """
        | 户编号 | 户主姓名 | 类别   | 名单提供日期 | 结构类型 |
        | H1     | 赵一     | 低保户 | 2024-04-30   | 砖混结构 |
        """,
        "household-ledger",
    )
    assert appraisal_overdue(households, date(2024, 6, 30)).tolist() == [True]
    assert appraisal_overdue(households, date(2024, 6, 30), months=2).tolist() == [False]


def test_a_visit_of_a_quarter_that_has_passed_was_missed() -> None:
    """The closing day, 06-07, lies in the second quarter: it is not due yet, the first one was."""
    assert_findings(
        """
        | 户编号 | 户主姓名 | 类别   | 结构类型 | 名单提供日期 | 鉴定日期   | 鉴定等级 | 最近回访日期      |
        | H1     | 赵一     | 低保户 | 土坯结构 |              |            |          | 2023-12-31 [R605] |
        | H2     | 钱二     | 低保户 | 土木结构 |              |            |          | 2024-01-01        |
        | H3     | 孙三     | 低保户 | 砖木结构 |              |            |          | [R605]            |
        | H4     | 李四     | 低保户 | 砖混结构 |              |            |          |                   |
        | H5     | 周五     | 低保户 | 砖木结构 | 2024-04-01   | 2024-04-20 | B        |                   |
        """,
        form="household-ledger",
    )


@pytest.mark.parametrize(
    ("day", "due"), [("2024-06-15", []), ("2024-06-16", ["H1"]), ("2024-06-30", ["H1"]), ("2024-07-01", [])]
)
def test_a_visit_is_due_in_the_last_fifteen_days_of_its_quarter(day: str, due: list[str]) -> None:
    households = typed(
        """
        | 户编号 | 结构类型 | 最近回访日期 |
        | H1     | 土坯结构 | 2024-03-31   |
        | H2     | 土木结构 | 2024-04-01   |
        | H3     | 砖混结构 |              |
        """,
        "household-ledger",
    )
    if day < "2024-07":
        assert households.household_no[visit_due(households, date.fromisoformat(day))].tolist() == due
    missed = households.household_no[visit_missed(households, date.fromisoformat(day))].tolist()
    assert missed == (["H1"] if day > "2024-07" else [])


def test_a_quarter_before_the_visits_began_is_not_judged() -> None:
    households = typed("| 户编号 | 结构类型 |\n| H1 | 土坯结构 |", "household-ledger")
    begun = date(2020, 6, 12)
    assert not visit_missed(households, date(2020, 6, 22), begun).any()
    assert visit_missed(households, date(2020, 7, 22), begun).all()


def test_an_unreadable_structure_or_visit_leaves_it_open() -> None:
    assert_findings(
        """
        | 户编号 | 户主姓名 | 类别   | 结构类型    | 最近回访日期 |
        | H1     | 赵一     | 低保户 | 土墙 [C104] |              |
        | H2     | 钱二     | 低保户 | [C101]      |              |
        | H3     | 孙三     | 低保户 | 土坯结构    | 春节 [C105]  |
        """,
        form="household-ledger",
    )


@given(DAYS)
def test_a_quarter_begins_in_january_april_july_or_october(day: date) -> None:
    first = first_of_quarter(day)
    assert first <= day < months_later(first, 3)
    assert first.day == 1
    assert first.month in (1, 4, 7, 10)


HOUSEHOLDS = """
    | 户编号 | 户主姓名 | 类别           | 房屋编号 | 结构类型 | 鉴定日期   | 鉴定等级 | 改造完成日期 | 是否挂牌 | 最近回访日期 | 仍住危房 | 漏雨透风 |
    | H1     | 赵一     | 低保户         | YS01     | 砖混结构 | 2024-05-01 | C        | 2024-06-01   | 是       |              | 否       | 否       |
    | H2     | 钱二     | 低保户         | YS02     | 土坯结构 | 2024-05-01 | D        |              | 否       | 2024-05-08   | 是       | 是       |
    | H3     | 孙三     | 建档立卡贫困户 | YS03     | 砖混结构 |            |          |              |          |              |          | 是       |
    | H4     | 李四     | 优抚对象       |          | 砖混结构 | 2024-05-01 | A        |              | 是       |              | 否       | 否       |
    | H5     | 周五     | 低保户         | YS99     | 砖混结构 |            |          |              |          |              |          |          |
"""


def test_households_are_counted_by_category() -> None:
    counts = counts_by_category(rows_of(HOUSEHOLDS, "household-ledger"))
    assert list(counts) == [
        "建档立卡贫困户",
        "低保户",
        "分散供养特困人员",
        "优抚对象和革命五老",
        "贫困残疾人家庭",
        "其他贫困户",
    ]
    assert counts["低保户"] == {
        "户数": 3,
        "已鉴定": 2,
        "C、D级": 2,
        "C、D级未改造": 1,
        "已改造": 1,
        "已挂牌": 1,
        "仍住危房": 1,
        "漏雨透风": 1,
        "仍住危房、漏雨透风没有填全": 1,
    }
    assert counts["优抚对象和革命五老"]["已挂牌"] == 1
    assert not any(counts["其他贫困户"].values())


def test_both_ledgers_agree_on_a_house_and_its_grade() -> None:
    houses = rows_of(
        """
        | 房屋编号 | 初判结论         | 初判日期   | 鉴定等级 | 鉴定日期   | 鉴定机构 | 整治责任人 | 整治期限   | 管控措施 |
        | YS01     | 存在一定安全隐患 | 2023-05-01 | C        | 2024-05-01 | 云水鉴定 | 赵一       | 2024-12-31 | 停止使用 |
        | YS02     | 存在一定安全隐患 | 2023-05-01 | C        | 2024-05-01 | 云水鉴定 | 钱二       | 2024-12-31 | 停止使用 |
        | YS03     | 存在一定安全隐患 | 2023-05-01 | B        | 2024-05-01 | 云水鉴定 |            |            |          |
        """,
        "house-ledger",
    )
    households = rows_of(HOUSEHOLDS, "household-ledger")
    found = {mismatch.household_no: mismatch.what for mismatch in mismatches(households, houses)}
    assert found == {
        "H2": "本台账的鉴定等级为 D，自建房台账为 C",
        "H3": "本台账的鉴定等级为 未填，自建房台账为 B",
        "H5": "自建房台账中没有这栋房屋",
    }


def test_without_the_units_house_ledger_nothing_is_said() -> None:
    nothing = rows_of("| 房屋编号 |\n| YS01 |", "house-ledger").iloc[:0]
    assert not list(mismatches(rows_of(HOUSEHOLDS, "household-ledger"), nothing))


def test_the_notice_says_within_how_many_months() -> None:
    households = rows_of(
        """
        | 户编号 | 户主姓名 | 类别   | 名单提供日期 | 结构类型 |
        | H1     | 赵一     | 低保户 | 2024-05-06   | 砖混结构 |
        """,
        "household-ledger",
    )
    in_one, in_two = (Judgement(CLOSING_DAY, appraisal_months=months) for months in (1, 2))
    assert RULES["R604"].holds(households, in_one).tolist() == [True]
    assert RULES["R604"].holds(households, in_two).tolist() == [False]
