"""The figures that can be explained: of the forms, of progress, and of what inspections found."""

from collections.abc import Iterator
from dataclasses import dataclass

from zjf.counting.issues import ISSUES, RECTIFIED_ISSUES, IssueFigure
from zjf.counting.progress import ProgressFigure, progress_figures
from zjf.counting.rates import Rate
from zjf.counting.tally import Counts, Figures
from zjf.figures.issues_behind import counted_from_issues, online_rows, problem_rows, rates_by_unit
from zjf.figures.progress import find_progress
from zjf.figures.provenance import Figure, find_figures
from zjf.figures.reckoning import Reckoning
from zjf.figures.rows_behind import RowBehind, Waived, houses_behind, progress_rows, reported_behind
from zjf.figures.units import HOUSES, PROGRESS, UnitFigures
from zjf.notices.notice import Notice
from zjf.schemas import FORMS
from zjf.services.explaining.explainable import Explainable, UnitTally, Value
from zjf.services.explaining.meanings import (
    NOT_FROM_HOUSES,
    figure_in_words,
    problems_in_words,
    progress_in_words,
)


@dataclass(frozen=True)
class FormFigure:
    """A figure of a form."""

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
    def counted(self) -> tuple[str, str]:
        return ("问题", "个") if NOT_FROM_HOUSES.keys() >= set(self.terms) else ("房屋", "栋")

    @property
    def formula(self) -> str:
        return self.figure.formula()

    @property
    def terms(self) -> dict[str, tuple[str, ...]]:
        return {term: self.figure.conditions(term) for term in self.figure.terms}

    @property
    def lines(self) -> list[tuple[str, str]]:
        return list(figure_in_words(self.figure))

    def tallies(self, reckoning: Reckoning, period: str) -> Iterator[UnitTally]:
        for unit in reckoning.units(period):
            figures = unit.figures.get(self.figure.form.id)
            if figures is not None and all(term in figures.counts for term in self.figure.terms):
                counts = {term: figures.counts[term] for term in self.figure.terms}
                source = self._source(unit, reckoning, period)
                yield UnitTally(unit.unit, source, counts, unit.to_reappraise)

    def _source(self, unit: UnitFigures, reckoning: Reckoning, period: str) -> str:
        if counted_from_issues(self.figure.terms, unit, reckoning, period):
            return ISSUES
        is_counted = self.figure.counted is not None and unit.source == HOUSES
        return HOUSES if is_counted else self.figure.form.id

    def value(self, counts: Counts) -> Value:
        figures = Figures(self.figure.form.id, counts)
        return Value(
            counts,
            figures.rates[self.figure.field.name] if self.figure.field.rate else None,
            self.figure.display(figures),
            self.figure.calculation(figures),
        )

    def rows(self, tally: UnitTally, reckoning: Reckoning, period: str, waived: Waived) -> list[RowBehind]:
        if tally.source == ISSUES:
            return list(online_rows(self.figure.terms, tally.unit, reckoning, period, waived))
        if tally.source == HOUSES and self.figure.counted is not None:
            ledger = reckoning.ledger
            return houses_behind(self.figure.counted, tally.unit, ledger, period, waived, tally.doubted)
        return reported_behind(self.figure.form, *self.figure.sides, tally.unit, reckoning.ledger, period)


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
    def counted(self) -> tuple[str, str]:
        measure = self.figure.population.measure
        return "住户" if measure == "户" else "房屋", measure

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

    def tallies(self, reckoning: Reckoning, period: str) -> Iterator[UnitTally]:
        form = self.figure.population.form
        for unit in reckoning.units(period):
            if rate := unit.progress.get(self.name):
                source = PROGRESS if form == HOUSES and unit.source != HOUSES else form
                doubted = unit.to_reappraise if form == HOUSES else ()
                yield UnitTally(unit.unit, source, _sides(rate), doubted)

    def value(self, counts: Counts) -> Value:
        return _share(self.formula, counts)

    def rows(self, tally: UnitTally, reckoning: Reckoning, period: str, waived: Waived) -> list[RowBehind]:
        if tally.source == PROGRESS:
            sides = self.figure.step.attachment[self.figure.population.id]
            return reported_behind(FORMS[PROGRESS], *sides, tally.unit, reckoning.ledger, period)
        day = reckoning.closing_day(period)
        return progress_rows(self.figure, tally.unit, reckoning.ledger, period, day, waived, tally.doubted)


@dataclass(frozen=True)
class ProblemsFigure:
    """A share of the problems that inspections found."""

    figure: IssueFigure

    @property
    def name(self) -> str:
        return self.figure.name

    @property
    def title(self) -> str:
        return self.figure.label

    @property
    def population(self) -> str:
        return self.figure.population

    @property
    def counted(self) -> tuple[str, str]:
        return "问题", "个"

    @property
    def formula(self) -> str:
        return self.figure.formula

    @property
    def terms(self) -> dict[str, tuple[str, ...]]:
        population, due, done = self.population, self.figure.due, self.figure.done
        return {"due": (population, due), "done": (population, due, done)}

    @property
    def lines(self) -> list[tuple[str, str]]:
        return list(problems_in_words(self.figure))

    def tallies(self, reckoning: Reckoning, period: str) -> Iterator[UnitTally]:
        for unit, rate in rates_by_unit(self.figure, reckoning, period).items():
            yield UnitTally(unit, ISSUES, _sides(rate))

    def value(self, counts: Counts) -> Value:
        return _share(self.formula, counts)

    def rows(self, tally: UnitTally, reckoning: Reckoning, period: str, waived: Waived) -> list[RowBehind]:
        return list(problem_rows(self.figure, tally.unit, reckoning, period, waived))

    def is_called(self, text: str) -> bool:
        """Whether a text is one of its names."""
        return text in (self.name, self.title, self.figure.rate)


PROBLEMS = ProblemsFigure(RECTIFIED_ISSUES)
"""问题整改率."""


def find_explainable(text: str, notice: Notice | None) -> list[Explainable]:
    """Returns the figures of a name: of the forms, of progress, of inspections.

    A step's plain name (销号率) means, besides the forms' figures of that name, the progress figure of the
    notice's population.

    Args:
        text: A name, a heading, a mark such as ⑦.
        notice: The notice in force, where there is one.
    """
    form_figures = [FormFigure(figure) for figure in find_figures(text)]
    progress = {figure.name: figure for figure in find_progress(text)}
    if notice:
        scope_figures = progress_figures(notice.scope)
        progress |= {figure.name: figure for figure in scope_figures if text == figure.step.rate}
    problem_figures = [PROBLEMS] if PROBLEMS.is_called(text) else []
    return [*form_figures, *map(StepFigure, progress.values()), *problem_figures]


def _sides(rate: Rate) -> Counts:
    return {"done": rate.numerator, "due": rate.denominator}


def _share(formula: str, counts: Counts) -> Value:
    rate = Rate(counts["done"], counts["due"])
    worked_out = f"{formula}＝{rate.numerator}÷{rate.denominator}＝{rate.display}"
    return Value(counts, rate, rate.display, worked_out)
