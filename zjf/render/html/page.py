"""The page: one HTML file with its styles, script and charts inside, which opens without a network."""

from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from zjf.documents.briefing_page import BriefingPage
from zjf.errors import CannotDoError
from zjf.extras import optional
from zjf.files import write_whole
from zjf.render import chart_process
from zjf.render.templates import fill

TEMPLATE = "weekly.html.j2"
FOLDER = Path("page")


class Drawing(NamedTuple):
    """A chart on a page: its Vega-Lite specification, and as SVG for a reader that runs no script."""

    specification: dict[str, Any]
    picture: str


def charting() -> ModuleType:
    """Returns the module that draws charts.

    Raises:
        CannotDoError: The packages that it needs are not installed.
    """
    return optional("zjf.render.charts", extra="charts")


def pictures(page: BriefingPage) -> tuple[bytes, ...]:
    """Returns a paper's charts as PNG; none where charts cannot be drawn here, since a paper does without."""
    try:
        charts = charting()
    except CannotDoError:
        return ()
    titles = {rate.name: f"各单位{rate.label}" for rate in page.rates}
    titles |= {"trend": "各项比率走势", "stages": page.stages.title if page.stages else ""}
    chart_by_name = charts.charts_of(page, charts.PAPER)
    labels = (
        *(unit.unit for rate in page.rates for unit in rate.units),
        *(stage.label for stage in (page.stages.stages if page.stages else ())),
        *(point.period for point in page.trend.points),
    )
    longest_label = max(map(len, labels), default=0)
    return tuple(charts.picture(chart, titles[name], longest_label) for name, chart in chart_by_name.items())


def drawings(page: BriefingPage) -> tuple[dict[str, Drawing], str]:
    """Returns a page's charts by name, and the script that draws them in a browser.

    Raises:
        CannotDoError: Charts cannot be drawn here.
    """
    charts = charting()
    return {name: charts.drawn(chart) for name, chart in charts.charts_of(page).items()}, charts.library()


def write_page(path: Path, page: BriefingPage, *folders: Path) -> None:
    """Writes a page.

    Args:
        folders: The folders in which its template, styles and script are looked for, the county's own first.

    Raises:
        CannotDoError: Charts cannot be drawn here, the template does not fit, or the file cannot be
            written.
    """
    drawn, library = chart_process.drawings(page)
    text = fill(
        TEMPLATE,
        *folders,
        escape=True,
        page=page,
        drawings=drawn,
        specifications={name: drawing.specification for name, drawing in drawn.items()},
        library=library,
    )
    write_whole(path, text)
