"""The charts on paper: every bar can be seen, however few units there are."""

import io
from collections.abc import Sequence

import pytest
from altair import LayerChart
from PIL import Image

from zjf.counting.rates import Rate
from zjf.documents.briefing_page import FunnelStage, RateBars, Trend, TrendPoint, UnitRate
from zjf.render.charts import PAPER, drawn, picture, rate_bars, stage_bars, trend_lines

ROW = 23 * 3
"""How many pixels of the picture a unit takes."""


def drawing(names: Sequence[str], longest_label: int) -> bytes:
    """The picture of a rate of some units."""
    rate = Rate(1, 1)
    bars = tuple(UnitRate(name, rate, behind=False) for name in names)
    figure = RateBars("judged", "经营性自建房初判率", "", rate, "", bars, (), None, "")
    return picture(rate_bars(figure, PAPER), figure.label, longest_label)


def dark_rows(units: int) -> int:
    """How many rows of the picture are crossed by a bar, above half of its width."""
    drawn = Image.open(io.BytesIO(drawing([f"青石{number}镇" for number in range(units)], 4))).convert("RGB")
    bar = tuple(bytes.fromhex(PAPER.bar.removeprefix("#")))
    middle = drawn.width * 2 // 5
    return sum(drawn.getpixel((middle, row)) == bar for row in range(drawn.height))


@pytest.mark.parametrize("units", [1, 2, 9])
def test_a_bar_is_as_high_for_one_unit_as_for_many(units: int) -> None:
    assert dark_rows(units) == pytest.approx(units * ROW * 0.72, rel=0.15)


def test_names_that_have_room_are_drawn_as_if_they_were_measured() -> None:
    names = ["青石镇", "青" * 14, "Ｗ" * 14, "W" * 14]
    assert drawing(names, longest_label=14) == drawing(names, longest_label=15)


def test_specifications_fit_vega_lite() -> None:
    rate = Rate(9, 10)
    bars = RateBars("judged", "初判率", "", rate, "", (UnitRate("青石镇", rate, behind=True),), (), 95, "")
    trend = Trend({"judged": "初判率"}, tuple(TrendPoint(week, 3, {"judged": rate}) for week in ("22", "23")))
    for chart in (
        rate_bars(bars, PAPER),
        trend_lines(trend, PAPER),
        stage_bars((FunnelStage("排查", 10), FunnelStage("销号", 9)), PAPER),
    ):
        LayerChart.from_dict(drawn(chart).specification)  # which validates it
