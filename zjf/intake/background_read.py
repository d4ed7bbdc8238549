"""A file that is read, unpacked and parsed in a thread while the modules that check it are being imported.

Light to import. Errors are passed over here: the check reads the file again and reports them.
"""

import stat
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from threading import Thread

from zjf.files import read_at_rest
from zjf.intake.formats import xlsx
from zjf.intake.formats.containers import ZIP
from zjf.intake.limits import Limits


class BackgroundRead:
    """A file that is read in a thread."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._path, self._limits = path, limits
        self._read: Future[bytes | None] = Future()
        Thread(target=self._begin, daemon=True).start()

    def data(self) -> bytes | None:
        """Waits for the file's bytes and returns them; None where they cannot be read, or are too many."""
        return self._read.result()

    def _begin(self) -> None:
        data: bytes | None = None
        try:
            data = self._bytes()
            if data and data.startswith(ZIP):
                with suppress(Exception):  # it is damaged, or no .xlsx
                    data = xlsx.begun(data, self._limits.cells, self._limits.long_from)
        finally:
            self._read.set_result(data)

    def _bytes(self) -> bytes | None:
        with suppress(OSError):
            state = self._path.stat()
            if stat.S_ISREG(state.st_mode) and state.st_size <= self._limits.file_bytes:
                return read_at_rest(self._path)
        return None
