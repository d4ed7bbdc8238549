"""What a command said of a changed file, and what must never be among it.

`python -m tests.mutated.outcomes COUNTY FOLDER GOOD`: verify, diff and repair on every file of a folder, one
JSON line a run.
"""

import contextlib
import io
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from zjf import cli

PROMISED = frozenset({0, 1, 3})
"""Exit codes of a command whose usage is right and that nobody interrupted."""

_OF_A_FAULT = ("Traceback", "panicked at", "程序内部出错", "程序出错", "Error:", "Exception")
LONGEST_RUN = 60.0
_STATUSES = frozenset({"ok", "warnings", "breaches", "errors", "unreadable"})


@dataclass(frozen=True)
class Outcome:
    """One run: the command, the file it was run on, its exit code, its seconds, what it printed."""

    command: str
    file: str
    code: int
    seconds: float
    said: str

    def complaint(self) -> str:
        """What is wrong with it; blank where nothing is."""
        if self.code not in PROMISED:
            return f"exit code {self.code}"
        if self.seconds > LONGEST_RUN:
            return f"{self.seconds:.0f} s"
        return next((f"says {words}" for words in _OF_A_FAULT if words in self.said), "")


def run(command: str, file: Path, *arguments: str | Path) -> Outcome:
    """Runs a command in this process; what native code prints is caught as well."""
    start = time.perf_counter()
    with _caught() as said:
        code = cli.run([command, *map(str, arguments)])
    return Outcome(command, file.name, code, time.perf_counter() - start, said.getvalue())


@contextlib.contextmanager
def _caught() -> Iterator[io.StringIO]:
    said = io.StringIO()
    with tempfile.TemporaryFile() as native:
        before = os.dup(2)
        os.dup2(native.fileno(), 2)
        try:
            with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
                yield said
        finally:
            os.dup2(before, 2)
            os.close(before)
            native.seek(0)
            said.write(native.read().decode("utf-8", "replace"))


def each_alone(county: Path, file: Path, good: Path, folder: Path) -> Iterator[Outcome]:
    """What verify, diff (both ways round) and repair say of a file."""
    home = ("--county", county)
    yield run("verify", file, file, *home)
    yield run("diff", file, good, file, *home)
    yield run("diff", file, file, good, *home)
    yield run("repair", file, file, "-o", folder / f"改好{file.suffix}", *home)


def faults_of(document: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the document that `validate --format json` gives."""
    for file in document["files"]:
        if file["status"] not in _STATUSES:
            yield f"{file['path']}: status {file['status']}"
        if (file["status"] == "unreadable") != (not file["tables"] and _is_refused(file)):
            yield f"{file['path']}: {file['status']} with {len(file['tables'])} tables"
        for table in file["tables"]:
            if table["rows"] != table["rows_ok"] + table["rows_rejected"]:
                yield f"{file['path']}: rows do not add up"


def _is_refused(file: dict[str, Any]) -> bool:
    return any(problem["code"] in ("F001", "F002", "F003", "F011") for problem in file["problems"])


def main() -> None:
    county, folder, good = map(Path, sys.argv[1:4])
    with tempfile.TemporaryDirectory() as out:
        for file in sorted(folder.iterdir()):
            for outcome in each_alone(county, file, good, Path(out)):
                sys.stdout.write(json.dumps(asdict(outcome), ensure_ascii=False) + "\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
