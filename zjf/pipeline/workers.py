"""The worker processes that returns are read in: how they are started, and what they may use.

Light to import, so that their server can be started before anything else is.
"""

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
from multiprocessing import connection
from multiprocessing.context import BaseContext
from pathlib import Path
from threading import Thread

from zjf.errors import CannotDoError, reason

MORE_MEMORY = "文件确实这么大的，请在 zjf.toml 的 [reading] 中调大 memory（GiB）。"
"""What is advised where reading takes more than it may."""

_METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


_NEEDED = [
    "zjf.pipeline.server_start",
    "zjf.checking.alone",
    "zjf.intake.packed_rows",
    "zjf.pipeline.returns",
]
"""What the server of workers loads before they are started: the rules and all that reads a return."""


def context() -> BaseContext:
    """How workers are started: from a server that has imported what they need, where there is one."""
    chosen = multiprocessing.get_context(_METHOD)
    if _METHOD == "forkserver":
        chosen.set_forkserver_preload(_NEEDED)
    return chosen


def warm_up() -> None:
    """Starts the server of workers, which imports what they need while this process does the same.

    Raises:
        OSError: It cannot be started.
    """
    context()
    if _METHOD == "forkserver":
        from multiprocessing import forkserver

        # Ctrl+C is this process's to answer, as soon as the server runs, which would print its own traceback.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            forkserver.ensure_running()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def leave_main_alone() -> None:
    """Keeps workers from running this process's main module once more, as multiprocessing has them do.

    Nothing that they are given is defined there; loading the command line takes a fifth of a small return's time.
    """
    main = sys.modules["__main__"]
    main.__spec__ = None
    main.__dict__.pop("__file__", None)


def leave_main_alone_if_nowhere() -> None:
    """Keeps workers from running a main module that is no file: a program read from a pipe is none."""
    path = getattr(sys.modules["__main__"], "__file__", None)
    if path is not None and not Path(path).exists():
        leave_main_alone()


def without_pyarrow() -> None:
    """Keeps pandas from loading pyarrow, unless it is loaded already: nothing but Parquet is written with it.

    Loading it takes as long as checking a small return.
    """
    sys.modules.setdefault("pyarrow", None)  # type: ignore[arg-type]


def cannot_start(error: OSError) -> CannotDoError:
    """What kept workers from being started, in a clerk's words."""
    return CannotDoError(
        f"启动不了读取表格的工作进程（{reason(error)}）",
        f"请检查临时文件夹 {os.environ.get('TMPDIR') or '（TMPDIR）'} 能否写入、路径是否太长，电脑上的进程是否太多，再重试。",
    )


def confine(memory: int) -> None:
    """In a worker: it ends with its parent; a memory cap where the system has one; silence for native code.

    The collector of reference cycles is off: reading makes millions of objects and no cycles, and a
    worker looks at all of them again and again otherwise.

    Args:
        memory: The address space it may use, in bytes.
    """
    _end_with_parent()
    gc.disable()
    # Out of memory, native code ends its process; telling where it stood takes memory, and may never end.
    os.environ["RUST_BACKTRACE"] = "0"
    with contextlib.suppress(ImportError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    silence()


def silence() -> None:
    """What this process writes to stderr is nobody's: a worker says what went wrong by what comes back from it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.__stderr__.fileno() if sys.__stderr__ else 2)
    os.close(nowhere)


def _end_with_parent() -> None:
    """Has this process end when the one that started it does, even if that was killed.

    Where the system can, it sends a signal: native code that keeps Python's lock is ended as well. A
    thread watches everywhere.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    Thread(target=_end_after, args=[parent.sentinel], daemon=True).start()
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(parent.sentinel, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(parent.sentinel, fcntl.F_SETFL, os.O_ASYNC)  # whose default is to end the process


def _end_after(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
