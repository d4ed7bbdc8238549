"""What the documents show on a terminal, made by running it.

A block fenced as `console` holds commands (`$ zjf …`) and what they printed. They are run in the folder
of the sample county, one document after another; `keep=3+2` keeps the first three lines and the last two
of what each command of the block printed.
"""

import os
import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from warnings import catch_warnings

from zjf import cli
from zjf.resources import sample_data

PERIOD = "2024-W23"
_RECEIVED = "2024-06-07 10:30"
_BLOCK = re.compile(r"(```console(?: keep=(\d+)\+(\d+))?\n)(.*?)(```)", re.DOTALL)
_SHOWN = {"COLUMNS": "100", "TERM": "dumb", "FORCE_COLOR": ""}
"""What the terminal is like."""


def documents(root: Path) -> Iterator[tuple[Path, str]]:
    """The documents that show commands, each with what the commands print now.

    Args:
        root: The checkout.
    """
    with TemporaryDirectory() as folder:
        desk = _Desk(Path(folder).resolve())
        for path in (
            root / "README.md",
            root / "README.en.md",
            *sorted((root / "docs" / "guides").glob("*.md")),
        ):
            yield path, _BLOCK.sub(desk.shown_again, path.read_text("utf-8"))


class _Desk:
    """A clerk's desk: the sample county's folder with one week's returns, and some faulty ones beside."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._county = folder / "云水县"
        self._printed: dict[str, list[str]] = {}
        self._run(f"zjf init 云水县 --from {shlex.quote(str(sample_data() / 'roster.csv'))}", folder)
        shutil.copytree(sample_data() / "county" / "returns" / PERIOD, self._county / "returns" / PERIOD)
        shutil.copytree(sample_data() / "dirty" / "returns" / PERIOD, self._county / "待改")
        self._run(f"zjf receive returns/{PERIOD} --period {PERIOD} --at '{_RECEIVED}'", self._county)

    def shown_again(self, block: re.Match[str]) -> str:
        """A block with what its commands print now."""
        fence, first, last, body, end = block.groups()
        shown = []
        for command in re.findall(r"^\$ (.*)$", body, re.MULTILINE):
            # The county is the same for all documents, so a command prints what it printed before.
            if command not in self._printed:
                self._printed[command] = self._run(command, self._county)
            lines = self._printed[command]
            shown += [f"$ {command}", *(_shortened(lines, int(first), int(last)) if first else lines)]
        return "\n".join([fence.rstrip("\n"), *shown, end])

    def _run(self, command: str, folder: Path) -> list[str]:
        _, *arguments = shlex.split(command)
        said = StringIO()
        with (
            chdir(folder),
            _surroundings(**_SHOWN),
            redirect_stdout(said),
            redirect_stderr(said),
            catch_warnings(action="ignore"),  # as `cli.main` does
        ):
            cli.run(arguments)
        without_folder = said.getvalue().replace(f"{self._folder}{os.sep}", "")
        return [line.rstrip() for line in without_folder.strip().splitlines()]


@contextmanager
def _surroundings(**variables: str) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _shortened(lines: list[str], first: int, last: int) -> list[str]:
    return [*lines[:first], "……", *lines[len(lines) - last :]] if len(lines) > first + last else lines
