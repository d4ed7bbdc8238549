"""`python -m benchmarks.annotate`: what a marked copy of a large ledger with many faults costs.

Of all cells some are made wrong, at random places, in the columns where nothing else follows from it.
"""

import argparse
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.houses import PERIOD, houses, write_houses
from benchmarks.processes import adopt_what_is_left_behind, measured
from benchmarks.validate import say
from zjf.schemas import FORMS
from zjf.schemas.kinds import Kind

_MEGABYTE = 1_000_000
_WRONG = {Kind.CODE: "砖昆", Kind.CODES: "砖昆", Kind.INTEGER: "约3", Kind.DATE: "待定", Kind.DECIMAL: "约3"}


def with_faults(share: float, seed: int = 12) -> Iterator[dict[str, Any]]:
    """Houses without end, with that share of all their cells wrong."""
    chance = random.Random(seed)
    fields = [field for field in FORMS["house-ledger"].fields if field.kind in _WRONG]
    wanted = share * len(FORMS["house-ledger"].fields) / len(fields)
    for house in houses():
        wrong = {field.name: _WRONG[field.kind] for field in fields if chance.random() < wanted}
        yield house | wrong


def main() -> None:
    """Makes the workbook, measures, prints."""
    adopt_what_is_left_behind()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--houses", type=int, default=50_000)
    parser.add_argument("--share", type=float, default=0.01)
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        book, copies = Path(folder) / "台账.xlsx", Path(folder) / "标注"
        write_houses(book, with_faults(asked.share), asked.houses)
        say(
            f"{asked.houses} houses, {asked.share:.1%} of the cells wrong, {book.stat().st_size / _MEGABYTE:.1f} MB"
        )
        check = [sys.executable, "-m", "zjf", "validate", str(book), "--period", PERIOD]
        for name, more in (("validate", []), ("annotate", ["--annotate", str(copies)])):
            run = measured([*check, *more], Path(folder))
            time = f"{run.seconds:.2f} s wall, {run.cpu_seconds:.2f} s processor"
            say(f"{name:9} {time}, {run.peak_bytes / _MEGABYTE:.0f} MB at most, all processes together")
        (copy,) = copies.iterdir()
        say(f"copy      {copy.stat().st_size / _MEGABYTE:.1f} MB")


if __name__ == "__main__":
    main()
