"""Ranking: units by one rate, best first; ties share a rank, and those without a rate stand apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Self

from zjf.counting.rates import Rate


@dataclass(frozen=True)
class Place:
    """A unit's place."""

    rank: int
    unit: str
    rate: Rate

    @property
    def short_of_all(self) -> bool:
        """Whether anything is left to do."""
        return self.rate.numerator < self.rate.denominator


@dataclass(frozen=True)
class Ranking:
    """Units by a rate.

    Args:
        places: The best first; those who share a rank in the order in which they were given.
        without: The units that have no such rate, since there is nothing to take it of (facts.md#no-rate).
    """

    places: tuple[Place, ...]
    without: tuple[str, ...]

    @classmethod
    def of(cls, rates: Mapping[str, Rate]) -> Self:
        """Ranks units by their exact rates, whatever is printed of them: 1, 2, 2, 4."""
        exact = {
            unit: Fraction(rate.numerator, rate.denominator) for unit, rate in rates.items() if rate.exists
        }
        best_first = sorted(exact, key=lambda unit: exact[unit], reverse=True)
        in_order = [exact[unit] for unit in best_first]
        return cls(
            tuple(Place(in_order.index(exact[unit]) + 1, unit, rates[unit]) for unit in best_first),
            tuple(unit for unit in rates if unit not in exact),
        )

    @property
    def ranks(self) -> dict[str, int]:
        return {place.unit: place.rank for place in self.places}

    @property
    def over(self) -> tuple[Place, ...]:
        """Those above 100 %: they are shown, and somebody is to look at their figures."""
        return tuple(place for place in self.places if place.rate.over)

    def behind(self, places: int = 3) -> tuple[Place, ...]:
        """The last places, with everybody who shares a rank with one of them.

        Who shares the first rank, or has nothing left to do, is not behind.

        Args:
            places: How many are named, ties apart.
        """
        behind = [place for place in self.places if place.rank > 1 and place.short_of_all]
        return tuple(place for place in behind if place.rank >= behind[-places:][0].rank)

    def as_json(self) -> dict[str, Any]:
        return {
            "places": [
                {"rank": each.rank, "unit": each.unit, "display": each.rate.display} for each in self.places
            ],
            "without": list(self.without),
            "over": [each.unit for each in self.over],
            "behind": [each.unit for each in self.behind()],
        }
