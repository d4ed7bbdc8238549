"""Status and its lists of houses agree with a plain recount: 2,000 houses, five notices, three periods, any day."""

from typing import Any

import pytest

from tests.monitoring import plain_recount as plain
from tests.recounts.board import Recount
from tests.recounts.county import SILENT, STRANGER, UNITS, MadeUp
from zjf.monitoring.board import board
from zjf.period import Period

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=range(3), ids=("first", "second", "third"))
def looked_at(county: MadeUp, request: pytest.FixtureRequest) -> tuple[dict[str, Any], Recount]:
    """A period of the county as its board tells it on some day, and recounted."""
    period = county.periods[request.param]
    now = county.moment(period)
    told = board(county.reckoning, Period.parse(period), now).as_json()
    return told, Recount(county, period, now)


LookedAt = tuple[dict[str, Any], Recount]


def test_who_reported_and_who_is_late(looked_at: LookedAt) -> None:
    told, recount = looked_at
    lines = {line["unit"]: line for line in told["units"]}
    assert {unit: line["status"] for unit, line in lines.items()} == {
        unit: recount.standing(unit) for unit in UNITS
    }
    assert {unit: line["late"] for unit, line in lines.items()} == {
        unit: recount.is_late(unit) for unit in UNITS
    }
    late = {problem["unit"] for problem in told["problems"] if problem["code"] == "R601"}
    assert {unit for unit in UNITS if recount.is_late(unit)} <= late
    if recount.now > recount.past.deadline and recount.is_judged():
        missing = {problem["unit"] for problem in told["problems"] if problem["code"] == "R602"}
        assert SILENT in missing
    strangers = [problem["unit"] for problem in told["problems"] if problem["code"] == "F008"]
    assert strangers == ([STRANGER] if recount.period == recount.county.periods[2] else [])


def test_duties_unmet(looked_at: LookedAt) -> None:
    told, recount = looked_at
    assert {line["unit"]: line["breaches"] for line in told["units"]} == {
        unit: recount.breaches(unit) for unit in UNITS
    }


def test_what_is_due_and_overdue_house_by_house(looked_at: LookedAt) -> None:
    told, recount = looked_at
    listed = sorted(
        (house["state"], house["code"], house["task"], house["unit"], house["house_id"], house["until"])
        for house in told["due"]["houses"]
    )
    assert listed == [(*entry[:5], entry[5].isoformat()) for entry in recount.due]
    assert sum(group["total"] for group in told["due"]["groups"]) == len(recount.due)
    for group in told["due"]["groups"]:
        own = [
            entry
            for entry in recount.due
            if (group["state"], group["code"], group["task"]) == entry[:3]
            and group["until"] in (None, entry[5].isoformat())
        ]
        assert group["total"] == len(own) == sum(group["units"].values())
    assert {line["unit"]: line["overdue"] for line in told["units"]} == {
        unit: recount.overdue(unit) for unit in UNITS
    }


def test_of_whom_nothing_is_known(looked_at: LookedAt) -> None:
    told, recount = looked_at
    for form, silent in told["due"]["unknown"].items():
        assert silent == [unit for unit in UNITS if recount.past.rows(unit, form) is None]


def test_goals(looked_at: LookedAt) -> None:
    told, recount = looked_at
    goals = recount.says.get("goals", [])
    assert [(goal["figure"], goal["target"]) for goal in told["goals"]] == [
        (goal["figure"], goal["target"]) for goal in goals
    ]
    for goal in told["goals"]:
        rates = {unit: recount.goal_rate(unit, goal["figure"]) for unit in UNITS}
        for unit, rate in rates.items():
            said = goal["units"][unit]
            assert (said["state"], said["short_by"]) == stands(rate, goal["target"]), (goal["figure"], unit)
        said = goal["county"]
        assert (said["state"], said["short_by"]) == together(rates, goal["target"]), goal["figure"]
        past = goal["until"] is not None and goal["until"] < recount.day.isoformat()
        short = {unit for unit, rate in rates.items() if stands(rate, goal["target"])[0] == "short"}
        missed = {problem["unit"] for problem in told["problems"] if problem["code"] == "R612"}
        assert not past or short <= missed


def test_problems_past_their_deadline(looked_at: LookedAt) -> None:
    told, recount = looked_at
    counts = recount.overdue_issues()
    some = {unit: number for unit, number in counts.items() if number}
    assert told["overdue_issues"] == {"told": list(counts), "units": some}
    assert [problem["unit"] for problem in told["problems"] if problem["code"] == "R608"] == list(some)


def test_what_left_the_lists_is_told(looked_at: LookedAt) -> None:
    told, recount = looked_at
    vanished = {
        form: {unit: sorted(names) for unit, names in units.items()}
        for form, units in told["vanished"].items()
    }
    assert vanished == recount.vanished()
    assert {problem["unit"] for problem in told["problems"] if problem["code"] == "T508"} == set().union(
        *vanished.values()
    )


def stands(rate: tuple[int, int] | None, target: int) -> tuple[str, int | None]:
    """How somebody stands to a goal, and how many are lacking."""
    if rate is None:
        return "unknown", None
    done, due = rate
    if done > max(due, 0):
        return "doubtful", None
    if due <= 0:
        return "no-task", None
    lacking = plain.short_by(done, due, target)
    return ("short", lacking) if lacking else ("reached", 0)


def together(rates: dict[str, tuple[int, int] | None], target: int) -> tuple[str, int | None]:
    """How the county stands: what one unit has too many of makes up for nothing that another owes."""
    known = [rate for rate in rates.values() if rate is not None]
    if not known:
        return stands(None, target)
    capped = [(min(done, max(due, 0)), due) for done, due in known]
    found = stands((sum(done for done, _ in capped), sum(due for _, due in capped)), target)
    if capped == known or found[0] == "short":
        return found
    return "doubtful", None


def test_papers_with_a_day_of_their_own(looked_at: LookedAt) -> None:
    told, recount = looked_at
    said = {
        paper["name"]: {unit: line["state"] for unit, line in paper["units"].items()}
        for paper in told["papers"]
        if paper["known"]
    }
    assert {name: said[name] for name in recount.papers()} == recount.papers()
