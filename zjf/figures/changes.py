"""The changes between two periods: houses new, gone and changed; counts and rates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from zjf.counting.rates import Rate
from zjf.counting.tally import Figures, total
from zjf.figures.differing_rows import rows_that_differ
from zjf.figures.house_changes import HouseChanges, house_changes, with_places
from zjf.figures.house_places import places_in, places_of
from zjf.figures.joined_units import parts_told_once
from zjf.figures.partial_returns import units_in_part
from zjf.figures.reckoning import Reckoning
from zjf.figures.summary import strangers
from zjf.figures.units import UnitFigures
from zjf.ledger import Ledger
from zjf.schemas import FORMS, Form
from zjf.schemas.form_ids import HOUSES


@dataclass(frozen=True)
class Shift:
    """A count in the earlier and in the later period; None where it was not reported."""

    before: int | None
    after: int | None

    @property
    def change(self) -> int | None:
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class RateShift:
    """A rate in the earlier and in the later period."""

    before: Rate
    after: Rate

    @property
    def points(self) -> Decimal | None:
        """The change in percentage points: the difference of the two printed percentages."""
        earlier, later = self.before.percent(2), self.after.percent(2)
        return None if earlier is None or later is None else later - earlier


@dataclass(frozen=True)
class FigureChanges:
    """The figures of one form in both periods, in the form's order."""

    counts: Mapping[str, Shift]
    rates: Mapping[str, RateShift]


@dataclass(frozen=True)
class PeriodChanges:
    """What changed from one period to another.

    Args:
        units: The units compared: those with figures in both periods.
        left_out: The units of the roster without figures in one of the periods, and the units on record that
            are not on the roster.
        taken_in_part: The compared units of whose return only a part was accepted in one of the periods: the
            rows left out may make houses seem new or gone.
        as_before: The compared units whose last return of one of the periods was sent back: an earlier one counts.
        parts_told_once: The compared units that several became: the names of those of which only one period
            tells. Their houses may seem new or gone.
        with_houses: The compared units that sent a house ledger in both periods.
        houses: The houses of these that changed.
        county: Form id: the sums of the units compared, in both periods (`like_with_like`).
        by_unit: Unit and form id: the unit's own figures.
    """

    before: str
    after: str
    units: tuple[str, ...]
    left_out: tuple[str, ...]
    taken_in_part: tuple[str, ...]
    as_before: tuple[str, ...]
    parts_told_once: Mapping[str, tuple[str, ...]]
    with_houses: tuple[str, ...]
    houses: HouseChanges
    county: Mapping[str, FigureChanges]
    by_unit: Mapping[str, Mapping[str, FigureChanges]]

    @property
    def without_houses(self) -> tuple[str, ...]:
        """The compared units of whose houses it is not known what changed."""
        return tuple(unit for unit in self.units if unit not in self.with_houses)


def changes_between(
    reckoning: Reckoning, before: str, after: str, units: Iterable[str] = ()
) -> PeriodChanges:
    """Returns what changed between two periods."""
    requested = tuple(units) or reckoning.home.roster.names
    earlier, later = (
        {
            unit_figures.unit: unit_figures
            for unit_figures in reckoning.units(period)
            if unit_figures.unit in requested
        }
        for period in (before, after)
    )
    compared = tuple(unit for unit in requested if unit in earlier and unit in later)
    home, ledger = reckoning.home, reckoning.ledger
    unknown_units = {} if units else strangers(home, ledger, before) | strangers(home, ledger, after)
    sent_back = {rejected.unit for period in (before, after) for rejected in ledger.rejections(period)}
    with_houses = tuple(unit for unit in compared if earlier[unit].source == later[unit].source == HOUSES)
    changes = house_changes(*rows_that_differ(ledger, before, after, with_houses))
    return PeriodChanges(
        before=before,
        after=after,
        units=compared,
        left_out=(*(unit for unit in requested if unit not in compared), *unknown_units),
        taken_in_part=tuple(
            unit
            for unit in units_in_part(reckoning.ledger, reckoning.home.roster.names, (before, after))
            if unit in compared
        ),
        as_before=tuple(unit for unit in compared if unit in sent_back),
        parts_told_once={
            unit: names
            for unit, names in parts_told_once(home.roster, ledger, before, after).items()
            if unit in compared
        },
        with_houses=with_houses,
        houses=with_places(
            changes,
            *(places_in(ledger, period, with_houses, changes.house_ids) for period in (before, after)),
        ),
        county=like_with_like(earlier, later),
        by_unit={unit: like_with_like({unit: earlier[unit]}, {unit: later[unit]}) for unit in compared},
    )


def changes_within(ledger: Ledger, period: str, units: Iterable[str]) -> dict[str, HouseChanges]:
    """Returns what changed between the first and the last house ledger accepted of a unit in a period.

    Units whose ledger was accepted only once are left out.
    """
    changes_by_unit = {}
    for unit in units:
        submissions = ledger.history(unit, HOUSES, period)
        if len(submissions) > 1:
            first, last = submissions[0], submissions[-1]
            changes = house_changes(ledger.frame_of(first), ledger.frame_of(last))
            house_ids = changes.house_ids
            changes_by_unit[unit] = with_places(
                changes, places_of(ledger, [first], house_ids), places_of(ledger, [last], house_ids)
            )
    return changes_by_unit


def like_with_like(
    earlier: Mapping[str, UnitFigures], later: Mapping[str, UnitFigures]
) -> dict[str, FigureChanges]:
    """Returns the figures of each form in both periods.

    A count is summed over the units that report it both times, so that a unit that reports it for the first
    time does not look like an increase.
    """
    pairs: dict[str, list[tuple[Figures, Figures]]] = {}
    for unit, figures in later.items():
        earlier_forms = earlier[unit].figures if unit in earlier else {}
        for form, later_figures in figures.figures.items():
            if form in earlier_forms:
                pairs.setdefault(form, []).append((earlier_forms[form], later_figures))
    return {form: _changes(FORMS[form], form_pairs) for form, form_pairs in pairs.items()}


def _changes(form: Form, pairs: Sequence[tuple[Figures, Figures]]) -> FigureChanges:
    """Returns a form's figures in both periods, from pairs of the figures of a unit that sent it both times."""
    counts = {name: _shift(name, pairs) for name in form.counts}
    shifts = {name: shift for name, shift in counts.items() if shift != Shift(None, None)}
    return FigureChanges(shifts, {name: _rate_shift(name, form, pairs) for name in form.rates})


def _shift(name: str, pairs: Sequence[tuple[Figures, Figures]]) -> Shift:
    reported_pairs = [
        (earlier, later) for earlier, later in pairs if name in earlier.counts and name in later.counts
    ]
    if reported_pairs:
        return Shift(
            sum(earlier.counts[name] for earlier, _ in reported_pairs),
            sum(later.counts[name] for _, later in reported_pairs),
        )
    # No unit reports the count both times: only one of the two sums can be shown, the later if there is one.
    earlier_sum, later_sum = (
        total(side.counts for side in sides).get(name) for sides in zip(*pairs, strict=True)
    )
    return Shift(earlier_sum if later_sum is None else None, later_sum)


def _rate_shift(name: str, form: Form, pairs: Sequence[tuple[Figures, Figures]]) -> RateShift:
    counts_needed = set(form.rates[name].figures)
    reported_pairs = [
        (earlier.counts, later.counts)
        for earlier, later in pairs
        if counts_needed <= earlier.counts.keys() and counts_needed <= later.counts.keys()
    ]
    earlier_rate, later_rate = (
        Figures(form.id, total(counts[side] for counts in reported_pairs)).rates[name] for side in (0, 1)
    )
    return RateShift(earlier_rate, later_rate)
