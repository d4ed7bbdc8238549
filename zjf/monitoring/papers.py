"""Papers with a day of their own: who sent them by then, whatever period they were filed under."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from zjf.figures.reckoning import Reckoning
from zjf.figures.units import HOUSES
from zjf.monitoring.punctuality import is_late
from zjf.notices.notice import Notice
from zjf.notices.provisions import RequiredPaper
from zjf.notices.vocabulary import REPORTED
from zjf.period import OFFICE_TIME, Period, office_moment
from zjf.problems import Problem, problem
from zjf.schemas import FORMS

_COUNTED = {form.id for form in FORMS.values() if any(field.counted for field in form.fields)}
"""Forms that are counted from a house ledger: nobody who sent that owes them."""


_CURE = "请催报；收到时间有误的，用 zjf receive --at 登记真实的收到时间。"


class Sent(StrEnum):
    """What became of a unit's paper."""

    ON_TIME = "on-time"
    LATE = "late"
    MISSING = "missing"
    NOT_DUE = "not-due"
    COUNTED = "counted"

    @property
    def label(self) -> str:
        return {
            "on-time": "按时",
            "late": "迟报",
            "missing": "未报",
            "not-due": "未到期",
            "counted": "由台账统计",
        }[self.value]


@dataclass(frozen=True)
class PaperLine:
    """A paper with a day of its own.

    Args:
        name: The paper.
        form: The form by which it comes; None where the toolkit has none for it.
        due: The moment by which it is due.
        clause: The clause, with the notice.
        came: Unit: when it first came in; None where it did not.
        counted: Unit: when the house ledger came that it is counted from. It sends no paper that could be late;
            that the ledger came after the paper's day is said beside it.
        now: The moment at which one looks, and
        day: the day as of which one looks: what is due later is not asked for.
        recurs: Whether it is a ledger that comes again every period: before its day, that it came does not say
            that it is all there.
    """

    name: str
    form: str | None
    due: datetime
    clause: str
    came: Mapping[str, datetime | None]
    counted: Mapping[str, datetime]
    now: datetime
    day: date
    recurs: bool = False

    @property
    def units(self) -> dict[str, Sent]:
        """Unit: what became of its paper; empty where the toolkit cannot know."""
        return {
            unit: Sent.COUNTED if came is None and unit in self.counted else self._sent(came)
            for unit, came in self.came.items()
        }

    @property
    def counted_late(self) -> tuple[str, ...]:
        """The units whose paper is counted from a ledger that came after the paper's day."""
        return tuple(
            unit
            for unit, sent in self.units.items()
            if sent is Sent.COUNTED and self._sent(self.counted[unit]) is Sent.LATE
        )

    def _sent(self, came: datetime | None) -> Sent:
        expected = self.now > self.due and self.due.date() <= self.day
        if not expected and (came is None or self.recurs):
            return Sent.NOT_DUE
        if came is None:
            return Sent.MISSING
        return Sent.LATE if is_late(came, self.due) else Sent.ON_TIME

    def problems(self, period: Period) -> Iterator[Problem]:
        """R601 and R602 of the paper, as a period's board has them. `value` is the unit.

        A paper that did not come is named until it does; one that came late, in the period in which it was
        due or came.
        """
        for unit, sent in self.units.items():
            due = f"{self.due:%Y-%m-%d %H:%M:%S}"
            came = self.came[unit]
            if sent is Sent.MISSING:
                yield problem(
                    "R602", f"{unit}未报{self.name}：应在 {due} 前报（{self.clause}）", _CURE, value=unit
                )
            elif sent is Sent.LATE and came:
                arrived = came.astimezone(OFFICE_TIME)
                if any(period.first <= day <= period.last for day in (self.due.date(), arrived.date())):
                    what = (
                        f"{unit}迟报{self.name}：应在 {due} 前报（{self.clause}），"
                        f"{arrived:%Y-%m-%d %H:%M:%S} 才收到"
                    )
                    yield problem("R601", what, _CURE, value=unit)

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "form": self.form,
            "due": self.due.isoformat(),
            "clause": self.clause,
            "known": bool(self.came),
            "counted_late": list(self.counted_late),
            "units": {
                unit: {
                    "state": sent.value,
                    "arrived_at": office_moment(self.came[unit]),
                }
                for unit, sent in self.units.items()
            },
        }


def paper_lines(reckoning: Reckoning, period: Period, now: datetime, day: date) -> tuple[PaperLine, ...]:
    """The papers of the notice that are due once, and what became of each unit's.

    Args:
        reckoning: The county's figures, period by period.
        period: The period that is asked for; what came for it may wait to be looked at.
        now: The present moment, with a time zone.
        day: The day as of which it is worked out.
    """
    notice, names = reckoning.notice, reckoning.home.roster.names
    came = _first_arrivals(reckoning, period)
    with_ledger = {unit: moment for (unit, form), moment in came.items() if form == HOUSES}
    lines = []
    papers = [(paper, False) for paper in notice.papers] + [(paper, True) for paper in _ledgers_due(notice)]
    for paper, recurs in papers:
        if paper.due:
            due = datetime.combine(paper.due, paper.by or time(23, 59, 59), OFFICE_TIME)
            lines.append(
                PaperLine(
                    paper.name,
                    paper.form,
                    due,
                    f"{notice.title} {paper.clause}",
                    {unit: came.get((unit, paper.form)) for unit in names} if paper.form else {},
                    with_ledger if paper.form in _COUNTED else {},
                    now,
                    day,
                    recurs,
                )
            )
    return tuple(sorted(lines, key=lambda line: line.due))


def _ledgers_due(notice: Notice) -> Iterator[RequiredPaper]:
    """What a phase asks units to send by its last day where no paper has that day: the forms expected."""
    days = {paper.due for paper in notice.papers}
    for phase in notice.phases:
        asks = any(asked.step == REPORTED for asked in phase.asked)
        if asks and phase.until not in days:
            for form in notice.expects:
                yield RequiredPaper(
                    name=f"{FORMS[form].info.title}（{phase.name}）",
                    form=form,
                    due=phase.until,
                    clause=phase.clause,
                )


def _first_arrivals(reckoning: Reckoning, current: Period) -> dict[tuple[str, str], datetime]:
    """Unit and form: when it first came in, whatever period it was filed under.

    What was accepted counts from the moment at which it came; what has not been looked at yet counts, too,
    and what was sent back does not.
    """
    ledger = reckoning.ledger
    first: dict[tuple[str, str], datetime] = {}
    for period in {*ledger.periods(), str(current)}:
        sent_back = {
            (rejection.unit, rejection.form, rejection.sha256) for rejection in ledger.rejections(period)
        }
        seen = {
            (arrival.unit, arrival.form, arrival.sha256): arrival.first_seen_at
            for arrival in ledger.arrivals(period)
        }
        accepted = {
            (submission.unit, submission.form, submission.sha256): submission.received_at
            for submission in ledger.submissions(period, include_superseded=True)
        }
        waiting = {key: moment for key, moment in seen.items() if key not in sent_back}
        for key, moment in (accepted | waiting | {key: seen[key] for key in accepted if key in seen}).items():
            place = key[:2]
            first[place] = min(moment, first.get(place, moment))
    return first
