"""Running a program and seeing what it took: wall time, and memory of its whole tree of processes."""

import os
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.05
_PROCESSES = Path("/proc")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Run:
    """What one run took.

    Args:
        seconds: Wall time from start to exit.
        peak_bytes: The largest sum of resident memory over the program and all that it started, as
            sampled; pages that processes share are counted once for each. 0 where there is no /proc.
        output: What it printed.
    """

    seconds: float
    peak_bytes: int
    output: bytes


def measured(command: Sequence[str], folder: Path) -> Run:
    """Runs a program to its end.

    Args:
        command: The program and its arguments.
        folder: Where to run it, and to keep its output meanwhile.
    """
    said = folder / "output"
    peak = 0
    with said.open("wb") as out:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=out)
        while True:
            try:
                process.wait(_EVERY)
                break
            except subprocess.TimeoutExpired:
                peak = max(peak, sum(map(_resident, _tree(process.pid))))
        seconds = time.perf_counter() - start
    return Run(seconds, peak, said.read_bytes())


def _tree(root: int) -> Iterator[int]:
    children: dict[int, list[int]] = defaultdict(list)
    for each in _PROCESSES.glob("[0-9]*"):
        children[_parent(each)].append(int(each.name))
    waiting = [root]
    while waiting:
        yield (one := waiting.pop())
        waiting += children[one]


def _parent(process: Path) -> int:
    try:
        # The program's name stands in brackets and may hold anything; the parent comes second behind it.
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _resident(pid: int) -> int:
    try:
        return int((_PROCESSES / str(pid) / "statm").read_text().split()[1]) * _PAGE
    except OSError:
        return 0
