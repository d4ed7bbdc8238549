"""The program of a reader that stands by (`zjf.pipeline.standby`): it reads and checks one return, and ends.

Threads unpack and parse the file while pandas and the rules are imported. The settings of the check come on stdin,
the result goes to stdout.
"""

import os
import pickle
import sys
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

from zjf.intake.background_read import BackgroundRead
from zjf.intake.limits import Limits
from zjf.pipeline import confinement
from zjf.pipeline.standby import SIZE


def main() -> None:
    """Reads the file that the command line names."""
    confinement.without_pyarrow()
    confinement.limit(Limits.memory)
    jobs: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_await_job, args=[jobs], daemon=True).start()
    ahead = BackgroundRead(Path(sys.argv[1]), Limits())
    from zjf.checking import alone  # noqa: F401 - what takes longest to load
    from zjf.pipeline.isolated_check import check_apart

    path, check = pickle.loads(jobs.get())
    confinement.limit(check.settings.intake.limits.memory)
    answer = check_apart(path, check, ahead.data())
    sys.stdout.buffer.write(len(answer).to_bytes(SIZE) + answer)
    sys.stdout.buffer.flush()
    os.close(sys.stdout.fileno())  # the result is complete: nobody waits for the rest
    os._exit(0)  # quicker than freeing every row


def _await_job(jobs: "SimpleQueue[bytes]") -> None:
    """Waits for the one job; ends the process where none comes, as nobody needs it then."""
    size = sys.stdin.buffer.read(SIZE)
    job = sys.stdin.buffer.read(int.from_bytes(size))
    if not job:
        os._exit(1)
    jobs.put(job)
    confinement.end_with(sys.stdin.fileno(), partial(sys.stdin.buffer.read, 1))
