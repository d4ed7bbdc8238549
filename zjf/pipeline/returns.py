"""Checks many returns: each is read and checked in a worker process (`zjf.pipeline.isolated_check`).

Checking one return is a pure function of its bytes and the settings. What needs several returns is checked
afterwards (`zjf.checking.across_returns`).
"""

import os
import pickle
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from zjf.checking.across_returns import NO_COUNTY, CountyContext, check_together
from zjf.checking.one_return import CheckedReturn, CheckSettings, digest_of
from zjf.checking.ready_return import ReadyReturn
from zjf.intake.limits import Limits
from zjf.pipeline import standby
from zjf.pipeline.confinement import MORE_MEMORY
from zjf.pipeline.isolated_check import Afterwards, Check, WorkerLostError
from zjf.problems import Problem, problem


def check_returns(
    paths: Sequence[Path],
    settings: CheckSettings,
    *,
    jobs: int | None = None,
    cluster: str | None = None,
    keep_rows: bool = False,
    progress: Callable[[int, int], None] = lambda done, of: None,
    known: Callable[[], CountyContext] = lambda: NO_COUNTY,
    earlier: "EarlierRuns | None" = None,
) -> list[CheckedReturn]:
    """Checks many returns side by side, then against each other.

    Args:
        jobs: Worker processes; None: one for each core.
        cluster: The address of a Dask scheduler whose workers check the returns instead.
        keep_rows: Whether the tables come back with their rows.
        progress: Called with how many files are done, of how many.
        known: Tells what they are checked against; asked while others read the returns, as opening a ledger takes
            long. To compare with the last accepted returns, set `keep_rows`.
        earlier: The results of earlier runs; a return that has not changed since is not read again.

    Returns:
        One result for each file, in the order of the paths, even where it cannot be read.
    """
    check = Check(settings, keep_rows, earlier.afterwards if earlier else None)
    context = cache(known)
    reading = _Reading(check, jobs, cluster, progress, len(paths), context, earlier)
    by_index: dict[int, CheckedReturn] = dict(earlier.unchanged(paths)) if earlier else {}
    reading.done = len(by_index)
    by_index |= reading.read({index: path for index, path in enumerate(paths) if index not in by_index})
    if contested := _contested_and_unread(by_index):
        reading.done -= len(contested)
        by_index |= reading.read({index: paths[index] for index in contested})
    returns = [by_index[index] for index in range(len(paths))]
    check_together(returns, context())
    return returns


class EarlierRuns(Protocol):
    """The results of earlier runs (`zjf.services.returns.unchanged_returns`)."""

    def unchanged(self, paths: Sequence[Path]) -> Mapping[int, CheckedReturn]:
        """Returns, by index in the list, the returns that need not be read, as they were when checked alone."""

    @property
    def afterwards(self) -> Afterwards:
        """What else a worker does with a checked return."""

    def read(self, checked: CheckedReturn) -> None:
        """Takes note of a return that was read and checked alone; others are still being read."""


def _contested_and_unread(checked_returns: Mapping[int, CheckedReturn]) -> list[int]:
    """Returns the unread returns with a unit's form that another return has too: parts of them may be set aside."""
    holders: dict[tuple[str, str], set[int]] = defaultdict(set)
    for index, checked_return in checked_returns.items():
        for table in checked_return.tables:
            for unit in table.units:
                holders[unit, table.form.id].add(index)
    contested = {index for places in holders.values() if len(places) > 1 for index in places}
    return sorted(index for index in contested if _is_from_earlier_run(checked_returns[index]))


def _is_from_earlier_run(checked: CheckedReturn) -> bool:
    return isinstance(checked, ReadyReturn) and checked.from_earlier_run


@dataclass
class _Reading:
    """Reads returns side by side and reports progress."""

    check: Check
    jobs: int | None
    cluster: str | None
    progress: Callable[[int, int], None]
    total: int
    meanwhile: Callable[[], object]
    earlier: "EarlierRuns | None" = None
    done: int = 0

    def read(self, paths: Mapping[int, Path]) -> dict[int, CheckedReturn]:
        """Reads and checks returns, each alone; returns them under the same indexes."""
        if not paths:
            self.progress(self.done, self.total)
            return {}
        checked: dict[int, CheckedReturn] = {}
        files = list(paths.values())
        processes = min(self.jobs or os.cpu_count() or 1, len(files))
        if not (self.cluster or standby.is_there()):
            self.meanwhile()  # the server of workers still loads what they need
        with _executor(files, self.cluster, processes, self.check.settings.intake.limits) as executor:
            answers = deque(executor.submit(path, self.check) for path in files)
            self.meanwhile()
            for index, path in paths.items():
                try:
                    checked[index] = _result(path, answers.popleft())
                except BrokenExecutor:  # perhaps by another file
                    checked[index] = _check_again_apart(path, self.check)
                if self.earlier:
                    self.earlier.read(checked[index])
                self.done += 1
                self.progress(self.done, self.total)
        return checked


@contextmanager
def _executor(
    paths: Sequence[Path], cluster: str | None, processes: int, limits: Limits
) -> Iterator["_Executor"]:
    """Yields what checks the returns: a cluster, the reader that stands by for the only one, or local workers."""
    if cluster:
        from zjf.pipeline.cluster import cluster_executor

        with cluster_executor(cluster) as workers_elsewhere:
            yield workers_elsewhere
        return
    with standby.reader_of(paths) as reader:
        if reader:
            yield reader
            return
    with _local_executor(processes, limits) as local:
        yield local


def _local_executor(jobs: int, limits: Limits) -> AbstractContextManager["_Executor"]:
    from zjf.pipeline.local_processes import local_executor  # not needed with a reader that stands by

    return local_executor(jobs, limits)


def _refuse_if_none_runs(limits: Limits) -> None:
    from zjf.pipeline.local_processes import refuse_if_none_runs

    refuse_if_none_runs(limits)


def _result(path: Path, future: "_Answer") -> CheckedReturn:
    try:
        checked: CheckedReturn = pickle.loads(future.result())
    except BrokenExecutor:
        raise
    except TimeoutError:  # without its digest: reading the file here might take as long
        return CheckedReturn(path, "", problems=[problem("F003", "读取超时，已放弃这个文件")])
    except (WorkerLostError, MemoryError):
        return _given_up(path, problem("F003", "读取时内存不足或程序崩溃，已放弃这个文件", MORE_MEMORY))
    return checked


def _check_again_apart(path: Path, check: Check) -> CheckedReturn:
    """Checks a file in a worker of its own, after the pool it was in was lost."""
    limits = check.settings.intake.limits
    with _local_executor(1, limits) as executor:
        try:
            return _result(path, executor.submit(path, check))
        except BrokenExecutor:
            _refuse_if_none_runs(limits)
            return _given_up(path, problem("F003", "读取时程序崩溃，已放弃这个文件"))


def _given_up(path: Path, fault: Problem) -> CheckedReturn:
    return CheckedReturn(path, digest_of(path), problems=[fault])


class _Answer(Protocol):
    """The result that is awaited of a check."""

    def result(self) -> bytes:
        """Waits for the result; returns the `CheckedReturn` pickled."""


class _Executor(Protocol):
    """Has returns checked (`check_apart`) in local processes or on a cluster."""

    def submit(self, path: Path, check: Check) -> _Answer: ...
