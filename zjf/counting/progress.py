"""Progress figures: for how many houses (or households) of a population a step is done, of those of which
it is asked.

They are for rankings, papers and screens, and stand on no signed table.
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
    """A step of a population as a figure: for how many it is done, of those of which it is asked."""

    step: Step
    population: Population

    @property
    def name(self) -> str:
        """Its public name (`commercial/closed`)."""
        return f"{self.population.id}/{self.step.id}"

    @property
    def label(self) -> str:
        """What clerks call it, its population included (经营性自建房销号率)."""
        return f"{self.population.label}{self.step.rate}"

    def due(self, rows: Rows, day: date) -> "pd.Series[bool]":
        """The rows of the denominator."""
        return self.population.holds(rows) & self.step.concerns(rows, day)

    def done(self, rows: Rows, day: date) -> "pd.Series[bool]":
        """The rows of the numerator, which are all in the denominator."""
        return self.due(rows, day) & self.step.is_done(rows, day)

    def of(self, rows: Rows, day: date) -> Rate:
        """Returns the rate as of a day."""
        due = self.due(rows, day)
        return Rate(int((due & self.step.is_done(rows, day)).sum()), int(due.sum()))


def all_progress_figures() -> tuple[ProgressFigure, ...]:
    """Every progress figure of every population."""
    return tuple(figure for population in POPULATIONS for figure in progress_figures(population))


def progress_figures(population: str) -> tuple[ProgressFigure, ...]:
    """The progress figures of a population (or a notice's scope), in the order of doing."""
    whose = POPULATIONS[population]
    return tuple(ProgressFigure(step, whose) for step in STEPS if step.is_figure and step.form == whose.form)
