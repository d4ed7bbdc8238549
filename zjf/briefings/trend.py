"""The three rates from period to period."""

from collections.abc import Mapping
from dataclasses import dataclass

from zjf.briefings.briefing import Briefing, summed
from zjf.checking.earlier_periods import in_order
from zjf.counting.rates import Rate
from zjf.figures.reckoning import Reckoning
from zjf.figures.units import PROGRESS, RATES
from zjf.period import Period

_PERIODS = 12


@dataclass(frozen=True)
class Point:
    """The county's rates in a period.

    Args:
        period: The period.
        units: How many units have figures in it.
        rates: Rate: its value, a ratio of sums.
    """

    period: Period
    units: int
    rates: Mapping[str, Rate]


def trend(briefing: Briefing, reckoning: Reckoning) -> tuple[Point, ...]:
    """The last periods of one kind that have rates, the one that a briefing tells at the end."""
    told = briefing.board.period
    calendar = reckoning.home.calendar(briefing.notice.calendar)
    on_record = in_order(set(reckoning.ledger.periods()), calendar)
    earlier = [each for each in on_record if each.kind == told.kind and each < told]
    figures = {each: reckoning.units(str(each)) for each in earlier[1 - _PERIODS :]}
    points = []
    for period, units in (figures | {told: briefing.figures}).items():
        county = summed(units)
        if PROGRESS in county:
            counted = sum(PROGRESS in each.figures for each in units)
            points.append(Point(period, counted, {name: county[PROGRESS].rates[name] for name in RATES}))
    return tuple(points)
