"""Punctuality: when each unit's return came in, who is late, and who has not reported (R601, R602)."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from zjf.county import County
from zjf.figures.summary import Coverage, expected_forms
from zjf.figures.units import HOUSES, PROGRESS
from zjf.ledger import Ledger
from zjf.notices.notice import Notice, missing_forms
from zjf.period import OFFICE_TIME, Period
from zjf.problems import Problem, problem


def first_arrivals(home: County, notice: Notice, ledger: Ledger, period: Period) -> dict[str, datetime]:
    """When each unit's return came in; a file in which its tables cannot be read is none.

    A correction sent after the deadline does not make a return late that was accepted before; a file that
    was sent back does not make one timely that could be accepted only later.
    """
    expected = expected_forms(home, notice)
    came = ledger.arrivals(str(period))
    seen = {(arrival.unit, arrival.form, arrival.sha256): arrival.first_seen_at for arrival in came}
    accepted: dict[str, dict[str, datetime]] = {}
    for submission in ledger.submissions(str(period), include_superseded=True):
        moment = seen.get((submission.unit, submission.form, submission.sha256), submission.received_at)
        forms = accepted.setdefault(submission.unit, {})
        forms[submission.form] = min(moment, forms.get(submission.form, moment))
    earliest: dict[str, datetime] = {}
    for arrival in came:
        if arrival.form in (expected or (HOUSES, PROGRESS)):
            earliest.setdefault(arrival.unit, arrival.first_seen_at)
    for unit, forms in accepted.items():
        if not missing_forms(expected, forms):
            owed = expected or tuple({HOUSES, PROGRESS} & set(forms))
            complete = max if expected else min
            earliest[unit] = complete(forms[form] for form in owed)
    return earliest


def is_late(arrived_at: datetime, deadline: datetime) -> bool:
    """Whether something came after its deadline, to the second: noon itself is in time at noon."""
    return arrived_at.replace(microsecond=0) > deadline


def late_and_missing(
    found: Coverage, arrivals: Mapping[str, datetime], deadline: datetime, now: datetime
) -> Iterator[Problem]:
    """R601 and R602: who is late, and who has not reported once the deadline is past. `value` is the unit.

    Args:
        found: Who reported.
        arrivals: When each unit's return came in (`first_arrivals`).
        deadline: By when it was due.
        now: The present moment.
    """
    for unit in found.expected:
        arrived_at = arrivals.get(unit)
        if arrived_at and is_late(arrived_at, deadline):
            what = f"{unit}迟报：截止 {_written(deadline)}，{_written(arrived_at)} 才收到"
            yield problem("R601", what, value=unit)
        elif unit in found.missing and not arrived_at and now > deadline:
            yield problem("R602", f"{unit}未报：已过截止时间 {_written(deadline)}", value=unit)


def reporting_as_json(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "unit": problem.value,
        "message": problem.message,
    }


def _written(moment: datetime) -> str:
    return f"{moment.astimezone(OFFICE_TIME):%Y-%m-%d %H:%M:%S}"
