"""What the page of a weekly summary or a monthly circular shows, from top to bottom."""

from collections.abc import Mapping
from dataclasses import dataclass

from zjf.counting.rates import Rate
from zjf.documents.sections import LetterTable, Paragraph


@dataclass(frozen=True)
class Headline:
    """A figure that stands large at the top, and how it moved."""

    label: str
    value: str
    unit: str
    moved: str


@dataclass(frozen=True)
class UnitRate:
    """A unit's rate; `behind` where it is among the last."""

    unit: str
    rate: Rate
    behind: bool


@dataclass(frozen=True)
class RateBars:
    """A rate of the county, and of its units.

    Args:
        name: What programs call it.
        label: What people call it.
        formula: What it is taken of.
        county: The county's.
        moved: How it moved.
        units: The best first.
        without: The units that have no such rate.
        goal: The percentage to be reached; None where the notice sets none.
        goal_text: The same in words.
        measure: What it counts: 栋 or 户.
        whose: Of whom the county's is: of all, or of the units that tell it.
        apart: Which units take no part in the ranking, and why.
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
    """The county's rates in a period, of so many units."""

    period: str
    units: int
    rates: Mapping[str, Rate]


@dataclass(frozen=True)
class Trend:
    """Rates from period to period; `labels` is what each is called."""

    labels: Mapping[str, str]
    points: tuple[TrendPoint, ...]


@dataclass(frozen=True)
class FunnelStage:
    """How many houses have come so far."""

    label: str
    count: int


@dataclass(frozen=True)
class Funnel:
    """How many are left from stage to stage.

    Args:
        title: What it shows, and of whom.
        note: How the stages are reckoned.
        stages: The stages.
    """

    title: str
    note: str
    stages: tuple[FunnelStage, ...]


@dataclass(frozen=True)
class UnitRow:
    """A unit's row: rates and ranks in the order of the page's rates; None where it has none.

    `but` limits its standing: only a part of its return was taken.
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
    """Houses overdue for one reason: unit, village, house number, and the day named by `since`."""

    title: str
    code: str
    since: str
    houses: tuple[tuple[str, str, str, str], ...]
    measure: str = "栋"


@dataclass(frozen=True)
class Deadline:
    """What falls due."""

    day: str
    left: str
    name: str
    due: str


@dataclass(frozen=True)
class BriefingPage:
    """What the page shows, from top to bottom; `unlooked` says of whom nothing is known."""

    title: str
    subtitle: str
    as_of: str
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
        """What the lines and the colour in the charts of the units mean; empty where no unit has a rate."""
        shown = [rate for rate in self.rates if rate.units]
        if not shown:
            return ""
        goals = any(rate.goal is not None for rate in shown)
        behind = any(unit.behind for rate in shown for unit in rate.units)
        parts = [
            f"点线为{'或'.join(dict.fromkeys(rate.whose for rate in shown))}的比率",
            "虚线为通知定的目标" if goals else "",
            "橙色为排名靠后的单位" if behind else "",
        ]
        return f"各单位图中，{'，'.join(filter(None, parts))}。"
