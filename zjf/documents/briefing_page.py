"""The content of the web page of a weekly summary or a monthly circular, from top to bottom."""

from collections.abc import Mapping
from dataclasses import dataclass

from zjf.counting.rates import Rate
from zjf.documents.sections import LetterTable, Paragraph


@dataclass(frozen=True)
class Headline:
    """A figure shown in large type at the top; `moved` is its change since the last period, in words."""

    label: str
    value: str
    unit: str
    moved: str


@dataclass(frozen=True)
class UnitRate:
    """A unit's rate; `behind` if it is among the last of the ranking."""

    unit: str
    rate: Rate
    behind: bool


@dataclass(frozen=True)
class RateBars:
    """A rate of the county, and of its units.

    Args:
        formula: Its formula in Chinese.
        moved: The change since the last period, in words.
        units: The units' rates, the best first.
        without: The units that have no such rate.
        goal: The percentage to be reached; None where the notice sets none.
        measure: The unit of its counts: 栋 or 户.
        whose: The name of the county's rate: 全县, or the number of units that it is summed over.
        apart: Which units are left out of the ranking, and why, in words.
    """

    name: str
    label: str
    formula: str
    county: Rate
    moved: str
    units: tuple[UnitRate, ...]
    without: tuple[str, ...]
    goal: int | None
    goal_text: str
    measure: str = "栋"
    whose: str = "全县"
    apart: str = ""


@dataclass(frozen=True)
class TrendPoint:
    """The county's rates in a period, and how many units they are summed over."""

    period: str
    units: int
    rates: Mapping[str, Rate]


@dataclass(frozen=True)
class Trend:
    """Rates from period to period; `labels` holds their Chinese names."""

    labels: Mapping[str, str]
    points: tuple[TrendPoint, ...]


@dataclass(frozen=True)
class FunnelStage:
    """A stage of the work, and how many houses have reached it."""

    label: str
    count: int


@dataclass(frozen=True)
class Funnel:
    """How many houses are left from stage to stage.

    Args:
        title: Its title, which names the population.
        note: How the stages are counted.
    """

    title: str
    note: str
    stages: tuple[FunnelStage, ...]


@dataclass(frozen=True)
class UnitRow:
    """A unit's row: rates and ranks in the order of the page's rates, None where it has none.

    `but` is a remark on its standing: that only a part of its return was accepted.
    """

    unit: str
    standing: str
    arrived: str
    rates: tuple[Rate | None, ...]
    ranks: tuple[int | None, ...]
    counts: tuple[int | None, ...]
    sent_back: int
    unmet: int | None
    overdue: int | None
    but: str = ""


@dataclass(frozen=True)
class ReportingGroup:
    """The units that are late, sent back or missing, each with its remark."""

    label: str
    units: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class OverdueGroup:
    """Houses overdue for one reason: unit, village, house number, and a day; `since` is that day's heading."""

    title: str
    code: str
    since: str
    houses: tuple[tuple[str, str, str, str], ...]
    measure: str = "栋"


@dataclass(frozen=True)
class Deadline:
    """Something that falls due: the day, how long until then, its name, and what is to be done."""

    day: str
    left: str
    name: str
    due: str


@dataclass(frozen=True)
class BriefingPage:
    """The content of the page, from top to bottom; `unlooked` names the units of which nothing is known."""

    title: str
    subtitle: str
    as_of: str
    day: str
    office: str
    coverage: str
    headlines: tuple[Headline, ...]
    rates: tuple[RateBars, ...]
    trend: Trend
    stages: Funnel | None
    counted: tuple[str, ...]
    nothing: Mapping[str, str]
    units: tuple[UnitRow, ...]
    reporting: tuple[ReportingGroup, ...]
    overdue: tuple[OverdueGroup, ...]
    unmet: LetterTable
    problems: LetterTable
    deadlines: tuple[Deadline, ...]
    goals: tuple[Paragraph, ...] = ()
    unlooked: tuple[str, ...] = ()

    @property
    def chart_key(self) -> str:
        """The key to the lines and colours in the units' charts; empty where no unit has a rate."""
        drawn = [rate for rate in self.rates if rate.units]
        if not drawn:
            return ""
        goals = any(rate.goal is not None for rate in drawn)
        behind = any(unit.behind for rate in drawn for unit in rate.units)
        explanations = [
            f"点线为{'或'.join(dict.fromkeys(rate.whose for rate in drawn))}的比率",
            "虚线为通知定的目标" if goals else "",
            "橙色为排名靠后的单位" if behind else "",
        ]
        return f"各单位图中，{'，'.join(filter(None, explanations))}。"
