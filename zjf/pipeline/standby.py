"""A reader that stands by: a process started for the one return on the command line, before the command is loaded.

While this process loads the command, the reader loads pandas and the rules and parses the file
(`zjf.pipeline.lone_reader`). Without one, or where it is lost, workers read the return (`zjf.pipeline.returns`). Light
to import.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, InvalidStateError
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread, Timer
from typing import IO, TYPE_CHECKING

from zjf.pipeline import confinement

if TYPE_CHECKING:
    from zjf.pipeline.isolated_check import Check

SIZE = 8
"""The length of a job or an answer is sent ahead of it, in so many bytes."""

_READ_ONE = (["validate"], ["校验"])
"""The command that reads just the return that it is given, unless it has an option of `_READ_MORE`."""
_READ_MORE = frozenset({"--annotate", "--cluster", "--help"})
_PROGRAM = "import sys; sys.path[:] = {path!r}; from zjf.pipeline.lone_reader import main; main()"


class Reader:
    """A process that has begun to read a file and waits for the settings of its check."""

    def __init__(self, path: Path, process: subprocess.Popen[bytes]) -> None:
        self.path, self.process = path, process
        self._future: Future[bytes] = Future()
        self._waiting: Thread | None = None
        self.has_answered = False

    def submit(self, path: Path, check: "Check") -> "Future[bytes]":
        """Sends how it is checked (`zjf.pipeline.isolated_check.check_apart`)."""
        job = pickle.dumps((path, check))
        try:
            _write(_pipe(self.process.stdin), len(job).to_bytes(SIZE) + job)
        except OSError:
            self._future.set_exception(BrokenExecutor())
            return self._future
        self._waiting = Thread(
            target=self._await_answer, args=[check.settings.intake.limits.seconds], daemon=True
        )
        self._waiting.start()
        return self._future

    def _await_answer(self, seconds: float) -> None:
        timer = Timer(seconds, self._give_up)
        timer.daemon = True
        timer.start()
        answer = _pipe(self.process.stdout).read()
        timer.cancel()
        with suppress(InvalidStateError):  # it was given up
            if len(answer) > SIZE and int.from_bytes(answer[:SIZE]) == len(answer) - SIZE:
                self.has_answered = True
                self._future.set_result(answer[SIZE:])
            else:
                self._future.set_exception(BrokenExecutor())

    def _give_up(self) -> None:
        with suppress(InvalidStateError):  # it was done just now
            self._future.set_exception(TimeoutError())
        self.process.kill()

    def end(self) -> None:
        """Ends the process, whatever it is doing."""
        self.process.kill()
        if self._waiting:
            self._waiting.join()
        with self.process:  # closes its pipes
            pass


def _pipe(end: IO[bytes] | None) -> IO[bytes]:
    assert end is not None, "Popen was asked for pipes"
    return end


def _write(pipe: IO[bytes], data: bytes) -> None:
    """Writes all of the data; a pipe may take it in small pieces."""
    unwritten = memoryview(data)
    while unwritten:
        unwritten = unwritten[pipe.write(unwritten) :]


_standing_by: list[Reader] = []
"""At most one."""
_ending: list[Reader] = []
"""Readers that have answered and are ending: freeing a large file's memory takes a while."""


def start_for(arguments: Sequence[str]) -> None:
    """Starts a reader where the command line names one return. The command works without it, too."""
    if is_there() or arguments[:1] not in _READ_ONE or not _READ_MORE.isdisjoint(arguments):
        return
    files = [*map(Path, filter(os.path.exists, arguments[1:]))]  # which never raises
    if len(files) == 1 and files[0].is_file():
        with suppress(OSError):
            start(files[0])


def start(path: Path) -> None:
    """Starts a reader of a file.

    Raises:
        OSError: It cannot be started.
    """
    program = _PROGRAM.format(path=sys.path)
    with confinement.interrupts_left_to_this_process():
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", program, path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )
        _standing_by.append(Reader(path, process))


def is_there() -> bool:
    """Whether a reader stands by."""
    return bool(_standing_by)


@contextmanager
def reader_of(paths: Sequence[Path]) -> Iterator[Reader | None]:
    """Yields the reader that stands by for the only file, if there is one; ends it unless it has answered."""
    reader = _standing_by.pop() if [reader.path for reader in _standing_by] == [*paths] else None
    try:
        yield reader
    finally:
        if reader and reader.has_answered:
            _ending.append(reader)
        elif reader:
            reader.end()


@contextmanager
def dismissed_at_last() -> Iterator[None]:
    """A context at whose end no reader is left."""
    try:
        yield
    finally:
        dismiss()


def dismiss() -> None:
    """Ends the reader that nobody needed, and waits for the end of one that has answered."""
    for readers in (_standing_by, _ending):
        while readers:
            readers.pop().end()
