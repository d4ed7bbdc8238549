"""Running a program and seeing what it took: time and memory of its whole tree of processes."""

import ctypes
import os
import resource
import statistics
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

_EVERY = 0.1
_SPARING = 20
"""The pause after a look at the memory is so many times as long as the look: it takes a processor from what is measured."""
_PROCESSES = Path("/proc")
_ADOPT = 36
"""PR_SET_CHILD_SUBREAPER: what a program leaves behind when it ends becomes a child of this process."""


@dataclass(frozen=True)
class Run:
    """What one run took.

    Args:
        seconds: Wall time from start to exit.
        cpu_seconds: Processor time of the program and all that it started, user and system: on a busy
            machine the fairer figure. What a server of workers started is among it.
        peak_bytes: The largest sum of memory over the program and all that it started, as sampled; of a
            page that processes share each has its part (PSS). 0 where there is no /proc.
        parent_bytes: The largest memory of the program itself (PSS).
        output: What it printed.
        errors: What it printed beside that, on stderr.
        code: Its exit code.
    """

    seconds: float
    cpu_seconds: float
    peak_bytes: int
    parent_bytes: int
    output: bytes
    errors: bytes = b""
    code: int = 0


class _Watch(Thread):
    """Samples the memory of a tree of processes until it is stopped."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self._root, self._ended = root, Event()
        self.peak = self.parent = 0
        self.seen: set[int] = set()

    def run(self) -> None:
        pause = _EVERY
        while not self._ended.wait(pause):
            began = time.thread_time()
            sizes = {pid: _pss(pid) for pid in _tree(self._root)}
            self.seen |= sizes.keys()
            self.peak = max(self.peak, sum(sizes.values()))
            self.parent = max(self.parent, sizes.get(self._root, 0))
            pause = max(_EVERY, _SPARING * (time.thread_time() - began))

    def stop(self) -> None:
        self._ended.set()
        self.join()


def adopt_what_is_left_behind() -> None:
    """From now on a server of workers that outlives its program is waited for, and what it spent is counted.

    For programs that measure and do nothing else: whatever is left behind becomes a child of this process.
    """
    with suppress(OSError, AttributeError):  # another system: it is missed there
        ctypes.CDLL(None).prctl(_ADOPT, 1, 0, 0, 0)


def measured(command: Sequence[str], folder: Path) -> Run:
    """Runs a program to its end.

    Args:
        command: The program and its arguments.
        folder: Where to keep its output meanwhile.
    """
    said, grumbled = folder / "output", folder / "errors"
    before = _spent()
    with said.open("wb") as out, grumbled.open("wb") as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=errors, env=_as_installed())
        watch = _Watch(process.pid)
        watch.start()
        code = process.wait()
        seconds = time.perf_counter() - start
        watch.stop()
    for left in watch.seen - {process.pid}:
        with suppress(ChildProcessError):  # whom another one waited for
            os.waitpid(left, 0)
    spent = _spent() - before
    return Run(seconds, spent, watch.peak, watch.parent, said.read_bytes(), grumbled.read_bytes(), code)


def _as_installed() -> dict[str, str]:
    """The environment without what keeps Python from saving modules compiled: in an office they are."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def typical(runs: Sequence[Run]) -> Run:
    """The medians of their times, and the most memory that any of them took."""
    return Run(
        statistics.median(run.seconds for run in runs),
        statistics.median(run.cpu_seconds for run in runs),
        max(run.peak_bytes for run in runs),
        max(run.parent_bytes for run in runs),
        runs[-1].output,
        runs[-1].errors,
        runs[-1].code,
    )


def _spent() -> float:
    """Processor time of every child that has ended and been waited for, with its own."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _tree(root: int) -> Iterator[int]:
    children: dict[int, list[int]] = defaultdict(list)
    for process in _PROCESSES.glob("[0-9]*"):
        children[_parent(process)].append(int(process.name))
    waiting = [root]
    while waiting:
        yield (one := waiting.pop())
        waiting += children[one]


def _parent(process: Path) -> int:
    try:
        # Behind the program's name, which stands in brackets and may hold anything.
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return 0


def _pss(pid: int) -> int:
    """The memory of a process, in bytes; its part of what it shares with others."""
    try:
        lines = (_PROCESSES / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    kilobytes = next((line.split()[1] for line in lines if line.startswith("Pss:")), "0")
    return int(kilobytes) * 1024
