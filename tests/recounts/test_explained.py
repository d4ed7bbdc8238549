"""Whatever is printed as a figure can be explained: the rows behind it are as many as it says, unit by unit."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from tests.recounts.conftest import TINY
from tests.recounts.county import PERIODS, MadeUp
from tests.recounts.told import week
from zjf.briefings.briefing import MEASURES
from zjf.figures.progress import FIGURES
from zjf.figures.summary import Summary, coverage
from zjf.monitoring.board import board
from zjf.notices.notice import Notice
from zjf.period import Period
from zjf.problems import CATALOGUE
from zjf.schemas import FORMS
from zjf.services.explaining.explainable import Explainable
from zjf.services.explaining.explainable_duties import unmet_duty
from zjf.services.explaining.explainable_figures import find_explainable
from zjf.services.explaining.figure_explanation import FigureExplanation, explain_figure

pytestmark = pytest.mark.slow
Shown = tuple[str, dict[str, Any]]
"""A figure, and by unit (or for the county) what is printed of it; of a rate, numerator and denominator."""
COUNTY = "云水县"
EVERY_FIGURE = sorted(
    {*FIGURES, *(f"{form.id}/{name}" for form in FORMS.values() for name in (*form.counts, *form.rates))}
)


@pytest.fixture(scope="module", params=PERIODS)
def small(request: pytest.FixtureRequest, tiny_county: Callable[[str, int], MadeUp]) -> MadeUp:
    """A county of a few houses a unit; two townships have become one in its last period."""
    return tiny_county(request.param, max(TINY))


@pytest.fixture
def one_state(small: MadeUp) -> Iterator[None]:
    """The ledger is read as `zjf explain` reads it: in one transaction."""
    with small.ledger.one_state():
        yield


@pytest.mark.usefixtures("one_state")
def test_the_rows_behind_every_printed_figure_are_as_many_as_it_says(small: MadeUp) -> None:
    printed: dict[str, list[dict[str, Any]]] = {}
    for name, by_unit in printed_figures(small):
        printed.setdefault(name, []).append(by_unit)
    for name in held_under(small, printed):
        places = printed[name]
        explanation = explanation_of(small, name)
        for unit, said in (shown for by_unit in places for shown in by_unit.items()):
            assert said == behind(explanation, unit, name), (name, unit)


def held_under(small: MadeUp, printed: Mapping[str, Any]) -> list[str]:
    """The figures that are held under a notice: what it is about, its goals and duties, and a fifth of all others.

    Every figure is printed under each of the five; all of them under all would take minutes.
    """
    notice, place = small.reckoning.notice, list(PERIODS).index(small.notice)
    own = {goal.figure for goal in notice.goals} | set(CATALOGUE)
    of_scope = [name for name in printed if name.startswith(f"{notice.scope}/") or name.split("/")[-1] in own]
    assert of_scope
    mine = set(EVERY_FIGURE[place :: len(PERIODS)])
    return [*of_scope, *sorted(mine & printed.keys() - set(of_scope))]


def explanation_of(small: MadeUp, name: str) -> FigureExplanation:
    figure = explainable(name, small.reckoning.notice)
    explanation = explain_figure(figure, small.reckoning, Period.parse(small.periods[2]))
    assert explanation, name
    return explanation


def explainable(name: str, notice: Notice) -> Explainable:
    """What `zjf explain NAME` explains: one figure, or the count of one duty."""
    if name in CATALOGUE:
        duty = unmet_duty(CATALOGUE[name], notice)
        assert duty, name
        return duty
    (figure,) = find_explainable(name, notice)
    return figure


def behind(explanation: FigureExplanation, unit: str, name: str) -> Any:
    """What the rows come to, as the figure is printed: each row of a ledger once."""
    rows = [row for row in explanation.rows if unit in (COUNTY, row.unit)]
    done = sum(row.numerator for row in rows)
    if explanation.value.rate or len(explanation.value.counts) == 2:
        due = sum(row.denominator or 0 for row in rows)
        sides = {"online_confirmed": done, "online_issues": due}
        return sides.get(name.partition("/")[2], (done, due))
    listed = [row for row in rows if row.key]
    assert len(listed) == sum(row.numerator for row in listed), name
    return done


def printed_figures(small: MadeUp) -> Iterator[Shown]:
    """What `aggregate`, `status` and `weekly --json` print, of each unit that tells it and of the county."""
    period, reckoning = Period.parse(small.periods[2]), small.reckoning
    units = reckoning.units(str(period))
    covered = coverage(reckoning.home, reckoning.notice, reckoning.ledger, str(period))
    summary = Summary(str(period), small.notice, units, covered, scope=reckoning.notice.scope).as_json()
    yield from of_forms(summary)
    yield from of_duties(summary)
    yield from rates_of([*summary["units"], {"unit": COUNTY, **summary["county"]}])
    told = board(reckoning, period, small.moment(str(period))).as_json()
    yield from of_goals(told)
    yield from of_the_weekly(json.loads(json.dumps(week(small, 2).said)))


def of_forms(summary: Mapping[str, Any]) -> Iterator[Shown]:
    for form in summary["county"]["forms"]:
        for name in summary["county"]["forms"][form]:
            yield (
                f"{form}/{name}",
                {
                    unit["unit"]: unit["forms"][form][name]
                    for unit in [*summary["units"], {"unit": COUNTY, **summary["county"]}]
                    if name in unit["forms"].get(form, {})
                },
            )


def of_duties(summary: Mapping[str, Any]) -> Iterator[Shown]:
    for code, total in summary["county"]["breaches"].items():
        yield (
            code,
            {unit["unit"]: unit["breaches"].get(code, 0) for unit in summary["units"]} | {COUNTY: total},
        )


def rates_of(lines: list[dict[str, Any]]) -> Iterator[Shown]:
    for kind, prefix in (("rates", "attachment-2/"), ("progress", "")):
        for name in dict.fromkeys(name for line in lines for name in line[kind]):
            sides = {line["unit"]: sides_of(line[kind][name]) for line in lines if name in line[kind]}
            yield f"{prefix}{name}", sides


def sides_of(rate: Mapping[str, Any]) -> tuple[int, int]:
    return rate["numerator"], rate["denominator"]


def of_goals(told: Mapping[str, Any]) -> Iterator[Shown]:
    for goal in told["goals"]:
        standings = goal["units"] | {COUNTY: goal["county"]}
        known = {unit: sides_of(line["rate"]) for unit, line in standings.items() if line["rate"]}
        if known:
            whose = goal["figure"]
            yield (f"attachment-2/{whose}" if whose in FORMS["attachment-2"].rates else whose), known


def of_the_weekly(said: Mapping[str, Any]) -> Iterator[Shown]:
    yield from rates_of(said["units"])
    for of in MEASURES.values():
        for form, names in of.values():
            for name in names:
                if shown := said["county"]["forms"].get(form, {"counts": {}})["counts"].get(name):
                    yield f"{form}/{name}", {COUNTY: shown["value"]}
    for name, amount in said["sweep_total"]["figures"].items():
        if amount["value"] is not None:
            yield f"sweep-table/{name}", {COUNTY: amount["value"]}
    for line in (said["households"] or {"by_unit": ()})["by_unit"]:
        yield "households/appraised", {line["name"]: (line["appraised"], line["households"])}
        yield "households/plated", {line["name"]: (line["plated"], line["households"])}
        yield "households/visited", {line["name"]: (line["visited"], line["to_be_visited"])}
        yield "households/resolved", {line["name"]: (line["cd"] - line["unimproved"], line["cd"])}
