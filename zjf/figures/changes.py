"""What changed between two periods: houses new, gone and changed; counts and rates."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from zjf.counting.rates import Rate
from zjf.counting.tally import Figures, total
from zjf.figures.reckoning import Reckoning
from zjf.figures.summary import strangers
from zjf.figures.units import HOUSES, UnitFigures
from zjf.ledger import Ledger
from zjf.schemas import FORMS, Field


@dataclass(frozen=True)
class HouseRef:
    """A house, and whose it is."""

    unit: str
    house_id: str


@dataclass(frozen=True)
class CellChange:
    """What a cell said, and what it says now; None is a blank."""

    field: Field
    before: object
    after: object


@dataclass(frozen=True)
class HouseChange:
    """The cells of a house that changed, in the form's order."""

    house: HouseRef
    cells: tuple[CellChange, ...]


@dataclass(frozen=True)
class HouseChanges:
    """The houses that are new, gone, or changed, in the order of the ledgers."""

    new: tuple[HouseRef, ...]
    gone: tuple[HouseRef, ...]
    changed: tuple[HouseChange, ...]


@dataclass(frozen=True)
class Shift:
    """A count then and now; None where it was not reported."""

    before: int | None
    after: int | None

    @property
    def change(self) -> int | None:
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class RateShift:
    """A rate then and now."""

    before: Rate
    after: Rate

    @property
    def points(self) -> Decimal | None:
        """The change in percentage points: what a reader gets who subtracts the printed figures."""
        then, now = self.before.percent(2), self.after.percent(2)
        return None if then is None or now is None else now - then


@dataclass(frozen=True)
class FigureChanges:
    """The figures of one form, then and now, in the form's order."""

    counts: Mapping[str, Shift]
    rates: Mapping[str, RateShift]


@dataclass(frozen=True)
class PeriodChanges:
    """What changed from one period to another.

    Args:
        before: The period from which.
        after: The period to which.
        units: The units compared: those with figures in both.
        left_out: The units of the roster that reported in neither, or in one of them only; and those on
            record that it does not know.
        houses: The houses, of the units that sent a house ledger in both.
        county: By form: the sums of the units compared, then and now (like with like).
        by_unit: By unit and form.
    """

    before: str
    after: str
    units: tuple[str, ...]
    left_out: tuple[str, ...]
    houses: HouseChanges
    county: Mapping[str, FigureChanges]
    by_unit: Mapping[str, Mapping[str, FigureChanges]]


def changes_between(
    reckoning: Reckoning, before: str, after: str, units: Iterable[str] = ()
) -> PeriodChanges:
    """What changed between two periods.

    Args:
        reckoning: What the periods come to.
        before: The earlier period.
        after: The later one.
        units: The units wanted; all, unless given.
    """
    wanted = tuple(units) or reckoning.home.roster.names
    then, now = (
        {each.unit: each for each in reckoning.units(period) if each.unit in wanted}
        for period in (before, after)
    )
    compared = tuple(unit for unit in wanted if unit in then and unit in now)
    home, ledger = reckoning.home, reckoning.ledger
    strange = {} if units else strangers(home, ledger, before) | strangers(home, ledger, after)
    with_houses = [unit for unit in compared if then[unit].source == now[unit].source == HOUSES]
    return PeriodChanges(
        before,
        after,
        compared,
        (*(unit for unit in wanted if unit not in compared), *strange),
        house_changes(*(reckoning.ledger.frame(HOUSES, period, with_houses) for period in (before, after))),
        _by_form(_summed(then, compared), _summed(now, compared)),
        {unit: _by_form(then[unit].figures, now[unit].figures) for unit in compared},
    )


def changes_within(ledger: Ledger, period: str, units: Iterable[str]) -> dict[str, HouseChanges]:
    """By unit, of those whose house ledger was accepted more than once in a period: what changed from the first
    to the one that counts.
    """
    found = {}
    for unit in units:
        sent = ledger.history(unit, HOUSES, period)
        if len(sent) > 1:
            found[unit] = house_changes(ledger.frame_of(sent[0]), ledger.frame_of(sent[-1]))
    return found


def house_changes(before: pd.DataFrame, after: pd.DataFrame) -> HouseChanges:
    """The houses that are new, gone, or changed, by house_id.

    Args:
        before: Rows of `house-ledger`: every column of the form, dtype object, blank = None.
        after: The same, later.
    """
    then, now = (
        {house_id: position for position, house_id in enumerate(houses.house_id)}
        for houses in (before, after)
    )
    both = [house_id for house_id in now if house_id in then]
    old, new = before.iloc[[then[each] for each in both]], after.iloc[[now[each] for each in both]]
    cells: dict[str, list[CellChange]] = {}
    for field in FORMS[HOUSES].fields:
        for house_id, was, is_now in zip(
            both, old[field.name].tolist(), new[field.name].tolist(), strict=True
        ):
            if was != is_now:
                cells.setdefault(house_id, []).append(CellChange(field, was, is_now))
    return HouseChanges(
        new=tuple(_refs(after.iloc[[at for each, at in now.items() if each not in then]])),
        gone=tuple(_refs(before.iloc[[at for each, at in then.items() if each not in now]])),
        changed=tuple(
            HouseChange(house, tuple(cells[house.house_id]))
            for house in _refs(new)
            if house.house_id in cells
        ),
    )


def figure_changes(before: Figures, after: Figures) -> FigureChanges:
    """The figures of one form then and now: every count that either has, and every rate."""
    form = FORMS[after.form_id]
    names = (name for name in form.counts if name in before.counts or name in after.counts)
    return FigureChanges(
        {name: Shift(before.counts.get(name), after.counts.get(name)) for name in names},
        {name: RateShift(before.rates[name], after.rates[name]) for name in form.rates},
    )


def _by_form(then: Mapping[str, Figures], now: Mapping[str, Figures]) -> dict[str, FigureChanges]:
    return {form: figure_changes(then[form], now[form]) for form in now if form in then}


def _summed(figures: Mapping[str, UnitFigures], units: Iterable[str]) -> dict[str, Figures]:
    own = [figures[unit].figures for unit in units]
    forms = dict.fromkeys(form for each in own for form in each)
    return {form: Figures(form, total(each[form].counts for each in own if form in each)) for form in forms}


def _refs(houses: pd.DataFrame) -> Iterator[HouseRef]:
    for unit, house_id in zip(houses.township, houses.house_id, strict=True):
        yield HouseRef(unit, house_id)
