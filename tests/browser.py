"""Headless Chromium with the network off; who uses it is skipped where there is none."""

import base64
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

DESKTOP, PHONE = (1280, 800), (360, 740)
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

_LIGHTNESS = """async (picture) => {
  const bitmap = await createImageBitmap(await (await fetch(`data:image/jpeg;base64,${picture}`)).blob(),
    { resizeWidth: 64, resizeHeight: 64, resizeQuality: "medium" });
  const canvas = new OffscreenCanvas(64, 64).getContext("2d");
  canvas.drawImage(bitmap, 0, 0);
  const { data } = canvas.getImageData(0, 0, 64, 64);
  let light = 0;
  for (let at = 0; at < data.length; at += 4) light += (data[at] + data[at + 1] + data[at + 2]) / 3;
  return light / (data.length / 4) / 255;
}"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's Chromium."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        pytest.skip("这台机器没有 chromium（Debian：apt-get install chromium）")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=_FLAGS)
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, file: Path, size: tuple[int, int], *, dark: bool = False) -> Iterator[Page]:
    """A file opened by double-click; any error on the console fails the test."""
    scheme = "dark" if dark else "light"
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, offline=True
    )
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if "file:" not in request.url else None)
    page.goto(file.as_uri())
    page.wait_for_selector(".chart svg.marks")
    yield page
    context.close()
    assert said == []


def grave_faults(page: Page) -> list[tuple[str, str]]:
    """What axe finds that keeps somebody out, and where: nothing else is asked of it, which would take as long again."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    grave = (fault for fault in found if fault["impact"] in ("serious", "critical"))
    return [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in grave]


def lightness(browser: Browser, *pictures: bytes) -> list[float]:
    """How light each JPEG picture is as a whole: black is 0, white is 1."""
    page = browser.new_page()
    means = [page.evaluate(_LIGHTNESS, base64.b64encode(picture).decode()) for picture in pictures]
    page.close()
    return means
