"""A reader that stands by: it is started before the command that will need it is loaded, for the one return named.

While this process loads the command, the reader loads pandas and the rules, and has the file unpacked and parsed
(`zjf.pipeline.lone_reader`). Light to import. Where there is none, or it is lost, workers read the return
(`zjf.pipeline.returns`).
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
    from zjf.checking.one_return import CheckSettings
    from zjf.pipeline.isolated_check import Afterwards

SIZE = 8
"""So many bytes say how long a job or an answer is, which follows them."""

_READ_ONE = (["validate"], ["校验"])
"""The command that reads the one return that it is given and nothing more, but with one of these options."""
_READ_MORE = frozenset({"--annotate", "--cluster", "--help"})
_PROGRAM = "import sys; sys.path[:] = {path!r}; from zjf.pipeline.lone_reader import main; main()"


class Reader:
    """A process that has begun to read a file, and waits to be told how to check it.

    Args:
        path: The file.
        process: The process.
    """

    def __init__(self, path: Path, process: subprocess.Popen[bytes]) -> None:
        self.path, self.process = path, process
        self._future: Future[bytes] = Future()
        self._hearing: Thread | None = None
        self.has_answered = False

    def submit(
        self, path: Path, settings: "CheckSettings", keep_rows: bool, afterwards: "Afterwards | None"
    ) -> "Future[bytes]":
        """Has the file checked (`zjf.pipeline.isolated_check.check_apart`)."""
        job = pickle.dumps((path, settings, keep_rows, afterwards))
        try:
            _write(_pipe(self.process.stdin), len(job).to_bytes(SIZE) + job)
        except OSError:
            self._future.set_exception(BrokenExecutor())
            return self._future
        self._hearing = Thread(target=self._hear, args=[settings.intake.limits.seconds], daemon=True)
        self._hearing.start()
        return self._future

    def _hear(self, seconds: float) -> None:
        timer = Timer(seconds, self._give_up)
        timer.daemon = True
        timer.start()
        said = _pipe(self.process.stdout).read()
        timer.cancel()
        with suppress(InvalidStateError):  # it was given up
            if len(said) > SIZE and int.from_bytes(said[:SIZE]) == len(said) - SIZE:
                self.has_answered = True
                self._future.set_result(said[SIZE:])
            else:
                self._future.set_exception(BrokenExecutor())

    def _give_up(self) -> None:
        with suppress(InvalidStateError):  # it was done just now
            self._future.set_exception(TimeoutError())
        self.process.kill()

    def end(self) -> None:
        """Ends it, whatever it is doing."""
        self.process.kill()
        if self._hearing:
            self._hearing.join()
        with self.process:  # closes its pipes
            pass


def _pipe(end: IO[bytes] | None) -> IO[bytes]:
    assert end is not None, "its ends were asked for"
    return end


def _write(pipe: IO[bytes], data: bytes) -> None:
    """Writes all of the data, however little of it a pipe takes at once."""
    left = memoryview(data)
    while left:
        left = left[pipe.write(left) :]


_standing_by: list[Reader] = []
"""At most one."""
_leaving: list[Reader] = []
"""Who has answered: letting go of a large file's memory takes a while, for which nobody need wait."""


def start_for(arguments: Sequence[str]) -> None:
    """Starts a reader of the one return that a command line names; without one, the command does well.

    Args:
        arguments: The command line, as it was typed.
    """
    if is_there() or arguments[:1] not in _READ_ONE or not _READ_MORE.isdisjoint(arguments):
        return
    named = [*map(Path, filter(os.path.exists, arguments[1:]))]  # which never raises
    if len(named) == 1 and named[0].is_file():
        with suppress(OSError):
            start(named[0])


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
    """The reader that stands by for the only file, where one does; it is ended, unless it ends by itself."""
    reader = _standing_by.pop() if [reader.path for reader in _standing_by] == [*paths] else None
    try:
        yield reader
    finally:
        if reader and reader.has_answered:
            _leaving.append(reader)
        elif reader:
            reader.end()


@contextmanager
def dismissed_at_last() -> Iterator[None]:
    """Behind it nobody stands by any more."""
    try:
        yield
    finally:
        dismiss()


def dismiss() -> None:
    """Ends the reader that nobody needed, or sees that the one who has answered is gone."""
    for readers in (_standing_by, _leaving):
        while readers:
            readers.pop().end()
