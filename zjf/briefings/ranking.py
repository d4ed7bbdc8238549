"""Ranking: units by one figure, best first; ties share a rank, and those who cannot be ranked stand apart."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Self

from zjf.counting.populations import Scope
from zjf.counting.progress import progress_figures
from zjf.counting.rates import Rate
from zjf.figures.units import RATES

_NONCOMMERCIAL = "非经营性自建房"
_OF_ATTACHMENT_2 = {
    "appraisal_rate": ("鉴定率", "已鉴定", "应鉴定"),
    "rectification_rate": ("整治率", "已采取工程措施整治", "应整治"),
    "closure_rate": ("销号率", "已销号", "初判有隐患"),
}


@dataclass(frozen=True)
class RankedFigure:
    """A figure that units are ranked by.

    Args:
        name: Its public name: a rate of attachment-2, or a progress figure (`commercial/closed`).
        rate: What it is called, its population left out (销号率).
        population: Whom it counts (经营性自建房).
        done: The numerator in words.
        due: The denominator in words.
        measure: What it counts: 栋 or 户.
        told: Whether papers and pages print it; JSON has all of them.
    """

    name: str
    rate: str
    population: str
    done: str
    due: str
    measure: str = "栋"
    told: bool = True

    @property
    def label(self) -> str:
        """What it is called, its population included."""
        return f"{self.population}{self.rate}"

    @property
    def of_attachment(self) -> bool:
        """Whether it is one of the three rates of attachment-2."""
        return self.name in RATES


def ranked_figures(scope: Scope) -> tuple[RankedFigure, ...]:
    """The figures by which a notice's units are ranked.

    Under a notice about all houses the three rates that attachment-2 prints are ranked beside them: they
    are of the non-commercial houses.
    """
    figures = progress_figures(scope)
    of_attachment = (
        RankedFigure(name, rate, _NONCOMMERCIAL, done, due)
        for name, (rate, done, due) in _OF_ATTACHMENT_2.items()
        if scope == "all"
    )
    of_scope = (
        RankedFigure(
            figure.name,
            figure.step.rate,
            figure.population.label,
            figure.step.done,
            figure.step.due,
            figure.population.measure,
            told=scope != "all" or figure.name == leading_figure(scope),
        )
        for figure in figures
    )
    return (*of_attachment, *of_scope)


def leading_figure(scope: Scope) -> str:
    """The figure by which tables are ordered: closures, or households whose dangerous homes are improved."""
    return "households/resolved" if scope == "households" else f"{scope}/closed"


@dataclass(frozen=True)
class RankedUnit:
    """A unit's place."""

    rank: int
    unit: str
    rate: Rate

    @property
    def short_of_all(self) -> bool:
        """Whether anything is left to do."""
        return self.rate.numerator < self.rate.denominator


@dataclass(frozen=True)
class Apart:
    """A unit with a rate that takes no part in the ranking."""

    unit: str
    rate: Rate


@dataclass(frozen=True)
class Ranking:
    """Units by a rate.

    Args:
        places: The best first; those who share a rank in the order in which they were given.
        nothing_to_do: The units whose denominator is 0 (无任务): neither first nor last (facts.md#no-rate).
        unknown: The units whose returns do not hold the figure.
        over: The units with more in the numerator than in the denominator: they are shown apart, so that
            their figures are checked.
        in_part: The units of which but a part was taken: the rate of the rows that had no errors says nothing
            of the unit's place among the others.
        alone: The only unit that could be ranked: it is neither first nor last of anybody.
    """

    places: tuple[RankedUnit, ...]
    nothing_to_do: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    over: tuple[Apart, ...] = ()
    in_part: tuple[Apart, ...] = ()
    alone: Apart | None = None

    @classmethod
    def of(cls, rates: Mapping[str, Rate | None], in_part: Collection[str] = ()) -> Self:
        """Ranks units by their exact rates, whatever is printed of them: 1, 2, 2, 4.

        Args:
            rates: Unit: its rate; None where its returns do not tell it.
            in_part: The units of which but a part was taken.
        """
        known = [Apart(unit, rate) for unit, rate in rates.items() if rate is not None]
        over = tuple(unit for unit in known if unit.rate.numerator > max(unit.rate.denominator, 0))
        parts = tuple(unit for unit in known if unit.unit in in_part and unit not in over)
        whole = [unit for unit in known if unit not in over and unit not in parts]
        fair = [unit for unit in whole if unit.rate.exists]
        return cls(
            places=_placed(fair) if len(fair) > 1 else (),
            nothing_to_do=tuple(unit.unit for unit in whole if not unit.rate.exists),
            unknown=tuple(unit for unit, rate in rates.items() if rate is None),
            over=over,
            in_part=parts,
            alone=fair[0] if len(fair) == 1 else None,
        )

    @property
    def without(self) -> tuple[str, ...]:
        """The units without the rate: its denominator is 0, or their returns do not hold it."""
        return (*self.nothing_to_do, *self.unknown)

    @property
    def unranked(self) -> tuple[Apart, ...]:
        """The units with a rate as good as any, and no rank."""
        return (*((self.alone,) if self.alone else ()), *self.in_part)

    @property
    def ranks(self) -> dict[str, int]:
        return {place.unit: place.rank for place in self.places}

    def behind(self, places: int = 3) -> tuple[RankedUnit, ...]:
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
                {"rank": place.rank, "unit": place.unit, "display": place.rate.display}
                for place in self.places
            ],
            "without": list(self.without),
            "nothing_to_do": list(self.nothing_to_do),
            "unknown": list(self.unknown),
            "over": [apart.unit for apart in self.over],
            "in_part": [apart.unit for apart in self.in_part],
            "alone": self.alone.unit if self.alone else None,
            "behind": [place.unit for place in self.behind()],
        }


def _placed(units: Sequence[Apart]) -> tuple[RankedUnit, ...]:
    """The units by their exact rates, whatever is printed of them, the best first: 1, 2, 2, 4."""
    exact = {unit.unit: Fraction(unit.rate.numerator, unit.rate.denominator) for unit in units}
    best_first = sorted(units, key=lambda unit: exact[unit.unit], reverse=True)
    in_order = [exact[unit.unit] for unit in best_first]
    return tuple(
        RankedUnit(in_order.index(exact[unit.unit]) + 1, unit.unit, unit.rate) for unit in best_first
    )
