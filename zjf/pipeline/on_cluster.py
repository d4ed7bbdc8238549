"""The part that runs on a cluster's worker: it checks returns in processes of its own, kept from one to the next."""

import multiprocessing
from concurrent.futures import BrokenExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Lock

from zjf.intake.limits import Limits
from zjf.pipeline.isolated_check import Check, WorkerLostError
from zjf.pipeline.local_processes import LocalExecutor, local_executor

_one_at_a_time = Lock()
_until_this_process_ends = ExitStack()
_executors: dict[Limits, LocalExecutor] = {}


def check_on_worker(path: Path, check: Check, data: bytes) -> bytes:
    """Checks one return in a process of its own; returns the `CheckedReturn` pickled.

    Raises:
        TimeoutError: It takes too long.
        WorkerLostError: The process is gone.
    """
    limits = check.settings.intake.limits
    try:
        return _executor_for(limits).submit(path, check, data).result()
    except BrokenExecutor:  # perhaps by another return
        with _one_at_a_time:
            _executors.pop(limits, None)
    try:
        with local_executor(1, limits) as executor:
            return executor.submit(path, check, data).result()
    except BrokenExecutor as gone:
        raise WorkerLostError from gone


def _executor_for(limits: Limits) -> LocalExecutor:
    """Returns the processes for returns of these limits, as many as this worker checks at once; starts them once."""
    from distributed import get_worker

    with _one_at_a_time:
        if limits not in _executors:
            # Dask starts its workers as daemons, which may start no processes.
            multiprocessing.current_process().daemon = False
            processes = local_executor(get_worker().state.nthreads, limits)
            _executors[limits] = _until_this_process_ends.enter_context(processes)
        return _executors[limits]
