"""`python -m benchmarks.county`: what a county's period costs, against just reading its returns.

All are whole programs, start to exit. Of the reads, which are short, the median is taken; what changes the
county runs once, what only looks several times.
"""

import argparse
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.houses import houses, write_houses
from benchmarks.processes import Run, adopt_what_is_left_behind, measured, typical
from benchmarks.validate import say

BEFORE, NOW = "2024-W22", "2024-W23"
_NOTICE = "jiaxiang-2024"
_MEGABYTE = 1_000_000
_UNIT = "第{}镇"
_READ = """
import sys, python_calamine
for path in sys.argv[1:]:
    book = python_calamine.CalamineWorkbook.from_path(path)
    book.get_sheet_by_index(0).to_python(skip_empty_area=False)
"""


@dataclass(frozen=True)
class Line:
    """A step, what it took, and that against the bare reads."""

    step: str
    run: Run
    read: Run

    @property
    def cells(self) -> tuple[str, ...]:
        wall, spent = self.run.seconds / self.read.seconds, self.run.cpu_seconds / self.read.cpu_seconds
        return (
            self.step,
            f"{self.run.seconds:.2f}",
            f"{self.run.cpu_seconds:.2f}",
            f"{wall:.2f}",
            f"{spent:.2f}",
            f"{self.run.peak_bytes / _MEGABYTE:.0f}",
            f"{self.run.parent_bytes / _MEGABYTE:.0f}",
        )


HEADINGS = ("step", "wall s", "processor s", "× read wall", "× read processor", "MB all", "MB parent")


def main() -> None:
    """Makes the county, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=6)
    parser.add_argument("--thousands", type=int, default=5, help="houses a unit, in thousands")
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    adopt_what_is_left_behind()
    for line in lines(asked.units, asked.thousands, asked.runs):
        say("  ".join(cell.rjust(8) if number else cell.ljust(28) for number, cell in enumerate(line)))


def lines(units: int, thousands: int, runs: int) -> Iterator[Sequence[str]]:
    """The table, line by line, its headings first.

    Args:
        units: How many units the county has.
        thousands: How many thousand houses each has.
        runs: How often what only looks is run.
    """
    yield HEADINGS
    with TemporaryDirectory() as folder:
        county, other = make_county(Path(folder) / "云水县", units, thousands), Path(folder) / "另一县"
        shutil.copytree(county, other)
        returns = sorted(map(str, (county / "returns" / BEFORE).iterdir()))
        read = typical([measured([sys.executable, "-c", _READ, *returns], Path(folder)) for _ in range(runs)])
        yield Line("read", read, read).cells
        for step, words, where, times in _steps(county, other, runs, thousands):
            command = [sys.executable, "-m", "zjf", *words, "--county", str(where)]
            yield Line(step, typical([measured(command, Path(folder)) for _ in range(times)]), read).cells


def _steps(
    county: Path, other: Path, runs: int, thousands: int
) -> Iterator[tuple[str, tuple[str, ...], Path, int]]:
    def aggregate(period: str, *more: str) -> tuple[str, ...]:
        return ("aggregate", str(county / "returns" / period), "--period", period, *more)

    yield "aggregate --no-merged", aggregate(BEFORE, "--no-merged"), other, 1
    yield "aggregate", aggregate(BEFORE), county, 1
    yield "aggregate, unchanged", aggregate(BEFORE), county, runs
    yield "aggregate, the week after", aggregate(NOW), county, 1
    _send_again(county, thousands, "已核对")
    yield "aggregate, one sent again", aggregate(NOW), county, 1
    _send_again(county, thousands, "又核对")
    yield "the same --no-merged", aggregate(NOW, "--no-merged"), county, 1
    yield "status", ("status", "--period", NOW), county, runs
    yield "weekly", ("weekly", "--period", NOW, "--as", "docx"), county, runs
    yield "report", ("report", "attachment-1", "attachment-2", "--period", NOW), county, runs
    yield "diff", ("diff", BEFORE, NOW), county, runs
    yield "export csv", ("export", "--form", "house-ledger", "--period", NOW), county, 1


def make_county(folder: Path, units: int, thousands: int, weeks: Sequence[str] = (BEFORE, NOW)) -> Path:
    """Makes a county's folder with some weeks of returns, and gives it back."""
    names = [_UNIT.format(number) for number in range(1, units + 1)]
    folder.mkdir(parents=True)
    listed = "".join(f'[[units]]\nname = "{name}"\n' for name in names)
    settings = f'[county]\nname = "云水县"\nnotice = "{_NOTICE}"\n{listed}'
    (folder / "zjf.toml").write_text(settings, encoding="utf-8")
    for period in weeks:
        inbox = folder / "returns" / period
        inbox.mkdir(parents=True)
        for number, name in enumerate(names, 1):
            write_houses(inbox / f"{name}.xlsx", _houses_of(number, period, thousands), None, name)
    return folder


def _houses_of(number: int, period: str, thousands: int) -> Iterator[dict[str, Any]]:
    return houses(_UNIT.format(number), period, 1000 + 100 * number, thousands)


def _send_again(county: Path, thousands: int, remark: str) -> None:
    """The first unit sends its return again: another remark stands in its first row."""
    first, *others = _houses_of(1, NOW, thousands)
    name = _UNIT.format(1)
    path = county / "returns" / NOW / f"{name}.xlsx"
    write_houses(path, [first | {"remarks": remark}, *others], None, name)


if __name__ == "__main__":
    main()
