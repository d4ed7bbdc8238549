"""The process of a reader that stands by (`zjf.pipeline.standby`): it reads and checks one return, and ends.

The file is unpacked and parsed in threads while pandas and the rules are imported; how it is to be checked comes
on stdin, what was found goes to stdout.
"""

import os
import pickle
import sys
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

from zjf.intake.ahead import Ahead
from zjf.intake.limits import Limits
from zjf.pipeline import confinement
from zjf.pipeline.standby import SIZE


def main() -> None:
    """Reads the file that the command line names."""
    confinement.without_pyarrow()
    confinement.limit(Limits.memory)
    jobs: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_hear, args=[jobs], daemon=True).start()
    ahead = Ahead(Path(sys.argv[1]), Limits())
    from zjf.checking import alone  # noqa: F401 - what takes longest to load
    from zjf.pipeline.isolated_check import check_apart

    path, settings, keep_rows, afterwards = pickle.loads(jobs.get())
    confinement.limit(settings.intake.limits.memory)
    answer = check_apart(path, settings, keep_rows, afterwards, ahead.data())
    sys.stdout.buffer.write(len(answer).to_bytes(SIZE) + answer)
    sys.stdout.buffer.flush()
    os.close(sys.stdout.fileno())  # that is all: what else takes a moment is not waited for
    os._exit(0)  # the file's rows need not be let go one by one


def _hear(jobs: "SimpleQueue[bytes]") -> None:
    """Waits for the one job. Where none comes, nobody needs this process any more."""
    size = sys.stdin.buffer.read(SIZE)
    job = sys.stdin.buffer.read(int.from_bytes(size))
    if not job:
        os._exit(1)
    jobs.put(job)
    confinement.end_with(sys.stdin.fileno(), partial(sys.stdin.buffer.read, 1))
