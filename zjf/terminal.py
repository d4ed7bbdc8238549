"""The terminal itself: results go to stdout; progress and diagnostics to stderr. Light to import."""

import json
import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol, TextIO

from rich.console import Console
from rich.markup import escape

from zjf.control_signs import without_control_signs
from zjf.errors import ZjfError
from zjf.output_encoding import writable
from zjf.waiting import Waiting

_silence = Waiting(lambda: Console(file=sys.stderr))
_speaks: dict[str, bool] = {"plainly": False}


def speak_plainly(plainly: bool = True) -> None:
    """From now on everything is said for a screen reader: no boxes, colours or bars, one fact a line."""
    _speaks["plainly"] = plainly


def out() -> Console:
    """The console of results."""
    return _console(sys.stdout)


def err() -> Console:
    """The console of progress and diagnostics."""
    return _console(sys.stderr)


def _console(file: TextIO) -> Console:
    from zjf.consoles import FittingConsole, PlainConsole  # imports tables, which few lines need

    if _speaks["plainly"]:
        return PlainConsole(file)
    return FittingConsole(file, _silence.said, highlight=False, soft_wrap=not file.isatty())


def say_error(error: ZjfError) -> None:
    mark = "" if _speaks["plainly"] else "[bold red]✗[/] "
    err().print(f"{mark}{escape(str(error))}")


def say_in_passing(text: str) -> None:
    """What somebody who watches may want to know: on stderr, like progress, where that is a terminal."""
    if sys.stderr.isatty() and not _speaks["plainly"]:
        err().print(f"[dim]{escape(text)}[/]")


def say_text(text: str) -> None:
    """A text on stdout, and nothing else."""
    _write(without_control_signs(text))


def say_json_text(text: str) -> None:
    """A JSON document on stdout; in escapes where stdout cannot take its characters."""
    _write(text if writable(text) else json.dumps(json.loads(text), indent=2))


def _write(text: str) -> None:
    _silence.said()
    print(text)  # noqa: T201


def say_marked(lines: Iterable[str]) -> None:
    """Lines of results, in rich's markup."""
    screen = out()
    for line in lines:
        screen.print(line)


class Screen(Protocol):
    """Where lines in rich's markup are said: a console, or `Lines`."""

    def print(self, line: str, /) -> object: ...


class Lines:
    """Lines that are kept, to be said now and again."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def print(self, line: str, /) -> None:
        self.lines.append(line)


def say_lines(lines: Iterable[tuple[str, str]]) -> None:
    """A name and a title, and what there is to say below them: label and text."""
    from rich.padding import Padding
    from rich.table import Table

    (name, title), *below = lines
    out().print(f"[bold]{escape(name)}[/]　{escape(title)}")
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for label, text in below:
        grid.add_row(label, escape(text))
    out().print(Padding(grid, (0, 0, 0, 2)))


class _Notices(logging.Handler):
    """What the rooms below have to say while they work, each thing once."""

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
    """Within, what the rooms below have to say is on stderr, unless nobody wants to hear it."""
    log, handler = logging.getLogger("zjf"), logging.NullHandler() if quiet else _Notices()
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)


@contextmanager
def progress_bar(what: str, *, quiet: bool = False) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on stderr, where that is a terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    shown = _moves(quiet)
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with (
        _silence.paused(),
        Progress(*columns, console=err(), transient=True, disable=not shown) as bar,
    ):
        task = bar.add_task(what, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


@contextmanager
def waiting(*, quiet: bool = False) -> Iterator[None]:
    """Within, somebody who watches is told that work goes on whenever a second passes in silence."""
    if _moves(quiet):
        _silence.begin()
    try:
        yield
    finally:
        _silence.end()


def hush() -> None:
    """From now on nothing moves: what comes next (a help text) is not said through this module."""
    _silence.end()


def _moves(quiet: bool) -> bool:
    """Whether anything that moves may be shown: on a terminal, to those who want to see it."""
    return sys.stderr.isatty() and not quiet and not _speaks["plainly"]
