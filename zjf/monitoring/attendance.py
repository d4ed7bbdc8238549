"""Attendance: the periods for which returns are expected, whether anybody reported or not."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from zjf.figures.reckoning import Reckoning
from zjf.ledger.notices_applied import notice_applied
from zjf.notices.notice import Notice
from zjf.period import OFFICE_TIME, Period

_RHYTHMS: tuple[Literal["week", "month"], ...] = ("week", "month")


def is_judged(notice: Notice, period: Period, closing_day: date) -> bool:
    """Whether lateness is judged in a period (`why_not_judged`)."""
    return not why_not_judged(notice, period, closing_day)


def why_not_judged(notice: Notice, period: Period, closing_day: date) -> str:
    """Returns in words why nobody is late in a period; empty where lateness is judged.

    It closes before the notice's rhythm began, or after it ended. A quarter is judged only under a notice by which
    units report every quarter: the papers of a quarter are the county's own.
    """
    rhythm = {str(kind): rhythm for kind, rhythm in notice.rhythms.items()}.get(period.kind)
    if rhythm is None:
        return "不是通知要求各单位报表的期次" if period.kind == "quarter" else ""
    if rhythm.since and closing_day < rhythm.since:
        return "在通知规定的报送周期开始之前"
    return "在通知规定的报送周期结束之后" if rhythm.until and rhythm.until < closing_day else ""


def under_another_notice(reckoning: Reckoning, period: str) -> str:
    """Returns the title of the notice by which a period was aggregated; empty where it is the one in force, or unknown."""
    applied = notice_applied(reckoning.ledger, period)
    return applied.title if applied and applied.id != reckoning.notice.id else ""


def expected_periods(
    reckoning: Reckoning, first: date, last: date, now: datetime, on_record: Iterable[Period]
) -> tuple[Period, ...]:
    """Returns the periods that close within some days: those that are past their deadline, and those on record.

    The notice's rhythm says which periods are expected, from its first day to its last. Where it gives no first day,
    the day of the notice is taken. Periods up to the last one that another notice was applied to are not expected.

    Args:
        now: The present moment. A period that is not due yet is not expected.
        on_record: The periods of which something was accepted.
    """
    calendar = reckoning.calendar
    periods = {period for period in on_record if first <= period.closing_day(calendar) <= last}
    before = [period.last for period in periods if under_another_notice(reckoning, str(period))]
    for kind in _RHYTHMS:
        if rhythm := reckoning.notice.rhythms.get(kind):
            begins = max(first, rhythm.since or reckoning.notice.issued or first, *before)
            ends = min(last, rhythm.until or last)
            periods |= {
                period
                for period in _periods_between(kind, begins, ends)
                if begins <= period.closing_day(calendar) <= ends and period.deadline(calendar) < now
            }
    return tuple(sorted(periods, key=lambda period: (period.closing_day(calendar), str(period))))


def silent_since(reckoning: Reckoning, period: Period, now: datetime) -> tuple[Period, ...]:
    """Returns the periods past their deadline after the last period on record: nobody reported for them."""
    today = now.astimezone(OFFICE_TIME).date()
    return expected_periods(reckoning, period.last + timedelta(days=1), today, now, on_record=())


def silence_in_words(silent: Sequence[Period]) -> str:
    """Returns the sentence on periods for which nobody reported (`silent_since`)."""
    first_and_last = " 至 ".join(dict.fromkeys((str(silent[0]), str(silent[-1]))))
    return f"{first_and_last} 的 {len(silent)} 期截止时间已过，没有接收任何报表。"


def _periods_between(kind: Literal["week", "month"], begins: date, ends: date) -> Iterator[Period]:
    """Yields the weeks or months that overlap some days."""
    day = begins
    while day <= ends:
        period = Period.around(day, kind)
        yield period
        day = period.last + timedelta(days=1)
