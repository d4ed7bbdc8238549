"""Many returns on an executor: each is read and checked apart (`zjf.pipeline.isolated_check`), in a worker process.

Checking one return is a pure function of its bytes and the settings. What needs several files is
checked after (`zjf.checking.across_returns`).
"""

import logging
import os
import pickle
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pebble

from zjf.checking.across_returns import FirstSeen, OnRecord, Waive, check_together
from zjf.checking.one_return import CheckedReturn, CheckSettings, digest_of
from zjf.errors import CannotDoError, reason
from zjf.intake.own_lists import is_own_list
from zjf.intake.workbook import Limits
from zjf.pipeline.isolated_check import WorkerLostError, check_apart
from zjf.pipeline.isolated_work import worker_pool
from zjf.pipeline.workers import MORE_MEMORY
from zjf.problems import Problem, problem
from zjf.rules.progress import PastOf

_log = logging.getLogger(__name__)

_LITTER = ("~$", ".~", "._", ".")
_LITTER_NAMES = frozenset(
    {"thumbs.db", "desktop.ini", "$recycle.bin", "system volume information", "lost+found"}
)


def find_returns(paths: Iterable[Path]) -> list[Path]:
    """Every file named or lying in a folder named, in order, but lock files, system litter and zjf's own lists.

    Links are followed, each folder is looked into once. What lies in a folder and cannot be opened (a
    link to nowhere, a folder without permission, a pipe) is among them: checking it says so (F001).

    Raises:
        CannotDoError: A path does not exist, a folder named cannot be opened, or there is no file at all.
    """
    found: dict[Path, None] = {}
    seen: set[str] = set()
    for path in paths:
        files = sorted(_files_in(path, seen)) if _is_folder(path) else [path]
        if files == [path] and is_own_list(path):
            _log.warning("“%s”是 zjf 写的清单，不是报表，已跳过。", path.name)
        found |= dict.fromkeys(each for each in files if not (_is_litter(each.name) or is_own_list(each)))
    if not found:
        raise CannotDoError("没有找到任何报送文件", "请核对路径，或先把各单位报来的文件放进文件夹。")
    return list(found)


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except FileNotFoundError as missing:
        raise CannotDoError(f"找不到 {path}", "请核对文件或文件夹的路径。") from missing
    except PermissionError:  # that is a problem of the file (F001)
        return False
    except OSError as wrong:
        raise CannotDoError(f"打不开 {path}（{reason(wrong)}）", "请核对文件或文件夹的路径。") from wrong


def _files_in(folder: Path, seen: set[str]) -> Iterator[Path]:
    """The files below a folder, and what cannot be looked into; folders that were seen are left out."""
    closed: list[Path] = []
    for name, folders, files in os.walk(folder, onerror=_note_in(closed), followlinks=True):
        real = os.path.realpath(name)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        folders[:] = [each for each in folders if not _is_litter(each)]
        yield from (Path(name, file) for file in files)
    if folder in closed:
        raise CannotDoError(f"文件夹打不开：{folder}", "请核对读取权限后重试。")
    yield from closed


def _note_in(closed: list[Path]) -> Callable[[OSError], None]:
    return lambda error: closed.append(Path(error.filename))


def _is_litter(name: str) -> bool:
    return name.startswith(_LITTER) or name.lower() in _LITTER_NAMES


def check_returns(
    paths: Sequence[Path],
    settings: CheckSettings,
    *,
    jobs: int | None = None,
    cluster: str | None = None,
    keep_rows: bool = False,
    progress: Callable[[int, int], None] = lambda done, of: None,
    first_seen: FirstSeen | None = None,
    past: PastOf | None = None,
    waive: Waive | None = None,
    on_record: OnRecord | None = None,
) -> list[CheckedReturn]:
    """Checks many returns side by side, then against each other.

    Args:
        paths: The files.
        settings: What the checks depend on.
        jobs: Worker processes; None: one for each core.
        cluster: The address of a Dask scheduler whose workers check the returns instead.
        keep_rows: Whether the tables come back with their rows.
        progress: Called with how many files are done, of how many.
        first_seen: As for `check_together`: given where the returns are to be accepted.
        past: As for `check_together`: given, with `keep_rows`, where there is a ledger to hold them against.
        waive: As for `check_together`.
        on_record: As for `check_together`.

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
    check_together(checked, first_seen, past, waive, on_record)
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
