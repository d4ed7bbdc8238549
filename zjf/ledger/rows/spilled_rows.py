"""Packed rows that lie in a file until the ledger takes them: memory does not grow with the county."""

import pickle
import weakref
from dataclasses import dataclass
from functools import lru_cache
from tempfile import TemporaryFile
from typing import Any

import pandas as pd

from zjf.ledger.rows.ready_rows import ReadyRows


class SpillFile:
    """A file without a name, which only this process can open, and which ends with it however it ends."""

    def __init__(self) -> None:
        self._file = TemporaryFile(prefix="zjf-")  # noqa: SIM115  # it is closed with this object
        weakref.finalize(self, self._file.close)

    def spill(self, rows: ReadyRows) -> "SpilledRows":
        """Writes rows to the end of the file.

        Raises:
            OSError: There is no room for them.
        """
        start = self._file.seek(0, 2)
        self._file.write(pickle.dumps(rows))
        self._file.flush()
        return SpilledRows(self, start, self._file.tell() - start, len(rows))

    def read(self, start: int, length: int) -> bytes:
        """Returns a part of the file."""
        self._file.seek(start)
        return self._file.read(length)


@dataclass(frozen=True, eq=False)
class SpilledRows:
    """Rows of a table of one unit (`zjf.intake.table.Rows`), which are read from a file when they are asked for.

    Args:
        file: What they lie in.
        start: Where in its file they begin, in bytes.
        length: How many bytes they are.
    """

    file: SpillFile
    start: int
    length: int
    rows: int

    def __len__(self) -> int:
        return self.rows

    def ready(self) -> ReadyRows:
        """Returns the rows; those asked for last are kept in memory."""
        return _read(self)

    def cells(self, name: str) -> list[Any]:
        return self.ready().cells(name)

    def frame(self) -> pd.DataFrame:
        return self.ready().frame()


@lru_cache(maxsize=1)
def _read(rows: SpilledRows) -> ReadyRows:
    ready: ReadyRows = pickle.loads(rows.file.read(rows.start, rows.length))
    return ready
