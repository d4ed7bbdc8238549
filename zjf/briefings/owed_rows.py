"""The houses and households that hold back the ranked figures: due, and not done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from zjf.briefings.ranking import ranked_figures
from zjf.figures.progress import FIGURES, progress_behind
from zjf.figures.provenance import Counted, find_figures
from zjf.figures.reckoning import Reckoning
from zjf.figures.units import HOUSES, PROGRESS
from zjf.period import Period
from zjf.rules.registry import columns_read
from zjf.schemas import FORMS, Form
from zjf.schemas.house_facts import FACTS
from zjf.schemas.shared_facts import sharing_facts


def owed_rows(reckoning: Reckoning, period: Period) -> dict[str, dict[str, tuple[str, ...]]]:
    """Returns which rows hold back each ranked figure: figure → unit → the numbers of houses or households.

    Of a unit that reported its figures without a ledger there are none to be named: it is left out.
    """
    day = reckoning.closing_day(str(period))
    figures = [_owed_figure(ranked.name) for ranked in ranked_figures(reckoning.notice.scope)]
    owed: dict[str, dict[str, tuple[str, ...]]] = {figure.name: {} for figure in figures}
    for form in dict.fromkeys(figure.form for figure in figures):
        of_form = [figure for figure in figures if figure.form == form]
        columns = {column for figure in of_form for column in figure.columns}
        for rows in reckoning.columns(form, str(period), columns):
            with sharing_facts(rows):
                for figure in of_form:
                    owed[figure.name] |= _numbers(figure.owed(rows, day), FORMS[form])
    return owed


def _numbers(rows: pd.DataFrame, form: Form) -> dict[str, tuple[str, ...]]:
    """Unit: the numbers of its rows."""
    assert form.unit_field is not None  # every form names its unit
    by_unit = rows.groupby(form.unit_field.name, sort=False)[form.info.key[0]]
    return {str(unit): tuple(map(str, numbers)) for unit, numbers in by_unit}


@dataclass(frozen=True)
class _OwedFigure:
    """A ranked figure, by the rows that hold it back.

    Args:
        name: Its public name.
        form: The ledger that tells it.
        columns: The columns of that which tell it.
        owed: Of some rows, those of its denominator that are not in its numerator, as of a day.
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
    facts = pd.DataFrame({fact: FACTS[fact].holds(houses) for fact in counted.facts}, index=houses.index)
    due, done = counted.owed(facts), counted.done(facts)
    assert due is not None  # a rate has a denominator
    return houses[(due > 0) & (done <= 0)]
