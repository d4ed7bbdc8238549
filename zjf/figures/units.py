"""Whose figures count in a period, unit by unit: counted from houses where there is a house ledger."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from zjf.county import County
from zjf.ledger import Ledger
from zjf.period import Period
from zjf.rules.notice import Notice
from zjf.rules.registry import Judgement, unmet_duties
from zjf.rules.report_audits import without_failed_appraisals
from zjf.schemas import FORMS
from zjf.tally import Counts, Figures, counted, online_inspection, reported

HOUSES, PROGRESS = "house-ledger", "attachment-2"
RATES = ("appraisal_rate", "rectification_rate", "closure_rate")
_ISSUES, _AUDITS = "issue-ledger", "report-audit"

Rows = Mapping[str, pd.DataFrame]
"""A unit's accepted rows, by form."""


@dataclass(frozen=True)
class UnitFigures:
    """One unit's figures of a period.

    Args:
        unit: The unit.
        source: The form its counts come from: the house ledger where it sent one, else attachment-2.
        figures: Form id: its figures, counted from houses or reported.
        breaches: Code: how many houses of which that duty is unmet under the notice in force.
        not_appraised: Houses whose appraisal does not count, since its report failed the audit.
    """

    unit: str
    source: str | None
    figures: Mapping[str, Figures]
    breaches: Mapping[str, int] = field(default_factory=dict)
    not_appraised: tuple[str, ...] = ()

    @property
    def counts(self) -> Counts:
        """The counts of attachment-2 that `zjf.aggregate/1` names."""
        return plain_counts(self.figures.get(PROGRESS))

    def as_json(self) -> dict[str, Any]:
        return {
            "unit": self.unit,
            "source": self.source,
            "forms": {form: dict(each.counts) for form, each in self.figures.items()},
            "counts": self.counts,
            "rates": rates_as_json(self.figures.get(PROGRESS)),
            "breaches": dict(self.breaches),
            "not_appraised": list(self.not_appraised),
        }


def unit_figures(ledger: Ledger, period: str, home: County, notice: Notice) -> tuple[UnitFigures, ...]:
    """The figures of every unit that has something accepted for the period, in the roster's order."""
    closing_day = Period.parse(period).closing_day(home.calendar(notice.calendar))
    judgement = Judgement.under(notice, closing_day)
    sent: dict[str, set[str]] = {}
    for each in ledger.submissions(period):
        sent.setdefault(each.unit, set()).add(each.form)
    accepted = {form: _by_unit(ledger, form, period) for form in set().union(*sent.values())}
    audits = _last_known(ledger, _AUDITS, period)
    found = []
    for unit in (*home.roster.names, *sorted(set(sent) - set(home.roster.names))):
        rows = {form: accepted[form].get(unit, _none(form)) for form in sent.get(unit, ())}
        figures = {
            form: reported(FORMS[form], own)
            for form, own in sorted(rows.items())
            if FORMS[form].counts and form != HOUSES
        }
        if HOUSES in rows:
            found.append(_from_houses(unit, rows, figures, audits.get(unit), judgement, notice))
        elif figures:
            found.append(UnitFigures(unit, PROGRESS if PROGRESS in figures else None, figures))
    return tuple(found)


def _from_houses(
    unit: str,
    rows: Rows,
    said: dict[str, Figures],
    audits: pd.DataFrame | None,
    judgement: Judgement,
    notice: Notice,
) -> UnitFigures:
    """Counts from houses go before what the unit's attachment says; what houses do not tell stays."""
    houses: pd.DataFrame = rows[HOUSES]
    not_appraised: list[str] = []
    if audits is not None and notice.switches.failed_report_counts_as_not_appraised.on:
        houses, not_appraised = without_failed_appraisals(houses, audits)
    own = {form: dict(each.counts) for form, each in counted(houses).items()}
    if _ISSUES in rows:
        own[PROGRESS] |= online_inspection(rows[_ISSUES], houses)
    merged = {
        form: Figures(form, (dict(said[form].counts) if form in said else {}) | counts)
        for form, counts in own.items()
    }
    return UnitFigures(
        unit,
        HOUSES,
        dict(sorted((said | merged).items())),
        unmet_duties(rows[HOUSES], judgement),
        tuple(not_appraised),
    )


def _by_unit(ledger: Ledger, form: str, period: str) -> dict[str, pd.DataFrame]:
    unit = FORMS[form].unit_field
    assert unit is not None  # every form names its unit
    return {str(name): rows for name, rows in ledger.frame(form, period).groupby(unit.name, sort=False)}


def _last_known(ledger: Ledger, form: str, period: str) -> dict[str, pd.DataFrame]:
    """Each unit's rows of the last period, up to this one, for which it sent the form."""
    kind = Period.parse(period).kind
    known: dict[str, pd.DataFrame] = {}
    for earlier in sorted(
        each for each in ledger.periods() if each <= period and Period.parse(each).kind == kind
    ):
        known |= _by_unit(ledger, form, earlier)
    return known


def _none(form: str) -> pd.DataFrame:
    """The rows of a nil return."""
    return pd.DataFrame(columns=[name for each in FORMS[form].fields for name in each.columns], dtype=object)


def plain_counts(figures: Figures | None) -> Counts:
    """The counts of attachment-2 that houses tell."""
    told = {each.name for each in FORMS[PROGRESS].fields if each.counted}
    return {name: value for name, value in figures.counts.items() if name in told} if figures else {}


def rates_as_json(figures: Figures | None) -> dict[str, Any]:
    return {name: figures.rates[name].as_json() for name in RATES} if figures else {}
