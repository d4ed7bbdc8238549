"""Imported first by the server of workers: makes it remove its socket's folder when it ends, and start light.

Where zjf was killed, nobody else removes that folder from the temporary files.
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
_SEEN_SECONDS = 2


def _folder_of_socket() -> Path | None:
    started = _STARTED_AS.search(sys.orig_argv[-1])
    if started is None:
        return None
    with socket.socket(fileno=os.dup(int(started[1]))) as listener:
        address = listener.getsockname()
    folder = Path(address).parent if isinstance(address, str) and address else None
    return folder if folder and folder.name.startswith(_FOLDER) else None


def _remove_where_nobody_does(folder: Path, parent: int) -> None:
    """Removes the folder if the parent is gone. A living parent removes it itself, and must find it there.

    A parent that has just been killed is still visible for a moment.
    """
    until = time.monotonic() + _SEEN_SECONDS
    while os.getppid() == parent:
        if time.monotonic() > until:
            return
        time.sleep(0.01)
    shutil.rmtree(folder, ignore_errors=True)


confinement.without_pyarrow()
confinement.silence()  # a worker that is ended while it starts would print a traceback

gc.disable()  # importing makes many objects, none of them garbage
atexit.register(gc.freeze)  # and at the end nobody need go through them

if folder := _folder_of_socket():
    atexit.register(_remove_where_nobody_does, folder, os.getppid())
