"""The board: who has reported for a period, who is late, what was sent back, what is open, what falls due."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from zjf.checking.answers import Answer, answers_said
from zjf.counting.tally import total
from zjf.figures.reckoning import Reckoning
from zjf.figures.summary import coverage, expected_forms
from zjf.figures.units import HOUSES, PROGRESS
from zjf.ledger import Rejection, Submission
from zjf.monitoring.overdue import OverdueHouse, counts_of, overdue_houses
from zjf.monitoring.punctuality import first_arrivals, late_and_missing, reporting_as_json
from zjf.monitoring.spot_checks import spot_check_problems
from zjf.monitoring.unknown_units import outside_the_roster
from zjf.notices.notice import Notice
from zjf.notices.provisions import Phase
from zjf.period import OFFICE_TIME, Period
from zjf.problems import Problem
from zjf.public_json import DocumentName
from zjf.register.sign_off import SIGNED, TO_SIGN, SignOff, sign_offs, state_of
from zjf.rules.reporting import DueDates, due_soon


class Standing(StrEnum):
    """How a unit stands; of the units expected, each stands in exactly one way."""

    REPORTED = "reported"
    LATE = "late"
    NIL = "nil"
    SENT_BACK = "sent-back"
    MISSING = "missing"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Standing.REPORTED: "已报",
    Standing.LATE: "迟报",
    Standing.NIL: "零报",
    Standing.SENT_BACK: "退回",
    Standing.MISSING: "未报",
}


@dataclass(frozen=True)
class UnitLine:
    """One unit's line.

    Args:
        unit: The unit.
        standing: How it stands; a nil return may be late too.
        arrived_at: When what was accepted first came in (all forms that it owes); else when what was sent
            back, or waits, did; None where nothing came.
        late: Whether that was after the deadline.
        waiting: Whether it came and was neither accepted nor sent back yet (`zjf receive`).
        partial: Whether it was taken without its bad rows.
        forms: The forms accepted.
        errors: Code: problems for which the last return was sent back.
        breaches: Code: houses of which that duty is unmet.
        overdue: Code: houses past a deadline of their own (L212, R603).
        to_sign: The forms that it has figures for and that are to be signed.
        sign_offs: What of it was signed.
        answers: What it wrote behind problems (情况说明), with what was accepted.
    """

    unit: str
    standing: Standing
    arrived_at: datetime | None
    late: bool
    waiting: bool
    partial: bool
    forms: tuple[str, ...]
    errors: Mapping[str, int]
    breaches: Mapping[str, int]
    overdue: Mapping[str, int]
    to_sign: tuple[str, ...] = ()
    sign_offs: tuple[SignOff, ...] = ()
    answers: tuple[Answer, ...] = ()

    @property
    def signed(self) -> bool:
        """Whether all that is to be signed was, and no figure of it has changed since."""
        return state_of(self.sign_offs, self.to_sign) == SIGNED

    def as_json(self) -> dict[str, Any]:
        return {
            "unit": self.unit,
            "status": self.standing.value,
            "label": self.standing.label,
            "arrived_at": _moment(self.arrived_at),
            "late": self.late,
            "waiting": self.waiting,
            "partial": self.partial,
            "forms": list(self.forms),
            "errors": dict(self.errors),
            "breaches": dict(self.breaches),
            "overdue": dict(self.overdue),
            "signed": self.signed,
            "signatures": [each.as_json() for each in self.sign_offs],
            "answers": [answer.as_json() for answer in self.answers],
        }


@dataclass(frozen=True)
class Board:
    """How the units stand for a period.

    Args:
        period: The period.
        notice: The notice in force.
        deadline: By when its returns are due.
        now: The moment at which one looks.
        lines: The units, in the roster's order.
        overdue_houses: The houses past a deadline of their own, one by one.
        unknown: What was sent back and names no unit.
        due: The notice's phases, by the period's closing day or today, whichever is earlier.
        problems: Who is late, who has not reported, whose spot-checks fall short (R601, R602, R606, R607).
        sign_offs: What of the county's own tables was signed.
        former: What was signed under a name that is neither a unit's of the roster nor the county's now.
    """

    period: Period
    notice: Notice
    deadline: datetime
    now: datetime
    lines: tuple[UnitLine, ...]
    overdue_houses: tuple[OverdueHouse, ...]
    unknown: tuple[Rejection, ...]
    due: DueDates
    problems: tuple[Problem, ...]
    sign_offs: tuple[SignOff, ...] = ()
    former: Mapping[str, tuple[SignOff, ...]] = field(default_factory=dict)

    @property
    def strangers(self) -> tuple[str, ...]:
        """The units on record that the roster does not know: no figure holds what they sent."""
        return tuple(each.value or "" for each in self.problems if each.code == "F008")

    def count(self, standing: Standing) -> int:
        return sum(line.standing is standing for line in self.lines)

    def as_json(self) -> dict[str, Any]:
        """The document `zjf.status/1`."""
        return {
            "schema": DocumentName.STATUS.value,
            "period": str(self.period),
            "notice": self.notice.id,
            "deadline": _moment(self.deadline),
            "now": _moment(self.now),
            "totals": {
                "expected": len(self.lines),
                **{each.value.replace("-", "_"): self.count(each) for each in Standing},
            },
            "units": [line.as_json() for line in self.lines],
            "unknown": [
                {"file": each.file_name, "sha256": each.sha256, "errors": dict(each.errors)}
                for each in self.unknown
            ],
            "phases": {
                "day": self.due.day.isoformat(),
                "soon": [_phase(each, self.due.day) for each in self.due.soon],
                "past": [_phase(each, self.due.day) for each in self.due.past],
            },
            "problems": [reporting_as_json(each) for each in self.problems],
            "signatures": [each.as_json() for each in self.sign_offs],
            "former": [
                {"unit": unit, "signatures": [each.as_json() for each in signed]}
                for unit, signed in self.former.items()
            ],
        }


def board(reckoning: Reckoning, period: Period, now: datetime) -> Board:
    """How the units of the roster stand for a period.

    Args:
        reckoning: What the county's periods come to.
        period: The period.
        now: The moment at which one looks. Has a time zone.
    """
    home, notice, ledger = reckoning.home, reckoning.notice, reckoning.ledger
    calendar = home.calendar(notice.calendar)
    deadline, closing_day = period.deadline(calendar), period.closing_day(calendar)
    found = coverage(home, notice, ledger, str(period))
    arrivals = first_arrivals(home, notice, ledger, period)
    rejections = ledger.rejections(str(period))
    owed = expected_forms(home, notice) or (HOUSES, PROGRESS)
    accepted = _by_unit(ledger.submissions(str(period)))
    figures = reckoning.units(str(period))
    breaches = {each.unit: each.breaches for each in figures}
    to_sign = {each.unit: tuple(form for form in TO_SIGN if form in each.figures) for each in figures}
    signed = sign_offs(reckoning, period)
    late_houses = overdue_houses(ledger, period, notice, closing_day, home.roster.names)
    overdue = counts_of(late_houses)
    lines = []
    for unit in home.roster.names:
        arrived_at = arrivals.get(unit)
        late = arrived_at is not None and arrived_at > deadline
        own = accepted.get(unit, ())
        nil = unit in found.accepted and all(each.nil for each in own if each.form in owed)
        waiting = unit in found.missing and arrived_at is not None
        missing = unit in found.missing and not waiting
        standing = _standing(unit in found.rejected, missing, nil, late)
        sent_back = [each.errors for each in rejections if each.unit == unit]
        lines.append(
            UnitLine(
                unit,
                standing,
                arrived_at,
                late,
                waiting,
                partial=unit in found.partial,
                forms=tuple(sorted({each.form for each in own})),
                errors=total(sent_back),
                breaches=breaches.get(unit, {}),
                overdue=overdue.get(unit, {}),
                to_sign=to_sign.get(unit, ()),
                sign_offs=signed.get(unit, ()),
                answers=tuple(answer for one in own for answer in answers_said(one.notes)),
            )
        )
    day = min(now.astimezone(OFFICE_TIME).date(), closing_day)
    unknown = tuple(each for each in rejections if not each.unit)
    unpunctual = late_and_missing(found, arrivals, deadline, now)
    problems = (
        *outside_the_roster(home, ledger, period),
        *unpunctual,
        *spot_check_problems(ledger, period, notice),
    )
    return Board(
        period,
        notice,
        deadline,
        now,
        tuple(lines),
        late_houses,
        unknown,
        due_soon(notice, day),
        problems,
        signed.get(home.name, ()),
        {unit: each for unit, each in signed.items() if unit not in (home.name, *home.roster.names)},
    )


def _standing(sent_back: bool, missing: bool, nil: bool, late: bool) -> Standing:
    if sent_back:
        return Standing.SENT_BACK
    if missing:
        return Standing.MISSING
    if nil:
        return Standing.NIL
    return Standing.LATE if late else Standing.REPORTED


def _by_unit(submissions: list[Submission]) -> dict[str, tuple[Submission, ...]]:
    found: dict[str, tuple[Submission, ...]] = {}
    for each in submissions:
        found[each.unit] = (*found.get(each.unit, ()), each)
    return found


def _phase(phase: Phase, day: date) -> dict[str, Any]:
    assert phase.until is not None  # only phases that end fall due
    return {
        "name": phase.name,
        "until": phase.until.isoformat(),
        "days": (phase.until - day).days,
        "due": phase.due,
        "clause": phase.clause,
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(OFFICE_TIME).isoformat(timespec="seconds") if moment else None
