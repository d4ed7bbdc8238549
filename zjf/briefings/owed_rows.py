"""The houses and households that keep the ranked figures below 100 %: those due, but not done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from zjf.briefings.ranking import ranked_figures
from zjf.figures.progress import FIGURES, progress_behind
from zjf.figures.provenance import Counted, find_figures
from zjf.figures.reckoning import Reckoning
from zjf.period import Period
from zjf.rules.registry import columns_read
from zjf.schemas import FORMS, Form
from zjf.schemas.form_ids import HOUSES, PROGRESS
from zjf.schemas.house_facts import facts_of
from zjf.schemas.shared_facts import columns_of, sharing_facts


def owed_rows(reckoning: Reckoning, period: Period) -> dict[str, dict[str, tuple[str, ...]]]:
    """Returns, by ranked figure and unit, the numbers of the houses or households due, but not done.

    A unit that reported its figures without a ledger is left out.
    """
    day = reckoning.closing_day(str(period))
    figures = [_owed_figure(ranked.name) for ranked in ranked_figures(reckoning.notice.scope)]
    owed: dict[str, dict[str, tuple[str, ...]]] = {figure.name: {} for figure in figures}
    for form in dict.fromkeys(figure.form for figure in figures):
        form_figures = [figure for figure in figures if figure.form == form]
        columns = {column for figure in form_figures for column in figure.columns}
        for rows in reckoning.columns(form, str(period), columns):
            with sharing_facts(columns_of(rows)):
                for figure in form_figures:
                    owed[figure.name] |= _keys_by_unit(figure.owed(rows, day), FORMS[form])
    return owed


def _keys_by_unit(rows: pd.DataFrame, form: Form) -> dict[str, tuple[str, ...]]:
    keys_by_unit = rows.groupby(form.unit_field.name, sort=False)[form.info.key[0]]
    return {str(unit): tuple(map(str, keys)) for unit, keys in keys_by_unit}


@dataclass(frozen=True)
class _OwedFigure:
    """A ranked figure, and how its owed rows are found.

    Args:
        form: The ledger that it is counted from.
        columns: The columns of the ledger that it is counted from.
        owed: Picks, as of a day, the rows that are in its denominator and not in its numerator.
    """

    name: str
    form: str
    columns: tuple[str, ...]
    owed: Callable[[pd.DataFrame, date], pd.DataFrame]


def _owed_figure(name: str) -> _OwedFigure:
    if figure := FIGURES.get(name):
        columns = columns_read((*figure.population.needs, *figure.step.needs))
        return _OwedFigure(
            name, figure.population.form, columns, lambda rows, day: progress_behind(figure, rows, day).owed
        )
    counted = next(figure.counted for figure in find_figures(f"{PROGRESS}/{name}"))
    assert counted is not None  # the three rates are of houses
    return _OwedFigure(
        name, HOUSES, columns_read(counted.facts), lambda rows, _: _owed_of_attachment(counted, rows)
    )


def _owed_of_attachment(counted: Counted, houses: pd.DataFrame) -> pd.DataFrame:
    facts = pd.DataFrame(facts_of(columns_of(houses), counted.facts), index=houses.index)
    owed_counts, done_counts = counted.denominators(facts), counted.numerators(facts)
    assert owed_counts is not None  # a rate has a denominator
    return houses[(owed_counts > 0) & (done_counts <= 0)]
