"""The charts of a page, declared with Altair; Vega-Lite draws them in the browser, vl-convert on paper."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import altair as alt
import vl_convert
from altair.utils.schemapi import debug_mode

from zjf.counting.rates import Rate
from zjf.documents.briefing_page import BriefingPage, FunnelStage, RateBars, Trend
from zjf.render.html.page import Drawing

Rows = list[dict[str, Any]]

_BAR_HEIGHT, _AXIS_HEIGHT, _TITLE_HEIGHT = 23, 20, 26
"""The heights of a bar, of the axis below the bars and of a title above them, in pixels."""
_RATE_WIDTH, _COUNT_WIDTH = 62, 112
"""The room for figures to the right of the bars, in pixels."""

_PAPER_WIDTH = 330
_NEVER_CUT = 14
"""Labels of at most so many letters always fit on an axis; Vega cuts off what is wider than 180 pixels."""

_START = """
window.drawChart = (container, specification) =>
  vegaEmbed(container, specification, {mode: "vega-lite", renderer: "svg", actions: false});
"""
_EDITION = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
"""The version of Vega-Lite that Altair writes."""


@dataclass(frozen=True)
class ChartColours:
    """The colours of charts on a page, whose styles have a light and a dark mode, or on paper."""

    ink: str
    faint: str
    bar: str
    behind: str
    goal: str
    lines: tuple[str, ...]


PAGE = ChartColours(
    "var(--ink)",
    "var(--line)",
    "var(--bar)",
    "var(--behind)",
    "var(--goal)",
    ("var(--bar)", "var(--behind)", "var(--third)", "var(--fourth)", "var(--fifth)"),
)
PAPER = ChartColours(
    "#1b1f24",
    "#c9ced6",
    "#2f6db5",
    "#b8651b",
    "#b3261e",
    ("#2f6db5", "#b8651b", "#2b7a4b", "#7a4fa3", "#5b6470"),
)


def get_ready(*, for_a_page: bool) -> None:
    """Draws a chart of nothing, as the first one takes a third of a second longer than the others.

    Args:
        for_a_page: Whether `library` will be asked for, which takes a second the first time.
    """
    if for_a_page:
        library()
    vl_convert.vegalite_to_png({"mark": "bar", "data": {"values": []}}, vl_version=_EDITION)


def charts_of(page: BriefingPage, palette: ChartColours = PAGE) -> dict[str, alt.LayerChart]:
    """Returns the charts of a page by name, without those that have nothing to show."""
    # That a specification fits Vega-Lite is tested; Altair would look at every part of it, time and again.
    with debug_mode(False):
        return _charts(page, palette)


def _charts(page: BriefingPage, palette: ChartColours) -> dict[str, alt.LayerChart]:
    charts: dict[str, alt.LayerChart] = {
        bars.name: rate_bars(bars, palette) for bars in page.rates if bars.units
    }
    if len(page.trend.points) > 1:
        charts["trend"] = trend_lines(page.trend, palette)
    if page.stages and page.stages.stages[0].count:
        charts["stages"] = stage_bars(page.stages.stages, palette)
    return charts


def drawn(chart: alt.LayerChart) -> Drawing:
    """Returns a chart as it is put into a page, as wide as there is room."""
    specification = chart.to_dict(validate=False)
    return Drawing(specification, vl_convert.vegalite_to_svg(specification, vl_version=_EDITION))


def picture(chart: alt.LayerChart, title: str, longest_label: int) -> bytes:
    """Returns a chart for paper, as PNG.

    Args:
        longest_label: How many letters the longest label on its axes has. If it is certain that none is cut off,
            labels need not be measured, which saves a third of the time.
    """
    height = chart.height + _TITLE_HEIGHT
    padding = {"top": 6, "left": 0, "right": 0, "bottom": 0}  # or the title's first pixels are cut off
    with debug_mode(False):
        titled_chart = chart.properties(
            width=_PAPER_WIDTH, height=height, padding=padding, title=title
        ).configure_title(fontSize=14, anchor="start")
    specification = titled_chart.to_dict(validate=False)
    if longest_label <= _NEVER_CUT:
        specification["config"]["axis"]["labelLimit"] = 0
    return vl_convert.vegalite_to_png(specification, vl_version=_EDITION, scale=3)


@cache
def library() -> str:
    """Returns the script that draws charts in a page, from the installed package."""
    return vl_convert.javascript_bundle(_START, vl_version=_EDITION).replace("</script", "<\\/script")


def rate_bars(bars: RateBars, palette: ChartColours) -> alt.LayerChart:
    """Returns bars of the units' rates, with the goal and the county's rate as lines."""
    rows = _bar_rows(bars)
    highest = max(100.0, *(row["percent"] for row in rows))
    base = alt.Chart(_values(rows)).encode(
        y=alt.Y("unit:N", sort=None, title=None, axis=alt.Axis(domain=False, ticks=False, grid=False))
    )
    scale = alt.Scale(domain=[0, highest], nice=False, range=[0, alt.expr(f"width - {_RATE_WIDTH}")])
    colour = alt.condition("datum.behind", alt.value(palette.behind), alt.value(palette.bar))
    bar_marks = base.mark_bar(height={"band": 0.72}, cornerRadiusEnd=2).encode(
        x=alt.X(
            "percent:Q",
            stack=None,
            title=None,
            scale=scale,
            axis=alt.Axis(values=[0, 50, 100], labelExpr="datum.label + '%'"),
        ),
        color=colour,
        tooltip=[
            alt.Tooltip("unit:N", title="单位"),
            alt.Tooltip("said:N", title=bars.label),
            alt.Tooltip("of:N", title="数量"),
        ],
    )
    figures = base.mark_text(align="right").encode(x=alt.value("width"), text="said:N")
    layers = [bar_marks, figures, _vertical_line(float(bars.county.percent(2) or 0), palette.ink, [2, 2])]
    if bars.goal is not None:
        layers.append(_vertical_line(bars.goal, palette.goal, [6, 3]))
    description = "；".join(f"{row['unit']}{row['said']}" for row in rows)
    return _styled(
        alt.LayerChart(layer=layers),
        palette,
        f"各单位{bars.label}：{description}。",
        height=_AXIS_HEIGHT + _BAR_HEIGHT * len(rows),
    )


def _bar_rows(bars: RateBars) -> Rows:
    return [
        {
            "unit": rate.unit,
            "percent": float(rate.rate.percent(2) or 0),
            "said": rate.rate.display,
            "of": f"{rate.rate.numerator}/{rate.rate.denominator}",
            "behind": rate.behind,
        }
        for rate in bars.units
    ]


def trend_lines(trend: Trend, palette: ChartColours) -> alt.LayerChart:
    """Returns lines of the rates from period to period."""
    rows = _trend_rows(trend)
    names = list(trend.labels.values())
    legend = alt.Legend(orient="top", columns=2, labelLimit=0, symbolType="stroke", symbolStrokeWidth=3)
    lowest = min((row["percent"] for row in rows), default=0)
    base = alt.Chart(_values(rows)).encode(
        x=alt.X("period:O", sort=None, title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
        y=alt.Y(
            "percent:Q",
            title=None,
            scale=alt.Scale(domain=[max(0, lowest // 10 * 10 - 5), 100], nice=False),
            axis=alt.Axis(tickCount=5, labelExpr="datum.label + '%'"),
        ),
        color=alt.Color(
            "rate:N",
            sort=names,
            title=None,
            scale=alt.Scale(domain=names, range=list(palette.lines)),
            legend=legend,
        ),
        tooltip=[
            alt.Tooltip("period:N", title="期次"),
            alt.Tooltip("rate:N", title="比率"),
            alt.Tooltip("said:N", title="数值"),
            alt.Tooltip("units:Q", title="有数据的单位"),
        ],
    )
    dashes = alt.StrokeDash(
        "rate:N",
        sort=names,
        title=None,
        scale=alt.Scale(domain=names, range=[[1, 0], [7, 3], [2, 2]]),
        legend=legend,
    )
    lines = base.mark_line(strokeWidth=2.5).encode(strokeDash=dashes)
    marks = base.mark_point(filled=True, size=55, opacity=1)
    description = "；".join(f"{row['period']}{row['rate']}{row['said']}" for row in rows)
    return _styled(
        alt.LayerChart(layer=[lines, marks]), palette, f"各项比率走势：{description}。", height=215
    )


def _trend_rows(trend: Trend) -> Rows:
    return [
        {
            "period": point.period,
            "rate": trend.labels[name],
            "percent": float(rate.percent(2) or 0),
            "said": rate.display,
            "units": point.units,
        }
        for point in trend.points
        for name, rate in point.rates.items()
        if rate.exists
    ]


def stage_bars(stages: tuple[FunnelStage, ...], palette: ChartColours) -> alt.LayerChart:
    """Returns bars of how many houses have reached each stage, and of their share of the first stage."""
    first_count = stages[0].count
    rows: Rows = [
        {
            "stage": stage.label,
            "count": stage.count,
            "said": f"{stage.count}栋 {Rate(stage.count, first_count).display}",
        }
        for stage in stages
    ]
    base = alt.Chart(_values(rows)).encode(
        y=alt.Y("stage:N", sort=None, title=None, axis=alt.Axis(domain=False, ticks=False)),
        tooltip=[alt.Tooltip("stage:N", title="阶段"), alt.Tooltip("said:N", title="房屋")],
    )
    scale = alt.Scale(domain=[0, first_count], nice=False, range=[0, alt.expr(f"width - {_COUNT_WIDTH}")])
    bars = base.mark_bar(height={"band": 0.7}, cornerRadiusEnd=2, color=palette.bar).encode(
        x=alt.X("count:Q", title=None, stack=None, scale=scale, axis=None)
    )
    figures = base.mark_text(align="right").encode(x=alt.value("width"), text="said:N")
    description = "；".join(f"{row['stage']}{row['said']}" for row in rows)
    return _styled(
        alt.LayerChart(layer=[bars, figures]), palette, f"从初判到销号：{description}。", height=165
    )


def _vertical_line(percent: float, colour: str, dash: list[int]) -> alt.Chart:
    chart = alt.Chart(_values([{"at": percent}]))
    rule: alt.Chart = chart.mark_rule(color=colour, strokeDash=dash, strokeWidth=1.5).encode(x="at:Q")
    return rule


def _values(rows: Rows) -> alt.InlineData:
    return alt.InlineData(values=rows)


def _styled(chart: alt.LayerChart, palette: ChartColours, description: str, height: int) -> alt.LayerChart:
    text_style = {"labelColor": palette.ink, "titleColor": palette.ink, "labelFontSize": 12}
    styled: alt.LayerChart = (
        chart.properties(
            width="container",
            height=height,
            description=description,
            autosize=alt.AutoSizeParams(type="fit", contains="padding"),
        )
        .configure(
            font="sans-serif",
            background="transparent",
            padding=0,
            mark=alt.MarkConfig(aria=False),
            aria=False,
            text=alt.MarkConfig(color=palette.ink, fontSize=12),
        )
        .configure_axis(
            **text_style, gridColor=palette.faint, domainColor=palette.faint, tickColor=palette.faint
        )
        .configure_legend(**text_style)
        .configure_view(stroke=None, continuousWidth=330, discreteWidth=330)
    )
    return styled
