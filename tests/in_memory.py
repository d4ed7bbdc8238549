"""Where the tests' folders lie: in memory, where the machine has room for them there.

Tests make thousands of counties, and a ledger waits for its disk whenever something is accepted. What is
written, and when it is safe, is zjf's affair on any disk; that it says so on a full one is tried on disks of their own.
"""

import os
import shutil
import tempfile
from pathlib import Path

_MEMORY = Path("/dev/shm")
_ENOUGH_BYTES = 6 * 2**30
"""What a whole run leaves behind until it ends, several times over; a container has 64 MB there."""
_OF_PYTEST = "PYTEST_DEBUG_TEMPROOT"


def keep_folders_there() -> None:
    """Has pytest, and what the tests start, make their folders in memory, unless one says where."""
    if "TMPDIR" in os.environ or _OF_PYTEST in os.environ or not os.access(_MEMORY, os.W_OK):
        return
    if shutil.disk_usage(_MEMORY).free < _ENOUGH_BYTES:
        return
    tempfile.tempdir = os.environ[_OF_PYTEST] = os.environ["TMPDIR"] = str(_MEMORY)
