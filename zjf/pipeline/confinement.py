"""What a process that reads returns may use and write, and which modules it leaves out. Light: it is imported first."""

import contextlib
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator
from threading import Lock, Thread

_one_start_at_a_time = Lock()

MORE_MEMORY = "文件确实这么大的，请在 zjf.toml 的 [reading] 中调大 memory（GiB）。"
"""The cure where reading takes more memory than allowed."""


def without_pyarrow() -> None:
    """Keeps pandas from loading pyarrow, which takes as long as checking a small return and only writes Parquet."""
    sys.modules.setdefault("pyarrow", None)  # type: ignore[arg-type]


def settle_environment() -> None:
    """Keeps libraries from needless work when they are loaded, in this process and those that it starts.

    pydantic would look for plugins in every package; numpy would start threads, which are for large matrices.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@contextlib.contextmanager
def main_left_alone() -> Iterator[None]:
    """A context in which multiprocessing does not have a new process run this one's main module.

    Workers need nothing from it. Loading the command line would take a fifth of a small return's time; a script that
    uses `import zjf` would be run once more in each of them.
    """
    with _one_start_at_a_time:
        main = sys.modules["__main__"]
        told_by = ("__file__", "__spec__")
        before: dict[str, object] = {name: vars(main)[name] for name in told_by if name in vars(main)}
        main.__dict__.pop("__file__", None)
        main.__spec__ = None
        try:
            yield
        finally:
            main.__dict__.update(before)


@contextlib.contextmanager
def interrupts_left_to_this_process() -> Iterator[None]:
    """A context in which started processes ignore Ctrl+C: this process answers it, and a child would print a traceback."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def limit(memory: int) -> None:
    """Caps this process's memory, where the system can, and silences native code. It may be called again.

    Garbage collection is switched off: reading makes millions of objects and no reference cycles, and the collector
    would go through all of them again and again.
    """
    gc.disable()
    gc.freeze()  # the loaded modules are no garbage: a later `gc.collect` leaves them out
    # Native code that is out of memory ends its process; a backtrace would take more memory, and may never end.
    os.environ["RUST_BACKTRACE"] = "0"
    with contextlib.suppress(ImportError, ValueError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (memory, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    silence()


def silence() -> None:
    """Sends this process's stderr nowhere: a worker reports what went wrong by its result."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.__stderr__.fileno() if sys.__stderr__ else 2)
    os.close(nowhere)


def end_with(pipe: int, wait: Callable[[], object]) -> None:
    """Makes this process end when the one at the other end of a pipe does, even if that was killed.

    A thread waits for it. Where the system can, a signal ends this process too, as native code may hold Python's lock.

    Args:
        pipe: The pipe; nothing more will be written to it.
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
