"""Progress figures: the share of a population's houses (or households) with a step done, of those that need it.

They are for rankings, papers and screens; no signed table shows them.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from zjf.counting.populations import POPULATIONS, Population, Rows
from zjf.counting.rates import Rate
from zjf.counting.steps import STEPS, Step

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class ProgressFigure:
    """One step of one population as a figure: how many have it done, of those that need it."""

    step: Step
    population: Population

    @property
    def name(self) -> str:
        """Its public name (`commercial/closed`)."""
        return f"{self.population.id}/{self.step.id}"

    @property
    def label(self) -> str:
        """Its Chinese name, its population included (经营性自建房销号率)."""
        return f"{self.population.label}{self.step.rate}"

    def due(self, rows: Rows, day: date) -> "pd.Series[bool]":
        """Tells which rows belong to the denominator."""
        return self.population.holds(rows) & self.step.concerns(rows, day)

    def of(self, rows: Rows, day: date) -> Rate:
        due = self.due(rows, day)
        return Rate(int((due & self.step.is_done(rows, day)).sum()), int(due.sum()))


def all_progress_figures() -> tuple[ProgressFigure, ...]:
    """Returns every progress figure of every population."""
    return tuple(figure for population in POPULATIONS for figure in progress_figures(population))


def progress_figures(population: str) -> tuple[ProgressFigure, ...]:
    """Returns the progress figures of a population (or a notice's scope), in the order of the steps."""
    counted_population = POPULATIONS[population]
    return tuple(
        ProgressFigure(step, counted_population)
        for step in STEPS
        if step.is_figure and step.form == counted_population.form
    )
