"""`python -m benchmarks.cluster`: what a Dask cluster on this machine costs, against this machine's own processes.

The same command with and without `--cluster`, in turns, after one run that warms the cluster up. Wall times: what the
cluster's processes spend is not the command's. What either prints must be the same.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from os import cpu_count
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.county import BEFORE, make_county
from benchmarks.processes import Run, measured, typical
from benchmarks.validate import say

_START_SECONDS = 60


def main() -> None:
    """Makes the returns, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=6)
    parser.add_argument("--thousands", type=int, default=5, help="houses a unit, in thousands")
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        county = make_county(folder / "云水县", asked.units, asked.thousands)
        words = ("validate", str(county / "returns" / BEFORE), "--county", str(county), "--format", "json")
        here = [sys.executable, "-m", "zjf", *words]
        with cluster(folder) as address:
            there = [*here, "--cluster", address]
            first = measured(there, folder)
            runs: dict[str, list[Run]] = {"here": [], "cluster": []}
            for _ in range(asked.runs):
                runs["here"].append(measured(here, folder))
                runs["cluster"].append(measured(there, folder))
    own, lent = typical(runs["here"]), typical(runs["cluster"])
    if own.output != lent.output:
        sys.exit(f"The cluster says something else.\n{lent.errors.decode()}")
    say(f"own processes      {own.seconds:.2f} s")
    say(f"cluster, cold      {first.seconds:.2f} s, {first.seconds / own.seconds:.2f} ×")
    say(f"cluster, warm      {lent.seconds:.2f} s, {lent.seconds / own.seconds:.2f} ×")


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """A scheduler and a worker with a thread for each core, while it lasts; gives the scheduler's address."""
    told, log = folder / "scheduler.json", folder / "worker.log"
    named = ("--scheduler-file", str(told), "--no-dashboard")
    running = [_started("scheduler", folder, *named, "--port", "0", "--host", "127.0.0.1")]
    try:
        _wait_until(told.exists)
        words = ("--nthreads", str(cpu_count() or 1), "--local-directory", str(folder))
        running.insert(0, _started("worker", folder, *named, *words))
        _wait_until(lambda: "Registered to" in log.read_text())
        yield str(json.loads(told.read_text())["address"])
    finally:
        for program in running:
            program.terminate()
            program.wait()


def _started(part: str, folder: Path, *words: str) -> "subprocess.Popen[bytes]":
    with (folder / f"{part}.log").open("wb") as log:
        command = [sys.executable, "-m", f"distributed.cli.dask_{part}", *words]
        return subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)


def _wait_until(ready: Callable[[], bool]) -> None:
    until = time.monotonic() + _START_SECONDS
    while not ready():
        if time.monotonic() > until:
            sys.exit("The cluster does not start.")
        time.sleep(0.1)


if __name__ == "__main__":
    main()
