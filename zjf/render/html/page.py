"""The page: one HTML file with its styles, script and charts inside, which opens without a network."""

from pathlib import Path
from types import ModuleType
from typing import Any

from zjf.documents.briefing_page import BriefingPage
from zjf.errors import CannotDoError
from zjf.extras import optional
from zjf.files import replacing
from zjf.render.templates import fill

TEMPLATE = "weekly.html.j2"
FOLDER = Path("page")


def charting() -> ModuleType:
    """What draws charts.

    Raises:
        CannotDoError: It is not installed.
    """
    return optional("zjf.render.charts", extra="charts")


def pictures(page: BriefingPage) -> tuple[bytes, ...]:
    """The charts for a paper, as PNG; none where charts cannot be drawn here, for a paper reads without."""
    try:
        charts = charting()
    except CannotDoError:
        return ()
    titles = {rate.name: f"各单位{rate.label}" for rate in page.rates}
    titles |= {"trend": "各项比率走势", "stages": page.stages.title if page.stages else ""}
    drawn = charts.charts_of(page, charts.PAPER)
    labels = (
        *(unit.unit for rate in page.rates for unit in rate.units),
        *(stage.label for stage in (page.stages.stages if page.stages else ())),
        *(point.period for point in page.trend.points),
    )
    longest = max(map(len, labels), default=0)
    return tuple(charts.picture(drawing, titles[name], longest) for name, drawing in drawn.items())


def write_page(path: Path, page: BriefingPage, *folders: Path) -> None:
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
    drawings: dict[str, Any] = {name: charts.drawn(chart) for name, chart in charts.charts_of(page).items()}
    text = fill(
        TEMPLATE,
        *folders,
        escape=True,
        page=page,
        drawings=drawings,
        specifications={name: drawing.specification for name, drawing in drawings.items()},
        library=charts.library(),
    )
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")
