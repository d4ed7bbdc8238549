"""`python -m benchmarks.province`: what a province of counties costs, scaled down, and what is reckoned from it.

Half of the counties are three times as large as the others, so that what a county costs before its first house is
told from what a house costs. They are aggregated one after another, then as many at once as there are processors,
then so through the cluster client; each way must come to the same figures.
"""

import argparse
import json
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from os import cpu_count
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.cluster import cluster
from benchmarks.county import BEFORE, make_county
from benchmarks.processes import adopt_what_is_left_behind, measured
from benchmarks.validate import say

COUNTIES, UNITS, HOUSES = 120, 30, 10_000
"""A province: its counties, the units of each, the houses of each unit. An assumption."""
PROVINCES = 30
_LARGER = 3
_MILLION, _GIGABYTE, _HOUR = 1_000_000, 1_000_000_000, 3600


@dataclass(frozen=True)
class Cost:
    """What one county, or some, took.

    Args:
        houses: How many houses were taken in.
        cpu_seconds: Processor time of all processes.
        ledger_bytes: The size of the ledger.
    """

    houses: int
    cpu_seconds: float
    ledger_bytes: int


def main() -> None:
    """Makes the counties, measures, reckons, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counties", type=int, default=6)
    parser.add_argument("--units", type=int, default=3)
    parser.add_argument(
        "--thousands", type=int, default=1, help="houses a unit of a small county, in thousands"
    )
    asked = parser.parse_args()
    adopt_what_is_left_behind()
    with TemporaryDirectory() as name:
        for line in lines(Path(name), asked.counties, asked.units, asked.thousands):
            say(line)


def lines(folder: Path, counties: int, units: int, thousands: int) -> Iterator[str]:
    """What is printed, line by line."""
    sizes = [thousands * (_LARGER if number % 2 else 1) for number in range(counties)]
    homes = [
        make_county(folder / f"县{number}", units, size, weeks=(BEFORE,)) for number, size in enumerate(sizes)
    ]
    began = time.perf_counter()
    costs = [_aggregated(home, folder) for home in homes]
    alone, said = time.perf_counter() - began, _figures(homes)
    houses, spent = sum(cost.houses for cost in costs), sum(cost.cpu_seconds for cost in costs)
    share = COUNTIES * UNITS * HOUSES / houses
    yield f"simulated          {counties} counties × {units} units, {houses:,} houses: 1/{share:,.0f} of a province"
    yield f"one after another  {alone:.1f} s wall, {spent:.1f} s processor"
    at_once = cpu_count() or 1
    together = _wall(homes, at_once)
    _same(_figures(homes), said)
    yield f"{at_once} at once          {together:.1f} s wall"
    with cluster(folder) as address:
        lent = _wall(homes, at_once, "--cluster", address)
    _same(_figures(homes), said)
    yield f"through a cluster  {lent:.1f} s wall, {at_once} at once, cold"
    yield from _reckoned(costs, together / spent)


def _reckoned(costs: Sequence[Cost], wall_of_processor: float) -> Iterator[str]:
    """A line fitted through the small and the large counties, and what a province comes to by it."""
    small, large = _mean(costs[::2]), _mean(costs[1::2])
    more = large.houses - small.houses
    second = (large.cpu_seconds - small.cpu_seconds) / more
    size = (large.ledger_bytes - small.ledger_bytes) / more
    first = small.cpu_seconds - second * small.houses
    yield f"a county           {first:.1f} s processor before its first house"
    yield f"a million houses   {second * _MILLION:.0f} s processor, {size * _MILLION / 1e6:.0f} MB of ledger"
    hours = COUNTIES * (first + second * UNITS * HOUSES) / _HOUR
    storage = COUNTIES * UNITS * HOUSES * size / _GIGABYTE
    for name, times in (("a province", 1), ("the nation", PROVINCES)):
        yield (
            f"{name:<18} {times * COUNTIES * UNITS * HOUSES / _MILLION:,.0f} million houses: "
            f"{times * hours:.1f} processor hours, {times * hours * wall_of_processor:.1f} hours on one such machine, "
            f"{times * storage:,.0f} GB of ledgers"
        )


def _mean(costs: Sequence[Cost]) -> Cost:
    return Cost(
        round(mean(cost.houses for cost in costs)),
        mean(cost.cpu_seconds for cost in costs),
        round(mean(cost.ledger_bytes for cost in costs)),
    )


def _command(home: Path, *more: str) -> list[str]:
    words = ("aggregate", str(home / "returns" / BEFORE), "--period", BEFORE, "--county", str(home))
    return [sys.executable, "-m", "zjf", *words, "--no-merged", *more]


def _aggregated(home: Path, folder: Path) -> Cost:
    run = measured(_command(home), folder)
    rows = json.loads((home / "out" / BEFORE / "summary.json").read_text("utf-8"))["rows"]
    return Cost(rows["accepted"], run.cpu_seconds, (home / "ledger.db").stat().st_size)


def _wall(homes: Sequence[Path], at_once: int, *more: str) -> float:
    """Seconds until all counties are aggregated anew, so many at a time."""
    for home in homes:
        shutil.rmtree(home / "out")
        (home / "ledger.db").unlink()
    began = time.perf_counter()
    with ThreadPoolExecutor(at_once) as clerks:
        list(clerks.map(partial(_run, more=more), homes))
    return time.perf_counter() - began


def _run(home: Path, more: Sequence[str]) -> None:
    measured(_command(home, *more), home)


def _figures(homes: Sequence[Path]) -> list[dict[str, Any]]:
    """What each county's summary says, without when its returns came in."""
    summaries = [json.loads((home / "out" / BEFORE / "summary.json").read_text("utf-8")) for home in homes]
    return [{name: said for name, said in summary.items() if name != "reporting"} for summary in summaries]


def _same(figures: Sequence[dict[str, Any]], said: Sequence[dict[str, Any]]) -> None:
    if figures != said:
        sys.exit("The counties come to other figures.")


if __name__ == "__main__":
    main()
