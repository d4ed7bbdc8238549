"""Attendance: the periods for which returns are expected, whether anybody reported or not."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Literal

from zjf.figures.reckoning import Reckoning
from zjf.notices.notice import Notice
from zjf.period import Period

_RHYTHMS: tuple[Literal["week", "month"], ...] = ("week", "month")


def is_judged(notice: Notice, period: Period, closing_day: date) -> bool:
    """Whether lateness is judged in a period: not before the notice's rhythm began.

    Args:
        notice: The notice in force.
        period: The period.
        closing_day: The day on which it closes.
    """
    since = {kind: begun for kind, begun in notice.returns_since.items() if kind == period.kind}
    return all(begun is None or begun <= closing_day for begun in since.values())


def expected_periods(
    reckoning: Reckoning, first: date, last: date, now: datetime, on_record: Iterable[Period]
) -> tuple[Period, ...]:
    """The periods that close in a stretch of days: those expected and past their deadline, and those on record.

    Expected are the periods of the notice's rhythm since it began; where it does not say since when, since
    the notice was issued.

    Args:
        reckoning: What the county's periods come to.
        first: The first day of the stretch.
        last: Its last day.
        now: The moment at which one looks: what is not due yet is not expected.
        on_record: The periods of which something was accepted.
    """
    calendar = reckoning.home.calendar(reckoning.notice.calendar)
    known = sorted(on_record, key=lambda period: period.closing_day(calendar))
    found = {period for period in known if first <= period.closing_day(calendar) <= last}
    for kind in _RHYTHMS:
        begun = _begun(reckoning, kind, known)
        day = max(first, begun) if begun else None
        while day and day <= last:
            period = Period.around(day, kind)
            closes = period.closing_day(calendar)
            if max(first, begun or first) <= closes <= last and period.deadline(calendar) < now:
                found.add(period)
            day = period.last + timedelta(days=1)
    return tuple(sorted(found, key=lambda period: (period.closing_day(calendar), str(period))))


def _begun(reckoning: Reckoning, kind: Literal["week", "month"], known: list[Period]) -> date | None:
    """Since when periods of a kind are expected; None where the notice knows no such rhythm."""
    notice = reckoning.notice
    if kind not in notice.returns_since:
        return None
    first_known = next((period.first for period in known if period.kind == kind), None)
    return notice.returns_since[kind] or notice.issued or first_known
