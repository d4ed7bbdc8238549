"""Papers that are due once, on a day of their own: which units sent them by then, whatever period they came for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from zjf.figures.reckoning import Reckoning
from zjf.monitoring.punctuality import accepted_arrivals, is_late
from zjf.notices.notice import Notice
from zjf.notices.provisions import RequiredPaper
from zjf.notices.vocabulary import REPORTED
from zjf.period import OFFICE_TIME, Period, office_moment
from zjf.problems import Problem, problem
from zjf.public_json import parts
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSES

COUNTED_FROM_HOUSES = {form.id for form in FORMS.values() if any(field.counted for field in form.fields)}
"""Forms that are counted from a house ledger: a unit that sent its ledger owes none of them."""

_LATE_CURE = "请督促按期报送；收到时间有误的，用 zjf receive --at 登记真实的收到时间。"
_MISSING_CURE = "请催报。"


class PaperState(StrEnum):
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
        form: The form by which it comes; None where the toolkit has none for it.
        due: The moment by which it is due.
        clause: The clause, with the notice.
        came: Unit: when it first came in; None where it did not.
        counted: Unit: when the house ledger came from which its paper is counted. Such a unit sends no paper, so
            it is never late; a ledger that came after the paper's day is mentioned (`counted_late`).
        day: The day as of which the board is made: papers that are due after it are not asked for.
        recurs: Whether it is a ledger, which comes every period: one that came before the day may not be complete.
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
    def units(self) -> dict[str, PaperState]:
        """Unit: what became of its paper; empty where the toolkit cannot know."""
        return {
            unit: PaperState.COUNTED
            if arrived_at is None and unit in self.counted
            else self._state_of(arrived_at)
            for unit, arrived_at in self.came.items()
        }

    @property
    def counted_late(self) -> tuple[str, ...]:
        """The units whose paper is counted from a ledger that came after the paper's day."""
        return tuple(
            unit
            for unit, state in self.units.items()
            if state is PaperState.COUNTED and self._state_of(self.counted[unit]) is PaperState.LATE
        )

    def _state_of(self, arrived_at: datetime | None) -> PaperState:
        expected = self.now > self.due and self.due.date() <= self.day
        if not expected and (arrived_at is None or self.recurs):
            return PaperState.NOT_DUE
        if arrived_at is None:
            return PaperState.MISSING
        return PaperState.LATE if is_late(arrived_at, self.due) else PaperState.ON_TIME

    def problems(self, period: Period) -> Iterator[Problem]:
        """Yields R601 and R602 of the paper, for the board of a period. A problem's `value` is the unit.

        A missing paper is named in every period until it comes; a late one, in the period in which it was due and in
        the one in which it came.
        """
        for unit, state in self.units.items():
            due = f"{self.due:%Y-%m-%d %H:%M}"
            arrived_at = self.came[unit]
            if state is PaperState.MISSING:
                what = f"{unit}未报{self.name}：应在 {due} 前报（{self.clause}）"
                yield problem("R602", what, _MISSING_CURE, value=unit)
            elif state is PaperState.LATE and arrived_at:
                arrived = arrived_at.astimezone(OFFICE_TIME)
                if any(period.first <= day <= period.last for day in (self.due.date(), arrived.date())):
                    what = (
                        f"{unit}迟报{self.name}：应在 {due} 前报（{self.clause}），"
                        f"{arrived:%Y-%m-%d %H:%M:%S} 才收到"
                    )
                    yield problem("R601", what, _LATE_CURE, value=unit)

    def as_json(self) -> parts.PaperLine:
        return {
            "name": self.name,
            "form": self.form,
            "due": self.due.isoformat(),
            "clause": self.clause,
            "known": bool(self.came),
            "counted_late": list(self.counted_late),
            "units": {
                unit: {
                    "state": state.value,
                    "arrived_at": office_moment(moment) if (moment := self.came[unit]) else None,
                }
                for unit, state in self.units.items()
            },
        }


def paper_lines(reckoning: Reckoning, period: Period, now: datetime, day: date) -> tuple[PaperLine, ...]:
    """Returns the papers of the notice that are due once, and what became of each unit's.

    Args:
        period: The period of the board; papers filed under it count even where none was accepted yet.
        now: The present moment, with a time zone.
        day: The day as of which it is worked out.
    """
    notice, names = reckoning.notice, reckoning.home.roster.names
    arrivals = _first_arrivals(reckoning, period)
    ledger_arrivals = {unit: moment for (unit, form), moment in arrivals.items() if form == HOUSES}
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
                    {unit: arrivals.get((unit, paper.form)) for unit in names} if paper.form else {},
                    ledger_arrivals if paper.form in COUNTED_FROM_HOUSES else {},
                    now,
                    day,
                    recurs,
                )
            )
    return tuple(sorted(lines, key=lambda line: line.due))


def _ledgers_due(notice: Notice) -> Iterator[RequiredPaper]:
    """Yields the ledgers that a phase asks for by its last day, unless a paper of the notice is due on that day."""
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
    """Returns, by unit and form, when it first came in, whatever period it was filed under.

    A table that nobody has checked yet is among them; one that was sent back is not.
    """
    ledger = reckoning.ledger
    first: dict[tuple[str, str], datetime] = {}
    for period in {*ledger.periods(), str(current)}:
        sent_back = ledger.sent_back_ever(period)
        came = {
            key: arrival.first_seen_at
            for arrival in ledger.arrivals(period)
            if (key := (arrival.unit, arrival.form, arrival.sha256)) not in sent_back
        }
        for (unit, form, _), moment in (came | accepted_arrivals(ledger, period)).items():
            first[unit, form] = min(moment, first.get((unit, form), moment))
    return first
