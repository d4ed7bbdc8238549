"""Running a program and seeing what it took: time and memory of its whole tree of processes."""

import os
import statistics
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.05
_PROCESSES = Path("/proc")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Run:
    """What one run took.

    Args:
        seconds: Wall time from start to exit.
        cpu_seconds: Processor time of the program and all that it started, as last sampled: on a busy
            machine the fairer figure.
        peak_bytes: The largest sum of resident memory over the program and all that it started, as
            sampled; pages that processes share are counted once for each. 0 where there is no /proc.
        output: What it printed.
        errors: What it printed beside that, on stderr.
        code: Its exit code.
    """

    seconds: float
    cpu_seconds: float
    peak_bytes: int
    output: bytes
    errors: bytes = b""
    code: int = 0


def measured(command: Sequence[str], folder: Path) -> Run:
    """Runs a program to its end.

    Args:
        command: The program and its arguments.
        folder: Where to keep its output meanwhile.
    """
    said, grumbled = folder / "output", folder / "errors"
    peak, spent = 0, dict[int, float]()
    with said.open("wb") as out, grumbled.open("wb") as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=errors)
        while True:
            try:
                process.wait(_EVERY)
                break
            except subprocess.TimeoutExpired:
                alive = list(_tree(process.pid))
                peak = max(peak, sum(map(_resident, alive)))
                spent |= {pid: max(_cpu_seconds(pid), spent.get(pid, 0)) for pid in alive}
        seconds = time.perf_counter() - start
    return Run(
        seconds,
        sum(spent.values()),
        peak,
        said.read_bytes(),
        grumbled.read_bytes(),
        process.returncode,
    )


def typical(runs: Sequence[Run]) -> Run:
    """The medians of their times, and the most memory that any of them took."""
    return Run(
        statistics.median(each.seconds for each in runs),
        statistics.median(each.cpu_seconds for each in runs),
        max(each.peak_bytes for each in runs),
        runs[-1].output,
    )


def _tree(root: int) -> Iterator[int]:
    children: dict[int, list[int]] = defaultdict(list)
    for each in _PROCESSES.glob("[0-9]*"):
        children[_parent(each)].append(int(each.name))
    waiting = [root]
    while waiting:
        yield (one := waiting.pop())
        waiting += children[one]


def _parent(process: Path) -> int:
    fields = _stat(process)
    return int(fields[1]) if fields else 0


def _cpu_seconds(pid: int) -> float:
    fields = _stat(_PROCESSES / str(pid))
    return (int(fields[11]) + int(fields[12])) / _TICKS if fields else 0


def _stat(process: Path) -> list[str]:
    """The fields behind the program's name (which stands in brackets and may hold anything)."""
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _resident(pid: int) -> int:
    try:
        return int((_PROCESSES / str(pid) / "statm").read_text().split()[1]) * _PAGE
    except OSError:
        return 0
