"""What can be explained: a figure gives its meaning, each unit's share in it, and the rows behind it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from zjf.counting.rates import Rate
from zjf.counting.tally import Counts
from zjf.figures.reckoning import Reckoning
from zjf.figures.rows_behind import RowBehind, Waived


@dataclass(frozen=True)
class Value:
    """The value of a figure.

    Args:
        counts: The counts from which it is worked out.
        rate: The rate, where it is one.
        display: The value as it is printed.
        worked_out: The calculation: ⑦÷①＝45÷60＝75.00%.
    """

    counts: Mapping[str, int]
    rate: Rate | None
    display: str
    worked_out: str


@dataclass(frozen=True)
class UnitTally:
    """A figure's counts by the returns of one unit.

    Args:
        unit: The unit.
        source: The form from which they are counted.
        counts: The counts from which the figure is worked out.
        doubted: The unit's houses whose appraisal report failed an audit.
    """

    unit: str
    source: str
    counts: Counts
    doubted: tuple[str, ...] = ()


class Explainable(Protocol):
    """A figure that can be explained."""

    @property
    def name(self) -> str:
        """Its public name."""

    @property
    def title(self) -> str:
        """Its Chinese name."""

    @property
    def population(self) -> str:
        """Its population: which houses, households or problems it counts."""

    @property
    def counted(self) -> tuple[str, str]:
        """What it counts, and the measure: 房屋 and 栋, 住户 and 户, 问题 and 个."""

    @property
    def formula(self) -> str:
        """The formula of a rate; empty for a count."""

    @property
    def terms(self) -> Mapping[str, Sequence[str]]:
        """The counts from which it is worked out, each with the conditions that a row must meet."""

    @property
    def lines(self) -> Sequence[tuple[str, str]]:
        """Its meaning: its name and title, then labels and texts."""

    def tallies(self, reckoning: Reckoning, period: str) -> Iterator[UnitTally]:
        """Returns its counts by unit, in the roster's order, without units whose returns do not have it."""

    def value(self, counts: Counts) -> Value:
        """Returns its value for one unit's counts, or for the sums of several units' counts."""

    def rows(self, tally: UnitTally, reckoning: Reckoning, period: str, waived: Waived) -> list[RowBehind]:
        """Returns one unit's rows behind it."""
