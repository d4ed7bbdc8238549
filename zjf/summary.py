"""What a period comes to: whose figures count, the county's sums and rates, who reported and who did not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from zjf.acceptance import Decision
from zjf.county import County
from zjf.ledger import Ledger
from zjf.rules.notice import Notice, missing_forms
from zjf.schemas import FORMS
from zjf.tally import Counts, Figures, counted, reported, total

HOUSES, PROGRESS = "house-ledger", "attachment-2"
RATES = ("appraisal_rate", "rectification_rate", "closure_rate")


@dataclass(frozen=True)
class Coverage:
    """Who is expected and what became of them; `partial` units are among the accepted ones."""

    expected: tuple[str, ...]
    accepted: tuple[str, ...]
    partial: tuple[str, ...]
    rejected: tuple[str, ...]
    missing: tuple[str, ...]

    def status(self, unit: str) -> str:
        """The unit's status, as clerks see it."""
        if unit in self.rejected:
            return "退回"
        if unit in self.partial:
            return "部分接收"
        return "已接收" if unit in self.accepted else "未报"

    def as_json(self) -> dict[str, list[str]]:
        return {name: list(units) for name, units in vars(self).items()}


@dataclass(frozen=True)
class UnitFigures:
    """One unit's figures of a period.

    Args:
        unit: The unit.
        source: The form its counts come from: the house ledger where it sent one, else attachment-2.
        figures: Form id: its figures, counted from houses or reported.
    """

    unit: str
    source: str | None
    figures: Mapping[str, Figures]

    @property
    def counts(self) -> Counts:
        """The counts of attachment-2 that `zjf.aggregate/1` names."""
        return _plain_counts(self.figures.get(PROGRESS))

    def as_json(self) -> dict[str, Any]:
        return {
            "unit": self.unit,
            "source": self.source,
            "forms": {form: dict(each.counts) for form, each in self.figures.items()},
            "counts": self.counts,
            "rates": _rates_as_json(self.figures.get(PROGRESS)),
        }


@dataclass(frozen=True)
class Summary:
    """A period's figures, unit by unit and for the county (a sum of units; its rates are ratios of sums)."""

    period: str
    notice: str
    units: tuple[UnitFigures, ...]
    coverage: Coverage
    rows: Mapping[str, int] = field(default_factory=dict)

    @property
    def county(self) -> dict[str, Figures]:
        """Form id: the sums of the units' figures."""
        forms = dict.fromkeys(form for unit in self.units for form in unit.figures)
        return {
            form: Figures(
                form, total(unit.figures[form].counts for unit in self.units if form in unit.figures)
            )
            for form in forms
        }

    def as_json(self) -> dict[str, Any]:
        """The document `zjf.aggregate/1` (chapter 4)."""
        county = self.county
        return {
            "schema": "zjf.aggregate/1",
            "period": self.period,
            "notice": self.notice,
            "coverage": self.coverage.as_json(),
            "rows": dict(self.rows),
            "units": [unit.as_json() for unit in self.units],
            "county": {
                "forms": {form: dict(each.counts) for form, each in county.items()},
                "counts": _plain_counts(county.get(PROGRESS)),
                "rates": _rates_as_json(county.get(PROGRESS)),
            },
        }


def unit_figures(ledger: Ledger, period: str, units: Sequence[str]) -> tuple[UnitFigures, ...]:
    """The figures of every unit that has something accepted for the period."""
    sent: dict[str, set[str]] = {}
    for each in ledger.submissions(period):
        sent.setdefault(each.unit, set()).add(each.form)
    frames = {
        form: ledger.frame(form, period) for form in {form for forms in sent.values() for form in forms}
    }
    by_unit = {
        form: dict(list(frame.groupby(FORMS[form].unit_field.name, sort=False)))  # type: ignore[union-attr]
        for form, frame in frames.items()
    }
    found = []
    for unit in (*units, *sorted(set(sent) - set(units))):
        forms = sent.get(unit, set())
        own = {form: by_unit[form].get(unit, frames[form].iloc[:0]) for form in forms}
        figures = {form: reported(FORMS[form], rows) for form, rows in own.items() if form != HOUSES}
        if HOUSES in forms:
            figures = _with_counted(figures, counted(own[HOUSES]))
        if figures:
            source = HOUSES if HOUSES in forms else PROGRESS if PROGRESS in forms else None
            found.append(UnitFigures(unit, source, dict(sorted(figures.items()))))
    return tuple(found)


def _with_counted(said: dict[str, Figures], own: dict[str, Figures]) -> dict[str, Figures]:
    """Counts from houses go before what the unit's attachment says; what houses do not tell stays."""
    merged = {
        form: Figures(form, {**(said[form].counts if form in said else {}), **each.counts})
        for form, each in own.items()
    }
    return said | merged


def coverage(
    county: County, notice: Notice, ledger: Ledger, period: str, decisions: Sequence[Decision] = ()
) -> Coverage:
    """Who reported for a period: by the roster, the ledger, and this run's returns.

    A unit whose return of a form that it owes was sent back in this run is rejected, though its last
    accepted return of the period stands.
    """
    expected = county.reporting.forms if county.reporting.forms is not None else notice.expects
    received: dict[str, set[str]] = {}
    in_part: set[str] = set()
    for each in ledger.submissions(period):
        received.setdefault(each.unit, set()).add(each.form)
        if each.partial:
            in_part.add(each.unit)
    names = county.roster.names
    sent_back: dict[str, set[str]] = {}
    for decision in decisions:
        for unit in decision.sent_back:
            sent_back.setdefault(unit, set()).update(decision.forms or {HOUSES})
    complete = {unit for unit in names if not missing_forms(expected, received.get(unit, ()))}
    rejected = {
        unit
        for unit, forms in sent_back.items()
        if unit not in complete or forms & _owed(expected, received.get(unit, set()))
    }
    accepted = complete - rejected
    return Coverage(
        expected=names,
        accepted=tuple(unit for unit in names if unit in accepted),
        partial=tuple(unit for unit in names if unit in accepted & in_part),
        rejected=tuple(unit for unit in names if unit in rejected),
        missing=tuple(unit for unit in names if unit not in accepted | rejected),
    )


def _owed(expected: tuple[str, ...], received: set[str]) -> set[str]:
    """The forms that a unit is held to: those expected, else its house ledger, else attachment-2."""
    if expected:
        return set(expected)
    return {HOUSES} if HOUSES in received else {HOUSES, PROGRESS}


def _plain_counts(figures: Figures | None) -> Counts:
    counted_from_houses = {each.name for each in FORMS[PROGRESS].fields if each.counted}
    return (
        {name: value for name, value in figures.counts.items() if name in counted_from_houses}
        if figures
        else {}
    )


def _rates_as_json(figures: Figures | None) -> dict[str, Any]:
    return {name: figures.rates[name].as_json() for name in RATES} if figures else {}
