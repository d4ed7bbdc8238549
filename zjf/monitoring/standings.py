"""How each unit stands for a period: reported, late, nil, sent back or missing; what it still owes, what is signed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from zjf.checking.answers import Answer, answers_on_record
from zjf.counting.tally import total
from zjf.figures.partial_returns import errors_of_parts
from zjf.figures.reckoning import Reckoning
from zjf.figures.summary import Coverage, coverage, expected_forms
from zjf.ledger import Rejection, Submission
from zjf.ledger.rows.submissions import left_out
from zjf.monitoring.punctuality import first_arrivals, is_late
from zjf.period import Period, office_moment
from zjf.public_json import parts
from zjf.register.sign_off import SIGNED, TO_SIGN, SignOff, sign_offs, state_of
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSES, PROGRESS, REVIEWS


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


_FIGURES = (PROGRESS, REVIEWS)
"""What a unit without a house ledger reports, which is counted from the houses of one that has it."""
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
        standing: How it stands; a nil return may be late too.
        arrived_at: When the accepted return had come in (all forms that the unit owes); where none was accepted,
            when the one came that was sent back or is not checked yet; None where nothing came.
        late: Whether that was after the deadline.
        waiting: Whether a return came and was neither accepted nor sent back yet (`zjf receive`).
        partial: Whether it was accepted without its faulty rows.
        errors: Code: problems for which the last return, or a part of it, was sent back.
        breaches: Code: houses of which that duty is unmet.
        overdue: Code: houses past a deadline (`zjf.monitoring.due`), each once.
        has_figures: Whether figures of it count: of what was accepted of it.
        to_sign: The forms that are to be signed and that it has figures for.
        sign_offs: The signatures under its tables.
        answers: Its explanations of problems (情况说明), from the accepted returns.
        left_out: Former units that became part of this one and whose figures do not count, as a later return, or
            the house ledger, replaces them.
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
    has_figures: bool
    to_sign: tuple[str, ...] = ()
    sign_offs: tuple[SignOff, ...] = ()
    answers: tuple[Answer, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def has_reported(self) -> bool:
        """Whether it has reported, in time or late: its return is neither missing nor sent back."""
        return self.standing not in (Standing.MISSING, Standing.SENT_BACK)

    @property
    def is_incomplete(self) -> bool:
        """Whether it sent something, but not all forms that it owes: that counts as nothing."""
        return self.standing is Standing.MISSING and bool(self.forms)

    @property
    def counts_as_before(self) -> bool:
        """Whether its last return was sent back, and an earlier one of the period stands."""
        return self.standing is Standing.SENT_BACK and self.has_figures

    @property
    def signed(self) -> bool:
        """Whether all its tables are signed, and no figure in them has changed since."""
        return state_of(self.sign_offs, self.to_sign) == SIGNED

    def as_json(self) -> parts.UnitStanding:
        return {
            "unit": self.unit,
            "status": self.standing.value,
            "label": self.standing.label,
            "arrived_at": office_moment(self.arrived_at) if self.arrived_at else None,
            "late": self.late,
            "waiting": self.waiting,
            "partial": self.partial,
            "forms": list(self.forms),
            "errors": dict(self.errors),
            "breaches": dict(self.breaches),
            "overdue": dict(self.overdue),
            "signed": self.signed,
            "signatures": [sign_off.as_json() for sign_off in self.sign_offs],
            "answers": [answer.as_json() for answer in self.answers],
            "left_out": list(self.left_out),
        }


@dataclass(frozen=True)
class Returns:
    """The returns of a period: when they came in, and whether they were accepted or sent back.

    Args:
        deadline: By when the returns were due; None where the period is not judged.
        arrivals: Unit: when its return came in.
        accepted: Unit: its submissions.
        rejections: The tables that were sent back.
        owed: The forms that every unit owes.
        signed: Unit, or the county: its signatures.
    """

    coverage: Coverage
    deadline: datetime | None
    arrivals: Mapping[str, datetime]
    accepted: Mapping[str, tuple[Submission, ...]]
    rejections: tuple[Rejection, ...]
    owed: tuple[str, ...]
    signed: Mapping[str, tuple[SignOff, ...]]

    @classmethod
    def of(cls, reckoning: Reckoning, period: Period, deadline: datetime | None) -> "Returns":
        """Reads the returns of a period from the ledger."""
        home, notice, ledger = reckoning.home, reckoning.notice, reckoning.ledger
        accepted: dict[str, tuple[Submission, ...]] = {}
        for submission in ledger.submissions(str(period)):
            accepted[submission.unit] = (*accepted.get(submission.unit, ()), submission)
        return cls(
            coverage=coverage(home, notice, ledger, str(period)),
            deadline=deadline,
            arrivals=first_arrivals(reckoning, period),
            accepted=accepted,
            rejections=tuple(ledger.rejections(str(period))),
            owed=expected_forms(home, notice) or (HOUSES, PROGRESS),
            signed=sign_offs(reckoning, period),
        )

    @property
    def unknown(self) -> tuple[Rejection, ...]:
        """What was sent back and names no unit."""
        return tuple(rejection for rejection in self.rejections if not rejection.unit)

    def late(self, unit: str) -> bool:
        """Whether a unit's return came after the deadline; nobody is late in a period that is not judged."""
        arrived_at = self.arrivals.get(unit)
        return bool(arrived_at and self.deadline and is_late(arrived_at, self.deadline))

    def waiting(self, unit: str) -> bool:
        """Whether a return came that was neither accepted nor sent back yet."""
        return unit in self.coverage.missing and unit in self.arrivals

    def left_out(self, unit: str) -> tuple[str, ...]:
        """The former units that became part of a unit and whose figures do not count (`UnitLine.left_out`)."""
        submissions = self.accepted.get(unit, ())
        by_form = {
            form: [submission for submission in submissions if submission.form == form]
            for form in (HOUSES, *_FIGURES)
        }
        names = (left_out(FORMS[form], by_form[form], by_form[HOUSES]) for form in _FIGURES)
        return tuple(sorted(set().union(*names)))

    def nil(self, unit: str) -> bool:
        """Whether a unit reported 零报 for every form that it owes."""
        submissions = self.accepted.get(unit, ())
        return unit in self.coverage.accepted and all(
            submission.nil for submission in submissions if submission.form in self.owed
        )

    def standing(self, unit: str) -> Standing:
        if unit in self.coverage.rejected:
            return Standing.SENT_BACK
        if unit in self.coverage.missing and not self.waiting(unit):
            return Standing.MISSING
        if self.nil(unit):
            return Standing.NIL
        return Standing.LATE if self.late(unit) else Standing.REPORTED


def unit_lines(
    reckoning: Reckoning, period: Period, returns: Returns, overdue: Mapping[str, Mapping[str, int]]
) -> Iterator[UnitLine]:
    """Yields how each unit stands, in the roster's order."""
    figures = {unit.unit: unit for unit in reckoning.units(str(period))}
    for unit in reckoning.home.roster.names:
        unit_figures = figures.get(unit)
        sent_back = total(rejection.errors for rejection in returns.rejections if rejection.unit == unit)
        yield UnitLine(
            unit,
            returns.standing(unit),
            returns.arrivals.get(unit),
            late=returns.late(unit),
            waiting=returns.waiting(unit),
            partial=unit in returns.coverage.partial,
            forms=tuple(sorted({submission.form for submission in returns.accepted.get(unit, ())})),
            errors=sent_back or errors_of_parts(returns.accepted.get(unit, ())),
            breaches=unit_figures.breaches if unit_figures else {},
            overdue=overdue.get(unit, {}),
            has_figures=unit_figures is not None,
            to_sign=tuple(form for form in TO_SIGN if unit_figures and form in unit_figures.figures),
            sign_offs=returns.signed.get(unit, ()),
            answers=tuple(
                answer
                for submission in returns.accepted.get(unit, ())
                for answer in answers_on_record(submission.notes)
            ),
            left_out=returns.left_out(unit),
        )
