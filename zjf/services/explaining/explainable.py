"""What can be explained: each figure says what it is, what each unit tells of it, and where its rows lie."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from zjf.counting.rates import Rate
from zjf.counting.tally import Counts
from zjf.figures.reckoning import Reckoning
from zjf.figures.rows_behind import RowBehind, Waived


@dataclass(frozen=True)
class Value:
    """What a figure comes to.

    Args:
        counts: The counts that it is made of.
        rate: The rate, where it is one.
        display: What is printed.
        worked_out: How it comes about: ⑦÷①＝45÷60＝75.00%.
    """

    counts: Mapping[str, int]
    rate: Rate | None
    display: str
    worked_out: str


@dataclass(frozen=True)
class UnitTally:
    """What the returns of one unit tell of a figure.

    Args:
        unit: The unit.
        source: The form that tells it.
        counts: The counts that the figure is made of.
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
        """What people call it."""

    @property
    def population(self) -> str:
        """Whom it counts."""

    @property
    def counted(self) -> tuple[str, str]:
        """What it counts, and the measure: 房屋 and 栋, 住户 and 户, 问题 and 个."""

    @property
    def formula(self) -> str:
        """How a rate is taken; empty of a count."""

    @property
    def terms(self) -> Mapping[str, Sequence[str]]:
        """The counts that it is made of, each with what a row must be to be counted."""

    @property
    def lines(self) -> Sequence[tuple[str, str]]:
        """What there is to say of it: its name and title, then labels and texts."""

    def tallies(self, reckoning: Reckoning, period: str) -> Iterator[UnitTally]:
        """Returns what each unit tells of it, in the roster's order; whose returns do not tell it is absent."""

    def value(self, counts: Counts) -> Value:
        """Returns what it comes to: of one unit's counts, or of the sums of several."""

    def rows(self, tally: UnitTally, reckoning: Reckoning, period: str, waived: Waived) -> list[RowBehind]:
        """Returns the rows behind it of one unit."""
