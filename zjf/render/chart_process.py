"""A process that draws the charts of a paper: it gets ready while this one loads and counts. Light to import.

The library that draws takes half a second to load and to draw a first chart, and holds Python's lock meanwhile.
"""

import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from zjf.errors import CannotDoError
from zjf.pipeline import confinement

if TYPE_CHECKING:
    from zjf.documents.briefing_page import BriefingPage
    from zjf.render.html.page import Drawing

STYLES = ("docx", _PAGE := "html")
"""The styles of papers that have charts."""
_DRAWN_BY = "zjf.render.charts"
_PROGRAM = "import sys; sys.path[:] = {path!r}; from zjf.render.chart_process import main; main()"

_waiting: "list[subprocess.Popen[bytes]]" = []
"""At most one."""


@contextmanager
def standing_by(styles: Sequence[str]) -> Iterator[None]:
    """A context in which a process waits for the page whose charts it is to draw, unless they can be drawn here at once.

    Args:
        styles: The styles with charts that will be written; without any, no process is started.
    """
    if styles and _DRAWN_BY not in sys.modules:
        with suppress(OSError), confinement.interrupts_left_to_this_process():
            _waiting.append(
                subprocess.Popen(
                    [sys.executable, "-P", "-c", _PROGRAM.format(path=sys.path), *styles],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                )
            )
    try:
        yield
    finally:
        _end()


def pictures(page: "BriefingPage") -> tuple[bytes, ...]:
    """Returns a page's charts for paper (`zjf.render.html.page.pictures`)."""
    drawn: tuple[bytes, ...] = _drawn("pictures", page)
    return drawn


def drawings(page: "BriefingPage") -> "tuple[dict[str, Drawing], str]":
    """Returns a page's charts for a browser (`zjf.render.html.page.drawings`).

    Raises:
        CannotDoError: Charts cannot be drawn here.
    """
    drawn: tuple[dict[str, Drawing], str] = _drawn("drawings", page)
    return drawn


def _drawn(how: str, page: "BriefingPage") -> Any:
    """Has the process that waits draw; without one, or where it is lost, charts are drawn here."""
    for process in _waiting:
        assert process.stdin, "Popen was asked for pipes"
        assert process.stdout, "Popen was asked for pipes"
        with suppress(OSError, EOFError, pickle.UnpicklingError):
            process.stdin.write(pickle.dumps((how, page)))
            process.stdin.flush()
            return pickle.load(process.stdout)
    _end()
    from zjf.render.html import page as html_page

    return getattr(html_page, how)(page)


def _end() -> None:
    while _waiting:
        process = _waiting.pop()
        process.kill()
        with suppress(OSError), process:  # closes its pipes, of which one may hold what was not sent
            pass


def main() -> None:
    """Draws what is asked for on stdin, until the program that started this one closes it or is gone."""
    confinement.without_pyarrow()
    from zjf.render.html import page as html_page

    with suppress(CannotDoError):  # a paper does without charts
        html_page.charting().get_ready(for_a_page=_PAGE in sys.argv)
    with suppress(EOFError):
        while True:
            how, page = pickle.load(sys.stdin.buffer)
            sys.stdout.buffer.write(pickle.dumps(getattr(html_page, how)(page)))
            sys.stdout.buffer.flush()
