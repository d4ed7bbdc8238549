"""What changed between two periods: houses new, gone and changed; counts and rates."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import pandas as pd

from zjf.counting.rates import Rate
from zjf.counting.tally import Figures, total
from zjf.figures.differing_rows import rows_that_differ
from zjf.figures.house_places import HousePlace, Places, places_in, places_of
from zjf.figures.in_part import units_in_part
from zjf.figures.reckoning import Reckoning
from zjf.figures.summary import strangers
from zjf.figures.units import HOUSES, UnitFigures
from zjf.ledger import Ledger
from zjf.schemas import FORMS, Field, Form


@dataclass(frozen=True)
class HouseRef:
    """A house, its unit, and where its row stands (in the earlier period if it is gone)."""

    unit: str
    house_id: str
    place: HousePlace | None = field(default=None, compare=False)


@dataclass(frozen=True)
class CellChange:
    """A cell's value before and now; None is a blank."""

    field: Field
    before: object
    after: object


@dataclass(frozen=True)
class HouseChange:
    """The cells of a house that changed, in the form's order, and where its row stood before."""

    house: HouseRef
    cells: tuple[CellChange, ...]
    stood: HousePlace | None = field(default=None, compare=False)


@dataclass(frozen=True)
class HouseChanges:
    """The houses that are new, gone, or changed, in the order of the ledgers."""

    new: tuple[HouseRef, ...]
    gone: tuple[HouseRef, ...]
    changed: tuple[HouseChange, ...]

    @property
    def house_ids(self) -> set[str]:
        """All of them."""
        houses = (*self.new, *self.gone, *(change.house for change in self.changed))
        return {house.house_id for house in houses}


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
        """The change in percentage points: the difference of the two printed percentages."""
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
        taken_in_part: The units compared of which only a part was taken in one of the two: houses may come and
            go with the rows that were left out.
        houses: The houses, of the units that sent a house ledger in both.
        county: By form: the sums of the units compared, then and now (like with like).
        by_unit: By unit and form.
    """

    before: str
    after: str
    units: tuple[str, ...]
    left_out: tuple[str, ...]
    taken_in_part: tuple[str, ...]
    houses: HouseChanges
    county: Mapping[str, FigureChanges]
    by_unit: Mapping[str, Mapping[str, FigureChanges]]


def changes_between(
    reckoning: Reckoning, before: str, after: str, units: Iterable[str] = ()
) -> PeriodChanges:
    """Returns what changed between two periods.

    Args:
        reckoning: The county's figures, period by period.
        before: The earlier period.
        after: The later one.
        units: The units wanted; all, unless given.
    """
    wanted = tuple(units) or reckoning.home.roster.names
    then, now = (
        {
            unit_figures.unit: unit_figures
            for unit_figures in reckoning.units(period)
            if unit_figures.unit in wanted
        }
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
        tuple(unit for unit in units_in_part(reckoning, (before, after)) if unit in compared),
        _of_periods(ledger, before, after, with_houses),
        like_with_like(then, now),
        {unit: like_with_like({unit: then[unit]}, {unit: now[unit]}) for unit in compared},
    )


def changes_within(ledger: Ledger, period: str, units: Iterable[str]) -> dict[str, HouseChanges]:
    """By unit, of those whose house ledger was accepted more than once in a period: what changed from the first
    to the one that counts.
    """
    found = {}
    for unit in units:
        sent = ledger.history(unit, HOUSES, period)
        if len(sent) > 1:
            first, last = sent[0], sent[-1]
            changes = house_changes(ledger.frame_of(first), ledger.frame_of(last))
            houses = changes.house_ids
            found[unit] = placed(
                changes, places_of(ledger, [first], houses), places_of(ledger, [last], houses)
            )
    return found


def _of_periods(ledger: Ledger, before: str, after: str, units: Sequence[str]) -> HouseChanges:
    changes = house_changes(*rows_that_differ(ledger, before, after, units))
    houses = changes.house_ids
    return placed(changes, *(places_in(ledger, period, units, houses) for period in (before, after)))


def placed(changes: HouseChanges, before: Places, after: Places) -> HouseChanges:
    """The changes with where the houses' rows stood and stand.

    Args:
        changes: The changes.
        before: Where the houses stood.
        after: Where they stand.
    """

    def at(places: Places, houses: Iterable[HouseRef]) -> tuple[HouseRef, ...]:
        return tuple(replace(house, place=places.get(house.house_id)) for house in houses)

    now = at(after, (change.house for change in changes.changed))
    return HouseChanges(
        new=at(after, changes.new),
        gone=at(before, changes.gone),
        changed=tuple(
            replace(change, house=house, stood=before.get(house.house_id))
            for change, house in zip(changes.changed, now, strict=True)
        ),
    )


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
    old, new = (
        before.iloc[[then[house_id] for house_id in both]],
        after.iloc[[now[house_id] for house_id in both]],
    )
    cells: dict[str, list[CellChange]] = {}
    for column in FORMS[HOUSES].fields:
        for house_id, was, is_now in zip(
            both, old[column.name].tolist(), new[column.name].tolist(), strict=True
        ):
            if was != is_now:
                cells.setdefault(house_id, []).append(CellChange(column, was, is_now))
    return HouseChanges(
        new=tuple(_refs(after.iloc[[at for house_id, at in now.items() if house_id not in then]])),
        gone=tuple(_refs(before.iloc[[at for house_id, at in then.items() if house_id not in now]])),
        changed=tuple(
            HouseChange(house, tuple(cells[house.house_id]))
            for house in _refs(new)
            if house.house_id in cells
        ),
    )


def like_with_like(
    then: Mapping[str, UnitFigures], now: Mapping[str, UnitFigures]
) -> dict[str, FigureChanges]:
    """The figures of each form then and now, like with like: a count is summed over the units that tell it both
    times, so that what one unit reports for the first time is no increase.

    Args:
        then: Unit: its figures before.
        now: Unit: its figures after.
    """
    pairs: dict[str, list[tuple[Figures, Figures]]] = {}
    for unit, figures in now.items():
        before = then[unit].figures if unit in then else {}
        for form, after in figures.figures.items():
            if form in before:
                pairs.setdefault(form, []).append((before[form], after))
    return {form: _changes(FORMS[form], form_pairs) for form, form_pairs in pairs.items()}


def _changes(form: Form, pairs: Sequence[tuple[Figures, Figures]]) -> FigureChanges:
    """What a form's figures were and are, of units that sent it both times."""
    counts = {name: _shift(name, pairs) for name in form.counts}
    shifts = {name: shift for name, shift in counts.items() if shift != Shift(None, None)}
    return FigureChanges(shifts, {name: _rate_shift(name, form, pairs) for name in form.rates})


def _shift(name: str, pairs: Sequence[tuple[Figures, Figures]]) -> Shift:
    both = [(then, now) for then, now in pairs if name in then.counts and name in now.counts]
    if both:
        return Shift(sum(then.counts[name] for then, _ in both), sum(now.counts[name] for _, now in both))
    # Nobody tells it both times: what it was, or is, stands alone.
    was, is_now = (total(side.counts for side in sides).get(name) for sides in zip(*pairs, strict=True))
    return Shift(was if is_now is None else None, is_now)


def _rate_shift(name: str, form: Form, pairs: Sequence[tuple[Figures, Figures]]) -> RateShift:
    needed = set(form.rates[name].figures)
    both = [
        (then.counts, now.counts)
        for then, now in pairs
        if needed <= then.counts.keys() and needed <= now.counts.keys()
    ]
    was, is_now = (Figures(form.id, total(counts[side] for counts in both)).rates[name] for side in (0, 1))
    return RateShift(was, is_now)


def _refs(houses: pd.DataFrame) -> Iterator[HouseRef]:
    for unit, house_id in zip(houses.township, houses.house_id, strict=True):
        yield HouseRef(unit, house_id)
