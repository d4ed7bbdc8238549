"""Ranks units by one figure, the best first. Ties share a rank; units that cannot be ranked are listed separately."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from zjf.counting.populations import Scope
from zjf.counting.progress import progress_figures
from zjf.counting.rates import Rate
from zjf.figures.units import RATES
from zjf.public_json import briefings

_NONCOMMERCIAL = "非经营性自建房"
_LAST_PLACES = 3
"""So many units are said to be behind, and of a short ranking at most half of the units."""
_OF_ATTACHMENT_2 = {
    "appraisal_rate": ("鉴定率", "已鉴定", "应鉴定"),
    "rectification_rate": ("整治率", "已采取工程措施整治", "应整治"),
    "closure_rate": ("销号率", "已销号", "初判有隐患"),
}
RATE_NAMES = {name: rate for name, (rate, _, _) in _OF_ATTACHMENT_2.items()}


@dataclass(frozen=True)
class RankedFigure:
    """A figure by which units are ranked.

    Args:
        name: Its public name: a rate of attachment-2, or a progress figure (`commercial/closed`).
        rate: Its Chinese name without the population (销号率).
        population: The population that it counts, in Chinese (经营性自建房).
        done: The numerator in Chinese.
        due: The denominator in Chinese.
        measure: The unit of its counts: 栋 or 户.
        printed: Whether papers and pages print it; JSON has all of them.
    """

    name: str
    rate: str
    population: str
    done: str
    due: str
    measure: str = "栋"
    printed: bool = True

    @property
    def label(self) -> str:
        """Its Chinese name, its population included."""
        return f"{self.population}{self.rate}"

    @property
    def of_attachment(self) -> bool:
        """Whether it is one of the three rates of attachment-2."""
        return self.name in RATES


def ranked_figures(scope: Scope) -> tuple[RankedFigure, ...]:
    """Returns the figures by which units are ranked under a notice of that scope.

    Under a notice about all houses, units are also ranked by the three rates of attachment-2, which are of the
    non-commercial houses.
    """
    figures = progress_figures(scope)
    attachment_figures = (
        RankedFigure(name, rate, _NONCOMMERCIAL, done, due)
        for name, (rate, done, due) in _OF_ATTACHMENT_2.items()
        if scope == "all"
    )
    scope_figures = (
        RankedFigure(
            figure.name,
            figure.step.rate,
            figure.population.label,
            figure.step.done,
            figure.step.due,
            figure.population.measure,
            printed=scope != "all" or figure.name == leading_figure(scope),
        )
        for figure in figures
    )
    return (*attachment_figures, *scope_figures)


def leading_figure(scope: Scope) -> str:
    """Returns the figure by which tables are ordered: the rate of closures, or of improved dangerous homes."""
    return "households/resolved" if scope == "households" else f"{scope}/closed"


@dataclass(frozen=True)
class RankedUnit:
    """A unit's rank by a rate."""

    rank: int
    unit: str
    rate: Rate


@dataclass(frozen=True)
class UnrankedUnit:
    """A unit that has a rate, but no rank."""

    unit: str
    rate: Rate


@dataclass(frozen=True)
class Ranking:
    """Units by a rate.

    Args:
        places: The ranked units, the best first; units that share a rank keep the order given.
        nothing_to_do: The units whose denominator is 0 (无任务): neither first nor last (facts.md#no-rate).
        unknown: The units whose returns do not have the figure.
        over: The units with more in the numerator than in the denominator: they are shown separately, so that
            their figures are checked.
        in_part: The units of whose return only a part was accepted: the rate of that part is not comparable.
    """

    places: tuple[RankedUnit, ...]
    nothing_to_do: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    over: tuple[UnrankedUnit, ...] = ()
    in_part: tuple[UnrankedUnit, ...] = ()

    @classmethod
    def of(cls, rates: Mapping[str, Rate | None], in_part: Collection[str] = ()) -> Self:
        """Ranks units by their exact rates, not by the rounded ones that are printed: 1, 2, 2, 4."""
        with_rate = [UnrankedUnit(unit, rate) for unit, rate in rates.items() if rate is not None]
        over = tuple(unit for unit in with_rate if unit.rate.numerator > max(unit.rate.denominator, 0))
        partial = tuple(unit for unit in with_rate if unit.unit in in_part and unit not in over)
        complete = [unit for unit in with_rate if unit not in over and unit not in partial]
        comparable = [unit for unit in complete if unit.rate.exists]
        return cls(
            places=_ranked(comparable),
            nothing_to_do=tuple(unit.unit for unit in complete if not unit.rate.exists),
            unknown=tuple(unit for unit, rate in rates.items() if rate is None),
            over=over,
            in_part=partial,
        )

    @property
    def without(self) -> tuple[str, ...]:
        """The units without the rate: its denominator is 0, or their returns do not have it."""
        return (*self.nothing_to_do, *self.unknown)

    @property
    def ranks(self) -> dict[str, int]:
        return {ranked_unit.unit: ranked_unit.rank for ranked_unit in self.places}

    @property
    def none_begun(self) -> bool:
        """Whether no unit has done anything."""
        return not any(ranked_unit.rate.numerator for ranked_unit in self.places)

    @property
    def undecided(self) -> bool:
        """Whether papers print no rank: a unit alone is not the first of many, nor are units at 0 %."""
        return len(self.places) < 2 or self.none_begun

    @property
    def last_tie(self) -> tuple[RankedUnit, ...]:
        """The units that share the last rank; the last alone where it shares it with none."""
        return tuple(unit for unit in self.places if unit.rank == self.places[-1].rank)

    def behind(self) -> tuple[RankedUnit, ...]:
        """Returns the last three units; a tie is named whole or not at all, and never more than half of the units."""
        at_most = min(len(self.places) // 2, max(_LAST_PLACES, len(self.last_tie)))
        for best_of_them in sorted(set(self.ranks.values())):
            last_units = tuple(unit for unit in self.places if unit.rank >= best_of_them)
            if len(last_units) <= at_most:
                return last_units
        return ()

    def as_json(self) -> briefings.Ranking:
        return {
            "places": [
                {"rank": ranked_unit.rank, "unit": ranked_unit.unit, "display": ranked_unit.rate.display}
                for ranked_unit in self.places
            ],
            "without": list(self.without),
            "nothing_to_do": list(self.nothing_to_do),
            "unknown": list(self.unknown),
            "over": [unranked.unit for unranked in self.over],
            "in_part": [unranked.unit for unranked in self.in_part],
            "behind": [ranked_unit.unit for ranked_unit in self.behind()],
        }


def _ranked(units: Sequence[UnrankedUnit]) -> tuple[RankedUnit, ...]:
    """Returns the units with their ranks by their exact rates, the best first: 1, 2, 2, 4."""
    exact = {unit.unit: Fraction(unit.rate.numerator, unit.rate.denominator) for unit in units}
    best_first = sorted(units, key=lambda unit: exact[unit.unit], reverse=True)
    in_order = [exact[unit.unit] for unit in best_first]
    return tuple(
        RankedUnit(in_order.index(exact[unit.unit]) + 1, unit.unit, unit.rate) for unit in best_first
    )
