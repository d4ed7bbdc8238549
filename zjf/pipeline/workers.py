"""How the worker processes that read returns are started. Light to import, so that their server can start first."""

import multiprocessing
import os
from functools import partial
from multiprocessing import connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any, cast

from zjf.errors import CannotDoError, refused
from zjf.pipeline import confinement

_METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"

LOADED_FIRST = [
    "zjf.pipeline.server_start",
    "zjf.checking.alone",
    "zjf.pipeline.returns",
]
"""The modules that the server of workers imports before it starts them: the rules and all that reads a return."""

LOADED_FOR_A_LEDGER = "zjf.services.returns.preparation"
"""The module that it imports besides where the returns go into a ledger."""


_start_method = multiprocessing.get_context(_METHOD)


class WorkerProcess(_start_method.Process):  # type: ignore[misc,name-defined]
    """A process that is started without this process's main module."""

    @staticmethod
    def _Popen(process_obj: BaseProcess) -> Any:  # noqa: N802  # as multiprocessing calls it
        with confinement.main_left_alone():
            return _start_method.Process._Popen(process_obj)  # type: ignore[attr-defined]


def context() -> BaseContext:
    """Returns how workers are started: where the system can, from a server that has imported what they need."""
    own_context: Any = type(_start_method)()  # the one that Python itself keeps is for everybody
    own_context.Process = WorkerProcess
    if _METHOD == "forkserver":
        own_context.set_forkserver_preload(LOADED_FIRST)
    return cast("BaseContext", own_context)


def warm_up(*more: str) -> None:
    """Starts the server of workers, which imports their modules while this process imports its own.

    Args:
        more: Modules to import besides `LOADED_FIRST`.

    Raises:
        OSError: It cannot be started.
    """
    LOADED_FIRST.extend(name for name in more if name not in LOADED_FIRST)
    context()
    if _METHOD == "forkserver":
        from multiprocessing import forkserver, resource_tracker

        resource_tracker.ensure_running()  # what starts it lets interrupts through again
        with confinement.interrupts_left_to_this_process():
            forkserver.ensure_running()


def cannot_start(error: OSError) -> CannotDoError:
    """Returns the error that tells a clerk why no worker starts."""
    return refused(
        "启动不了读取表格的工作进程",
        error,
        f"请检查临时文件夹 {os.environ.get('TMPDIR') or '（TMPDIR）'} 能否写入、路径是否太长，电脑上的进程是否太多，再重试。",
    )


def confine(memory: int) -> None:
    """Prepares a worker: it ends with its parent, has so many bytes of address space and writes nothing to stderr."""
    if parent := multiprocessing.parent_process():
        confinement.end_with(parent.sentinel, partial(connection.wait, [parent.sentinel]))
    confinement.limit(memory)
