"""The sample county's weekly page, as a leader opens it: on a desk, on a phone, printed."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser, Page

from tests.browser import DESKTOP, PHONE, a_window, chromium, grave_faults, lightness, opened
from zjf import cli

from .office import RECORD, Document

pytestmark = pytest.mark.slow

DRAWN = ".chart svg.marks"
PERIOD = list(RECORD)[-1]
UNITS = list(RECORD[PERIOD]["units"])


@pytest.fixture(scope="module")
def file(county: Path, weeks: dict[str, tuple[int, Document]]) -> Path:
    """The page of the last week."""
    assert cli.run(["weekly", "--as", "html", "--period", PERIOD, "--county", str(county)]) == 0
    return county / "out" / PERIOD / "周报.html"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def window(browser: Browser) -> Page:
    return a_window(browser)


@pytest.fixture
def page(window: Page, file: Path) -> Iterator[Page]:
    with opened(window, file, DESKTOP) as page:
        page.wait_for_selector(DRAWN)
        yield page


def units(page: Page) -> list[str]:
    """The units that the table shows, from top to bottom."""
    return page.locator("#unit-table tbody tr:visible th").all_inner_texts()


def column(page: Page, number: int) -> list[str]:
    return page.locator(f"#unit-table tbody tr:visible > :nth-child({number})").all_inner_texts()


def rates_of(page: Page) -> int:
    """How many rates the table of units shows, one column each."""
    return page.locator("#unit-table thead th", has_text="率").count()


def test_a_chart_is_drawn_of_each_rate_of_the_trend_and_of_the_stages(page: Page) -> None:
    drawn = page.locator(DRAWN)
    assert drawn.count() == rates_of(page) + 2 >= 5
    assert all(box["width"] > 200 for element in drawn.all() if (box := element.bounding_box()))


def test_the_units_stand_in_the_rosters_order_until_one_sorts(page: Page) -> None:
    assert units(page) == UNITS


def test_a_click_sorts_by_a_rate_and_a_second_one_the_other_way(page: Page) -> None:
    heading = page.locator("#unit-table th", has_text="非经营性自建房销号率")
    heading.get_by_role("button").click()
    best_first = units(page)
    shown = [float(text.partition("%")[0]) for text in column(page, 4)]
    assert shown == sorted(shown, reverse=True)
    assert heading.get_attribute("aria-sort") == "descending"
    heading.get_by_role("button").press("Enter")
    assert units(page) == best_first[::-1]
    assert heading.get_attribute("aria-sort") == "ascending"
    assert page.locator("#unit-table th[aria-sort]").count() == 1


def test_one_filters_by_name_and_by_standing(page: Page) -> None:
    page.get_by_label("单位", exact=True).fill("街道")
    assert units(page) == [unit for unit in UNITS if "街道" in unit]
    assert page.get_by_role("status").inner_text() == f"显示 2 / {len(UNITS)} 个单位"
    page.get_by_label("单位", exact=True).fill("")
    place = 2 + rates_of(page)  # behind the unit and its rates
    standing = column(page, place)[0]
    page.get_by_label("状态").select_option(standing)
    assert set(column(page, place)) == {standing}


@dataclass(frozen=True)
class Look:
    """What the page looks like on a screen, by day or by night.

    Args:
        width: How wide it is, in pixels; wider than the screen, it would have to be pushed to and fro.
        picture: The whole page as JPEG.
        faults: What keeps somebody out, and where.
    """

    width: int
    picture: bytes
    faults: list[tuple[str, str]]


@pytest.fixture(scope="module")
def look(window: Page, file: Path) -> Callable[[tuple[int, int], bool], Look]:
    """The page is opened once on each screen, by day and by night, and looked at."""

    @cache
    def looked_at(size: tuple[int, int], dark: bool) -> Look:
        with opened(window, file, size, dark=dark) as page:
            page.wait_for_selector(DRAWN)
            width = page.evaluate("document.documentElement.scrollWidth")
            picture = page.screenshot(full_page=True, type="jpeg")
            return Look(width, picture, grave_faults(page))

    return looked_at


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_it_fits_the_screen(look: Callable[..., Look], size: tuple[int, int]) -> None:
    assert look(size, dark=False).width == size[0]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_nothing_keeps_anybody_out(look: Callable[..., Look], size: tuple[int, int], dark: bool) -> None:
    assert look(size, dark=dark).faults == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_it_is_light_by_day_and_dark_by_night(
    window: Page, look: Callable[..., Look], size: tuple[int, int]
) -> None:
    day, night = lightness(window, *(look(size, dark=dark).picture for dark in (False, True)))
    assert day > 0.85
    assert night < 0.25


def test_it_prints_on_two_pages(page: Page) -> None:
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(printed.pages) <= 2


def test_a_long_table_has_its_header_on_every_page_that_it_is_printed_on(page: Page) -> None:
    page.evaluate("""() => {
      const rows = document.querySelector("#unit-table tbody");
      rows.innerHTML = rows.innerHTML.repeat(9);
    }""")
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    with_rows = [words for words in (sheet.extract_text() for sheet in printed.pages) if UNITS[0] in words]
    assert len(with_rows) > 1
    assert all("收到时间" in words for words in with_rows[-2:])


def test_it_reads_without_a_script(browser: Browser, file: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(file.as_uri())
    assert page.locator(".chart svg").count() == rates_of(page) + 2
    assert page.locator("#unit-table tbody tr").count() == len(UNITS)
    assert not page.locator(".filters").is_visible()
    context.close()
