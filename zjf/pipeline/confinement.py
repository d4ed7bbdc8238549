"""What a process that reads returns may use and say, and what it does without. Light: it is imported first."""

import contextlib
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

MORE_MEMORY = "文件确实这么大的，请在 zjf.toml 的 [reading] 中调大 memory（GiB）。"
"""What is advised where reading takes more than it may."""


def without_pyarrow() -> None:
    """Keeps pandas from loading pyarrow, unless it is loaded already: nothing but Parquet is written with it.

    Loading it takes as long as checking a small return.
    """
    sys.modules.setdefault("pyarrow", None)  # type: ignore[arg-type]


def without_plugins() -> None:
    """Keeps pydantic, and that of the processes started from here, from looking for plugins in every package there is."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


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


@contextlib.contextmanager
def interrupts_left_to_this_process() -> Iterator[None]:
    """Within, a process is started that hears no Ctrl+C: that is this one's to answer; a child prints a traceback."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def limit(memory: int) -> None:
    """Caps what this process may use, where the system can; it may be set anew. Native code is silent from now on.

    The collector of reference cycles is off: reading makes millions of objects and no cycles, and a
    worker looks at all of them again and again otherwise.

    Args:
        memory: The address space it may use, in bytes.
    """
    gc.disable()
    gc.freeze()  # nor is what is loaded garbage: who collects looks for it in what comes after
    # Out of memory, native code ends its process; telling where it stood takes memory, and may never end.
    os.environ["RUST_BACKTRACE"] = "0"
    with contextlib.suppress(ImportError, ValueError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (memory, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    silence()


def silence() -> None:
    """What this process writes to stderr is nobody's: a worker says what went wrong by what comes back from it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.__stderr__.fileno() if sys.__stderr__ else 2)
    os.close(nowhere)


def end_with(pipe: int, wait: Callable[[], object]) -> None:
    """Has this process end when the one at the other end of a pipe does, even if that was killed.

    Where the system can, it sends a signal: native code that keeps Python's lock is ended as well. A
    thread watches everywhere.

    Args:
        pipe: The pipe, on which nothing is to come any more.
        wait: Returns when the other end is closed.
    """
    Thread(target=_end_after, args=[wait], daemon=True).start()
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(pipe, fcntl.F_SETFL, os.O_ASYNC)  # whose default is to end the process


def _end_after(wait: Callable[[], object]) -> None:
    wait()
    os._exit(1)
