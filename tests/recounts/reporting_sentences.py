"""The sentences of who reported, when, and what was not taken in."""

import re
from datetime import date, timedelta

from tests.recounts.board import Recount
from tests.recounts.county import STRANGER, UNITS
from tests.recounts.sentences import Said, says, shares
from tests.recounts.told import Told

# 报送情况


@says(r"(?:本期|最后一期为.+，)应报(\d+)个单位，(.+)")
def who_reported(said: Said) -> None:
    labels = {"按时报送": "reported", "迟报": "late", "零报": "nil", "退回": "sent-back", "未报": "missing"}
    stands = [said.recount.standing(unit) for unit in UNITS]
    assert int(said[1]) == len(UNITS)
    told = {
        label: int(number) for label, number in re.findall(r"(按时报送|迟报|零报|退回|未报)(\d+)个", said[2])
    }
    if everybody := re.fullmatch("全部(.+)", said[2]):
        told = {everybody[1]: len(UNITS)}
    assert {labels[label]: number for label, number in told.items()} == {
        state: stands.count(state) for state in set(stands)
    }
    for label, names in re.findall(r"(迟报|零报|退回|未报)\d+个（(.+?)）", said[2]):
        assert names.split("、") == [unit for unit in UNITS if said.recount.standing(unit) == labels[label]]


@says(r"本月(共|应)报(\d+)期(?:，其中.+没有单位报送)?")
def how_many_periods(said: Said) -> None:
    assert int(said[2]) == len(in_the_month(said.paper))


def in_the_month(paper: Told) -> list[Recount | None]:
    """The periods that close in the month: those on record, and (None) those in which nobody reported."""
    county, month = paper.recount.county, paper.recount.closing_day.replace(day=1)
    known = {
        past.closing_day: Recount(county, period, paper.recount.now)
        for period, past in county.past.items()
        if past.closing_day.replace(day=1) == month
    }
    silent = [None] * len(set(expected_days(paper)) - known.keys())
    return [*silent, *known.values()]


def expected_days(paper: Told) -> list[date]:
    """The Fridays of the month that are past, under the only notice with a weekly report."""
    first = paper.recount.closing_day.replace(day=1)
    if paper.recount.county.notice != "jiafeng-2024":
        return []
    days = [first + timedelta(days=number) for number in range(31)]
    now = paper.recount.now.replace(tzinfo=None)
    return [
        day
        for day in days
        if day.month == first.month
        and day.weekday() == 4
        and (now.date(), now.hour >= 12 and (now.hour, now.minute, now.second) > (12, 0, 0)) > (day, False)
    ]


@says(r"本月已过截止时间、应评迟报未报的有(\d+)期，以下按这(\d+)期计")
def how_many_are_judged(said: Said) -> None:
    judged = judged_periods(said.paper)
    assert 0 < len(judged) < len(in_the_month(said.paper))
    assert int(said[1]) == int(said[2]) == len(judged)


@says(r"本月各期都未过截止时间(?:，或在通知规定的报送周期(?:开始之前|结束之后))*，不评迟报、未报")
def none_is_judged(said: Said) -> None:
    assert not judged_periods(said.paper)


@says(r"各单位(每期|这几期)都按时报送")
def everybody_in_time(said: Said) -> None:
    judged = judged_periods(said.paper)
    assert judged
    assert (said[1] == "每期") == (len(judged) == len(in_the_month(said.paper)))
    assert all(in_time(said.paper, unit) for unit in UNITS)


@says(r"(每期|这几期)都按时报送的有(.+)")
def some_in_time(said: Said) -> None:
    assert judged_periods(said.paper)
    assert said.units(2) == [unit for unit in UNITS if in_time(said.paper, unit)]


@says(r"(.+)报来的表不齐，缺(.+)，按未报计")
def sent_in_part(said: Said) -> None:
    recount = said.recount
    assert said.units(1) == [
        unit for unit in UNITS if recount.standing(unit) == "missing" and recount.past.came.get(unit)
    ]


@says(r"(.+)的零报在截止时间以后才收到")
def nil_and_late(said: Said) -> None:
    recount = said.recount
    assert said.units(1) == [
        unit for unit in UNITS if recount.standing(unit) == "nil" and recount.is_late(unit)
    ]


def judged_periods(paper: Told) -> list[Recount | None]:
    """The periods of the month that lateness is judged in; in some of them (None) nobody reported."""
    return [period for period in in_the_month(paper) if period is None or counts_for_conduct(period)]


def in_time(paper: Told, unit: str) -> bool:
    return all(
        period and period.standing(unit) in ("reported", "nil") and not period.is_late(unit)
        for period in judged_periods(paper)
    )


def counts_for_conduct(period: Recount) -> bool:
    return period.is_judged() and period.past.deadline < period.now


@says(r"本月(迟报|退回后未重报|未报)：(.+)")
def who_was_not(said: Said) -> None:
    periods = judged_periods(said.paper)

    def times(unit: str) -> int:
        return sum(
            {
                "迟报": period is not None
                and period.is_late(unit)
                and period.standing(unit) in ("late", "nil"),
                "退回后未重报": period is not None and period.standing(unit) == "sent-back",
                "未报": period is None or period.standing(unit) == "missing",
            }[said[1]]
            for period in periods
        )

    assert shares(said[2]) == {unit: times(unit) for unit in UNITS if times(unit)}


@says(r"以下各数不含(.+)")
def not_counted(said: Said) -> None:
    assert said.units(1) == [unit for unit in UNITS if unit not in said.paper.units()]


@says(r"(.+)的报表退回前已接收过一次，按那一次计入")
def counted_before(said: Said) -> None:
    back = [
        unit for unit in UNITS if said.recount.standing(unit) == "sent-back" and unit in said.paper.units()
    ]
    assert said.units(1) == back


@says(r"台账中还有(.+)的报表，不在填报单位名单中，以下各数都没有计入")
def strangers(said: Said) -> None:
    assert said[1] == STRANGER
