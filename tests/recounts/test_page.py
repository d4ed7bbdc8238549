"""The page of a summary shows the figures that a plain recount comes to."""

import re

import pytest

from tests.recounts.board import Recount
from tests.recounts.county import HOUSES, UNITS
from tests.recounts.told import RATES, Told, whole

pytestmark = pytest.mark.slow


def test_the_page(paper: Told) -> None:
    """The page shows the same figures: large at the top, a row a unit, each overdue house once a task."""
    shown, recount = paper.page, paper.recount
    overdue = [entry for entry in recount.due if entry[0] == "overdue"]
    large = next(headline for headline in shown.headlines if headline.label.startswith("逾期"))
    of_households = {(entry[3], entry[4]) for entry in overdue if entry[4].startswith("H")}
    of_houses = {(entry[3], entry[4]) for entry in overdue} - of_households
    own, other = (of_households, of_houses) if recount.scope == "households" else (of_houses, of_households)
    assert int(large.value) == len(own)
    assert re.findall(r"另有\D+(\d+)", large.moved) == ([str(len(other))] if other else [])
    assert sum(len(group.houses) for group in shown.overdue) == len(overdue)
    figures = [
        figure for figure in paper.ranked() if recount.scope != "all" or figure in (*RATES, "all/closed")
    ]
    for row in shown.units:
        rates = tuple(rate and (rate.numerator, rate.denominator) for rate in row.rates)
        counted = row.unit in paper.units()
        assert rates == tuple(recount.goal_rate(row.unit, figure) if counted else None for figure in figures)
        breaches, late = recount.breaches(row.unit), recount.overdue(row.unit)
        looked_at = recount.past.rows(row.unit, HOUSES) is not None
        assert row.unmet == (sum(breaches.values()) if looked_at else None), row.unit
        nothing = 0 if counted and row.unit not in recount.unlooked else None
        assert row.overdue == (sum(late.values()) or nothing), row.unit
    for bars, figure in zip(shown.rates, figures, strict=True):
        apart = re.sub("可以排名的只有.+?。", "", bars.apart)
        for unit in paper.units():
            told = recount.goal_rate(unit, figure)
            is_ranked = told is not None and 0 < told[1] >= told[0]
            assert (unit in apart) != is_ranked, (figure, unit, bars.apart)
        assert (bars.county.numerator, bars.county.denominator) == whole(
            rate for unit in paper.units() if (rate := recount.goal_rate(unit, figure))
        )


def test_what_a_unit_owes_stands_unit_by_unit(paper: Told) -> None:
    """The page's list of unmet duties: a line a duty and unit, and no other."""
    listed = {(row["code"], row["unit"]): row["count"] for row in paper.page.unmet.rows}
    assert len(listed) == len(paper.page.unmet.rows)
    assert listed == {
        (code, unit): count for unit in UNITS for code, count in paper.recount.breaches(unit).items()
    }


def test_goals_stand_on_the_page_as_in_the_paper(paper: Told) -> None:
    """Whose sentences are held against the recount; and whose figure a rate is, is said."""
    told = [
        paragraph
        for section in paper.letter.sections
        if "目标完成情况" in section.heading
        for paragraph in section.paragraphs
    ]
    assert list(paper.page.goals) == told
    for bars, figure in zip(paper.page.rates, paper.page.trend.labels, strict=True):
        everybody = all(paper.recount.goal_rate(unit, figure) for unit in UNITS)
        assert bars.whose == ("全县" if everybody else "有数据的单位"), figure


def test_the_trend_has_each_period_as_it_is_counted_now(paper: Told) -> None:
    """A point a period up to the one that is told: the sums of the units that tell a figure, and how many have any."""
    recount, trend = paper.recount, paper.page.trend
    known = list(recount.county.past)
    then = [
        Recount(recount.county, period, recount.now) for period in known[: 1 + known.index(recount.period)]
    ]
    points = [earlier for earlier in then if paper.units(earlier)]
    assert [point.units for point in trend.points] == [len(paper.units(earlier)) for earlier in points]
    for point, earlier in zip(trend.points, points, strict=True):
        for figure in trend.labels:
            rates = [rate for unit in UNITS if (rate := earlier.goal_rate(unit, figure))]
            told = point.rates[figure]
            assert (told.numerator, told.denominator) == (whole(rates) or (0, 0)), (earlier.period, figure)


LARGE = {
    "commercial": {
        "经营性已排查": ("commercial/judged", 1),
        "经营性已初判": ("commercial/judged", 0),
        "经营性初判有隐患": ("commercial/closed", 1),
        "经营性应管控": ("commercial/controlled", 1),
        "经营性隐患已消除": ("commercial/resolved", 0),
        "经营性已销号": ("commercial/closed", 0),
    },
    "households": {
        "困难群众住房": ("households/appraised", 1),
        "困难户已鉴定": ("households/appraised", 0),
        "困难户C、D级": ("households/resolved", 1),
        "困难户C、D级已改造": ("households/resolved", 0),
        "困难户已挂牌": ("households/plated", 0),
        "困难户本季已回访": ("households/visited", 0),
    },
}
LARGE_COUNTS = {
    "全部自建房已排查": "surveyed",
    "经营性初判隐患": "commercial_suspected",
    "经营性已销号": "commercial_closed",
    "非经营性初判隐患": "suspected",
    "非经营性C、D级": "grade_cd",
    "非经营性已销号": "closed",
}


def test_what_stands_large_on_the_page(paper: Told) -> None:
    recount = paper.recount
    large = {headline.label: headline.value for headline in paper.page.headlines}
    for label, (figure, side) in LARGE.get(recount.scope, {}).items():
        rates = [rate for unit in UNITS if (rate := recount.rate(unit, figure))]
        assert large[label] == str(sum(rate[side] for rate in rates)), label
    for label, name in LARGE_COUNTS.items() if recount.scope == "all" else ():
        counts = [counts for unit in UNITS if (counts := recount.counts(unit))]
        assert large[label] == str(sum(own[name] for own in counts)), label
    in_time = ("reported", "late", "nil")
    assert large["已报单位"] == str(sum(recount.standing(unit) in in_time for unit in UNITS))
    if recount.scope == "commercial" and paper.page.stages:
        known = [unit for unit in UNITS if recount.past.rows(unit, HOUSES) is not None]
        steps = (("verdict", 1), ("verdict", 0), ("resolved", 0), ("closed", 0))
        assert [stage.count for stage in paper.page.stages.stages] == [
            sum((recount.rate(unit, f"commercial/{step}") or (0, 0))[side] for unit in known)
            for step, side in steps
        ]
