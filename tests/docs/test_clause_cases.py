"""Whatever judges a clause of the notices fires, stays silent and stays unknown: for each of them there is a case.

What holds a clause is derived from the declarations (`docs.holders`); a holder without its three cases fails here.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from random import Random

import pandas as pd
import pytest

from docs.clauses import listed_clauses
from docs.holders import every_holder
from tests.docs.clause_cases import CASES, ELSEWHERE, Cells
from tests.recounts.lives import Fate
from tests.rules.houses import _GOES_WITHOUT_SAYING
from tests.rules.test_unreadable_cells import UNREADABLE
from tests.sheets import A_PLAIN_HOUSE, CLOSING_DAY, check, found_in, workbook
from tests.typed_rows import frame_of
from zjf.counting.rates import Rate
from zjf.monitoring.goals import GoalLine, GoalStanding
from zjf.monitoring.papers import PaperLine, PaperState
from zjf.notices.loading import known_notices
from zjf.notices.notice import Notice
from zjf.notices.provisions import Goal, RequiredPaper
from zjf.notices.vocabulary import REPORTED
from zjf.rules.phases import DatedStep, dated_steps
from zjf.rules.registry import RULES, Judgement
from zjf.schemas import FORMS

JUDGING = ("判断", "到日核对", "算目标", "按期收报", "按期核对")


def codes() -> list[str]:
    """The codes that hold a clause: those that cite it, and those that are named by hand."""
    cited = (holder.what for holder in every_holder() if holder.does == "判断")
    by_hand = (name for listed in listed_clauses().values() for clause in listed for name in clause.by_hand)
    return sorted({found[0] for text in (*cited, *by_hand) if (found := re.search(r"[A-Z]\d{3}", text))})


def test_every_code_that_holds_a_clause_has_its_three_cases() -> None:
    judged_by_day = {"R603", "R611", "R612"}  # phases and goals, below, one by one
    assert sorted(CASES.keys() | ELSEWHERE.keys() | judged_by_day) == sorted({*codes(), *judged_by_day})


@pytest.mark.parametrize(("code", "where"), ELSEWHERE.items())
def test_what_no_row_tells_has_its_cases_elsewhere(code: str, where: tuple[str, ...]) -> None:
    module = import_module(where[0])
    assert code in Path(str(module.__file__)).read_text("utf-8")
    assert all(callable(getattr(module, name)) for name in where[1:])


def reads(code: str) -> tuple[str, tuple[str, ...]]:
    """The form that a rule is about, and the columns that it reads in its case."""
    pairwise = {"L202": ("judged_on", "reviewed_on"), "L203": ("grade",)}
    return ("house-ledger", pairwise[code]) if code in pairwise else (RULES[code].form, RULES[code].needs)


def row_of(code: str, cells: Cells) -> Cells:
    """A row in which nothing else is said: a plain house, or a row of another form as it is given."""
    if reads(code)[0] != "house-ledger":
        return cells
    row = {name: text.format(number=1) for name, text in A_PLAIN_HOUSE.items()} | cells
    filled = {
        name: text for name, (text, holds) in _GOES_WITHOUT_SAYING.items() if name not in cells and holds(row)
    }
    return row | filled


def fires(code: str, row: Cells) -> bool:
    judgement = Judgement(closing_day=CLOSING_DAY, judging_day=date(2024, 4, 1))
    sheet = [["填报单位：城关街道"], list(row), list(row.values())]
    return code in {found for found, _ in found_in(check(workbook(sheet), judgement=judgement))}


@pytest.mark.parametrize("code", CASES)
def test_a_rule_fires_and_is_silent(code: str) -> None:
    firing, change = CASES[code]
    assert fires(code, row_of(code, firing))
    assert not fires(code, row_of(code, firing | change))


def unreadable(code: str) -> Iterator[tuple[str, Cells]]:
    """The row on which a rule fires, each time with one of the cells that it reads unreadable."""
    form, needs = reads(code)
    row = row_of(code, CASES[code][0])
    for name in needs:
        field = FORMS[form].by_name[name]
        if field.kind in UNREADABLE:
            yield field.heading.text, row | {field.heading.text: UNREADABLE[field.kind]}


@pytest.mark.parametrize("code", CASES)
def test_a_rule_is_unknown_where_a_cell_that_it_reads_cannot_be_read(code: str) -> None:
    rows = list(unreadable(code))
    assert rows
    for heading, row in rows:
        # what marks several cells (L202, L217, L302) may still stand at one that can be read
        assert not fires(code, row), heading


DATED = [(name, dated) for name in known_notices() for dated in dated_steps(Notice.load(name).phases)]


@pytest.mark.parametrize(
    ("notice", "dated"), DATED, ids=lambda said: said if isinstance(said, str) else said.name
)
def test_a_phase_names_who_has_not_done_it_from_the_next_day_on(notice: str, dated: DatedStep) -> None:
    fate = Fate(Random(notice), dated.until)
    houses = dated.step.form == "house-ledger"
    rows = frame_of(
        (
            fate.house(number, "城关街道", shops=True) if houses else fate.household(number, "城关街道")
            for number in range(400)
        ),
        dated.step.form,
    )
    if dated.asked.judged_before:
        rows["judged_on"] = rows.judged_on.map(lambda day: day and day - timedelta(days=400)).astype(object)
    holds = dated.rule(notice).holds
    day_after = holds(rows, Judgement(dated.until + timedelta(days=1)))
    on_the_day = holds(rows, Judgement(dated.until))
    assert isinstance(day_after, pd.Series)
    assert isinstance(on_the_day, pd.Series)
    assert day_after.any()
    assert not day_after.all()
    assert not on_the_day.any()
    # What the step reads must be known, else it is unknown (`Rule.check`).
    assert set(dated.rule(notice).needs) >= {
        need for need in dated.step.needs if need in FORMS[dated.step.form].by_name
    }


GOALS = [(name, goal) for name in known_notices() for goal in Notice.load(name).goals]


@pytest.mark.parametrize(
    ("notice", "goal"), GOALS, ids=lambda said: said if isinstance(said, str) else said.figure
)
def test_a_goal_is_missed_reached_or_unknown(notice: str, goal: Goal) -> None:
    rates = {"差": Rate(1, 3), "到": Rate(3, 3), "无": Rate(0, 0), "不知": None}
    units = {unit: GoalStanding(rate, goal.target) for unit, rate in rates.items()}
    assert goal.until is not None
    past = GoalLine(goal, f"{notice} {goal.clause}", goal.until + timedelta(days=1), units["差"], units)
    assert [problem.value for problem in past.problems("2024-W23")] == ["差"]
    assert past.unknown == ("不知",)
    assert list(replace(past, day=goal.until).problems("2024-W23")) == []


PAPERS = [
    (name, paper)
    for name in known_notices()
    for paper in Notice.load(name).papers
    if paper.due and paper.form
]


@pytest.mark.parametrize(
    ("notice", "paper"), PAPERS, ids=lambda said: said if isinstance(said, str) else said.name
)
def test_a_paper_is_missing_in_time_or_not_due(notice: str, paper: RequiredPaper) -> None:
    assert paper.due
    due = datetime(paper.due.year, paper.due.month, paper.due.day, 23, 59, 59, tzinfo=UTC)
    came = {"没来": None, "按时": due, "晚了": due + timedelta(seconds=1)}
    line = PaperLine(
        paper.name,
        paper.form,
        due,
        paper.clause,
        came,
        frozenset(),
        due + timedelta(days=2),
        paper.due + timedelta(days=2),
    )
    assert line.units == {"没来": PaperState.MISSING, "按时": PaperState.ON_TIME, "晚了": PaperState.LATE}
    assert replace(line, now=due).units["没来"] is PaperState.NOT_DUE
    assert replace(line, came={}).units == {}


def test_every_phase_and_goal_that_holds_a_clause_is_among_them() -> None:
    held = {
        holder.what for holder in every_holder() if holder.does in JUDGING and not holder.what.startswith("[")
    }
    notices = [Notice.load(name) for name in known_notices()]
    phases = {dated.phase.name for _, dated in DATED}
    reported = {
        phase.name
        for notice in notices
        for phase in notice.phases
        for asked in phase.asked
        if asked.step == REPORTED
    }
    papers = {paper.name for _, paper in PAPERS}
    cadences = {cadence.name for notice in notices for cadence in notice.cadences}
    left = held - phases - papers - reported - cadences
    labels = {f"{goal.target}%" for _, goal in GOALS}
    assert {what for what in left if not any(what.endswith(label) for label in labels)} == set()
