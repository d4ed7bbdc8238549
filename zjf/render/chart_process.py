"""A process that draws the charts of a paper: it gets ready while this one loads and counts. Light to import.

The library that draws takes half a second to load and to draw a first chart, and holds Python's lock meanwhile.
"""

import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from zjf.errors import CannotDoError
from zjf.pipeline import confinement

if TYPE_CHECKING:
    from zjf.documents.briefing_page import BriefingPage

_DRAWN_BY = "zjf.render.charts"
_PROGRAM = "import sys; sys.path[:] = {path!r}; from zjf.render.chart_process import main; main()"

_waiting: "list[subprocess.Popen[bytes]]" = []
"""At most one."""


@contextmanager
def standing_by(*, wanted: bool) -> Iterator[None]:
    """A context in which a process waits for the page whose charts it is to draw, if one is wanted and charts cannot be drawn at once."""
    if wanted and _DRAWN_BY not in sys.modules:
        with suppress(OSError), confinement.interrupts_left_to_this_process():
            _waiting.append(
                subprocess.Popen(
                    [sys.executable, "-P", "-c", _PROGRAM.format(path=sys.path)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                )
            )
    try:
        yield
    finally:
        while _waiting:
            with _waiting.pop() as process:  # closes its pipes
                process.kill()


def pictures(page: "BriefingPage") -> tuple[bytes, ...]:
    """Returns a page's charts as PNG (`zjf.render.html.page.pictures`); without such a process they are drawn here."""
    while _waiting:
        with _waiting.pop() as process:
            answer, _ = process.communicate(pickle.dumps(page))
        if process.returncode == 0:
            drawn: tuple[bytes, ...] = pickle.loads(answer)
            return drawn
    from zjf.render.html import page as html_page

    return html_page.pictures(page)


def main() -> None:
    """Draws the charts of the page that comes on stdin; none comes where the program that started this one is gone."""
    confinement.without_pyarrow()
    from zjf.render.html import page as html_page

    with suppress(CannotDoError):  # a paper does without charts
        html_page.charting().get_ready()
    page = pickle.loads(sys.stdin.buffer.read())
    sys.stdout.buffer.write(pickle.dumps(html_page.pictures(page)))
