"""Many returns on an executor: each is read and checked apart (`zjf.pipeline.isolated_check`), in a worker process.

Checking one return is a pure function of its bytes and the settings. What needs several files is
checked after (`zjf.checking.across_returns`).
"""

import os
import pickle
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from zjf.checking.across_returns import NO_COUNTY, CountyContext, check_together
from zjf.checking.one_return import CheckedReturn, CheckSettings, digest_of
from zjf.checking.ready_return import ReadyReturn
from zjf.intake.limits import Limits
from zjf.pipeline import standby
from zjf.pipeline.confinement import MORE_MEMORY
from zjf.pipeline.isolated_check import Afterwards, WorkerLostError
from zjf.problems import Problem, problem


def check_returns(
    paths: Sequence[Path],
    settings: CheckSettings,
    *,
    jobs: int | None = None,
    cluster: str | None = None,
    keep_rows: bool = False,
    progress: Callable[[int, int], None] = lambda done, of: None,
    known: CountyContext = NO_COUNTY,
    earlier: "EarlierRuns | None" = None,
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
        earlier: What earlier runs found; what it knows of a return is told again, and that is not read.

    Returns:
        One result a file, in the order of the paths, whatever became of the file.
    """
    reading = _Reading(settings, jobs, cluster, keep_rows, progress, len(paths), earlier)
    told: dict[int, CheckedReturn] = dict(earlier.told(paths)) if earlier else {}
    reading.done = len(told)
    told |= reading.read({place: path for place, path in enumerate(paths) if place not in told})
    if contested := _contested_and_not_read(told):
        reading.done -= len(contested)
        told |= reading.read({place: paths[place] for place in contested})
    checked = [told[place] for place in range(len(paths))]
    check_together(checked, known)
    return checked


class EarlierRuns(Protocol):
    """What earlier runs found of returns (`zjf.services.returns.unchanged_returns`)."""

    def told(self, paths: Sequence[Path]) -> Mapping[int, CheckedReturn]:
        """Returns by place in the list the returns that need not be read, as they were when checked alone."""

    @property
    def afterwards(self) -> Afterwards:
        """What is done with a return where it was checked."""

    def read(self, checked: CheckedReturn) -> None:
        """Is given a return when it has been checked alone, while others are read, to do more with it."""


def _contested_and_not_read(told: Mapping[int, CheckedReturn]) -> list[int]:
    """The returns that were not read, and hold a unit's form that another one holds too: parts of them may go."""
    holders: dict[tuple[str, str], set[int]] = defaultdict(set)
    for place, checked in told.items():
        for table in checked.tables:
            for unit in table.units:
                holders[unit, table.form.id].add(place)
    contested = {place for places in holders.values() if len(places) > 1 for place in places}
    return sorted(place for place in contested if _was_told_again(told[place]))


def _was_told_again(checked: CheckedReturn) -> bool:
    return isinstance(checked, ReadyReturn) and checked.told_again


@dataclass
class _Reading:
    """Reads returns side by side, and tells how far it has come."""

    settings: CheckSettings
    jobs: int | None
    cluster: str | None
    keep_rows: bool
    progress: Callable[[int, int], None]
    of: int
    earlier: "EarlierRuns | None" = None
    done: int = 0

    def read(self, paths: Mapping[int, Path]) -> dict[int, CheckedReturn]:
        """Reads and checks returns, each alone; gives them under the numbers that they have."""
        if not paths:
            self.progress(self.done, self.of)
            return {}
        checked: dict[int, CheckedReturn] = {}
        files = list(paths.values())
        processes = min(self.jobs or os.cpu_count() or 1, len(files))
        with _executor(files, self.cluster, processes, self.settings.intake.limits) as executor:
            job = (self.settings, self.keep_rows, self.earlier.afterwards if self.earlier else None)
            futures = [executor.submit(path, *job) for path in files]
            for (place, path), future in zip(paths.items(), futures, strict=True):
                try:
                    checked[place] = _result(path, future)
                except BrokenExecutor:  # the fault of another file, perhaps
                    checked[place] = _alone(path, *job)
                if self.earlier:
                    self.earlier.read(checked[place])
                self.done += 1
                self.progress(self.done, self.of)
        return checked


@contextmanager
def _executor(
    paths: Sequence[Path], cluster: str | None, processes: int, limits: Limits
) -> Iterator["_Executor"]:
    """Where returns are checked: on a cluster, by the reader that stands by for the only one, or in local workers."""
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
    from zjf.pipeline.local_processes import local_executor  # what a reader that stands by does without

    return local_executor(jobs, limits)


def _refuse_if_none_runs(limits: Limits) -> None:
    from zjf.pipeline.local_processes import refuse_if_none_runs

    refuse_if_none_runs(limits)


def _result(path: Path, future: "_Answer") -> CheckedReturn:
    try:
        found: CheckedReturn = pickle.loads(future.result())
    except BrokenExecutor:
        raise
    except TimeoutError:  # reading it once more here, for its digest, might take as long
        return CheckedReturn(path, "", problems=[problem("F003", "读取超时，已放弃这个文件")])
    except (WorkerLostError, MemoryError):
        return _given_up(path, problem("F003", "读取时内存不足或程序崩溃，已放弃这个文件", MORE_MEMORY))
    return found


def _alone(
    path: Path, settings: CheckSettings, keep_rows: bool, afterwards: Afterwards | None
) -> CheckedReturn:
    """Checks a file among workers of its own, after those it was among were lost."""
    with _local_executor(1, settings.intake.limits) as executor:
        try:
            return _result(path, executor.submit(path, settings, keep_rows, afterwards))
        except BrokenExecutor:
            _refuse_if_none_runs(settings.intake.limits)
            return _given_up(path, problem("F003", "读取时程序崩溃，已放弃这个文件"))


def _given_up(path: Path, why: Problem) -> CheckedReturn:
    return CheckedReturn(path, digest_of(path), problems=[why])


class _Answer(Protocol):
    """What checking a return will come to."""

    def result(self) -> bytes:
        """Waits for it; returns the `CheckedReturn` pickled."""


class _Executor(Protocol):
    """Where a return is checked (`check_apart`): a local process, or a cluster's worker."""

    def submit(
        self, path: Path, settings: CheckSettings, keep_rows: bool, afterwards: Afterwards | None
    ) -> _Answer: ...
