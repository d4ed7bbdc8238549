"""What a cluster's worker does with a return: it has processes for that, which stay from one return to the next."""

import multiprocessing
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from pathlib import Path
from threading import Lock

import pebble

from zjf.checking.one_return import CheckSettings
from zjf.intake.limits import Limits
from zjf.pipeline import confinement
from zjf.pipeline.isolated_check import WorkerLostError, check_apart
from zjf.pipeline.isolated_work import worker_pool

_one_at_a_time = Lock()
_as_long_as_this_process = ExitStack()
_pools: dict[Limits, pebble.ProcessPool] = {}


def check_there(path: Path, settings: CheckSettings, keep_rows: bool, data: bytes) -> bytes:
    """Checks one return in a process of its own, which may be lost; gives the `CheckedReturn` pickled.

    Raises:
        TimeoutError: It takes too long.
        WorkerLostError: The process is gone.
    """
    limits = settings.intake.limits
    try:
        return _checked(_pool(limits), path, settings, keep_rows, data)
    except BrokenProcessPool:  # the fault of another one, perhaps
        with _one_at_a_time:
            _pools.pop(limits, None)
    try:
        with worker_pool(1, limits) as pool:
            return _checked(pool, path, settings, keep_rows, data)
    except BrokenProcessPool as gone:
        raise WorkerLostError from gone


def _checked(
    pool: pebble.ProcessPool, path: Path, settings: CheckSettings, keep_rows: bool, data: bytes
) -> bytes:
    try:
        job = [path, settings, keep_rows, data]
        future = pool.schedule(check_apart, job, timeout=settings.intake.limits.seconds)
    except RuntimeError as broken:
        raise BrokenProcessPool from broken
    try:
        checked: bytes = future.result()
    except pebble.ProcessExpired as gone:
        raise WorkerLostError from gone
    return checked


def _pool(limits: Limits) -> pebble.ProcessPool:
    """The processes that are kept for returns of these limits: as many as this worker checks at once."""
    from distributed import get_worker

    with _one_at_a_time:
        if limits not in _pools:
            confinement.leave_main_alone()
            # What watches over a cluster's worker started it as one that may start no processes.
            multiprocessing.current_process().daemon = False
            own = worker_pool(get_worker().state.nthreads, limits)
            _pools[limits] = _as_long_as_this_process.enter_context(own)
        return _pools[limits]
