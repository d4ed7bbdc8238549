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
_AT_HAND = ("file:", "data:", "blob:")
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


def a_window(browser: Browser) -> Page:
    """A window in which one file after another may be opened: a new one takes Chromium as long as a file."""
    return browser.new_context(offline=True).new_page()


@contextmanager
def opened(window: Page, file: Path, size: tuple[int, int], *, dark: bool = False) -> Iterator[Page]:
    """A file opened by double-click; an error, or anything asked of the network, fails the test."""
    said: list[str] = []
    listeners = {
        "console": lambda message: said.append(message.text),
        "pageerror": lambda error: said.append(str(error)),
        "request": lambda asked: said.append(asked.url) if not asked.url.startswith(_AT_HAND) else None,
    }
    width, height = size
    window.set_viewport_size({"width": width, "height": height})
    window.emulate_media(color_scheme="dark" if dark else "light")
    for event, listener in listeners.items():
        window.on(event, listener)  # type: ignore[call-overload]
    window.goto(file.as_uri())
    yield window
    window.goto("about:blank")
    for event, listener in listeners.items():
        window.remove_listener(event, listener)
    assert said == [], said


def grave_faults(page: Page) -> list[tuple[str, str]]:
    """What axe finds that keeps somebody out, and where: nothing else is asked of it, which would take as long again.

    It fetches no stylesheets once more: from the disk it may not.
    """
    found = Axe().run(page, options={"resultTypes": ["violations"], "preload": False}).response["violations"]
    grave = (fault for fault in found if fault["impact"] in ("serious", "critical"))
    return [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in grave]


def lightness(window: Page, *pictures: bytes) -> list[float]:
    """How light each JPEG picture is as a whole: black is 0, white is 1."""
    return [window.evaluate(_LIGHTNESS, base64.b64encode(picture).decode()) for picture in pictures]
