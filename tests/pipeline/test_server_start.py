"""The server of workers leaves nothing behind, even where the program was killed before the server had loaded."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="只有 Linux 能说出是谁建的套接字")

KILLED_WHILE_IT_STARTS = """
import os
from multiprocessing import forkserver, util

forkserver.set_forkserver_preload(["time", "zjf.pipeline.server_start"])
forkserver.ensure_running()
print(util.get_temp_dir(), flush=True)
os._exit(9)
"""


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """A folder for temporary files: the path of a socket must not be long."""
    with tempfile.TemporaryDirectory(prefix="z") as folder:
        yield Path(folder)


def test_a_program_killed_before_its_server_has_loaded(short_folder: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(short_folder)}
    command = [sys.executable, "-c", KILLED_WHILE_IT_STARTS]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    folder = Path(ran.stdout.strip())
    assert folder.parent == short_folder
    until = time.monotonic() + 30
    while folder.exists() and time.monotonic() < until:
        time.sleep(0.02)
    assert not folder.exists()
