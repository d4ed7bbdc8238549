"""Punctuality: when each unit's return came in, who is late, and who has not reported (R601, R602)."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from zjf.figures.reckoning import Reckoning
from zjf.figures.summary import Coverage, expected_forms
from zjf.ledger import Ledger
from zjf.notices.notice import missing_forms
from zjf.period import OFFICE_TIME, Period, to_the_minute
from zjf.problems import Problem, problem
from zjf.public_json import parts
from zjf.schemas.form_ids import HOUSES, PROGRESS


def first_arrivals(reckoning: Reckoning, period: Period) -> dict[str, datetime]:
    """Returns the moment at which each unit's return was complete: all forms that it owes had come in.

    A return that was accepted in time stays in time when it is corrected later. A file that was sent back makes no
    return timely; nor does one in which no table could be read.
    """
    expected, ledger = expected_forms(reckoning.home, reckoning.notice), reckoning.ledger
    accepted: dict[str, dict[str, datetime]] = {}
    for (unit, form, _), moment in accepted_arrivals(ledger, str(period)).items():
        forms = accepted.setdefault(unit, {})
        forms[form] = min(moment, forms.get(form, moment))
    earliest: dict[str, datetime] = {}
    for arrival in ledger.arrivals(str(period)):
        if arrival.form in (expected or (HOUSES, PROGRESS)):
            earliest.setdefault(arrival.unit, arrival.first_seen_at)
    for unit, forms in accepted.items():
        if not missing_forms(expected, forms):
            owed = expected or tuple({HOUSES, PROGRESS} & set(forms))
            complete = max if expected else min
            earliest[unit] = complete(forms[form] for form in owed)
    return earliest


def accepted_arrivals(ledger: Ledger, period: str) -> dict[tuple[str, str, str], datetime]:
    """Returns when each table came that was accepted for a period, superseded or not, by unit, form and digest."""
    seen = {
        (arrival.unit, arrival.form, arrival.sha256): arrival.first_seen_at
        for arrival in ledger.arrivals(period)
    }
    accepted = ledger.submissions(period, include_superseded=True)
    return {
        (key := (submission.unit, submission.form, submission.sha256)): seen.get(key, submission.received_at)
        for submission in reversed(accepted)  # of a file that was accepted twice, the first time counts
    }


def is_late(arrived_at: datetime, deadline: datetime) -> bool:
    """Whether something came after its deadline, to the second: noon itself is in time at noon."""
    return arrived_at.replace(microsecond=0) > deadline


def late_and_missing(
    coverage: Coverage, arrivals: Mapping[str, datetime], deadline: datetime, now: datetime
) -> Iterator[Problem]:
    """Yields R601 of each unit that is late, and R602 of each that owes its return after the deadline.

    A problem's `value` is the unit.
    """
    for unit in coverage.expected:
        arrived_at = arrivals.get(unit)
        if arrived_at and is_late(arrived_at, deadline):
            what = f"{unit}迟报：截止 {to_the_minute(deadline)}，{arrived_at.astimezone(OFFICE_TIME):%Y-%m-%d %H:%M:%S} 才收到"
            yield problem("R601", what, value=unit)
        elif unit in coverage.missing and not arrived_at and now > deadline:
            yield problem("R602", f"{unit}未报：已过截止时间 {to_the_minute(deadline)}", value=unit)


def reporting_as_json(problem: Problem) -> parts.ReportingProblem:
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "unit": problem.value,
        "message": problem.message,
    }
