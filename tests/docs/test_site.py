"""The site: built strictly, read from the disk without a network, searched in Chinese, and open to everybody."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html
from playwright.sync_api import Browser, Page

from docs.generate import ROOT
from tests.browser import DESKTOP, PHONE, a_window, chromium, grave_faults, opened

pytestmark = pytest.mark.slow

A_FEW = (
    "index.html",
    "guides/quickstart.html",
    "guides/why-this-rate.html",
    "architecture.html",
    "reference/codes.html",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--quiet",
        "-d",
        str(folder),
    ]
    # The theme's makers advertise what comes after MkDocs.
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(command, cwd=ROOT, env=quiet, capture_output=True, encoding="utf-8")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def pages(site: Path) -> dict[Path, html.HtmlElement]:
    return {path: html.parse(str(path)).getroot() for path in site.rglob("*.html") if path.name != "404.html"}


def test_no_link_is_dead_and_nothing_is_fetched(site: Path) -> None:
    all_pages = pages(site)
    anchors = {path: {*page.xpath("//@id"), *page.xpath("//a/@name")} for path, page in all_pages.items()}
    dead = []
    for path, page in all_pages.items():
        fetched = page.xpath("//script/@src | //img/@src | //link[@rel='stylesheet' or @rel='icon']/@href")
        assert not [address for address in fetched if "//" in address], path
        for address in {*fetched, *page.xpath("//a/@href")}:
            if address.startswith(("https://", "data:")):
                continue
            name, _, anchor = unquote(address).partition("#")
            target = (path.parent / name.partition("?")[0]).resolve() if name else path
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file() or (anchor and target in anchors and anchor not in anchors[target]):
                dead.append((path.relative_to(site).as_posix(), address))
    assert not dead


def test_every_page_is_in_the_list_of_questions(site: Path) -> None:
    (first,) = (page for path, page in pages(site).items() if path == site / "index.html")
    listed = {site / unquote(address) for address in first.xpath("//nav//a/@href")}
    unlisted = {path.relative_to(site).as_posix() for path in pages(site).keys() - listed}
    assert {name for name in unlisted if not name.startswith("decisions/0")} <= {"index.html"}


@pytest.fixture(scope="module")
def first_page(site: Path, browser: Browser) -> Iterator[Page]:
    """The site's first page, on which one thing is searched after another."""
    with opened(a_window(browser), site / "index.html", DESKTOP) as page:
        yield page


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("销号", "问题代码"),
        ("鉴定率", "为什么鉴定率是这个数"),
        ("隐患通知书", "隐患通知书、一栋一策、一栋一册这些文书怎样出？"),
        ("麒麟", "没有网络的电脑怎么安装"),
        ("R611", "问题代码"),
    ],
)
def test_it_is_searched_in_chinese_from_the_disk(first_page: Page, asked: str, answer: str) -> None:
    first_page.fill("input.md-search__input", "")
    first_page.wait_for_selector(".md-search-result__article", state="detached")
    first_page.focus("input.md-search__input")
    first_page.keyboard.insert_text(asked)
    first_page.keyboard.press("End")
    first_page.wait_for_selector(".md-search-result__article")
    titles = [
        title.inner_text().replace("\u200b", "")
        for title in first_page.query_selector_all(".md-search-result h1")
    ]
    assert answer in titles


@pytest.fixture(scope="module")
def window(browser: Browser) -> Page:
    return a_window(browser)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", A_FEW)
def test_axe_finds_nothing_serious(site: Path, window: Page, name: str, size: tuple[int, int]) -> None:
    with opened(window, site / name, size) as page:
        assert grave_faults(page) == []
