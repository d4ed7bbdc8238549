"""Imported first by the server of workers: makes it remove its socket's folder when it ends, and start light.

Where zjf was killed, nobody else removes that folder from the temporary files.
"""

import atexit
import gc
import os
import re
import shutil
import socket
import struct
import sys
import time
from pathlib import Path

from zjf.pipeline import confinement

_STARTED_AS = re.compile(r"main\((\d+),")
_FOLDER = "pymp-"
"""What multiprocessing calls its folders."""
_SEEN_SECONDS = 2
_CREDENTIALS = struct.Struct("3i")
"""Process, user and group at the other end of a socket."""


def _folder_and_parent() -> tuple[Path, int] | None:
    """Returns the folder of the socket by which workers are asked for, and the process that made it.

    That process may be gone by now: it is known by the socket, where the system can say who made one.
    """
    started = _STARTED_AS.search(sys.orig_argv[-1])
    if started is None:
        return None
    with socket.socket(fileno=os.dup(int(started[1]))) as listener:
        address = listener.getsockname()
        parent = _maker(listener)
    folder = Path(address).parent if isinstance(address, str) and address else None
    return (folder, parent) if folder and folder.name.startswith(_FOLDER) else None


def _maker(listener: socket.socket) -> int:
    if not hasattr(socket, "SO_PEERCRED"):
        return os.getppid()
    return int(
        _CREDENTIALS.unpack(listener.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size))[0]
    )


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

if folder_and_parent := _folder_and_parent():
    atexit.register(_remove_where_nobody_does, *folder_and_parent)
