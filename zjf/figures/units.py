"""The figures of one unit in a period: counted from its houses if it sent a house ledger, else as reported."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from zjf.analysis.report_audits import unsound
from zjf.counting.tally import (
    Counts,
    Figures,
    figures_from_houses,
    figures_reported,
    online_inspection,
    total,
)
from zjf.figures.progress import Progress, progress_as_json, progress_of_attachment, progress_of_rows
from zjf.problems import Severity
from zjf.public_json import figures as figures_json
from zjf.public_json import parts
from zjf.rules.phases import dated_steps, unmet_steps
from zjf.rules.registry import RULES, Judgement, Noted, unmet_duties
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSEHOLDS, HOUSES, ISSUES, PROGRESS
from zjf.schemas.masked_rows import mask_house_id
from zjf.schemas.shared_facts import columns_of, sharing_facts

RATES = ("appraisal_rate", "rectification_rate", "closure_rate")

Rows = Mapping[str, pd.DataFrame]
"""A unit's accepted rows, by form."""


@dataclass(frozen=True)
class UnitFigures:
    """One unit's figures of a period.

    Args:
        source: The form its counts come from: the house ledger if it sent one, else attachment-2.
        figures: Form id: its figures, counted from houses or reported.
        breaches: Code: the number of houses with that duty unmet under the notice in force.
        progress: Progress figure (`commercial/closed`): its rate; figures that cannot be told are absent.
        to_reappraise: Houses whose appraisal report failed an audit; all figures still count them.
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

    def as_json(self) -> figures_json.UnitFigures:
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
    noted: Noted,
) -> UnitFigures | None:
    """Returns the figures of a unit's accepted rows; None where they hold no figures.

    A count taken from houses replaces the one in the unit's attachment; the attachment's other counts stay.

    Args:
        rows: Its rows of every form that it sent; an empty frame for a nil return.
        audits: Its audits of appraisal reports, which say what houses are to be appraised anew.
    """
    reported = {
        form: figures_reported(FORMS[form], form_rows)
        for form, form_rows in sorted(rows.items())
        if FORMS[form].counts and form != HOUSES
    }
    if HOUSES not in rows:
        return _without_houses(unit, reported, rows, judgement.closing_day)
    houses = rows[HOUSES]
    with sharing_facts(columns_of(houses)):
        unmet = unmet_of(houses, judgement, noted)
        counted = {form: figures.counts for form, figures in figures_from_houses(columns_of(houses)).items()}
        progress = progress_of_rows(rows, judgement.closing_day)
    if ISSUES in rows:
        counted[PROGRESS] |= online_inspection(rows[ISSUES], houses, judgement.confirmation)
    completed = {
        form: Figures(form, (reported[form].counts if form in reported else {}) | counts)
        for form, counts in counted.items()
    }
    return UnitFigures(
        unit,
        HOUSES,
        dict(sorted((reported | completed).items())),
        {code: len(house_ids) for code, house_ids in unmet.items()},
        progress,
        tuple(houses.house_id[unsound(houses, audits)].tolist()) if audits is not None else (),
    )


def unmet_of(houses: pd.DataFrame, judgement: Judgement, noted: Noted) -> dict[str, tuple[str, ...]]:
    """Returns, by code, the houses of a unit with that duty unmet: duties of a house, and overdue steps."""
    columns = columns_of(houses)
    with sharing_facts(columns):
        unmet = unmet_duties(columns, judgement, noted) | unmet_steps(columns, judgement, noted)
    return dict(sorted(unmet.items()))


def columns_of_unmet(judgement: Judgement) -> set[str]:
    """Returns the columns that `unmet_of` reads, besides the unit and the key of each row."""
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
    """Returns the figures of a unit without a house ledger, from its attachments and its household ledger.

    A nil return says that there is nothing to count: each of its figures is 0, and not unknown.
    """
    by_form = {
        form: Figures(form, dict.fromkeys(FORMS[form].counts, 0)) if rows[form].empty else figures
        for form, figures in by_form.items()
    }
    progress = progress_of_rows(
        {form: form_rows for form, form_rows in rows.items() if form == HOUSEHOLDS}, closing_day
    )
    if PROGRESS in by_form:
        progress |= progress_of_attachment(by_form[PROGRESS].counts)
    if not by_form and not progress:
        return None
    return UnitFigures(unit, PROGRESS if PROGRESS in by_form else None, by_form, progress=progress)


def sum_figures(figures: Iterable[UnitFigures]) -> dict[str, Figures]:
    """Returns, by form id, the sums of the units' figures."""
    forms_of_units = [unit_figures.figures for unit_figures in figures]
    forms = sorted({form for unit_forms in forms_of_units for form in unit_forms})
    return {
        form: Figures(
            form, total(unit_forms[form].counts for unit_forms in forms_of_units if form in unit_forms)
        )
        for form in forms
    }


def plain_counts(figures: Figures | None) -> Counts:
    """Returns the counts of attachment-2 that can be counted from houses."""
    names = {field.name for field in FORMS[PROGRESS].fields if field.counted}
    return {name: value for name, value in figures.counts.items() if name in names} if figures else {}


def rates_as_json(figures: Figures | None) -> dict[str, parts.Rate]:
    return {name: figures.rates[name].as_json() for name in RATES} if figures else {}
