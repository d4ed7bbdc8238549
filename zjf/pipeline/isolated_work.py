"""Any work on many things, side by side in worker processes: what goes wrong with one costs that one alone."""

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
from zjf.pipeline import confinement, workers
from zjf.pipeline.confinement import MORE_MEMORY

Thing = TypeVar("Thing")
Made = TypeVar("Made")

_AHEAD = 3
"""How many things a process are handed out before what became of the first is asked for."""

pebble.CONSTS.sleep_unit = 0.01
"""Seconds between two looks at whether workers are done: Pebble's tenth of a second is added to every command."""


@contextmanager
def worker_pool(jobs: int, limits: Limits) -> Iterator[pebble.ProcessPool]:
    """Worker processes, each with a cap on memory; they are stopped where the work is broken off.

    Raises:
        CannotDoError: They cannot be started.
    """
    confinement.leave_main_alone_if_nowhere()
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


def done_apart(
    work: Callable[[Thing], Made], things: Sequence[Thing], limits: Limits, *, jobs: int | None = None
) -> Iterator[Made | CannotDoError]:
    """Does a piece of work on each of many things.

    Args:
        work: What is done in a worker process; it travels there.
        things: What it is done on; they travel, too.
        limits: What it may cost.
        jobs: Worker processes; None: one for each core.

    Yields:
        In the order of the things what came of each, or what kept it from being done.
    """
    if not things:
        return
    processes = min(jobs or os.cpu_count() or 1, len(things))
    with worker_pool(processes, limits) as pool:
        waiting = deque(things)
        futures: deque[tuple[Thing, Future[Made]]] = deque()
        while waiting or futures:
            # Few are made ahead: what is made may be large, and nobody may ask for it soon.
            while waiting and len(futures) < processes * _AHEAD:
                futures.append((thing := waiting.popleft(), _scheduled(pool, work, thing, limits)))
            thing, future = futures.popleft()
            try:
                outcome: Made | CannotDoError = _outcome(future)
            except BrokenProcessPool:  # the fault of another one, perhaps
                outcome = _alone(work, thing, limits)
            yield outcome


def done_alone(work: Callable[[Thing], Made], thing: Thing, limits: Limits) -> Made:
    """Does a piece of work on one thing in a worker process, which may be lost.

    Args:
        work: What is done; it travels there, and what comes of it back.
        thing: What it is done on.
        limits: What it may cost.

    Raises:
        CannotDoError: The work says so, takes too long or too much memory, or brings its process down.
    """
    (outcome,) = done_apart(work, [thing], limits, jobs=1)
    if isinstance(outcome, CannotDoError):
        raise outcome
    return outcome


def _alone(work: Callable[[Thing], Made], thing: Thing, limits: Limits) -> Made | CannotDoError:
    with worker_pool(1, limits) as pool:
        try:
            return _outcome(_scheduled(pool, work, thing, limits))
        except BrokenProcessPool:
            return CannotDoError("程序崩溃")


def _scheduled(
    pool: pebble.ProcessPool, work: Callable[[Thing], Made], thing: Thing, limits: Limits
) -> "Future[Made]":
    future: Future[Made]
    try:
        future = pool.schedule(_in_worker, [work, thing], timeout=limits.seconds)
    except RuntimeError:  # the pool broke while it was being filled
        future = Future()
        future.set_exception(BrokenProcessPool())
    return future


def _in_worker(work: Callable[[Thing], Made], thing: Thing) -> Made:
    try:
        return work(thing)
    except CannotDoError:
        raise
    except Exception as unforeseen:
        if is_out_of_memory(unforeseen):
            raise CannotDoError("所需内存过大", MORE_MEMORY) from unforeseen
        raise
    finally:
        gc.collect()  # in a worker nobody else does


def _outcome(future: "Future[Made]") -> Made | CannotDoError:
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
