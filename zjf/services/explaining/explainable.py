"""What can be explained: a figure gives its meaning, each unit's share in it, and the rows behind it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from zjf.counting.rates import Rate
from zjf.counting.tally import Counts
from zjf.figures.reckoning import Reckoning
from zjf.figures.rows_behind import RowBehind, SentByUnit


@dataclass(frozen=True)
class Value:
    """The value of a figure.

    Args:
        counts: The counts from which it is worked out.
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
        source: The form from which they are counted.
        doubted: The unit's houses whose appraisal report failed an audit.
    """

    unit: str
    source: str
    counts: Counts
    doubted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Explainable:
    """A figure that can be explained.

    Args:
        population: Which houses, households or problems it counts.
        counted: What it counts, and the measure: 房屋 and 栋, 住户 and 户, 问题 and 个.
        formula: The formula of a rate; empty for a count.
        terms: The counts from which it is worked out, each with the conditions that a row must meet.
        lines: Its meaning: its name and title, then labels and texts.
        tallies: Given the county's figures and a period, returns its counts by unit, in the roster's order,
            without units whose returns do not have it.
        value: Returns its value for one unit's counts, or for the sums of several units' counts.
        rows: Given the source of a unit's counts and what it sent, returns the unit's rows behind it.
    """

    name: str
    title: str
    population: str
    counted: tuple[str, str]
    formula: str
    terms: Mapping[str, Sequence[str]]
    lines: Sequence[tuple[str, str]]
    tallies: Callable[[Reckoning, str], Iterable[UnitTally]]
    value: Callable[[Counts], Value]
    rows: Callable[[str, SentByUnit], list[RowBehind]]
