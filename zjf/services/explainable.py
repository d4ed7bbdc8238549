"""What can be explained: a figure of a form, or a progress figure. Each says what it is and where its rows lie."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from zjf.counting.progress import ProgressFigure, progress_figures
from zjf.counting.rates import Rate
from zjf.counting.tally import Figures, total
from zjf.figures.behind import RowBehind, Waived, houses_behind, progress_rows, reported_behind
from zjf.figures.issues_behind import online_rows, told_by_issues
from zjf.figures.progress import find_progress, total_progress
from zjf.figures.provenance import Figure, find_figures
from zjf.figures.reckoning import Reckoning
from zjf.figures.units import HOUSES, PROGRESS, UnitFigures
from zjf.notices.notice import Notice
from zjf.schemas import FORMS
from zjf.services.meanings import figure_in_words, progress_in_words


@dataclass(frozen=True)
class Value:
    """What a figure comes to.

    Args:
        counts: The counts that it is made of.
        rate: The rate, where it is one.
        display: What is printed.
        worked_out: How it comes about: ⑦÷①＝45÷60＝75.00%.
    """

    counts: Mapping[str, int]
    rate: Rate | None
    display: str
    worked_out: str


class Explainable(Protocol):
    """A figure that can be explained."""

    @property
    def name(self) -> str:
        """Its public name."""

    @property
    def title(self) -> str:
        """What people call it."""

    @property
    def population(self) -> str:
        """Whom it counts."""

    @property
    def formula(self) -> str:
        """How a rate is taken; empty of a count."""

    @property
    def terms(self) -> Mapping[str, Sequence[str]]:
        """The counts that it is made of, each with what a row must be to be counted."""

    @property
    def lines(self) -> Sequence[tuple[str, str]]:
        """What there is to say of it: its name and title, then labels and texts."""

    def known_of(self, unit: UnitFigures) -> bool:
        """Returns whether a unit's figures tell it."""

    def source(self, unit: UnitFigures) -> str:
        """Returns the form that tells it of a unit."""

    def value(self, units: Sequence[UnitFigures]) -> Value:
        """Returns what it comes to for some units that tell it."""

    def rows(self, unit: UnitFigures, reckoning: Reckoning, period: str, waived: Waived) -> list[RowBehind]:
        """Returns the rows behind it of one unit."""


@dataclass(frozen=True)
class FormFigure:
    """A figure that stands in a form."""

    figure: Figure

    @property
    def name(self) -> str:
        return self.figure.name

    @property
    def title(self) -> str:
        return self.figure.title

    @property
    def population(self) -> str:
        return self.figure.population

    @property
    def formula(self) -> str:
        return self.figure.formula()

    @property
    def terms(self) -> dict[str, tuple[str, ...]]:
        return {term: self.figure.conditions(term) for term in self.figure.terms}

    @property
    def lines(self) -> list[tuple[str, str]]:
        return list(figure_in_words(self.figure))

    def known_of(self, unit: UnitFigures) -> bool:
        figures = unit.figures.get(self.figure.form.id)
        return figures is not None and all(term in figures.counts for term in self.figure.terms)

    def source(self, unit: UnitFigures) -> str:
        counted = self.figure.counted is not None and unit.source == HOUSES
        return HOUSES if counted else self.figure.form.id

    def value(self, units: Sequence[UnitFigures]) -> Value:
        form = self.figure.form.id
        figures = Figures(form, total(unit.figures[form].counts for unit in units))
        return Value(
            {term: figures.counts[term] for term in self.figure.terms},
            figures.rates[self.figure.field.name] if self.figure.field.rate else None,
            self.figure.display(figures),
            self.figure.reckoned(figures),
        )

    def rows(self, unit: UnitFigures, reckoning: Reckoning, period: str, waived: Waived) -> list[RowBehind]:
        if told_by_issues(self.figure.terms, unit, reckoning, period):
            return list(online_rows(self.figure.terms, unit, reckoning, period, waived))
        if self.figure.counted is not None and unit.source == HOUSES:
            return houses_behind(self.figure.counted, unit, reckoning.ledger, period, waived)
        return reported_behind(self.figure.form, *self.figure.sides, unit.unit, reckoning.ledger, period)


@dataclass(frozen=True)
class StepFigure:
    """A progress figure: a step of a population."""

    figure: ProgressFigure

    @property
    def name(self) -> str:
        return self.figure.name

    @property
    def title(self) -> str:
        return self.figure.label

    @property
    def population(self) -> str:
        return self.figure.population.label

    @property
    def formula(self) -> str:
        return self.figure.step.formula

    @property
    def terms(self) -> dict[str, tuple[str, ...]]:
        step = self.figure.step
        return {"due": (self.population, step.due), "done": (self.population, step.due, step.done)}

    @property
    def lines(self) -> list[tuple[str, str]]:
        return list(progress_in_words(self.figure))

    def known_of(self, unit: UnitFigures) -> bool:
        return self.figure.name in unit.progress

    def source(self, unit: UnitFigures) -> str:
        form = self.figure.population.form
        return PROGRESS if form == HOUSES and unit.source != HOUSES else form

    def value(self, units: Sequence[UnitFigures]) -> Value:
        rate = total_progress({self.name: unit.progress[self.name]} for unit in units)[self.name]
        worked_out = f"{self.formula}＝{rate.numerator}÷{rate.denominator}＝{rate.display}"
        counts = {"done": rate.numerator, "due": rate.denominator}
        return Value(counts, rate, rate.display, worked_out)

    def rows(self, unit: UnitFigures, reckoning: Reckoning, period: str, waived: Waived) -> list[RowBehind]:
        if self.source(unit) == PROGRESS:
            sides = self.figure.step.attachment[self.figure.population.id]
            return reported_behind(FORMS[PROGRESS], *sides, unit.unit, reckoning.ledger, period)
        day = reckoning.closing_day(period)
        return progress_rows(self.figure, unit, reckoning.ledger, period, day, waived)


def find_explainable(text: str, notice: Notice | None) -> list[Explainable]:
    """Returns the figures that go by a text: of the forms, and of progress.

    A step's plain name (销号率) means, beside what the forms call so, the figure of what the notice is about.

    Args:
        text: A name, a heading, a mark such as ⑦.
        notice: The notice in force, where there is one.
    """
    of_forms = [FormFigure(figure) for figure in find_figures(text)]
    progress = {figure.name: figure for figure in find_progress(text)}
    if notice:
        of_scope = progress_figures(notice.scope)
        progress |= {figure.name: figure for figure in of_scope if text == figure.step.rate}
    return [*of_forms, *map(StepFigure, progress.values())]
