"""Whose figures count in a period, unit by unit: counted from houses where there is a house ledger."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from zjf.analysis.report_audits import unsound
from zjf.counting.populations import HOUSEHOLDS
from zjf.counting.tally import Counts, Figures, counted, online_inspection, reported
from zjf.figures.progress import Progress, progress_as_json, progress_of_attachment, progress_of_rows
from zjf.problems import Severity
from zjf.rules.phases import dated_steps, unmet_steps
from zjf.rules.registry import RULES, Judgement, unmet_duties
from zjf.schemas import FORMS
from zjf.schemas.masked_rows import mask_house_id
from zjf.schemas.shared_facts import facts_shared

HOUSES, PROGRESS = "house-ledger", "attachment-2"
RATES = ("appraisal_rate", "rectification_rate", "closure_rate")
_ISSUES = "issue-ledger"

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
        progress: Progress figure (`commercial/closed`): what it comes to; what is not told is absent.
        to_reappraise: Houses whose appraisal report failed an audit; every figure counts them as before.
    """

    unit: str
    source: str | None
    figures: Mapping[str, Figures]
    breaches: Mapping[str, int] = field(default_factory=dict)
    progress: Progress = field(default_factory=dict)
    to_reappraise: tuple[str, ...] = ()

    @property
    def counts(self) -> Counts:
        """The counts of attachment-2 that `zjf.aggregate/1` names."""
        return plain_counts(self.figures.get(PROGRESS))

    def as_json(self) -> dict[str, Any]:
        return {
            "unit": self.unit,
            "source": self.source,
            "forms": {form: dict(figure.counts) for form, figure in self.figures.items()},
            "counts": self.counts,
            "rates": rates_as_json(self.figures.get(PROGRESS)),
            "breaches": dict(self.breaches),
            "progress": progress_as_json(self.progress),
            "to_reappraise": list(map(mask_house_id, self.to_reappraise)),
            "not_appraised": [],  # a key of the first version: an audit takes no house out of the figures
        }


def figures_of(
    unit: str,
    rows: Rows,
    audits: pd.DataFrame | None,
    judgement: Judgement,
    waived: Mapping[str, Collection[str]] | None = None,
) -> UnitFigures | None:
    """What a unit's accepted rows come to; None where they hold no figures.

    Counts from houses go before what the unit's attachment says; what houses do not tell stays.

    Args:
        unit: The unit.
        rows: Its rows of every form that it sent; none of a nil return.
        audits: Its audits of appraisal reports: whose houses are to be appraised anew.
        judgement: What depends on the notice and the day.
        waived: Code: the houses of which an unmet duty was waived when they were accepted.
    """
    by_form = {
        form: reported(FORMS[form], own)
        for form, own in sorted(rows.items())
        if FORMS[form].counts and form != HOUSES
    }
    if HOUSES not in rows:
        return _without_houses(unit, by_form, rows, judgement.closing_day)
    with facts_shared(rows[HOUSES]):
        return _with_houses(unit, by_form, rows, audits, judgement, waived)


def _with_houses(
    unit: str,
    by_form: dict[str, Figures],
    rows: Rows,
    audits: pd.DataFrame | None,
    judgement: Judgement,
    waived: Mapping[str, Collection[str]] | None,
) -> UnitFigures:
    """A unit with a house ledger: what its houses come to, and what its attachments say beside."""
    houses: pd.DataFrame = rows[HOUSES]
    to_reappraise = houses.house_id[unsound(houses, audits)].tolist() if audits is not None else []
    own = {form: dict(figures.counts) for form, figures in counted(houses).items()}
    if _ISSUES in rows:
        own[PROGRESS] |= online_inspection(rows[_ISSUES], houses, judgement.confirmation)
    merged = {
        form: Figures(form, (dict(by_form[form].counts) if form in by_form else {}) | counts)
        for form, counts in own.items()
    }
    return UnitFigures(
        unit,
        HOUSES,
        dict(sorted((by_form | merged).items())),
        {code: len(numbers) for code, numbers in unmet_of(houses, judgement, waived).items()},
        progress_of_rows(rows, judgement.closing_day),
        tuple(to_reappraise),
    )


def unmet_of(
    houses: pd.DataFrame, judgement: Judgement, waived: Mapping[str, Collection[str]] | None = None
) -> dict[str, tuple[str, ...]]:
    """Code: the houses of a unit of which that duty is unmet: duties of a house, and what was due by a day."""
    duties = unmet_duties(houses, judgement, waived)
    return dict(sorted((duties | unmet_steps(houses, judgement, waived)).items()))


def columns_of_unmet(judgement: Judgement) -> set[str]:
    """The columns that `unmet_of` reads, beside the unit and the key of each row."""
    duties = (
        (*rule.needs, *rule.kept_in)
        for rule in RULES.values()
        if rule.form == HOUSES and judgement.severity_of(rule.code) is Severity.BREACH
    )
    steps = (dated.needs for dated in dated_steps(judgement.phases) if dated.step.form == HOUSES)
    return set().union(*duties, *steps)


def _without_houses(
    unit: str, by_form: Mapping[str, Figures], rows: Rows, closing_day: date
) -> UnitFigures | None:
    """A unit without a house ledger: what its attachments report, and its households.

    Who sent a nil return has nothing to do, which is known; nothing is counted of it.
    """
    progress = progress_of_rows({form: own for form, own in rows.items() if form == HOUSEHOLDS}, closing_day)
    if PROGRESS in by_form:
        none = dict.fromkeys(FORMS[PROGRESS].counts, 0) if rows[PROGRESS].empty else {}
        progress |= progress_of_attachment(none | by_form[PROGRESS].counts)
    if not by_form and not progress:
        return None
    return UnitFigures(unit, PROGRESS if PROGRESS in by_form else None, by_form, progress=progress)


def plain_counts(figures: Figures | None) -> Counts:
    """The counts of attachment-2 that houses tell."""
    names = {field.name for field in FORMS[PROGRESS].fields if field.counted}
    return {name: value for name, value in figures.counts.items() if name in names} if figures else {}


def rates_as_json(figures: Figures | None) -> dict[str, Any]:
    return {name: figures.rates[name].as_json() for name in RATES} if figures else {}
