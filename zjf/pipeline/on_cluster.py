"""What a cluster's worker does with a return: it has processes for that, which stay from one return to the next."""

import multiprocessing
from concurrent.futures import BrokenExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Lock

from zjf.checking.one_return import CheckSettings
from zjf.intake.limits import Limits
from zjf.pipeline import confinement
from zjf.pipeline.isolated_check import Afterwards, WorkerLostError
from zjf.pipeline.local_processes import LocalExecutor, local_executor

_one_at_a_time = Lock()
_as_long_as_this_process = ExitStack()
_executors: dict[Limits, LocalExecutor] = {}


def check_there(
    path: Path, settings: CheckSettings, keep_rows: bool, afterwards: Afterwards | None, data: bytes
) -> bytes:
    """Checks one return in a process of its own, which may be lost; gives the `CheckedReturn` pickled.

    Raises:
        TimeoutError: It takes too long.
        WorkerLostError: The process is gone.
    """
    limits = settings.intake.limits
    try:
        return _kept(limits).submit(path, settings, keep_rows, afterwards, data).result()
    except BrokenExecutor:  # the fault of another one, perhaps
        with _one_at_a_time:
            _executors.pop(limits, None)
    try:
        with local_executor(1, limits) as executor:
            return executor.submit(path, settings, keep_rows, afterwards, data).result()
    except BrokenExecutor as gone:
        raise WorkerLostError from gone


def _kept(limits: Limits) -> LocalExecutor:
    """The processes that are kept for returns of these limits: as many as this worker checks at once."""
    from distributed import get_worker

    with _one_at_a_time:
        if limits not in _executors:
            confinement.leave_main_alone()
            # What watches over a cluster's worker started it as one that may start no processes.
            multiprocessing.current_process().daemon = False
            own = local_executor(get_worker().state.nthreads, limits)
            _executors[limits] = _as_long_as_this_process.enter_context(own)
        return _executors[limits]
