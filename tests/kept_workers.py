"""Worker processes that serve one command of a test after another.

A clerk's command starts its own, which end with it: a process of a tenth of a second for a file of one house. Tests
run thousands of commands in one process. What a worker does and how it is fenced is the same (`worker_pool`); one that has
done some work is replaced, since nobody looks for garbage in it. `tests/pipeline`, and commands that are run as
programs of their own, start and end theirs as a clerk's command does.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pebble
import pytest

from zjf.intake.limits import Limits
from zjf.pipeline import isolated_work, local_processes, workers

_TASKS = 50
"""What a worker does before another takes its place."""
_SELDOM = 0.1
"""Seconds between two looks at whether workers are lost: these are there all the time, and nobody waits for their start."""
_start_for_one_command = isolated_work.worker_pool
_at_once: float = pebble.CONSTS.sleep_unit


class _Pool(pebble.ProcessPool):
    """Its workers do a piece of work in the folder in which it was asked for, where a new one would begin."""

    def schedule(  # type: ignore[override]
        self, function: Callable[..., Any], args: Sequence[Any] = (), timeout: float | None = None
    ) -> "Future[Any]":
        return super().schedule(_done_in, [Path.cwd(), function, *args], timeout=timeout)


def _done_in(folder: Path, work: Callable[..., object], *things: object) -> object:
    os.chdir(folder)
    return work(*things)


class _KeptWorkers:
    """The pools of this process, by the number of workers."""

    def __init__(self) -> None:
        self._pools: dict[int, pebble.ProcessPool] = {}

    @contextmanager
    def pool(self, jobs: int, limits: Limits) -> Iterator[pebble.ProcessPool]:
        """As `worker_pool`; where other memory than usual is asked for, workers of their own are started."""
        if limits.memory != Limits.memory:
            with _start_for_one_command(jobs, limits) as own:
                yield own
            return
        pool = self._pools.get(jobs)
        if pool is None or not pool.active:
            pool = self._pools[jobs] = _kept_pool(jobs, limits)
        try:
            yield pool
        except BaseException:
            if self._pools.get(jobs) is pool:
                del self._pools[jobs]
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()
            raise

    def stop(self) -> None:
        """Ends the workers."""
        for pool in self._pools.values():
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()
        self._pools.clear()


def _kept_pool(jobs: int, limits: Limits) -> pebble.ProcessPool:
    workers.warm_up()
    return _Pool(
        jobs, _TASKS, initializer=workers.confine, initargs=[limits.memory], context=workers.context()
    )


_KEEPERS = (isolated_work, local_processes)
"""The modules that start workers."""


@contextmanager
def for_many_commands() -> Iterator[None]:
    """Has commands take workers that are kept, and ends these."""
    kept = _KeptWorkers()
    with pytest.MonkeyPatch.context() as patched:
        for module in _KEEPERS:
            patched.setattr(module, "worker_pool", kept.pool)
        patched.setattr(pebble.CONSTS, "sleep_unit", _SELDOM)
        yield
    kept.stop()


@contextmanager
def for_one_command() -> Iterator[None]:
    """Has each command start workers of its own, as a clerk's does."""
    with pytest.MonkeyPatch.context() as patched:
        for module in _KEEPERS:
            patched.setattr(module, "worker_pool", _start_for_one_command)
        patched.setattr(pebble.CONSTS, "sleep_unit", _at_once)
        yield
