"""Work on many items in worker processes: an error costs one item alone."""

import gc
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TypeVar

import pebble

from zjf.errors import CannotDoError, is_out_of_memory
from zjf.intake.limits import Limits
from zjf.pipeline import workers
from zjf.pipeline.confinement import MORE_MEMORY

Item = TypeVar("Item")
Result = TypeVar("Result")

_AHEAD = 3
"""How many items for each process are scheduled before the first result is waited for."""

pebble.CONSTS.sleep_unit = 0.01
"""Seconds between two checks for finished workers: Pebble's default of 0.1 s would delay every command."""


@contextmanager
def worker_pool(jobs: int, limits: Limits) -> Iterator[pebble.ProcessPool]:
    """Starts worker processes with a cap on memory; an error within the context stops them.

    Raises:
        CannotDoError: They cannot be started.
    """
    try:
        workers.warm_up()
    except OSError as refused:
        raise workers.cannot_start(refused) from refused
    with pebble.ProcessPool(
        jobs, initializer=workers.confine, initargs=[limits.memory], context=workers.context()
    ) as pool:
        try:
            yield pool
        except BaseException:
            pool.stop()  # type: ignore[no-untyped-call]
            raise


def map_in_workers(
    work: Callable[[Item], Result], items: Sequence[Item], limits: Limits, *, jobs: int | None = None
) -> Iterator[Result | CannotDoError]:
    """Applies a function to each item in a worker process.

    Args:
        work: The function; it is pickled and sent to the worker.
        limits: The time and memory that one item may take.
        jobs: Worker processes; None: one for each core.

    Yields:
        The result for each item, in their order, or the error that prevented it.
    """
    if not items:
        return
    processes = min(jobs or os.cpu_count() or 1, len(items))
    with worker_pool(processes, limits) as pool:
        waiting = deque(items)
        futures: deque[tuple[Item, Future[Result]]] = deque()
        while waiting or futures:
            # Only few results are made ahead: they may be large, and the caller may be slow to take them.
            while waiting and len(futures) < processes * _AHEAD:
                item = waiting.popleft()
                futures.append((item, schedule(pool, _in_worker, [work, item], limits.seconds)))
            item, future = futures.popleft()
            try:
                outcome: Result | CannotDoError = _outcome(future)
            except BrokenProcessPool:  # perhaps by another item
                outcome = _run_in_new_pool(work, item, limits)
            yield outcome


def run_in_worker(work: Callable[[Item], Result], item: Item, limits: Limits) -> Result:
    """Applies a function to one item in a worker process.

    Args:
        work: The function; it is pickled and sent to the worker, and its result back.
        limits: The time and memory that it may take.

    Raises:
        CannotDoError: The work says so, takes too long or too much memory, or brings its process down.
    """
    (outcome,) = map_in_workers(work, [item], limits, jobs=1)
    if isinstance(outcome, CannotDoError):
        raise outcome
    return outcome


def _run_in_new_pool(work: Callable[[Item], Result], item: Item, limits: Limits) -> Result | CannotDoError:
    with worker_pool(1, limits) as pool:
        try:
            return _outcome(schedule(pool, _in_worker, [work, item], limits.seconds))
        except BrokenProcessPool:
            return CannotDoError("程序崩溃")


def schedule(
    pool: pebble.ProcessPool, work: Callable[..., Result], arguments: Sequence[object], seconds: float
) -> "Future[Result]":
    """Has a pool call a function, for so many seconds at most; the future says so if the pool is broken already."""
    future: Future[Result]
    try:
        future = pool.schedule(work, arguments, timeout=seconds)
    except RuntimeError:  # the pool broke while it was being filled
        future = Future()
        future.set_exception(BrokenProcessPool())
    return future


def _in_worker(work: Callable[[Item], Result], item: Item) -> Result:
    try:
        return work(item)
    except CannotDoError:
        raise
    except Exception as unforeseen:
        if is_out_of_memory(unforeseen):
            raise CannotDoError("所需内存过大", MORE_MEMORY) from unforeseen
        raise
    finally:
        gc.collect()  # in a worker nobody else does


def _outcome(future: "Future[Result]") -> Result | CannotDoError:
    try:
        return future.result()
    except BrokenProcessPool:
        raise
    except CannotDoError as refused:
        return refused
    except TimeoutError:
        return CannotDoError("超时")
    except pebble.ProcessExpired:
        return CannotDoError("内存不足或程序崩溃", MORE_MEMORY)
    except Exception as unforeseen:
        return CannotDoError(f"程序出错：{type(unforeseen).__name__}", "请把文件发给维护人员。")
