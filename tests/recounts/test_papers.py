"""Ranks, the weekly summary and the monthly circular agree with a plain recount, under the five notices."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.monitoring import plain_recount as plain
from tests.recounts.board import RANKED, Recount, number_of
from tests.recounts.county import HOUSEHOLDS, SWEEP, UNITS, MadeUp
from tests.recounts.figures import ledger_of
from tests.recounts.sentences import is_compared
from tests.recounts.told import Told, month, percent, whole

pytestmark = pytest.mark.slow


def test_units_and_their_figures(paper: Told) -> None:
    for line in paper.said["units"]:
        unit = line["unit"]
        counts = paper.recount.counts(unit) or {}
        assert line["counts"] == counts, unit
        for name, rate in line["rates"].items():
            assert (rate["numerator"], rate["denominator"]) == paper.recount.goal_rate(unit, name)
        for figure in every_figure():
            rate, said = paper.recount.rate(unit, figure), line["progress"].get(figure)
            assert (said and (said["numerator"], said["denominator"])) == rate, (unit, figure)
            assert said is None or said["population"] == figure.split("/")[0]


def every_figure() -> list[str]:
    return [
        f"{population}/{step}"
        for population in ("commercial", "noncommercial", "all", "households")
        for step in RANKED["households" if population == "households" else "all"]
    ]


def test_the_county_and_what_changed(paper: Told) -> None:
    """Sums of those that tell a figure; changes of those alone that told it both times."""
    said, recount, earlier = paper.said["county"], paper.recount, paper.earlier
    for figure in every_figure():
        now = {unit: rate for unit in UNITS if (rate := recount.rate(unit, figure))}
        shown = said["progress"].get(figure)
        assert (shown and (shown["numerator"], shown["denominator"])) == whole(now.values()), figure
        compared = now if is_compared(paper, figure) else {}
        then = {unit: rate for unit in compared if earlier and (rate := earlier.rate(unit, figure))}
        if shown:
            before, after = whole(then.values()), whole(now[unit] for unit in then)
            assert (shown["before"], shown["after"]) == (percent(before), percent(after)), figure
    for form, counts_of in (("attachment-2", Recount.counts), ("attachment-1", Recount.reviews)):
        _counts_of_the_county(said["forms"].get(form, {"counts": {}})["counts"], paper, counts_of)


def _counts_of_the_county(
    shown: dict[str, Any], paper: Told, counts_of: Callable[[Recount, str], dict[str, int] | None]
) -> None:
    """Each count of a form: the county's, and what it was and is of the units that sent the form both times."""
    now = {unit: counts for unit in UNITS if (counts := counts_of(paper.recount, unit))}
    then = {unit: counts for unit in now if paper.earlier and (counts := counts_of(paper.earlier, unit))}
    for name in next(iter(now.values()), {}):
        assert shown[name]["value"] == sum(counts[name] for counts in now.values()), name
        if then:
            assert shown[name]["before"] == sum(counts[name] for counts in then.values()), name
            assert shown[name]["after"] == sum(now[unit][name] for unit in then), name
            assert shown[name]["change"] == shown[name]["after"] - shown[name]["before"], name
        else:
            assert shown[name]["change"] is None, name


def test_ranks(paper: Told) -> None:
    assert list(paper.said["ranking"]) == paper.ranked()
    for figure in paper.ranked():
        rates = {unit: paper.recount.goal_rate(unit, figure) for unit in paper.units()}
        ranking = paper.said["ranking"][figure]
        fair = {unit: rate for unit, rate in rates.items() if rate and 0 <= rate[0] <= rate[1]}
        ranks = plain.ranks(fair)
        assert {place["unit"]: place["rank"] for place in ranking["places"]} == ranks, figure
        assert [place["rank"] for place in ranking["places"]] == sorted(ranks.values())
        assert set(ranking["unknown"]) == {unit for unit, rate in rates.items() if rate is None}
        assert set(ranking["nothing_to_do"]) == {
            unit for unit, rate in rates.items() if rate and rate[1] <= 0 and rate[0] <= 0
        }
        assert set(ranking["over"]) == {
            unit for unit, rate in rates.items() if rate and rate[0] > max(rate[1], 0)
        }
        assert ranking["in_part"] == []
        assert set(ranking["behind"]) == behind(ranks), figure
        for line in paper.said["units"]:
            assert line["ranks"][figure] == ranks.get(line["unit"])


def behind(ranks: dict[str, int]) -> set[str]:
    """From the last rank upwards, rank by rank: all of a rank, as long as it is half of the units at most.

    More than three only where they share the last rank.
    """
    last: set[str] = set()
    for rank in sorted(set(ranks.values()), reverse=True):
        more = last | {unit for unit, own in ranks.items() if own == rank}
        if 2 * len(more) > len(ranks) or (last and len(more) > 3):
            break
        last = more
    return last


def test_who_holds_a_figure_back(paper: Told) -> None:
    for figure in paper.ranked():
        if "/" in figure:
            population, step = figure.split("/")
            concerns, done = plain.steps_of(population)[step]
            owed: dict[str, list[str]] = {}
            for unit in UNITS:
                for row in paper.recount.past.rows(unit, ledger_of(population)) or []:
                    if plain.belongs(row, population):
                        day = paper.recount.closing_day
                        if concerns(row, day) and not done(row, day):
                            owed.setdefault(unit, []).append(number_of(row))
            assert {unit: sorted(numbers) for unit, numbers in paper.said["owed"][figure].items()} == {
                unit: sorted(numbers) for unit, numbers in owed.items()
            }


def test_duties_and_deadlines(paper: Told) -> None:
    for said, of_unit in (
        (paper.said["breaches"], Recount.breaches),
        (paper.said["overdue"], Recount.overdue),
    ):
        for shown in said.values():
            houses = shown.pop("houses", None)  # of the duties; those overdue are listed one by one
            if houses is not None:
                assert {unit: len(numbers) for unit, numbers in houses.items()} == shown["units"]
        counts = {unit: of_unit(paper.recount, unit) for unit in UNITS}
        codes = {code for own in counts.values() for code in own}
        assert said == {
            code: {
                "total": sum(own.get(code, 0) for own in counts.values()),
                "units": {unit: own[code] for unit, own in counts.items() if code in own},
            }
            for code in sorted(codes)
        }


def test_attendance(paper: Told) -> None:
    coverage, recount = paper.said["coverage"], paper.recount
    for state in ("reported", "late", "nil", "sent_back", "missing"):
        assert coverage[state] == [
            unit for unit in UNITS if recount.standing(unit).replace("-", "_") == state
        ], state
    assert coverage["not_counted"] == [unit for unit in UNITS if unit not in paper.units()]


def test_households_and_sweep(paper: Told) -> None:
    recount = paper.recount
    if recount.scope == "households":
        by_unit = {line["name"]: line for line in paper.said["households"]["by_unit"]}
        for unit in UNITS:
            rows = recount.past.rows(unit, HOUSEHOLDS)
            assert (unit in by_unit) == (rows is not None)
            if rows is not None:
                figures = {
                    name: figure
                    for name, figure in by_unit[unit].items()
                    if name in households(rows, recount)
                }
                assert figures == households(rows, recount), unit
    lines = {(line["unit"], line["village"]): line for line in paper.said["sweep"]}
    swept = {(unit, row["village"]): row for unit in UNITS for row in recount.past.rows(unit, SWEEP) or []}
    assert lines.keys() == swept.keys()
    for place, row in swept.items():
        assert all(lines[place]["now"][name] == row[name] for name in lines[place]["now"])
        rows = (paper.earlier.past.rows(place[0], SWEEP) or []) if paper.earlier else []
        before = [earlier for earlier in rows if earlier["village"] == place[1]]
        assert bool(lines[place]["before"]) == bool(before)


def households(rows: list[dict[str, Any]], recount: Recount) -> dict[str, Any]:
    dangerous = [row for row in rows if row["appraisal_grade"] in ("C", "D")]
    visits = [row for row in rows if row["structure"] in ("土坯结构", "土木结构", "砖木结构")]
    unimproved = [row for row in dangerous if row["improved_on"] is None]
    return {
        "households": len(rows),
        "appraised": sum(bool(row["appraised_on"] or row["appraisal_grade"]) for row in rows),
        "cd": len(dangerous),
        "unimproved": len(unimproved),
        "plated": sum(row["has_plate"] == "是" for row in rows),
        "to_be_visited": len(visits),
        "visited": sum(plain.in_quarter(row["visited_on"], recount.closing_day) for row in visits),
        "unimproved_households": [row["household_no"] for row in unimproved],
        "in_dangerous_house": sum(row["in_dangerous_house"] == "是" for row in rows),
        "leaking": sum(row["leaks"] == "是" for row in rows),
        "living_not_told": sum(None in (row["in_dangerous_house"], row["leaks"]) for row in rows),
    }


def test_how_units_kept_to_the_month_s_deadlines(county: MadeUp) -> None:
    """Each of the periods that close in the month and are past their deadline; the silent ones count, too."""
    told = month(county)
    conduct = told.said["conduct"]
    judged = [period for period in conduct["periods"] if period in county.past]
    for line in conduct["units"]:
        recounts = [Recount(county, period, told.recount.now) for period in judged]
        stands = [recount.standing(line["unit"]) for recount in recounts]
        silent = len(conduct["periods"]) - len(judged)
        assert line["missing"] == stands.count("missing") + silent
        assert line["sent_back"] == stands.count("sent-back")
        assert line["due"] == len(conduct["periods"])
        late = [
            state in ("late", "nil") and recount.is_late(line["unit"])
            for state, recount in zip(stands, recounts, strict=True)
        ]
        assert line["late"] == sum(late)
