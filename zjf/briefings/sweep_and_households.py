"""What a notice asks for beside the figures that units are ranked by: the sweep by village (嘉峰), the
households by category and township (云霄).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

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
from zjf.schemas.household_facts import (
    household_appraised,
    household_cd,
    improved,
    plated,
    to_be_visited,
    visited_in_quarter,
)
from zjf.schemas.shared_facts import facts_shared
from zjf.schemas.vocabulary import HouseholdCategory

SWEEP, HOUSEHOLDS = "sweep-table", "household-ledger"
SWEEP_FIGURES = FORMS[SWEEP].counts


@dataclass(frozen=True)
class SweepLine:
    """What a village's sweep came to.

    Args:
        unit: The unit that reported it.
        village: The village.
        now: Figure of the sweep-table: its count; None where the village left it blank.
        before: The same in the period before; None where the village was not reported in it.
    """

    unit: str
    village: str
    now: Mapping[str, int | None]
    before: Mapping[str, int | None] | None

    def as_json(self) -> dict[str, Any]:
        return {
            "unit": self.unit,
            "village": self.village,
            "now": dict(self.now),
            "before": None if self.before is None else dict(self.before),
        }


@dataclass(frozen=True)
class HouseholdLine:
    """The households of one category, or of one unit.

    Args:
        name: The category, or the unit.
        figures: Figure: how many households; the names are the keys of `HOUSEHOLD_FIGURES`.
        unimproved: The numbers of the households in houses graded C or D that are not improved.
    """

    name: str
    figures: Mapping[str, int]
    unimproved: tuple[str, ...]


HOUSEHOLD_FIGURES: Mapping[str, str] = {
    "households": "户数",
    "appraised": "已鉴定",
    "cd": "C、D级",
    "unimproved": "C、D级未改造",
    "plated": "已挂牌",
    "to_be_visited": "应回访",
    "visited": "本季已回访",
}
"""The figures of households, and their names."""


@dataclass(frozen=True)
class Households:
    """The households of the units that sent their ledger, by category and by unit."""

    by_category: tuple[HouseholdLine, ...]
    by_unit: tuple[HouseholdLine, ...]
    total: HouseholdLine

    def as_json(self) -> dict[str, Any]:
        def of(line: HouseholdLine) -> dict[str, Any]:
            return {"name": line.name, **line.figures, "unimproved_households": list(line.unimproved)}

        return {
            "population": "困难群众住房",
            "by_category": [of(line) for line in self.by_category],
            "by_unit": [of(line) for line in self.by_unit],
            "total": of(self.total),
        }


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
            with facts_shared(rows):
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


def sweep_lines(reckoning: Reckoning, period: Period, before: Period | None) -> tuple[SweepLine, ...]:
    """Returns the sweep by village, held against the period before; none where no unit sent the table."""
    then = {_place(line): line for line in _sweep(reckoning, before)} if before else {}
    return tuple(
        SweepLine(
            *_place(line),
            _counts(line),
            _counts(then[_place(line)]) if _place(line) in then else None,
        )
        for line in _sweep(reckoning, period)
    )


def households(reckoning: Reckoning, period: Period) -> Households | None:
    """Returns the households by category and unit; None where no unit sent its ledger."""
    names = reckoning.home.roster.names
    sent = {submission.unit for submission in reckoning.ledger.submissions(str(period), HOUSEHOLDS)}
    units = [name for name in names if name in sent]
    if not units:
        return None
    rows = reckoning.rows(HOUSEHOLDS, str(period))
    day = reckoning.closing_day(str(period))
    return Households(
        tuple(_line(category.value, rows[rows.category == category], day) for category in HouseholdCategory),
        tuple(_line(unit, rows[rows.township == unit], day) for unit in units),
        _line("合计", rows, day),
    )


def _line(name: str, rows: pd.DataFrame, day: date) -> HouseholdLine:
    unimproved = household_cd(rows) & ~improved(rows)
    figures = {
        "households": len(rows),
        "appraised": int(household_appraised(rows).sum()),
        "cd": int(household_cd(rows).sum()),
        "unimproved": int(unimproved.sum()),
        "plated": int(plated(rows).sum()),
        "to_be_visited": int(to_be_visited(rows).sum()),
        "visited": int((to_be_visited(rows) & visited_in_quarter(rows, day)).sum()),
    }
    return HouseholdLine(name, figures, tuple(map(str, rows.household_no[unimproved])))


def swept(lines: Iterable[SweepLine], figure: str, *, before: bool = False) -> int | None:
    """Returns the sum of a figure over villages; None where none of them tells it."""
    counts_of_villages = [line.before if before else line.now for line in lines]
    reported = [value for counts in counts_of_villages if counts and (value := counts[figure]) is not None]
    return sum(reported) if reported else None


def _sweep(reckoning: Reckoning, period: Period) -> Sequence[Mapping[Any, Any]]:
    """A line a village; two of one name, in townships that have become one unit, add up."""
    places: dict[tuple[str, str], dict[Any, Any]] = {}
    for line in reckoning.rows(SWEEP, str(period)).to_dict("records"):
        same = places.get(_place(line))
        added = {name: _added(same[name], line[name]) for name in SWEEP_FIGURES} if same else {}
        places[_place(line)] = line | added
    return list(places.values())


def _added(*counts: int | None) -> int | None:
    """A sum; None where every part is blank."""
    reported = [count for count in counts if count is not None]
    return sum(reported) if reported else None


def _place(line: Mapping[Any, Any]) -> tuple[str, str]:
    return line["township"], line["village"]


def _counts(line: Mapping[Any, Any]) -> dict[str, int | None]:
    return {name: line[name] for name in SWEEP_FIGURES}
