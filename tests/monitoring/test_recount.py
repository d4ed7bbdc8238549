"""Ranks, goals and lists of houses agree with a plain recount, on random counties, under each notice."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.monitoring import plain_recount as plain
from tests.typed_rows import frame_of
from zjf.briefings.briefing import rate_of
from zjf.briefings.ranking import Ranking, ranked_figures
from zjf.counting.rates import Rate
from zjf.county import County
from zjf.figures.progress import FIGURES, progress_behind
from zjf.figures.reckoning import Reckoning
from zjf.ledger import Acceptance, Ledger
from zjf.monitoring.due import due_list
from zjf.monitoring.due_houses import DueList, State
from zjf.monitoring.goals import Reached, goal_lines
from zjf.monitoring.vanished_entries import VanishedEntries
from zjf.notices.notice import Notice
from zjf.notices.provisions import PhaseStep

UNITS = ("城关街道", "青石镇", "柳溪镇", "白鹭镇")
SILENT = "望江镇"
ABOUT = {
    "yunyang-2022": date(2022, 9, 10),
    "rongan-2022": date(2022, 9, 30),
    "jiaxiang-2024": date(2024, 6, 15),
    "jiafeng-2024": date(2024, 6, 25),
    "yunxiao-2020": date(2020, 6, 30),
}
"""A day of each notice around which the houses' dates lie."""
DAYS = (-40, -14, 0, 1, 400)
"""Days on which one looks, from there."""


class MadeUp:
    """A county of random houses and households on record for a day."""

    def __init__(self, folder: Path, notice: str, seed: int, *, size: int = 300) -> None:
        random = Random(f"{notice} {seed}")
        about = ABOUT[notice]
        places = [random.choice(UNITS) for _ in range(size)]
        self.houses = [
            plain.random_house(random, number, unit, about, commercial=False if unit == "白鹭镇" else None)
            for number, unit in enumerate(places)
        ]
        self.households = [
            plain.random_household(random, number, unit, about) for number, unit in enumerate(places)
        ]
        self.period = str(about)
        names = "".join(f'[[units]]\nname = "{unit}"\n' for unit in (*UNITS, SILENT))
        (folder / "zjf.toml").write_text(f'[county]\nname = "云水县"\nnotice = "{notice}"\n{names}', "utf-8")
        ledger = Ledger.open("sqlite:///ledger.db", folder=folder)
        ledger.accept(
            [
                self._accepted(unit, form, rows)
                for unit in UNITS
                for form, rows in (("house-ledger", self.houses), ("household-ledger", self.households))
            ]
        )
        self.reckoning = Reckoning(County.load(folder), Notice.load(notice), ledger)

    def _accepted(self, unit: str, form: str, rows: list[plain.Row]) -> Acceptance:
        own = frame_of((row for row in rows if row["township"] == unit), form)
        return Acceptance(
            unit=unit,
            form=form,
            period=self.period,
            file_name=f"{unit}{form}.xlsx",
            sha256=f"{unit}{form}",
            frame=own,
            rows_read=len(own),
        )

    def rows(self, population: str) -> list[plain.Row]:
        return self.households if population == "households" else self.houses


@pytest.fixture(scope="module", params=[(notice, seed) for notice in ABOUT for seed in (1, 2)], ids=str)
def county(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> MadeUp:
    """A county that nobody changes."""
    return MadeUp(tmp_path_factory.mktemp("county"), *request.param)


def test_progress_and_ranks(county: MadeUp) -> None:
    day = date.fromisoformat(county.period)
    units = county.reckoning.units(county.period)
    for name, figure in FIGURES.items():
        population, step = name.split("/")
        expected = {
            unit: plain.figure(
                [row for row in county.rows(population) if row["township"] == unit], population, step, day
            )
            for unit in UNITS
        }
        found = {unit.unit: unit.progress[name] for unit in units}
        assert {unit: (rate.numerator, rate.denominator) for unit, rate in found.items()} == expected
        rows = county.reckoning.rows(figure.population.form, county.period)
        behind = progress_behind(figure, rows, county.reckoning.closing_day(county.period))
        assert behind.rate == _sum(expected)
    for ranked in ranked_figures(county.reckoning.notice.scope):
        ranking = Ranking.of({unit.unit: rate_of(unit, ranked.name) for unit in units})
        if ranked.name in FIGURES:
            population, step = ranked.name.split("/")
            counted = {
                unit: plain.figure(
                    [row for row in county.rows(population) if row["township"] == unit], population, step, day
                )
                for unit in UNITS
            }
            assert ranking.ranks == plain.ranks(counted)
            assert set(ranking.nothing_to_do) == {unit for unit, (_, due) in counted.items() if not due}


def test_a_unit_without_commercial_houses_is_never_first_in_a_commercial_campaign(tmp_path: Path) -> None:
    county = MadeUp(tmp_path, "yunyang-2022", 7)
    units = county.reckoning.units(county.period)
    for ranked in ranked_figures("commercial"):
        ranking = Ranking.of({unit.unit: rate_of(unit, ranked.name) for unit in units})
        assert "白鹭镇" in ranking.nothing_to_do
        assert "白鹭镇" not in ranking.ranks


@pytest.mark.parametrize("offset", DAYS)
def test_goals(county: MadeUp, offset: int) -> None:
    day = date.fromisoformat(county.period) + timedelta(days=offset)
    lines = goal_lines(county.reckoning, county.period, {}, VanishedEntries(), day)
    assert [line.goal for line in lines] == list(county.reckoning.notice.goals)
    closing = date.fromisoformat(county.period)
    for line in lines:
        assert line.units[SILENT].reached is Reached.UNKNOWN
        if line.goal.figure not in FIGURES:
            continue
        population, step = line.goal.figure.split("/")
        for unit in UNITS:
            own = [row for row in county.rows(population) if row["township"] == unit]
            done, due = plain.figure(own, population, step, closing)
            standing = line.units[unit]
            if due == 0:
                assert (standing.reached, standing.short_by) == (Reached.NO_TASK, None)
            else:
                assert standing.short_by == plain.short_by(done, due, line.goal.target)
        short = {unit for unit in UNITS if line.units[unit].reached is Reached.SHORT}
        past = line.goal.until is not None and line.goal.until < day
        assert {problem.value for problem in line.problems(county.period)} == (short if past else set())


@pytest.mark.parametrize("offset", DAYS)
def test_lists_of_houses(county: MadeUp, offset: int) -> None:
    day = date.fromisoformat(county.period) + timedelta(days=offset)
    found = due_list(county.reckoning, county.period, day)
    assert SILENT in {unit for units in found.unknown.values() for unit in units}
    assert _entries(found) == sorted(_expected(county, day))
    assert sum(sum(units.values()) for units in found.groups.values()) == len(found.houses)


def _entries(found: DueList) -> list[tuple[Any, ...]]:
    return sorted(
        (house.state.value, house.code, house.task.name, house.unit, house.house_id, house.until)
        for house in found.houses
    )


def _expected(county: MadeUp, day: date) -> list[tuple[Any, ...]]:
    entries = [*_of_phases(county, day)]
    for house in county.houses:
        if house["due_on"] and not plain.resolved(house):
            entries += _entry("L212", "整治期限", house, house["due_on"], day)
    for household in county.households:
        appraised = household["appraised_on"] or household["appraisal_grade"]
        if household["listed_on"] and not appraised:
            until = _a_month_later(household["listed_on"])
            entries += _entry("R604", "新增困难户鉴定", household, until, day)
        if county.reckoning.notice.visits_since:
            _visits(household, county, day, entries)
    return entries


def _of_phases(county: MadeUp, day: date) -> Iterator[tuple[Any, ...]]:
    for phase in county.reckoning.notice.phases:
        for asked in phase.asked:
            if asked.step != "reported" and phase.until:
                concerns, done = plain.steps_of(asked.population)[asked.step]
                code = "R603" if asked.step == "verdict" else "R611"
                for row in county.rows(asked.population):
                    if _chosen(row, asked) and concerns(row, day) and not done(row, day):
                        yield from _entry(code, asked.name or phase.name, row, phase.until, day)


def _chosen(row: plain.Row, asked: PhaseStep) -> bool:
    early = not asked.judged_before or _before(row["judged_on"], asked.judged_before)
    return plain.belongs(row, asked.population) and _among(row, asked.among) and early


def _entry(code: str, name: str, row: plain.Row, until: date, day: date) -> list[tuple[Any, ...]]:
    left = (until - day).days
    state = State.OVERDUE if left < 0 else State.DUE
    number = row.get("house_id") or row["household_no"]
    return [(state.value, code, name, row["township"], number, until)] if left <= 14 else []


def _visits(household: plain.Row, county: MadeUp, day: date, entries: list[tuple[Any, ...]]) -> None:
    if household["structure"] not in ("土坯结构", "土木结构", "砖木结构"):
        return
    visited = household["visited_on"]
    told_on = min(day, date.fromisoformat(county.period))
    begun = max(filter(None, (county.reckoning.notice.visits_since, household["listed_on"])))
    first, last = _quarter(begun)
    while last < told_on:
        if visited is None or visited < first:
            entries.append(
                ("overdue", "R605", "季度回访", household["township"], household["household_no"], last)
            )
        first, last = _quarter(last + timedelta(days=1))
    first, last = _quarter(day)
    if (last - day).days < 15 and (visited is None or visited < first):
        entries.append(("due", "R605", "季度回访", household["township"], household["household_no"], last))


def _quarter(day: date) -> tuple[date, date]:
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    after = date(day.year + first.month // 10, (first.month + 2) % 12 + 1, 1)
    return first, after - timedelta(days=1)


def _a_month_later(day: date) -> date:
    year, month = day.year + day.month // 12, day.month % 12 + 1
    for number in range(day.day, 0, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError


def _among(row: plain.Row, group: str | None) -> bool:
    if group is None:
        return True
    return {
        "cd": plain.cd(row),
        "severe": plain.severe(row),
        "confirmed": plain.cd(row) or (plain.severe(row) and row["review_result"] == "有隐患"),
    }[group]


def _before(day: date | None, other: date) -> bool:
    return day is not None and day < other


def _sum(figures: dict[str, tuple[int, int]]) -> Rate:
    return Rate(sum(done for done, _ in figures.values()), sum(due for _, due in figures.values()))
