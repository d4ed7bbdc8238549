"""zjf as programs of their own that start at once: they are forked from a process that has loaded what they load.

What is killed, interrupted or has its streams closed must be a process of its own; that each loads its modules
first takes a second of a processor, and proves nothing about that. Such a program runs `zjf.__main__` as any other, and
starts the server of its workers, which is forked, too. What is asked of a start itself is asked of a fresh one.
"""

import atexit
import ctypes
import gc
import multiprocessing.util
import os
import pickle
import runpy
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from zjf.pipeline import workers

PROJECT = Path(__file__).parents[1]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(PROJECT)}
_LOADED = (
    *(
        name for name in workers.LOADED_FIRST if name != "zjf.pipeline.server_start"
    ),  # which acts when it is loaded
    workers.LOADED_FOR_A_LEDGER,
    "zjf.services.periods.merged_ledger",
    "zjf.render.xlsx.attachment",
    "sqlalchemy.dialects.sqlite",
)
_ADOPT_ORPHANS = 36
"""Linux's PR_SET_CHILD_SUBREAPER."""
_MESSAGE_BYTES = 2**20

Job = tuple[Sequence[str], str, Mapping[str, str], bool]
"""The arguments, the folder, the environment, and whether it leads a session of its own."""


class Program(subprocess.Popen[Any]):
    """`zjf` with some arguments, as `subprocess.Popen` would start it."""

    def _execute_child(
        self, args, executable, preexec_fn, close_fds, pass_fds, cwd, env, startupinfo, creationflags, shell,
        p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite, restore_signals, gid, gids, uid, umask,
        start_new_session, process_group,
    ):  # fmt: skip
        streams = [own if own != -1 else number for number, own in enumerate((p2cread, c2pwrite, errwrite))]
        job = (
            [os.fspath(word) for word in args],
            os.fspath(cwd or Path.cwd()),
            dict(env),
            start_new_session,
        )
        try:
            line, _ = _who_forks()
            socket.send_fds(line, [pickle.dumps(job)], streams)
            self.pid = int(line.recv(_MESSAGE_BYTES))
            self._child_created = True
        finally:
            self._close_pipe_fds(p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite)


def program(*arguments: str | Path, afresh: bool = False, **how: Any) -> "subprocess.Popen[Any]":
    """Starts zjf.

    Args:
        arguments: Its command line.
        afresh: As a clerk starts it, with all that it loads; elsewhere than on Linux it always is.
        how: What `subprocess.Popen` takes.
    """
    how = {"env": ENVIRONMENT} | how
    if afresh or sys.platform != "linux":
        return subprocess.Popen([sys.executable, "-m", "zjf", *arguments], **how)
    return Program(arguments, **how)


def run_program(
    *arguments: str | Path, cwd: Path, afresh: bool = False, **how: Any
) -> "subprocess.CompletedProcess[str]":
    """Runs zjf to its end, and keeps what it says."""
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | how
    with program(*arguments, afresh=afresh, cwd=cwd, encoding="utf-8", **streams) as running:
        out, err = running.communicate(timeout=120)
    return subprocess.CompletedProcess(arguments, running.returncode, out, err)


@cache
def _who_forks() -> "tuple[socket.socket, subprocess.Popen[bytes]]":
    """Starts the process that forks programs, which this process adopts; it ends when the line to it does."""
    ctypes.CDLL(None).prctl(_ADOPT_ORPHANS, 1, 0, 0, 0)
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    process = subprocess.Popen([sys.executable, "-m", __name__], stdin=there, env=ENVIRONMENT, cwd=PROJECT)
    there.close()
    return here, process


def _fork_as_asked() -> None:
    """Forks a program for each job, until nobody is at the line's other end."""
    line = socket.socket(fileno=os.dup(0))
    while True:
        data, streams, *_ = socket.recv_fds(line, _MESSAGE_BYTES, 3)
        if not data:
            return
        said, saying = os.pipe()
        between = os.fork()
        if between == 0:
            if program := os.fork():
                os.write(saying, str(program).encode())
                os._exit(0)
            for descriptor in (line.detach(), said, saying):
                os.close(descriptor)
            _become(pickle.loads(data), streams)
        os.waitpid(between, 0)  # from now on the program is a child of who asked for it
        line.send(os.read(said, _MESSAGE_BYTES))
        for descriptor in (said, saying, *streams):
            os.close(descriptor)


def _become(job: Job, streams: Sequence[int]) -> NoReturn:
    """Runs zjf in this process, as if it had just been started."""
    arguments, folder, environment, leads_a_session = job
    if leads_a_session:
        os.setsid()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    tempfile.tempdir = None
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding="utf-8", errors=errors, closefd=False)  # noqa: SIM115
        for number, (mode, errors) in enumerate((("r", "strict"), ("w", "strict"), ("w", "backslashreplace")))
    )
    sys.__stdin__, sys.__stdout__, sys.__stderr__ = sys.stdin, sys.stdout, sys.stderr
    sys.argv = ["zjf", *arguments]
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.modules.pop("pyarrow", None)  # zjf says itself whether it may be loaded
    multiprocessing.util.spawnv_passfds = _forked
    _run(lambda: runpy.run_module("zjf", run_name="__main__", alter_sys=True))


def _forked(path: bytes, arguments: Sequence[str], kept: Sequence[int]) -> int:
    """As `spawnv_passfds`: what multiprocessing would have a new Python do, a copy of this process does."""
    if child := os.fork():
        return child
    atexit._clear()
    multiprocessing.util._finalizer_registry.clear()
    sys.orig_argv = [*map(os.fsdecode, arguments)]
    for path in [*Path("/proc/self/fd").iterdir()]:
        if int(path.name) > 2 and int(path.name) not in kept:
            with suppress(OSError):  # the one of the listing
                os.close(int(path.name))
    return _run(lambda: exec(sys.orig_argv[-1], {}))


def _run(work: Any) -> NoReturn:
    """Does what a process is there for, and ends it as Python would."""
    code: Any = 1
    try:
        work()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(code)


if __name__ == "__main__":
    from zjf.pipeline import confinement

    confinement.settle_environment()
    confinement.without_pyarrow()
    gc.disable()
    from importlib import import_module

    from zjf import cli
    from zjf.commands.root import COMMANDS

    for command in COMMANDS:
        cli.function_of(command)
    for module in _LOADED:
        import_module(module)
    gc.freeze()
    gc.enable()
    _fork_as_asked()
