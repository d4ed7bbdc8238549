"""Writes to the terminal: results to stdout; progress and diagnostics to stderr. Light to import."""

import json
import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TextIO

from rich.console import Console
from rich.markup import escape

from zjf.errors import ZjfError
from zjf.terminal.control_signs import without_control_signs
from zjf.terminal.encoding import writable
from zjf.terminal.waiting import Waiting

if TYPE_CHECKING:
    from rich.table import Table

_waiting_sign = Waiting(lambda: Console(file=sys.stderr))
_manner: dict[str, bool] = {"plainly": False}


def speak_plainly(plainly: bool = True) -> None:
    """Makes all output fit for a screen reader: no boxes, colours or bars, one fact on each line."""
    _manner["plainly"] = plainly


def out() -> Console:
    """Returns the console for results."""
    return _console(sys.stdout)


def err() -> Console:
    """Returns the console for progress and diagnostics."""
    return _console(sys.stderr)


def _console(file: TextIO) -> Console:
    from zjf.terminal.fitting import FittingConsole, PlainConsole  # imports tables, which few lines need

    if _manner["plainly"]:
        return PlainConsole(file)
    return FittingConsole(file, _waiting_sign.said, highlight=False, soft_wrap=not file.isatty())


def say_error(error: ZjfError) -> None:
    mark = "" if _manner["plainly"] else "[bold red]✗[/] "
    err().print(f"{mark}{escape(str(error))}")


def say_in_passing(text: str) -> None:
    """Prints a remark for somebody who watches: on stderr, if that is a terminal."""
    if sys.stderr.isatty() and not _manner["plainly"]:
        err().print(f"[dim]{escape(text)}[/]")


def say_text(text: str) -> None:
    """Prints a text on stdout."""
    _write(without_control_signs(text))


def say_json_text(text: str) -> None:
    """Prints a JSON document on stdout; with escapes if stdout cannot write its characters."""
    _write(text if writable(text) else json.dumps(json.loads(text), indent=2))


def _write(text: str) -> None:
    _waiting_sign.said()
    print(text)  # noqa: T201


def say_marked(lines: Iterable[str]) -> None:
    """Prints lines of results in rich's markup."""
    screen = out()
    for line in lines:
        screen.print(line)


class Screen(Protocol):
    """Something that takes lines in rich's markup: a console, or `Lines`."""

    def print(self, line: str, /) -> object: ...


class Lines:
    """Collects lines, to be printed now and again by a later command."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def print(self, line: str, /) -> None:
        self.lines.append(line)


def say_lines(lines: Iterable[tuple[str, str]]) -> None:
    """Prints a name and a title (the first line), and below them a list of labels and texts."""
    from rich.padding import Padding

    (name, title), *entries = lines
    out().print(f"[bold]{escape(name)}[/]　{escape(title)}")
    out().print(Padding(labelled(entries), (0, 0, 0, 2)))


def labelled(entries: Iterable[tuple[str, str]]) -> "Table":
    """Returns a list of labels and texts, side by side."""
    from rich.table import Table

    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for label, text in entries:
        grid.add_row(label, escape(text))
    return grid


class _Notices(logging.Handler):
    """Prints the log messages of the packages below on stderr, each text once."""

    def __init__(self) -> None:
        super().__init__()
        self._said: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        if text not in self._said:
            self._said.add(text)
            err().print(escape(text))


@contextmanager
def notices(*, quiet: bool = False) -> Iterator[None]:
    """Prints, within the block, the log messages of the packages below on stderr, unless `quiet`."""
    log, handler = logging.getLogger("zjf"), logging.NullHandler() if quiet else _Notices()
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """Shows a progress bar on stderr, if that is a terminal; yields a function of done and total."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn(label), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with (
        _waiting_sign.paused(),
        Progress(*columns, console=err(), transient=True, disable=not _may_show_progress()) as bar,
    ):
        task = bar.add_task(label, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


@contextmanager
def waiting(*, quiet: bool = False) -> Iterator[None]:
    """Shows, within the block, that work goes on whenever nothing was printed for a second."""
    if not quiet and _may_show_progress():
        _waiting_sign.begin()
    try:
        yield
    finally:
        _waiting_sign.end()


def hush() -> None:
    """Stops the sign that work goes on, before something is printed without this module (a help text)."""
    _waiting_sign.end()


def _may_show_progress() -> bool:
    """Whether progress may be shown: on a terminal that is not spoken to plainly."""
    return sys.stderr.isatty() and not _manner["plainly"]
