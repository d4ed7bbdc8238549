"""The worker processes that returns are read in: how they are started, and what they may use.

Light to import, so that their server can be started before anything else is.
"""

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
from multiprocessing.context import BaseContext

_METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


def context() -> BaseContext:
    """How workers are started: from a server that has imported what they need, where there is one."""
    chosen = multiprocessing.get_context(_METHOD)
    if _METHOD == "forkserver":
        chosen.set_forkserver_preload(["zjf.pipeline.returns"])
    return chosen


def warm_up() -> None:
    """Starts the server of workers, which imports what they need while this process does the same."""
    context()
    if _METHOD == "forkserver":
        from multiprocessing import forkserver

        # Ctrl+C is this process's to answer; the server would print its own traceback.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            forkserver.ensure_running()
        finally:
            signal.signal(signal.SIGINT, before)


def confine(memory: int) -> None:
    """In a worker: a memory cap where the system has one, and silence for what native code prints.

    The collector of reference cycles is off: reading makes millions of objects and no cycles, and a
    worker looks at all of them again and again otherwise.

    Args:
        memory: The address space it may use, in bytes.
    """
    gc.disable()
    with contextlib.suppress(ImportError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, sys.__stderr__.fileno() if sys.__stderr__ else 2)
    os.close(silence)
