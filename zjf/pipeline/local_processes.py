"""Checks of returns in worker processes of this computer."""

import os
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pebble

from zjf.errors import CannotDoError
from zjf.intake.limits import Limits
from zjf.pipeline.isolated_check import Check, WorkerLostError, check_apart
from zjf.pipeline.isolated_work import schedule, worker_pool


@dataclass(frozen=True)
class _Answer:
    """The result that a worker will send."""

    future: "Future[bytes]"

    def result(self) -> bytes:
        """Waits for the result.

        Raises:
            WorkerLostError: The worker is gone.
            BrokenExecutor: The whole pool is gone.
            TimeoutError: It took too long.
        """
        try:
            return self.future.result()
        except pebble.ProcessExpired as gone:
            raise WorkerLostError from gone


@dataclass(frozen=True)
class LocalExecutor:
    """Checks returns in a pool of worker processes."""

    pool: pebble.ProcessPool
    seconds: float

    def submit(self, path: Path, check: Check, data: bytes | None = None) -> _Answer:
        """Sends a return to a worker (`zjf.pipeline.isolated_check.check_apart`)."""
        return _Answer(schedule(self.pool, check_apart, [path, check, data], self.seconds))


@contextmanager
def local_executor(jobs: int, limits: Limits) -> Iterator[LocalExecutor]:
    """Starts worker processes with a cap on memory and on the time of a file."""
    with worker_pool(jobs, limits) as pool:
        yield LocalExecutor(pool, limits.seconds)


def refuse_if_none_runs(limits: Limits) -> None:
    """Tries a worker that does nothing: where even that fails, no file is to blame for the workers that were lost.

    Raises:
        CannotDoError: It fails.
    """
    try:
        with worker_pool(1, limits) as pool:
            pool.schedule(os.getpid).result()
    except (BrokenExecutor, RuntimeError, pebble.ProcessExpired) as gone:
        raise CannotDoError(
            "读取表格的工作进程一启动就中断",
            "请关闭占内存的程序再试；仍不行请运行 zjf doctor，或重新安装 zjf。zjf.toml 的 [reading] 中 memory 写得太小也会这样。",
        ) from gone
