"""`python -m benchmarks.mutations`: thousands of workbooks changed at random, read by every command that reads.

Each batch is a folder for `validate --annotate`; then `verify`, `diff` and `repair` take its files one by one.
Nothing may end in a traceback, take over a minute or more than 2 GiB, or break a promise on exit codes.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.houses import PERIOD
from benchmarks.processes import Run, measured
from benchmarks.validate import say
from tests.mutated.files import Mutated, good_files, mutated
from tests.mutated.outcomes import Outcome, faults_of

_MOST_MEMORY = 2 * 1024**3
_MEGABYTE = 1_000_000


def main() -> None:
    """Makes the files, runs the commands, prints the figures and every complaint."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--batch", type=int, default=25)
    parser.add_argument("--keep", type=Path, help="where the files that are complained of are kept")
    asked = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        county = _county(folder)
        seen = _Seen(asked.keep)
        batch: list[Mutated] = []
        for number, one in enumerate(mutated(asked.files, asked.seed, _printed(county)), 1):
            batch.append(one)
            if len(batch) == asked.batch or number == asked.files:
                seen.take(batch, folder, county)
                say(f"{number:5} files, {len(seen.complaints)} complaints, {seen.longest:.1f} s at most")
                batch = []
    seen.show()


def _county(folder: Path) -> Path:
    """A county whose ledger has its returns, and that has printed its tables."""
    measured([sys.executable, "-m", "zjf", "demo", str(folder / "county")], folder)
    return next(path.parent for path in (folder / "county").rglob("zjf.toml"))


def _printed(county: Path) -> dict[str, tuple[str, bytes]]:
    """Tables that the county printed: what verify is for."""
    found = {}
    for ending in ("xlsx", "pdf", "html"):
        for path in sorted(county.glob(f"out/**/*附件2*.{ending}"))[:1]:
            found[f"printed-{ending}"] = (ending, path.read_bytes())
    return found


class _Seen:
    """What was seen over all batches.

    Args:
        keep: Where files that are complained of are copied to.
    """

    def __init__(self, keep: Path | None) -> None:
        self._keep = keep
        self.complaints: list[str] = []
        self.codes: Counter[str] = Counter()
        self.statuses: Counter[str] = Counter()
        self.longest, self.peak, self.runs = 0.0, 0, 0

    def take(self, batch: list[Mutated], folder: Path, county: Path) -> None:
        """Writes the files of a batch and runs all commands on them."""
        with TemporaryDirectory(dir=folder) as name:
            files, copies = Path(name) / "returns", Path(name) / "copies"
            files.mkdir()
            good = Path(name) / "good.xlsx"
            good.write_bytes(good_files()["furnished"][1])
            for one in batch:
                (files / one.name).write_bytes(one.data)
            before = len(self.complaints)
            done = {one.name: one.done for one in batch}
            self._validated(files, copies, county, folder)
            for outcome in self._one_by_one(files, good, county, folder):
                self.codes[f"{outcome.command} {outcome.code}"] += 1
                self.longest, self.runs = max(self.longest, outcome.seconds), self.runs + 1
                if complaint := outcome.complaint():
                    self._complain(f"{outcome.command} {outcome.file} ({done[outcome.file]}): {complaint}")
            if self._keep and len(self.complaints) > before:
                self._keep.mkdir(parents=True, exist_ok=True)
                for one in batch:
                    if any(one.name in complaint for complaint in self.complaints[before:]):
                        (self._keep / one.name).write_bytes(one.data)

    def _validated(self, files: Path, copies: Path, county: Path, folder: Path) -> None:
        command = [sys.executable, "-m", "zjf", "validate", str(files), "--period", PERIOD]
        home = ["--county", str(county), "--format", "json", "--annotate", str(copies)]
        run = measured([*command, *home], folder)
        self._note(run, "validate")
        said = Outcome("validate", files.name, run.code, 0.0, run.errors.decode("utf-8", "replace"))
        if complaint := said.complaint():
            self._complain(f"validate, a batch: {complaint}: {said.said[-500:]}")
            return
        document = json.loads(run.output)
        self.statuses.update(file["status"] for file in document["files"])
        for fault in faults_of(document):
            self._complain(f"validate {fault}")
        readable = sum(file["status"] != "unreadable" for file in document["files"])
        made = len(list(copies.iterdir())) if copies.exists() else 0
        if made < readable:
            self._complain(f"validate: {readable} readable, {made} copies: {said.said[-500:]}")

    def _one_by_one(self, files: Path, good: Path, county: Path, folder: Path) -> Iterator[Outcome]:
        command = [sys.executable, "-m", "tests.mutated.outcomes", str(county), str(files), str(good)]
        run = measured(command, folder)
        self._note(run, "one by one")
        if run.code:
            self._complain(f"one by one: {run.errors.decode('utf-8', 'replace')[-800:]}")
        for line in filter(None, run.output.split(b"\n")):  # what a file holds may end a line in other ways
            yield Outcome(**json.loads(line))

    def _note(self, run: Run, what: str) -> None:
        self.codes[f"{what} {run.code}"] += what == "validate"
        self.peak = max(self.peak, run.peak_bytes)
        if run.peak_bytes > _MOST_MEMORY:
            self._complain(f"{what}: {run.peak_bytes / _MEGABYTE:.0f} MB")

    def _complain(self, complaint: str) -> None:
        self.complaints.append(complaint)
        say(f"  ! {complaint}")

    def show(self) -> None:
        say(
            f"runs      {self.runs} one by one, longest {self.longest:.1f} s; {self.peak / _MEGABYTE:.0f} MB at most"
        )
        say(f"files     {dict(sorted(self.statuses.items()))}")
        say(f"exits     {dict(sorted(self.codes.items()))}")
        say(f"complaints {len(self.complaints)}")


if __name__ == "__main__":
    main()
