"""The figures of reports, and how they are put into sentences."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from zjf.counting.populations import POPULATIONS
from zjf.counting.rates import Rate
from zjf.figures.progress import FIGURES
from zjf.public_json import papers


@dataclass(frozen=True)
class ReportFigure:
    """A figure that a report prints.

    Args:
        population: The population that it counts, in Chinese.
        value: The count; a rate's numerator.
        of: A rate's denominator; None for a count.
        counted_in: The unit of the count: 栋, 件, 个.
    """

    name: str
    population: str
    label: str
    value: int
    of: int | None = None
    counted_in: str = "栋"

    def as_json(self) -> papers.ReportFigure:
        rate = None if self.of is None else Rate(self.value, self.of).display
        return {
            "name": self.name,
            "population": self.population,
            "label": self.label,
            "value": self.value,
            "of": self.of,
            "rate": rate,
            "unit": self.counted_in,
        }

    @property
    def words(self) -> str:
        """The figure as part of a sentence: 经营性自建房销号率 90.00%（9/10）."""
        if self.of is None:
            return f"{self.label}{self.value}{self.counted_in}"
        if self.of == 0:
            return f"{self.label}不计（分母为0）"
        return f"{self.label}{Rate(self.value, self.of).display}（{self.value}/{self.of}）"


def progress_figures(rates: Mapping[str, Rate], population: str) -> list[ReportFigure]:
    """Returns the progress figures of a population as figures of a report."""
    return [
        ReportFigure(
            name, POPULATIONS[population].label, FIGURES[name].label, rate.numerator, rate.denominator
        )
        for name, rate in rates.items()
        if FIGURES[name].population.id == population
    ]


def coverage_figures(counted: int, expected: int) -> tuple[ReportFigure, ReportFigure]:
    """Returns how many units are counted, of how many expected."""
    return (
        ReportFigure("units_counted", "填报单位", "以下各数为", counted, counted_in="个单位"),
        ReportFigure("units_expected", "填报单位", "应报", expected, counted_in="个单位"),
    )


def coverage_sentence(figures: Iterable[ReportFigure], missing_remark: str) -> str:
    """Returns the sentence on the units that are counted.

    Args:
        figures: `coverage_figures`.
        missing_remark: What is said of the units that are not; empty where all are.
    """
    counted, expected = (figure.words for figure in figures)
    return f"{counted}之和（{'，'.join(filter(None, (expected, missing_remark)))}）。"


def sentence(figures: Sequence[ReportFigure]) -> str:
    """Returns the figures as one sentence; without figures, a sentence that none were received."""
    return f"{'，'.join(figure.words for figure in figures)}。" if figures else "没有收到这方面的数。"
