"""The houses and households for which a deadline is near, or has passed.

Units that sent no ledger are named apart: nothing is known of their houses.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from itertools import repeat
from typing import Any

import pandas as pd

from zjf.checking.accepted_notes import WAIVED_WHEN_TAKEN_IN, waived_when_taken_in
from zjf.checking.waivers import waivers_shown
from zjf.counting.populations import POPULATIONS
from zjf.counting.steps import STEPS
from zjf.figures.partial_returns import parts_taken
from zjf.figures.reckoning import Reckoning
from zjf.monitoring.due_houses import DueHouse, DueList, State, Task
from zjf.monitoring.visits import missed_quarters
from zjf.notices.notice import Notice
from zjf.problems import CATALOGUE
from zjf.rules.households import VISIT_DUE_DAYS, months_later, visit_due
from zjf.rules.phases import dated_steps
from zjf.rules.registry import columns_read
from zjf.rules.reporting import AHEAD_DAYS
from zjf.schemas.form_ids import HOUSEHOLDS, HOUSES
from zjf.schemas.house_facts import resolved
from zjf.schemas.household_facts import household_appraised, last_of_quarter
from zjf.schemas.shared_facts import columns_of, sharing_facts

_VERDICT = next(step for step in STEPS if step.id == "verdict")

_DaysOfRows = Callable[[pd.DataFrame], "pd.Series[Any]"]
_RowTest = Callable[[pd.DataFrame], "pd.Series[bool]"]


@dataclass(frozen=True)
class _DatedTask:
    """A task, and which rows still owe it by which day.

    Args:
        waits: Tells the rows that still owe it.
        until: The day by which every row owes it, or what tells each row's day.
        needs: The columns of the house ledger that the two read.
    """

    task: Task
    waits: _RowTest
    until: _DaysOfRows | date
    needs: tuple[str, ...] = ()

    @property
    def days_ahead(self) -> int:
        """How many days before its last day it is near."""
        return VISIT_DUE_DAYS - 1 if self.task.code == "R605" else AHEAD_DAYS


def due_list(reckoning: Reckoning, period: str, day: date) -> DueList:
    """Returns what is due within two weeks and what is overdue, of the units' ledgers of a period.

    Args:
        day: The day as of which it is worked out: the period's closing day, or today before it.
    """
    notice, names = reckoning.notice, reckoning.home.roster.names
    submissions = reckoning.ledger.submissions(period)
    sent = {(submission.unit, submission.form) for submission in submissions}
    parts = parts_taken(submissions, names)
    every_task = (
        *_tasks_of_phases(notice, day),
        *_tasks_of_houses(notice, day),
        *_tasks_of_households(notice, day),
    )
    dated_tasks = _near(every_task, day)
    households = reckoning.rows(HOUSEHOLDS, period)
    expected = {dated_step.step.form for dated_step in dated_steps(notice.phases)}
    silent = {
        form: tuple(unit for unit in names if (unit, form) not in sent) for form in (HOUSES, HOUSEHOLDS)
    }
    houses = _due_by_task(dated_tasks, _ledgers(reckoning, period, dated_tasks, households), day)
    missed = _missed_visits(reckoning, households, period, day)
    return DueList(
        day,
        tuple(_with_waivers((*houses, *missed), reckoning, period, day)),
        {form: units for form, units in silent.items() if form in expected},
        {form: parts[form] for form in silent if parts.get(form)},
        {form: units for form, units in silent.items() if form not in expected},
    )


def due_of_houses(reckoning: Reckoning, period: str, houses: pd.DataFrame, day: date) -> tuple[DueHouse, ...]:
    """Returns what is due within two weeks and what is overdue of some houses."""
    tasks = (*_tasks_of_phases(reckoning.notice, day), *_tasks_of_houses(reckoning.notice, day))
    of_houses = [dated_task for dated_task in _near(tasks, day) if dated_task.task.form == HOUSES]
    return tuple(_with_waivers(_due_by_task(of_houses, [(HOUSES, houses)], day), reckoning, period, day))


def _near(dated_tasks: Iterable[_DatedTask], day: date) -> list[_DatedTask]:
    """Returns the tasks without those whose one day is further off than what is near, whatever the rows say."""
    return [
        dated_task
        for dated_task in dated_tasks
        if not isinstance(dated_task.until, date) or (dated_task.until - day).days <= dated_task.days_ahead
    ]


def _ledgers(
    reckoning: Reckoning, period: str, dated_tasks: Iterable[_DatedTask], households: pd.DataFrame
) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yields the form and the rows of the ledgers: the houses a few units at a time, then all households."""
    needs = {"village", *(need for task in dated_tasks if task.task.form == HOUSES for need in task.needs)}
    for houses in reckoning.columns(HOUSES, period, needs):
        yield HOUSES, houses
    yield HOUSEHOLDS, households


def _due_by_task(
    dated_tasks: Sequence[_DatedTask], ledgers: Iterable[tuple[str, pd.DataFrame]], day: date
) -> list[DueHouse]:
    """Returns what is due of the ledgers' rows, in the order of the tasks."""
    by_task: list[list[DueHouse]] = [[] for _ in dated_tasks]
    for form, rows in ledgers:
        with sharing_facts(columns_of(rows)):
            for dated_task, houses in zip(dated_tasks, by_task, strict=True):
                if dated_task.task.form == form:
                    houses += _due_rows(dated_task, rows, day)
    return [house for houses in by_task for house in houses]


def _due_rows(dated_task: _DatedTask, rows: pd.DataFrame, day: date) -> Iterator[DueHouse]:
    if rows.empty:
        return
    waiting = rows.loc[dated_task.waits(columns_of(rows)).to_numpy()]
    numbers, listed_on = (
        (waiting.household_no, waiting.listed_on)
        if dated_task.task.form == HOUSEHOLDS
        else (waiting.house_id, repeat(None, len(waiting)))
    )
    until_all = dated_task.until
    days = repeat(until_all, len(waiting)) if isinstance(until_all, date) else until_all(waiting)
    columns = zip(waiting.township, waiting.village, numbers, days, listed_on, strict=True)
    for unit, village, house_id, until, listed in columns:
        left = (until - day).days
        if left <= dated_task.days_ahead:
            yield DueHouse(
                State.OVERDUE if left < 0 else State.DUE,
                dated_task.task,
                str(unit),
                str(village or ""),
                str(house_id),
                until,
                left,
                listed_later=bool(listed and listed > until),
            )


def _with_waivers(
    houses: Iterable[DueHouse], reckoning: Reckoning, period: str, day: date
) -> Iterator[DueHouse]:
    """Yields the houses, marked where a waiver covers them now, or did when their ledger was accepted."""
    in_force = waivers_shown(reckoning.home, day, reckoning.ledger.people)
    waiver_texts = {waiver.holds_of: str(waiver) for waiver in in_force}
    waived_before = waived_when_taken_in(reckoning.ledger.submissions(period, HOUSES))
    for house in houses:
        waived = waiver_texts.get((house.code, house.house_id)) or waiver_texts.get((house.code, house.unit))
        if not waived and (house.unit, house.code, house.house_id) in waived_before:
            waived = WAIVED_WHEN_TAKEN_IN
        yield replace(house, waived=waived) if waived else house


def _clause(notice: Notice, code: str) -> str:
    """Returns where the notice in force says it; empty where only others do, as no paper cites another notice."""
    name = notice.title.rstrip("0123456789")
    parts = [part for part in (CATALOGUE[code].clause or "").split("；") if name and part.startswith(name)]
    return f"{notice.title} {'，'.join(part.removeprefix(name).strip() for part in parts)}" if parts else ""


def _visit_task(notice: Notice) -> Task:
    return Task(
        "R605",
        "季度回访",
        "visited",
        POPULATIONS["households"].label,
        "困难群众住房中土坯、土木、砖木结构的",
        HOUSEHOLDS,
        _clause(notice, "R605"),
    )


def _tasks_of_phases(notice: Notice, day: date) -> Iterator[_DatedTask]:
    for dated_step in dated_steps(notice.phases):
        task = Task(
            dated_step.entry.code,
            dated_step.name,
            dated_step.step.id,
            dated_step.population.label,
            dated_step.asked.whom,
            dated_step.step.form,
            f"{notice.title} {dated_step.phase.clause}",
            dated_step.entry.severity,
        )
        yield _DatedTask(task, partial(dated_step.owed, day=day), dated_step.until, dated_step.needs)


def _tasks_of_houses(notice: Notice, day: date) -> Iterator[_DatedTask]:
    everything = POPULATIONS["all"].label
    task = Task(
        "L212",
        "整治期限",
        "resolved",
        everything,
        f"{everything}中定有整治期限的",
        HOUSES,
        _clause(notice, "L212"),
    )
    yield _DatedTask(
        task,
        lambda rows: rows.due_on.notna() & ~resolved(rows),
        lambda rows: rows.due_on,
        columns_read(("due_on", "resolved")),
    )
    if verdict_days := notice.thresholds.verdict_days:
        clause = f"{notice.title} {verdict_days.clause}".strip()
        task = Task(
            "R603",
            f"初判后 {verdict_days.value} 天内有结论",
            "verdict",
            everything,
            f"{everything}中初判有隐患的",
            HOUSES,
            clause,
        )
        days_granted = timedelta(days=verdict_days.value)
        yield _DatedTask(
            task,
            lambda rows: _VERDICT.owed(rows, day) & rows.judged_on.notna(),
            lambda rows: rows.judged_on.map(lambda judged: judged + days_granted),
            columns_read(("judged_on", *_VERDICT.needs)),
        )


def _tasks_of_households(notice: Notice, day: date) -> Iterator[_DatedTask]:
    months = notice.thresholds.appraisal_months.value
    yield _DatedTask(
        Task(
            "R604",
            "新增困难户鉴定",
            "appraised",
            POPULATIONS["households"].label,
            "困难群众住房中新纳入名单的",
            HOUSEHOLDS,
            _clause(notice, "R604"),
        ),
        lambda rows: rows.listed_on.notna() & ~household_appraised(rows),
        lambda rows: rows.listed_on.map(lambda listed: months_later(listed, months)),
    )
    if notice.visits_since:
        yield _DatedTask(_visit_task(notice), lambda rows: visit_due(rows, day), last_of_quarter(day))


def _missed_visits(
    reckoning: Reckoning, households: pd.DataFrame, period: str, day: date
) -> Iterator[DueHouse]:
    """Yields the quarters that passed without a visit; they stay listed, whatever visits come later."""
    since = reckoning.notice.visits_since
    if since is None or households.empty:
        return
    quarters, task = missed_quarters(reckoning, period, day, since), _visit_task(reckoning.notice)
    columns = zip(households.township, households.village, households.household_no, strict=True)
    missed = [
        (last_of_quarter(quarter), str(unit), str(village or ""), str(number))
        for unit, village, number in columns
        for quarter in quarters.get((unit, number), ())
    ]
    for until, unit, village, number in sorted(missed, key=lambda visit: visit[0]):
        yield DueHouse(State.OVERDUE, task, unit, village, number, until, (until - day).days)
