"""Charts that a process of its own draws are those that are drawn here; where it is lost, the paper has them all the same."""

import sys

import pytest

from zjf.counting.rates import Rate
from zjf.documents.briefing_page import BriefingPage, RateBars, Trend, UnitRate
from zjf.documents.sections import LetterTable
from zjf.render import chart_process, charts
from zjf.render.html.page import drawings, pictures

RATE = Rate(9, 10)
BARS = RateBars("judged", "初判率", "", RATE, "", (UnitRate("青石镇", RATE, behind=True),), (), 95, "")
NO_TABLE = LetterTable("", "", {}, ())
PAGE = BriefingPage(
    title="",
    subtitle="",
    as_of="",
    day="",
    office="",
    coverage="",
    headlines=(),
    rates=(BARS,),
    trend=Trend({}, ()),
    stages=None,
    counted=(),
    nothing={},
    units=(),
    reporting=(),
    overdue=(),
    unmet=NO_TABLE,
    problems=NO_TABLE,
    deadlines=(),
)


@pytest.fixture(autouse=True)
def nothing_that_draws_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when a command begins."""
    monkeypatch.delitem(sys.modules, charts.__name__)


def test_a_process_draws_what_is_drawn_here() -> None:
    with chart_process.standing_by(chart_process.STYLES):
        (process,) = chart_process._waiting
        on_paper, in_a_browser = chart_process.pictures(PAGE), chart_process.drawings(PAGE)
        assert process.poll() is None
        assert charts.__name__ not in sys.modules  # nothing was drawn here
    assert (on_paper, in_a_browser) == (pictures(PAGE), drawings(PAGE))


def test_where_the_process_was_killed_charts_are_drawn_here() -> None:
    with chart_process.standing_by(chart_process.STYLES):
        chart_process._waiting[0].kill()
        assert chart_process.pictures(PAGE) == pictures(PAGE)
        assert chart_process.drawings(PAGE) == drawings(PAGE)


def test_a_process_that_nobody_sends_a_page_ends() -> None:
    with chart_process.standing_by(chart_process.STYLES):
        (process,) = chart_process._waiting
        assert process.stdin
        process.stdin.close()  # as where the command was killed
        assert process.wait(60) == 0
    with chart_process.standing_by(chart_process.STYLES):
        (process,) = chart_process._waiting
    assert process.returncode


@pytest.mark.parametrize("styles", [["docx"], []])
def test_none_is_started_where_it_is_of_no_use(styles: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    if styles:
        monkeypatch.setitem(sys.modules, charts.__name__, charts)
    with chart_process.standing_by(styles):
        assert not chart_process._waiting
