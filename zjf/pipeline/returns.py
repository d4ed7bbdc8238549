"""Many returns on an executor: each is read and checked apart (`zjf.pipeline.isolated_check`), in a worker process.

Checking one return is a pure function of its bytes and the settings. What needs several files is
checked after (`zjf.checking.across_returns`).
"""

import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pebble

from zjf.checking.across_returns import NOTHING_KNOWN, KnownBefore, check_together
from zjf.checking.one_return import CheckedReturn, CheckSettings, digest_of
from zjf.intake.settings import Limits
from zjf.pipeline.isolated_check import WorkerLostError, check_apart
from zjf.pipeline.isolated_work import worker_pool
from zjf.pipeline.workers import MORE_MEMORY
from zjf.problems import Problem, problem


def check_returns(
    paths: Sequence[Path],
    settings: CheckSettings,
    *,
    jobs: int | None = None,
    cluster: str | None = None,
    keep_rows: bool = False,
    progress: Callable[[int, int], None] = lambda done, of: None,
    known: KnownBefore = NOTHING_KNOWN,
) -> list[CheckedReturn]:
    """Checks many returns side by side, then against each other.

    Args:
        paths: The files.
        settings: What the checks depend on.
        jobs: Worker processes; None: one for each core.
        cluster: The address of a Dask scheduler whose workers check the returns instead.
        keep_rows: Whether the tables come back with their rows.
        progress: Called with how many files are done, of how many.
        known: What is known beside them; `keep_rows` where they are held against what was last accepted.

    Returns:
        One result a file, in the order of the paths, whatever became of the file.
    """
    processes = min(jobs or os.cpu_count() or 1, len(paths))
    checked: list[CheckedReturn] = []
    with _on(cluster) if cluster else local_executor(processes, settings.intake.limits) as executor:
        futures = [executor.submit(path, settings, keep_rows) for path in paths]
        for path, future in zip(paths, futures, strict=True):
            try:
                checked.append(_result(path, future))
            except BrokenProcessPool:  # the fault of another file, perhaps
                checked.append(_alone(path, settings, keep_rows))
            progress(len(checked), len(paths))
    check_together(checked, known)
    return checked


def _on(cluster: str) -> AbstractContextManager["Executor"]:
    from zjf.pipeline.cluster import cluster_executor

    return cluster_executor(cluster)


def _result(path: Path, future: "Future[bytes]") -> CheckedReturn:
    try:
        found: CheckedReturn = pickle.loads(future.result())
    except BrokenProcessPool:
        raise
    except TimeoutError:  # reading it once more here, for its digest, might take as long
        return CheckedReturn(path, "", problems=[problem("F003", "读取超时，已放弃这个文件")])
    except (pebble.ProcessExpired, WorkerLostError, MemoryError):
        return _given_up(path, problem("F003", "读取时内存不足或程序崩溃，已放弃这个文件", MORE_MEMORY))
    return found


def _alone(path: Path, settings: CheckSettings, keep_rows: bool) -> CheckedReturn:
    """Checks a file among workers of its own, after those it was among were lost."""
    with local_executor(1, settings.intake.limits) as executor:
        try:
            return _result(path, executor.submit(path, settings, keep_rows))
        except BrokenProcessPool:
            return _given_up(path, problem("F003", "读取时程序崩溃，已放弃这个文件"))


def _given_up(path: Path, why: Problem) -> CheckedReturn:
    return CheckedReturn(path, digest_of(path), problems=[why])


class Executor(Protocol):
    """Where a return is checked (`check_apart`): a local process, or a cluster's worker."""

    def submit(self, path: Path, settings: CheckSettings, keep_rows: bool) -> "Future[bytes]": ...


@dataclass(frozen=True)
class _LocalExecutor:
    pool: pebble.ProcessPool
    seconds: float

    def submit(self, path: Path, settings: CheckSettings, keep_rows: bool) -> "Future[bytes]":
        future: Future[bytes]
        try:
            future = self.pool.schedule(check_apart, [path, settings, keep_rows], timeout=self.seconds)
        except RuntimeError:  # the pool broke while it was being filled
            future = Future()
            future.set_exception(BrokenProcessPool())
        return future


@contextmanager
def local_executor(jobs: int, limits: Limits) -> Iterator[Executor]:
    """Worker processes, each with a cap on memory and on the time of a file."""
    with worker_pool(jobs, limits) as pool:
        yield _LocalExecutor(pool, limits.seconds)
