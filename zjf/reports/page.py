"""The page: one HTML file with its styles, script and charts inside, which opens without a network."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, TemplateError

from zjf.errors import CannotDoError
from zjf.files import replacing
from zjf.indicators import Rate
from zjf.reports.sections import Table

TEMPLATE = "weekly.html.j2"
FOLDER = Path("page")


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
class Stage:
    """How many houses have come so far."""

    label: str
    count: int


@dataclass(frozen=True)
class UnitRow:
    """A unit's row: rates and ranks in the order of the page's rates; None where it has none."""

    unit: str
    standing: str
    arrived: str
    rates: tuple[Rate | None, ...]
    ranks: tuple[int | None, ...]
    surveyed: int | None
    suspected: int | None
    closed: int | None
    sent_back: int
    unmet: int | None
    overdue: int | None


@dataclass(frozen=True)
class Reporting:
    """Those who are late, sent back or missing; each unit with what there is to say of it."""

    label: str
    units: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class OverdueGroup:
    """Houses overdue for one reason: unit, village, house number, and the day named by `since`."""

    title: str
    code: str
    since: str
    houses: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True)
class Deadline:
    """What falls due."""

    day: str
    left: str
    name: str
    due: str


@dataclass(frozen=True)
class Page:
    """What the page shows, from top to bottom."""

    title: str
    subtitle: str
    as_of: str
    office: str
    coverage: str
    headlines: tuple[Headline, ...]
    rates: tuple[RateBars, ...]
    trend: Trend
    stages: tuple[Stage, ...]
    units: tuple[UnitRow, ...]
    reporting: tuple[Reporting, ...]
    overdue: tuple[OverdueGroup, ...]
    unmet: Table
    problems: Table
    deadlines: tuple[Deadline, ...]


def charting() -> ModuleType:
    """What draws charts.

    Raises:
        CannotDoError: It is not installed.
    """
    try:
        from zjf.reports import charts
    except ImportError as missing:
        raise CannotDoError(
            f"缺少画图的组件 {missing.name or 'altair'}", "请先安装：pip install 'zjf[charts]'；或不出网页。"
        ) from missing
    return charts


def pictures(page: Page) -> tuple[bytes, ...]:
    """The charts for a paper, as PNG; none where charts cannot be drawn here, for a paper reads without."""
    try:
        charts = charting()
    except CannotDoError:
        return ()
    titles = {each.name: f"各单位{each.label}" for each in page.rates}
    titles |= {"trend": "三项比率走势", "stages": "从初判到销号（非经营性）"}
    drawn = charts.charts_of(page, charts.PAPER)
    return tuple(charts.picture(each, titles[name]) for name, each in drawn.items())


def write_page(path: Path, page: Page, *folders: Path) -> None:
    """Writes a page.

    Args:
        path: The .html to write.
        page: What it shows.
        folders: Where its template, styles and script are looked for, the county's own first.

    Raises:
        CannotDoError: Charts cannot be drawn here, the template does not fit, or the file cannot be
            written.
    """
    charts = charting()
    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(each) for each in folders]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    drawings: dict[str, Any] = {name: charts.drawn(each) for name, each in charts.charts_of(page).items()}
    try:
        text = environment.get_template(TEMPLATE).render(
            page=page,
            drawings=drawings,
            specifications={name: each.specification for name, each in drawings.items()},
            library=charts.library(),
        )
    except (TemplateError, UnicodeDecodeError) as wrong:
        raise CannotDoError(
            f"网页模板 {TEMPLATE} 用不了（{wrong}）", "请改回模板，或删去它以使用自带的。"
        ) from wrong
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")
