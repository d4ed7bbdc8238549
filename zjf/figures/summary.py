"""The result of a period: the county's sums and rates, and which units reported."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from zjf.counting.populations import Scope
from zjf.counting.tally import Figures, total
from zjf.county import County
from zjf.figures.partial_returns import Parts
from zjf.figures.progress import Progress, progress_as_json, total_progress
from zjf.figures.units import UnitFigures, plain_counts, rates_as_json, sum_figures
from zjf.ledger import Ledger
from zjf.notices.notice import Notice, missing_forms
from zjf.public_json import DocumentName, figures, parts
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSES, PROGRESS


@dataclass(frozen=True)
class Coverage:
    """The units expected, accepted, sent back and missing; the `partial` ones are among the accepted.

    `incomplete` has, by the forms that they lack, the missing ones that sent something.
    """

    expected: tuple[str, ...]
    accepted: tuple[str, ...]
    partial: tuple[str, ...]
    rejected: tuple[str, ...]
    missing: tuple[str, ...]
    incomplete: Mapping[str, list[str]] = field(default_factory=dict)

    def status(self, unit: str) -> str:
        """Returns a unit's status in Chinese."""
        if unit in self.rejected:
            return "退回"
        if unit in self.partial:
            return "部分接收"
        return "已接收" if unit in self.accepted else "未报"

    def as_json(self) -> figures.Coverage:
        return {
            "expected": list(self.expected),
            "accepted": list(self.accepted),
            "partial": list(self.partial),
            "rejected": list(self.rejected),
            "missing": list(self.missing),
        }


@dataclass(frozen=True)
class Summary:
    """A period's figures, unit by unit and for the county (a sum of units; its rates are ratios of sums).

    Args:
        rows: How many rows the run read, took and sent back.
        scope: Whom the notice is about.
        in_part: The tables of which only a part was accepted.
    """

    period: str
    notice: str
    units: tuple[UnitFigures, ...]
    coverage: Coverage
    rows: figures.Rows = field(default_factory=lambda: figures.Rows(read=0, accepted=0, rejected=0))
    scope: Scope = "all"
    in_part: Parts = field(default_factory=dict)

    @property
    def progress(self) -> Progress:
        """The county's progress figures, summed over the units that have them."""
        return total_progress(unit.progress for unit in self.units)

    @property
    def county(self) -> dict[str, Figures]:
        """Form id: the sums of the units' figures."""
        return sum_figures(self.units)

    def as_json(self, reporting: Sequence[parts.ReportingProblem] = ()) -> figures.Aggregate:
        """The document `zjf.aggregate/1`; `reporting` are the problems with the units' reporting."""
        county = self.county
        return {
            "schema": DocumentName.AGGREGATE,
            "period": self.period,
            "notice": self.notice,
            "scope": self.scope,
            "coverage": self.coverage.as_json(),
            "rows": self.rows,
            "units": [unit.as_json() for unit in self.units],
            "county": {
                "forms": {form: dict(sums.counts) for form, sums in county.items()},
                "counts": plain_counts(county.get(PROGRESS)),
                "rates": rates_as_json(county.get(PROGRESS)),
                "progress": progress_as_json(self.progress),
                "breaches": total(unit.breaches for unit in self.units),
            },
            "reporting": list(reporting),
        }


def incomplete_in_words(
    incomplete: Mapping[str, list[str]],
    *,
    of: Sequence[str] = (),
    named: Callable[[list[str]], str] = "、".join,
) -> list[str]:
    """Returns a sentence for each group of units that lack the same forms (`Coverage.incomplete`).

    Args:
        of: The units without a return, if they were named right before: they are not named once more.
    """
    sentences = []
    for forms, units in incomplete.items():
        who = "" if units == list(of) else f"{'其中' if of else ''}{named(units)}"
        sentences.append(f"{who}报来的表不齐，缺{forms}，按未报计。")
    return sentences


def expected_forms(county: County, notice: Notice) -> tuple[str, ...]:
    """Returns the forms that a unit's return must hold, as `missing_forms` takes them."""
    return notice.expects if county.reporting.forms is None else county.reporting.forms


def coverage(county: County, notice: Notice, ledger: Ledger, period: str) -> Coverage:
    """Returns which units reported for a period, by the roster and the ledger.

    A unit is rejected if its last return of a form that it must send was sent back, even if an earlier one was
    accepted.
    """
    expected = expected_forms(county, notice)
    received: dict[str, set[str]] = {}
    in_part: set[str] = set()
    for submission in ledger.submissions(period):
        received.setdefault(submission.unit, set()).add(submission.form)
        if submission.partial:
            in_part.add(submission.unit)
    names = county.roster.names
    sent_back: dict[str, set[str]] = {}
    for rejection in ledger.rejections(period):
        sent_back.setdefault(rejection.unit, set()).add(rejection.form or HOUSES)
    complete = {unit for unit in names if not missing_forms(expected, received.get(unit, ()))}
    rejected = {
        unit
        for unit, forms in sent_back.items()
        if unit not in complete or forms & _owed(expected, received.get(unit, set()))
    }
    accepted = complete - rejected
    missing = tuple(unit for unit in names if unit not in accepted | rejected)
    incomplete: dict[str, list[str]] = {}
    for unit in filter(received.__contains__, missing):
        lacking = "、".join(FORMS[form].info.short_title for form in missing_forms(expected, received[unit]))
        incomplete.setdefault(lacking, []).append(unit)
    return Coverage(
        expected=names,
        accepted=tuple(unit for unit in names if unit in accepted),
        partial=tuple(unit for unit in names if unit in accepted & in_part),
        rejected=tuple(unit for unit in names if unit in rejected),
        missing=missing,
        incomplete=incomplete,
    )


def strangers(county: County, ledger: Ledger, period: str) -> dict[str, int]:
    """Returns the units on record for a period that are not on the roster, with the number of their rows."""
    rows: dict[str, int] = {}
    for submission in ledger.submissions(period):
        if submission.unit not in county.roster.names:
            rows[submission.unit] = rows.get(submission.unit, 0) + submission.rows_accepted
    return rows


def units_without(form: str, county: County, ledger: Ledger, period: str) -> tuple[str, ...]:
    """Returns the units of the roster that sent nothing of a form for a period, not even a nil return."""
    units_with_form = {submission.unit for submission in ledger.submissions(period, form)}
    return tuple(unit for unit in county.roster.names if unit not in units_with_form)


def _owed(expected: tuple[str, ...], received: set[str]) -> set[str]:
    """Returns the forms that a unit must send: those expected, else the house ledger or attachment-2."""
    if expected:
        return set(expected)
    return {HOUSES} if HOUSES in received else {HOUSES, PROGRESS}
