"""The worker processes that returns are read in: how they are started, and what they may use.

Light to import, so that their server can be started before anything else is.
"""

import multiprocessing
import os
from functools import partial
from multiprocessing import connection
from multiprocessing.context import BaseContext

from zjf.errors import CannotDoError, reason
from zjf.pipeline import confinement

_METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"

LOADED_FIRST = [
    "zjf.pipeline.server_start",
    "zjf.checking.alone",
    "zjf.intake.packed_rows",
    "zjf.pipeline.returns",
]
"""What the server of workers loads before they are started: the rules and all that reads a return."""


LOADED_FOR_A_LEDGER = ["zjf.checking.making_ready", "zjf.services.periods.merged_ledger"]
"""What it loads beside that where what is read goes into a ledger."""


def context() -> BaseContext:
    """How workers are started: from a server that has imported what they need, where there is one."""
    chosen = multiprocessing.get_context(_METHOD)
    if _METHOD == "forkserver":
        chosen.set_forkserver_preload(LOADED_FIRST)
    return chosen


def warm_up(*more: str) -> None:
    """Starts the server of workers, which imports what they need while this process does the same.

    Args:
        more: What it imports beside `LOADED_FIRST`.

    Raises:
        OSError: It cannot be started.
    """
    LOADED_FIRST.extend(name for name in more if name not in LOADED_FIRST)
    context()
    if _METHOD == "forkserver":
        from multiprocessing import forkserver

        with confinement.interrupts_left_to_this_process():
            forkserver.ensure_running()


def cannot_start(error: OSError) -> CannotDoError:
    """What kept workers from being started, in a clerk's words."""
    return CannotDoError(
        f"启动不了读取表格的工作进程（{reason(error)}）",
        f"请检查临时文件夹 {os.environ.get('TMPDIR') or '（TMPDIR）'} 能否写入、路径是否太长，电脑上的进程是否太多，再重试。",
    )


def confine(memory: int) -> None:
    """In a worker: it ends with its parent; a memory cap where the system has one; silence for native code.

    Args:
        memory: The address space it may use, in bytes.
    """
    if parent := multiprocessing.parent_process():
        confinement.end_with(parent.sentinel, partial(connection.wait, [parent.sentinel]))
    confinement.limit(memory)
