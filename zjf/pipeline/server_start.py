"""Imported first by the server of workers: when it ends it takes its socket's folder away.

Nobody else does where zjf was killed: the folder would stay among the temporary ones for good. It also sees
to it that the server starts without what no worker needs.
"""

import atexit
import gc
import os
import re
import shutil
import socket
import sys
import time
from pathlib import Path

from zjf.pipeline import confinement

_STARTED_AS = re.compile(r"main\((\d+),")
_FOLDER = "pymp-"
"""What multiprocessing calls its folders."""
_SECONDS = 5
"""So long a program may take to end."""


def _folder_of_socket() -> Path | None:
    started = _STARTED_AS.search(sys.orig_argv[-1])
    if started is None:
        return None
    with socket.socket(fileno=os.dup(int(started[1]))) as listener:
        address = listener.getsockname()
    folder = Path(address).parent if isinstance(address, str) and address else None
    return folder if folder and folder.name.startswith(_FOLDER) else None


def _remove(folder: Path, program: int) -> None:
    """Removes the folder; a program that is ending just now does so itself, and would stumble if it were gone."""
    deadline = time.monotonic() + _SECONDS
    while folder.exists() and os.getppid() == program and time.monotonic() < deadline:
        time.sleep(0.01)
    shutil.rmtree(folder, ignore_errors=True)


confinement.without_pyarrow()
confinement.silence()  # a worker that is not needed any more before it has started ends with a traceback

gc.disable()  # the modules that are loaded next are many objects, none of them garbage
atexit.register(gc.freeze)  # nor are they looked through at the end

if folder := _folder_of_socket():
    atexit.register(_remove, folder, os.getppid())
