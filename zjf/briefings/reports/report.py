"""What a report of a campaign is made from, and the kinds of report there are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from zjf.briefings import prose
from zjf.briefings.briefing import summed
from zjf.counting.populations import POPULATIONS
from zjf.counting.rates import Rate
from zjf.counting.tally import Figures
from zjf.documents.sections import Letter, Paragraph
from zjf.errors import CannotDoError
from zjf.figures.progress import FIGURES, total_progress
from zjf.figures.units import UnitFigures
from zjf.public_json import DocumentName
from zjf.register.print_context import PrintContext

NOT_TOLD = "没有收到这方面的数。"
FILL_IN = "（请填写：{}。）"
"""Printed where only people can fill in the text."""


@dataclass(frozen=True)
class ReportFigure:
    """A figure that a report prints.

    Args:
        name: Its public name.
        population: Whom it counts, in words.
        label: What it is, in words.
        value: The count; a rate's numerator.
        of: A rate's denominator; None for a count.
        counted_in: What is counted: 栋, 件, 个.
    """

    name: str
    population: str
    label: str
    value: int
    of: int | None = None
    counted_in: str = "栋"

    def as_json(self) -> dict[str, Any]:
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
        """The figure as a sentence's part: 经营性自建房销号率 90.00%（9/10）; a rate of nothing is said to be none."""
        if self.of is None:
            return f"{self.label}{self.value}{self.counted_in}"
        if self.of == 0:
            return f"{self.label}不计（分母为0）"
        return f"{self.label}{Rate(self.value, self.of).display}（{self.value}/{self.of}）"


@dataclass(frozen=True, eq=False)
class ReportMaterials:
    """What a report is made from.

    Args:
        context: The tables of the period.
        unit: The unit that reports; None where the county does.
        notes: What the office wrote on the period (`notes/<period>.md`), by heading.
    """

    context: PrintContext
    unit: str | None
    notes: Mapping[str, str]

    @cached_property
    def figures(self) -> tuple[UnitFigures, ...]:
        """The figures of the unit, or of all units that have some.

        Raises:
            CannotDoError: There are none.
        """
        figures = tuple(
            unit_figures
            for name, unit_figures in self.context.figures.items()
            if self.unit is None or name == self.unit
        )
        if not figures:
            raise CannotDoError(
                f"{self.context.period} 的台账中没有{self.who}的数", "请先运行 zjf aggregate 接收报表。"
            )
        return figures

    @property
    def who(self) -> str:
        return self.unit or self.context.home.name

    @property
    def office(self) -> str:
        return self.unit or self.context.home.office

    @property
    def day(self) -> date:
        return self.context.said_on

    @cached_property
    def forms(self) -> dict[str, Figures]:
        """Form: the sums of its figures."""
        return summed(self.figures)

    def progress(self, population: str) -> list[ReportFigure]:
        """The progress figures of a population that the returns tell."""
        totals = total_progress(unit_figures.progress for unit_figures in self.figures)
        return [
            ReportFigure(
                name, POPULATIONS[population].label, FIGURES[name].label, rate.numerator, rate.denominator
            )
            for name, rate in totals.items()
            if FIGURES[name].population.id == population
        ]

    def progress_words(self, population: str) -> str:
        """The progress figures as a sentence, with the units whose returns do not tell them."""
        figures = self.progress(population)
        lacking = [
            unit_figures.unit
            for unit_figures in self.figures
            if not any(FIGURES[name].population.id == population for name in unit_figures.progress)
        ]
        unless = f"（{prose.listed(lacking)}没有报台账，未计入。）" if figures and lacking else ""
        return sentence(figures).text + unless

    @cached_property
    def _lacking(self) -> list[str]:
        counted = {unit_figures.unit for unit_figures in self.figures}
        return [unit for unit in self.context.home.roster.names if unit not in counted]

    @property
    def coverage_figures(self) -> tuple[ReportFigure, ...]:
        """How many units are counted, of how many; nothing for a unit's own report."""
        if self.unit:
            return ()
        expected = len(self.context.home.roster.names)
        return (
            ReportFigure("units_counted", "填报单位", "以下各数为", len(self.figures), counted_in="个单位"),
            ReportFigure("units_expected", "填报单位", "应报", expected, counted_in="个单位"),
        )

    def coverage(self) -> str:
        """Returns which units are counted, and of whom only a part; empty in a unit's own report of a whole return."""
        in_part = [unit for unit in self.context.coverage.partial if self.unit in (None, unit)]
        but = f"{prose.listed(in_part)}的报表只接收了一部分，没有接收的没有计入。" if in_part else ""
        if self.unit:
            return but
        counted, expected = (figure.words for figure in self.coverage_figures)
        missing = f"，{prose.listed(self._lacking)}的数没有计入" if self._lacking else ""
        return f"{counted}之和（{expected}{missing}）。{but}"

    def note(self, heading: str, hint: str) -> Paragraph:
        """Returns the office's note under a heading, else a place to write it in."""
        return Paragraph(self.notes.get(heading) or FILL_IN.format(hint))


@dataclass(frozen=True)
class Report:
    """A report: its text, and the figures in it."""

    letter: Letter
    figures: tuple[ReportFigure, ...]

    def as_json(self, kind: "ReportKind", about: ReportMaterials) -> dict[str, Any]:
        """The document `zjf.report/1`."""
        return {
            "schema": DocumentName.REPORT,
            "kind": kind.id,
            "period": str(about.context.period),
            "who": about.who,
            "figures": [figure.as_json() for figure in self.figures],
        }


@dataclass(frozen=True)
class ReportKind:
    """A kind of report.

    Args:
        id: Its public name.
        title: Its official title, without an owner.
        names: What else clerks call it.
        clause: The clauses that ask for it.
        compose: Makes the report from its materials.
    """

    id: str
    title: str
    names: tuple[str, ...]
    clause: str
    compose: Callable[[ReportMaterials], Report]


REPORTS: dict[str, ReportKind] = {}
"""Every kind of report, by its public name."""


def register(kind: ReportKind) -> ReportKind:
    """Adds a kind of report."""
    assert kind.id not in REPORTS, kind.id
    REPORTS[kind.id] = kind
    return kind


def counts(about: ReportMaterials, form: str, wanted: Mapping[str, tuple[str, str]]) -> list[ReportFigure]:
    """Returns counts of a form as figures of a report, without those that nobody reported."""
    reported = about.forms[form].counts if form in about.forms else {}
    return [
        ReportFigure(name, population, label, reported[name])
        for name, (population, label) in wanted.items()
        if name in reported
    ]


def sentence(figures: Sequence[ReportFigure]) -> Paragraph:
    """Returns the figures as one sentence; where there are none, that they are not known."""
    return Paragraph(f"{'，'.join(figure.words for figure in figures)}。" if figures else NOT_TOLD)
