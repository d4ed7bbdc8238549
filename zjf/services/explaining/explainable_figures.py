"""The figures that can be explained: of the forms, of progress, and of what inspections found."""

from collections.abc import Iterator
from functools import partial

from zjf.counting.issues import RECTIFIED_ISSUES, IssueFigure
from zjf.counting.progress import ProgressFigure, progress_figures
from zjf.counting.rates import Rate
from zjf.counting.tally import Counts, Figures
from zjf.figures.issues_behind import counted_from_issues, online_rows, problem_rows, rates_by_unit
from zjf.figures.progress import find_progress
from zjf.figures.provenance import Figure, find_figures
from zjf.figures.reckoning import Reckoning
from zjf.figures.rows_behind import RowBehind, SentByUnit, houses_behind, progress_rows, reported_behind
from zjf.figures.units import UnitFigures
from zjf.notices.notice import Notice
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSES, ISSUES, PROGRESS
from zjf.services.explaining.explainable import Explainable, UnitTally, Value
from zjf.services.explaining.meanings import (
    NOT_FROM_HOUSES,
    figure_in_words,
    problems_in_words,
    progress_in_words,
)


def find_explainable(text: str, notice: Notice | None) -> list[Explainable]:
    """Returns the figures of a name: of the forms, of progress, of inspections.

    A step's plain name (销号率) means, besides the forms' figures of that name, the progress figure of the
    notice's population.

    Args:
        text: A name, a heading, a mark such as ⑦.
    """
    progress = {figure.name: figure for figure in find_progress(text)}
    if notice:
        scope_figures = progress_figures(notice.scope)
        progress |= {figure.name: figure for figure in scope_figures if text == figure.step.rate}
    issues = RECTIFIED_ISSUES
    return [
        *map(_form_figure, find_figures(text)),
        *map(_progress_figure, progress.values()),
        *([_issue_figure(issues)] if text in (issues.name, issues.label, issues.rate) else []),
    ]


def _form_figure(figure: Figure) -> Explainable:
    terms = {term: figure.conditions(term) for term in figure.terms}
    return Explainable(
        name=figure.name,
        title=figure.title,
        population=figure.population,
        counted=("问题", "个") if NOT_FROM_HOUSES.keys() >= terms.keys() else ("房屋", "栋"),
        formula=figure.formula(),
        terms=terms,
        lines=tuple(figure_in_words(figure)),
        tallies=partial(_form_tallies, figure),
        value=partial(_form_value, figure),
        rows=partial(_form_rows, figure),
    )


def _form_tallies(figure: Figure, reckoning: Reckoning, period: str) -> Iterator[UnitTally]:
    for unit in reckoning.units(period):
        figures = unit.figures.get(figure.form.id)
        if figures is not None and all(term in figures.counts for term in figure.terms):
            counts = {term: figures.counts[term] for term in figure.terms}
            yield UnitTally(unit.unit, _source(figure, unit, reckoning, period), counts, unit.to_reappraise)


def _source(figure: Figure, unit: UnitFigures, reckoning: Reckoning, period: str) -> str:
    if counted_from_issues(figure.terms, unit, reckoning, period):
        return ISSUES
    return HOUSES if figure.counted is not None and unit.source == HOUSES else figure.form.id


def _form_value(figure: Figure, counts: Counts) -> Value:
    figures = Figures(figure.form.id, counts)
    rate = figures.rates[figure.field.name] if figure.field.rate else None
    return Value(counts, rate, figure.display(figures), figure.calculation(figures))


def _form_rows(figure: Figure, source: str, sent: SentByUnit) -> list[RowBehind]:
    if source == ISSUES:
        return list(online_rows(figure.terms, sent))
    if source == HOUSES and figure.counted is not None:
        return houses_behind(figure.counted, sent)
    return reported_behind(figure.form, *figure.sides, sent)


def _progress_figure(figure: ProgressFigure) -> Explainable:
    population, step = figure.population, figure.step
    return Explainable(
        name=figure.name,
        title=figure.label,
        population=population.label,
        counted=("住户" if population.measure == "户" else "房屋", population.measure),
        formula=step.formula,
        terms={"due": (population.label, step.due), "done": (population.label, step.due, step.done)},
        lines=tuple(progress_in_words(figure)),
        tallies=partial(_progress_tallies, figure),
        value=partial(_share, step.formula),
        rows=partial(_progress_rows, figure),
    )


def _progress_tallies(figure: ProgressFigure, reckoning: Reckoning, period: str) -> Iterator[UnitTally]:
    form = figure.population.form
    for unit in reckoning.units(period):
        if rate := unit.progress.get(figure.name):
            source = PROGRESS if form == HOUSES and unit.source != HOUSES else form
            doubted = unit.to_reappraise if form == HOUSES else ()
            yield UnitTally(unit.unit, source, _sides(rate), doubted)


def _progress_rows(figure: ProgressFigure, source: str, sent: SentByUnit) -> list[RowBehind]:
    if source == PROGRESS:
        return reported_behind(FORMS[PROGRESS], *figure.step.attachment[figure.population.id], sent)
    return progress_rows(figure, sent)


def _issue_figure(figure: IssueFigure) -> Explainable:
    population, due, done = figure.population, figure.due, figure.done
    return Explainable(
        name=figure.name,
        title=figure.label,
        population=population,
        counted=("问题", "个"),
        formula=figure.formula,
        terms={"due": (population, due), "done": (population, due, done)},
        lines=tuple(problems_in_words(figure)),
        tallies=partial(_issue_tallies, figure),
        value=partial(_share, figure.formula),
        rows=partial(_issue_rows, figure),
    )


def _issue_tallies(figure: IssueFigure, reckoning: Reckoning, period: str) -> Iterator[UnitTally]:
    for unit, rate in rates_by_unit(figure, reckoning, period).items():
        yield UnitTally(unit, ISSUES, _sides(rate))


def _issue_rows(figure: IssueFigure, _: str, sent: SentByUnit) -> list[RowBehind]:
    return list(problem_rows(figure, sent))


def _sides(rate: Rate) -> Counts:
    return {"done": rate.numerator, "due": rate.denominator}


def _share(formula: str, counts: Counts) -> Value:
    rate = Rate(counts["done"], counts["due"])
    worked_out = f"{formula}＝{rate.numerator}÷{rate.denominator}＝{rate.display}"
    return Value(counts, rate, rate.display, worked_out)
