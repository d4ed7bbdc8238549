"""The charts on paper: every bar can be seen, however few units there are."""

import io
from collections.abc import Sequence

import pytest
from PIL import Image

from zjf.counting.rates import Rate
from zjf.documents.briefing_page import RateBars, UnitRate
from zjf.render.charts import PAPER, picture, rate_bars

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
