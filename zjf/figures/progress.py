"""Progress figures of the units: how much of a step is done, by population.

A figure that cannot be told from a unit's return is absent: it is not taken as zero.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zjf.counting.populations import POPULATIONS
from zjf.counting.progress import ProgressFigure, all_progress_figures
from zjf.counting.rates import Rate
from zjf.public_json import parts
from zjf.schemas.form_ids import HOUSEHOLDS, HOUSES
from zjf.schemas.headings import plain_heading
from zjf.schemas.shared_facts import columns_of

Progress = Mapping[str, Rate]
"""Public name of a figure (`commercial/closed`): its rate."""

FIGURES: Mapping[str, ProgressFigure] = {figure.name: figure for figure in all_progress_figures()}
"""Every progress figure, by its public name."""


@dataclass(frozen=True, eq=False)
class Behind:
    """The rows behind a figure: those `due`, in its denominator, and for each whether it is in the numerator, too."""

    figure: ProgressFigure
    due: pd.DataFrame
    done: "NDArray[np.bool_]"

    @property
    def owed(self) -> pd.DataFrame:
        """The rows for which the step is still to be done."""
        return self.due[~self.done]

    @property
    def rate(self) -> Rate:
        return Rate(int(self.done.sum()), len(self.due))


def progress_of_rows(rows: Mapping[str, pd.DataFrame], day: date) -> dict[str, Rate]:
    """Returns a unit's progress figures for every population whose ledger it sent.

    Args:
        rows: Its rows of `house-ledger` and `household-ledger`; a ledger that it did not send has no entry.
    """
    rates: dict[str, Rate] = {}
    for form in (HOUSES, HOUSEHOLDS):
        if form not in rows:
            continue
        form_rows = columns_of(rows[form])
        members = {
            name: population.holds(form_rows)
            for name, population in POPULATIONS.items()
            if population.form == form
        }
        answers_of_step: dict[str, tuple[pd.Series[bool], pd.Series[bool]]] = {}
        for name, figure in FIGURES.items():
            step = figure.step
            if step.form == form:
                if step.id not in answers_of_step:
                    answers_of_step[step.id] = step.concerns(form_rows, day), step.is_done(form_rows, day)
                concerns, done = answers_of_step[step.id]
                due = members[figure.population.id] & concerns
                rates[name] = Rate(int((due & done).sum()), int(due.sum()))
    return rates


def progress_of_attachment(counts: Mapping[str, int]) -> dict[str, Rate]:
    """Returns the progress figures that the attachment-2 of a unit without a house ledger gives."""
    rates: dict[str, Rate] = {}
    for name, figure in FIGURES.items():
        terms = figure.step.attachment.get(figure.population.id)
        if terms and all(side.known(counts) for side in terms):
            rates[name] = Rate(*(side.value(counts) for side in terms))
    return rates


def progress_behind(figure: ProgressFigure, rows: pd.DataFrame, day: date) -> Behind:
    """Returns the rows behind a figure, from the rows of its ledger."""
    columns = columns_of(rows)
    due = figure.due(columns, day).to_numpy()
    done = figure.step.is_done(columns, day).to_numpy()  # of all rows: facts are shared
    return Behind(figure, rows[due], done[due])


def total_progress(units: Iterable[Progress]) -> dict[str, Rate]:
    """Returns the county's figures: ratios of sums over the units that have the figure."""
    sums: dict[str, Rate] = {}
    for progress in units:
        for name, rate in progress.items():
            sums[name] = sums.get(name, Rate(0, 0)) + rate
    return {name: sums[name] for name in FIGURES if name in sums}


def find_progress(text: str) -> list[ProgressFigure]:
    """Returns the progress figures with a name: `closed`, `commercial/closed`, 经营性自建房销号率, 经营性销号率."""
    names = {text, plain_heading(text)}
    return [figure for figure in FIGURES.values() if not names.isdisjoint(_names(figure))]


def _names(figure: ProgressFigure) -> frozenset[str]:
    short = figure.label.replace("自建房", "")
    return frozenset({figure.name, figure.step.id, figure.label, plain_heading(figure.label), short})


def progress_as_json(progress: Progress) -> dict[str, parts.ProgressRate]:
    """The figures with their populations, for programs."""
    return {
        name: {
            "label": FIGURES[name].label,
            "population": FIGURES[name].population.id,
            "population_label": FIGURES[name].population.label,
            "formula": FIGURES[name].step.formula,
            **rate.as_json(),
        }
        for name, rate in progress.items()
    }
