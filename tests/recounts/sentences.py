"""What each sentence of a weekly summary or a monthly circular claims, held against the recount.

A sentence is told by its words; one that nothing here knows is a sentence that nobody recounts, and fails.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tests.recounts.board import Recount
from tests.recounts.county import HOUSEHOLDS, HOUSES, PROGRESS, REVIEWS, STRANGER, SWEEP, UNITS
from tests.recounts.told import Told

Check = Callable[["Said"], None]
_CHECKS: list[tuple[re.Pattern[str], Check]] = []
_LEDGERS = {"自建房台账": HOUSES, "困难群众住房安全台账": HOUSEHOLDS}
_NAME = "、".join  # as units are listed


@dataclass
class Said:
    """A sentence.

    Args:
        paper: The paper.
        lead: What its paragraph is headed.
        match: Its words.
    """

    paper: Told
    lead: str
    match: re.Match[str]

    def __getitem__(self, group: int) -> str:
        return self.match[group] or ""

    @property
    def recount(self) -> Recount:
        return self.paper.recount

    def units(self, group: int) -> list[str]:
        return self[group].split("、") if self[group] else []

    def amounts(self) -> list[tuple[int, int | None]]:
        """Every count of houses or households, with how it moved; None where nothing is said of that."""
        found = re.finditer(
            r"(?<![\d.])(\d+)[栋户](?:（(较|与)上[期月](增加|减少|持平)(\d*)[栋户]?）)?", self.match[0]
        )
        signs = {"增加": 1, "减少": -1, "持平": 0}
        return [
            (int(amount[1]), signs[amount[3]] * int(amount[4] or 0) if amount[2] else None)
            for amount in found
        ]


def says(words: str) -> Callable[[Check], Check]:
    """Registers what is held against sentences of these words."""

    def register(check: Check) -> Check:
        _CHECKS.append((re.compile(words), check))
        return check

    return register


def hold(paper: Told, lead: str, text: str) -> None:
    """Holds every sentence of a paragraph against the recount."""
    for sentence in filter(None, re.split("。", text)):
        known = [(match, check) for words, check in _CHECKS if (match := words.fullmatch(sentence))]
        assert known, f"nobody recounts: {lead}｜{sentence}"
        for match, check in known:
            check(Said(paper, lead, match))


def shares(text: str) -> dict[str, int]:
    """青石镇3栋、柳溪镇1栋, as units and numbers."""
    return {share[1]: int(share[2]) for share in re.finditer(r"([^、\d]+)(\d+)[栋户个次]", text)}


def moved(now: Mapping[str, int], then: Mapping[str, int] | None) -> tuple[int, int | None]:
    """A sum, and how it moved in the units that tell it both times."""
    both = [unit for unit in now if then and unit in then]
    change = sum(now[unit] for unit in both) - sum(then[unit] for unit in both) if then and both else None
    return sum(now.values()), change


def figure(paper: Told, name: str, side: int) -> tuple[int, int | None]:
    """A progress figure's numerator (0) or denominator (1), of the county."""

    def of(recount: Recount) -> dict[str, int]:
        return {unit: rate[side] for unit in UNITS if (rate := recount.rate(unit, name))}

    return moved(of(paper.recount), of(paper.earlier) if paper.earlier else None)


def count(paper: Told, form: str, *names: str) -> tuple[int, int | None]:
    """A count of an attachment, of the county."""
    counts_of = {PROGRESS: Recount.counts, REVIEWS: Recount.reviews}[form]

    def of(recount: Recount) -> dict[str, int]:
        return {
            unit: sum(counts[name] for name in names)
            for unit in UNITS
            if (counts := counts_of(recount, unit))
        }

    return moved(of(paper.recount), of(paper.earlier) if paper.earlier else None)


def whose(said: str, paper: Told, tells: Callable[[str], object]) -> None:
    """Whether the whole county is only named where every unit tells it."""
    telling = [unit for unit in UNITS if tells(unit)]
    assert said == ("全县" if len(telling) == len(UNITS) else f"全县有数据的{len(telling)}个单位"), telling


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


@says(r"本月各期都未过截止时间，或在通知规定的报送周期开始之前，不评迟报、未报")
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


# 总体进展


@says(r"截至.+?，(全县.*?)累计排查自建房.+，其中经营性.+、非经营性.+")
def surveyed(said: Said) -> None:
    whose(said[1], said.paper, said.recount.counts)
    assert said.amounts() == [
        count(said.paper, PROGRESS, name) for name in ("surveyed", "commercial", "noncommercial")
    ]


@says(r"(经营性|非经营性)自建房中，初判隐患.+")
def suspected(said: Said) -> None:
    names = (
        ("commercial_suspected", "commercial_closed")
        if said[1] == "经营性"
        else ("suspected", "cleared", "appraised", "grade_cd", "closed")
    )
    assert said.amounts() == [count(said.paper, PROGRESS, name) for name in names]


@says(r"截至.+?，(?:全县|报了自建房台账的(\d+)个单位的)经营性自建房共排查.+，其中已初判.+")
def commercial_judged(said: Said) -> None:
    sent = sum(said.recount.past.rows(unit, HOUSES) is not None for unit in UNITS)
    assert int(said[1] or len(UNITS)) == sent
    assert said.amounts() == [figure(said.paper, "commercial/judged", side) for side in (1, 0)]


@says(r"在经营性自建房中，初判有隐患的已有结论.+，隐患已消除.+；应管控.+，在管控中.+")
def commercial_handled(said: Said) -> None:
    must, _ = figure(said.paper, "commercial/controlled", 1)
    assert said.amounts() == [
        figure(said.paper, "commercial/verdict", 0),
        figure(said.paper, "commercial/resolved", 0),
        (must, None),
        figure(said.paper, "commercial/controlled", 0),
    ]


@says(r"(全县.*?)经营性自建房初判有隐患.+，已销号.+")
def commercial_closed(said: Said) -> None:
    whose(said[1], said.paper, lambda unit: said.recount.rate(unit, "commercial/closed"))
    assert said.amounts() == [figure(said.paper, "commercial/closed", side) for side in (1, 0)]


@says(r"(.+)只报了附件2，没有报自建房台账，其经营性自建房的初判进度、结论、管控情况不清楚")
def attachment_only(said: Said) -> None:
    past = said.recount.past
    assert said.units(1) == [
        unit for unit in UNITS if past.rows(unit, HOUSES) is None and past.rows(unit, PROGRESS) is not None
    ]


@says(r"(全县.*?)前期按管理措施销号的经营性自建房.+")
def looked_at_again(said: Said) -> None:
    whose(said[1], said.paper, said.recount.reviews)
    names = [f"commercial_{name}" for name in ("closed", "reviewed", "hazard", "works")]
    counts = [count(said.paper, REVIEWS, name) for name in names]
    assert said.amounts() == [(counts[0][0], None), *counts[1:]]


@says(r"(\d+)个单位报了集中摸排情况表，共(\d+)个村")
def swept_villages(said: Said) -> None:
    rows = [row for unit in UNITS for row in said.recount.past.rows(unit, SWEEP) or []]
    assert (int(said[1]), int(said[2])) == (len({row["township"] for row in rows}), len(rows))


@says(r"经营性自建房错漏排专项核查.+；“三类重点”经营性自建房全面复核.+；经营性自建房安全鉴定专项抽查.+")
def swept(said: Said) -> None:
    names = (
        "wl_checked",
        "wl_wrong",
        "wl_missed",
        "key_checked",
        "key_hazard",
        "key_rectified",
        "audit_checked",
        "audit_failed",
    )

    def of(recount: Recount, name: str) -> dict[str, int]:
        rows = (row for unit in UNITS for row in recount.past.rows(unit, SWEEP) or [])
        return {row["township"] + row["village"]: row[name] for row in rows}

    earlier = said.paper.earlier
    assert said.amounts() == [
        moved(of(said.recount, name), of(earlier, name) if earlier else None) for name in names
    ]


@says(r"(.+)上[期月]未报，不作比较")
def new_villages(said: Said) -> None:
    earlier = said.paper.earlier
    assert earlier
    before = {(unit, row["village"]) for unit in UNITS for row in earlier.past.rows(unit, SWEEP) or []}
    assert said.units(1) == [
        f"{unit}{row['village']}"
        for unit in UNITS
        for row in said.recount.past.rows(unit, SWEEP) or []
        if (unit, row["village"]) not in before
    ]


@says(r"没有单位报困难群众住房安全台账，各户住房安全情况不清楚")
def no_household_ledger(said: Said) -> None:
    assert all(said.recount.past.rows(unit, HOUSEHOLDS) is None for unit in UNITS)


@says(r"截至.+?，(?:全县|报了台账的(\d+)个单位)有困难群众住房.+")
def poor_households(said: Said) -> None:
    sent = [unit for unit in UNITS if said.recount.past.rows(unit, HOUSEHOLDS) is not None]
    assert int(said[1] or len(UNITS)) == len(sent)
    left = {
        unit: due - done
        for unit in sent
        if (rate := said.recount.rate(unit, "households/resolved"))
        for done, due in [rate]
    }
    listed = re.search(r"未改造(\d+)户(?:（((?!较|与).+?)）)?", said.match[0])
    assert listed
    assert int(listed[1]) == sum(left.values())
    assert shares(listed[2] or "") == {unit: number for unit, number in left.items() if number}
    rest = Said(said.paper, "", re.match(".*", said.match[0].replace(listed[0], "")))  # type: ignore[arg-type]
    asked = (
        ("appraised", 1),
        ("appraised", 0),
        ("resolved", 1),
        ("resolved", 0),
        ("plated", 0),
        ("visited", 1),
        ("visited", 0),
    )
    assert rest.amounts() == [figure(said.paper, f"households/{step}", side) for step, side in asked]


@says(r"台账中没有可比的上[期月]数据，不作比较")
def nothing_to_compare(said: Said) -> None:
    assert said.paper.earlier is None


@says(r"与上[期月]比较的，上[期月]指.+")
def compared_with(said: Said) -> None:
    assert said.paper.earlier is not None


@says(r"比较只计两期都有数据的(\d+)个单位，不含(.+)")
def compared(said: Said) -> None:
    earlier = said.paper.earlier
    assert earlier
    now, then = set(said.paper.units()), set(said.paper.units(earlier))
    assert int(said[1]) == len(now & then)
    assert set(said.units(2)) - {STRANGER} == now ^ then


@says(r"(.+)两期报的表不同，只比较两期都报了的数")
def compared_in_part(said: Said) -> None:
    earlier = said.paper.earlier
    assert earlier
    for unit in said.units(1):
        assert unit in said.paper.units()
        assert unit in said.paper.units(earlier)
        forms = [
            {form for form in recount.past.came[unit] if form != SWEEP and form != "issue-ledger"}
            for recount in (said.recount, earlier)
        ]
        assert forms[0] != forms[1]


@says(r"(全县.*?)非经营性自建房中，C、D级房屋采取工程措施整治.+，未经鉴定直接采取工程措施.+")
def engineering(said: Said) -> None:
    whose(said[1], said.paper, said.recount.counts)
    assert said.amounts() == [count(said.paper, PROGRESS, name) for name in ("cd_works", "direct_works")]


@says(r"(全县.*?)前期以管理措施销号的全部自建房.+，其中经营性.+、非经营性.+；全部自建房中.+")
def management(said: Said) -> None:
    whose(said[1], said.paper, said.recount.reviews)
    parts = [
        (count(said.paper, REVIEWS, f"{kind}_closed")[0], None) for kind in ("commercial", "noncommercial")
    ]
    rest = [
        count(said.paper, REVIEWS, f"commercial_{name}", f"noncommercial_{name}")
        for name in ("reviewed", "hazard", "works")
    ]
    assert said.amounts() == [count(said.paper, REVIEWS, "total"), *parts, *rest]


@says(r"(全县.*?)报来的数据中，以管理措施销号的全部自建房为0栋")
def none_by_management(said: Said) -> None:
    whose(said[1], said.paper, said.recount.reviews)
    assert count(said.paper, REVIEWS, "total")[0] == 0


@says(r"管理措施与工程措施分开统计，不计入整治率")
def apart(said: Said) -> None:
    assert said.recount.scope == "all"
