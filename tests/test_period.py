"""Periods: weeks, months and days, when they close and how they are written."""

import re
import time as clock
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Self

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zjf.errors import CannotDoError, UsageError
from zjf.period import OFFICE_TIME, Calendar, Period, office_today

FRIDAY_NOON_AND_THE_22ND = Calendar(weekday="周五", by=time(12), month_day=22)


def test_a_week_runs_from_monday_to_sunday() -> None:
    week = Period.parse("2024-W23")
    assert (week.first, week.last) == (date(2024, 6, 3), date(2024, 6, 9))
    assert week.label == "2024年第23周（6月3日—6月9日）"


def test_a_month_runs_to_its_last_day() -> None:
    month = Period.parse("2024-02")
    assert (month.first, month.last) == (date(2024, 2, 1), date(2024, 2, 29))
    assert month.label == "2024年2月"


def test_a_quarter_runs_over_three_months_and_closes_at_their_end() -> None:
    quarter = Period.parse("2020-Q3")
    assert (quarter.first, quarter.last) == (date(2020, 7, 1), date(2020, 9, 30))
    assert quarter.label == "2020年第3季度"
    assert quarter.closing_day(FRIDAY_NOON_AND_THE_22ND) == date(2020, 9, 30)


@pytest.mark.parametrize(
    "text", ["2020年第3季度", "2020年三季度", "2020年第三季度", "2020年3季度", "2020-q3"]
)
def test_a_quarter_is_read_as_offices_write_it(text: str) -> None:
    assert str(Period.parse(text)) == "2020-Q3"


def test_a_day_is_itself() -> None:
    day = Period.parse("2024-06-05")
    assert day.first == day.last == date(2024, 6, 5)
    assert day.label == "2024年6月5日"


def test_a_week_across_new_year_says_both_years() -> None:
    assert Period.parse("2025-W01").label == "2025年第1周（2024年12月30日—2025年1月5日）"


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_every_spelling_reads_back(day: date) -> None:
    year, week, _ = day.isocalendar()
    quarter = f"{day.year}-Q{-(-day.month // 3)}"
    for spelling in (f"{year}-W{week:02}", f"{day:%Y-%m}", quarter, f"{day:%Y-%m-%d}"):
        period = Period.parse(spelling)
        assert str(period) == spelling
        assert period.first <= day <= period.last
        assert period.first <= period.closing_day(FRIDAY_NOON_AND_THE_22ND) <= period.last


def test_lower_case_and_spaces_are_read() -> None:
    assert str(Period.parse(" 2024-w23 ")) == "2024-W23"


@pytest.mark.parametrize(
    "text", ["", "2024", "2024-23", "2024-W3", "2021-W53", "2024-02-30", "24-06", "9999-W52"]
)
def test_anything_else_says_how_to_write_it(text: str) -> None:
    with pytest.raises(UsageError, match="周填 2024-W23，月填 2024-06，日填 2024-06-05"):
        Period.parse(text)


def test_weeks_are_ordered_in_time() -> None:
    weeks = [Period.parse(text) for text in ("2025-W01", "2024-W09", "2024-W52")]
    assert [str(week) for week in sorted(weeks)] == ["2024-W09", "2024-W52", "2025-W01"]


def test_a_week_closes_on_the_deadline_day_at_its_hour() -> None:
    week = Period.parse("2024-W23")
    assert week.closing_day(FRIDAY_NOON_AND_THE_22ND) == date(2024, 6, 7)
    assert week.deadline(FRIDAY_NOON_AND_THE_22ND) == datetime(2024, 6, 7, 12, tzinfo=OFFICE_TIME)


def test_a_month_closes_on_the_22nd_at_the_end_of_the_day() -> None:
    month = Period.parse("2020-06")
    assert month.closing_day(FRIDAY_NOON_AND_THE_22ND) == date(2020, 6, 22)
    assert month.deadline(FRIDAY_NOON_AND_THE_22ND).date() == date(2020, 6, 22)


def test_a_month_shorter_than_the_deadline_day_closes_on_its_last_day() -> None:
    assert Period.parse("2023-02").closing_day(Calendar(month_day=31)) == date(2023, 2, 28)


@pytest.mark.parametrize("spelling", ["2024-W23", "2024-06", "2024-06-05"])
def test_without_a_deadline_a_period_closes_on_its_last_day(spelling: str) -> None:
    period = Period.parse(spelling)
    assert period.closing_day(Calendar()) == period.last


def test_a_holiday_does_not_move_a_deadline() -> None:
    """10 June 2024 was 端午节; a deadline of that Monday stays."""
    assert Period.parse("2024-W24").closing_day(Calendar(weekday="周一")) == date(2024, 6, 10)
    assert Period.parse("2024-W24").deadline(Calendar(weekday="周一")).date() == date(2024, 6, 10)


@pytest.mark.parametrize(
    ("spelling", "due"),
    [
        ("2024-06-10", date(2024, 6, 11)),  # 端午节
        ("2024-06-08", date(2024, 6, 11)),  # the Saturday before it
        ("2024-06-07", date(2024, 6, 7)),
        ("2024-05-11", date(2024, 5, 11)),  # a Saturday that was worked, for 劳动节
    ],
)
def test_where_the_county_postpones_a_deadline_it_moves_to_the_next_workday(spelling: str, due: date) -> None:
    day = Period.parse(spelling)
    assert day.deadline(Calendar(postponed=True)).date() == due
    assert day.closing_day(Calendar(postponed=True)) == day.first


def test_a_day_lies_in_its_week_month_and_day() -> None:
    day = date(2024, 12, 30)
    assert [str(Period.around(day, kind)) for kind in ("week", "month", "day")] == [
        "2025-W01",
        "2024-12",
        "2024-12-30",
    ]


@pytest.mark.parametrize(
    ("written", "public"),
    [
        ("2024年第23周", "2024-W23"),
        ("2024年第3周", "2024-W03"),
        ("2024年 23周", "2024-W23"),
        ("2024年6月", "2024-06"),
        ("2024年６月份", "2024-06"),
        ("2024年6月5日", "2024-06-05"),
        ("2024年12月31号", "2024-12-31"),
        ("第23周", f"{office_today().isocalendar().year}-W23"),
    ],
)
def test_a_period_is_understood_as_offices_write_it(written: str, public: str) -> None:
    assert str(Period.parse(written)) == public


@pytest.mark.skipif(not hasattr(clock, "tzset"), reason="the clock of Windows cannot be set for one program")
def test_today_is_the_office_s_wherever_the_server_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("Etc/GMT+12", "Etc/GMT-14"):  # of the two, one has another day than the office at any hour
        with monkeypatch.context() as elsewhere:
            elsewhere.setenv("TZ", place)
            clock.tzset()
            assert Period.parse("今天").first == datetime.now(OFFICE_TIME).date()
    clock.tzset()


class _NeverSet(datetime):
    """The clock of a computer whose battery is empty."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls(1970, 1, 1, 8, tzinfo=tz)


def test_a_clock_that_nobody_set_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """No paper is to bear that day."""
    monkeypatch.setattr("zjf.period.datetime", _NeverSet)
    with pytest.raises(CannotDoError, match=r"1970-01-01。请先校准电脑的日期和时间"):
        office_today()


def test_periods_beside_today() -> None:
    today = office_today()
    assert today in _days(Period.parse("本周"))
    assert today in _days(Period.parse("本月"))
    assert Period.parse("上周").last + timedelta(days=1) == Period.parse("本周").first
    assert Period.parse("上月").last + timedelta(days=1) == Period.parse("本月").first
    assert str(Period.parse(f"{today.month}月")) == str(Period.parse("本月"))


def _days(period: Period) -> set[date]:
    return {period.first + timedelta(days=day) for day in range((period.last - period.first).days + 1)}


@pytest.mark.parametrize("written", ["2024年第54周", "13月", "2024年2月30日", "第0周", "上上周"])
def test_what_does_not_exist_is_not_understood(written: str) -> None:
    with pytest.raises(UsageError, match="看不懂期次"):
        Period.parse(written)


@pytest.mark.parametrize(
    ("written", "public"),
    [
        ("２０２４年第２３周", "2024-W23"),
        ("二〇二四年第二十三周", "2024-W23"),
        ("24年第23周", "2024-W23"),
        ("2024W23", "2024-W23"),
        ("2024年6月5", "2024-06-05"),
        ("2024.6", "2024-06"),
        ("202406", "2024-06"),
        ("20240605", "2024-06-05"),
        ("2024Q2", "2024-Q2"),
        ("“2024-W23”", "2024-W23"),
    ],
)
def test_a_period_is_understood_in_other_spellings(written: str, public: str) -> None:
    assert str(Period.parse(written)) == public


def test_periods_beside_today_in_other_words() -> None:
    today = office_today()
    for said, usual in (
        ("这周", "本周"),
        ("上个星期", "上周"),
        ("这个月", "本月"),
        ("上个月", "上月"),
        ("今日", "今天"),
    ):
        assert Period.parse(said) == Period.parse(usual)
    assert today in _days(Period.parse("本季度"))
    assert Period.parse("上季度").last + timedelta(days=1) == Period.parse("本季度").first
    assert str(Period.parse("去年12月")) == f"{today.year - 1}-12"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2024年第54周", "2024 年只有第 1 周到第 52 周。"),
        ("2024年13月", "月份是 1 到 12。"),
        ("2024年2月30日", "2024 年 2 月没有 30 日"),
        ("2024-W3", "是否为「2024-W03」？"),
        ("第23期", "是否为「第23周」？"),
        ("6.5", "是否为「6月5日」？"),
        ("本期", "是否为「本周」或「本月」？"),
    ],
)
def test_what_is_no_period_is_told_with_what_was_meant(written: str, said: str) -> None:
    with pytest.raises(UsageError, match=re.escape(said)):
        Period.parse(written)


@given(st.text(alphabet="年月日周第季度本上去今〇二十W-./ 0123456789", max_size=12))
def test_any_text_is_a_period_or_is_refused(written: str) -> None:
    try:
        period = Period.parse(written)
    except UsageError:
        return
    assert Period.parse(str(period)) == period
