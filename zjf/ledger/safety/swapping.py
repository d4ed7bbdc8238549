"""A ledger's file exchanged for another, while others may be using it."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from zjf.errors import CannotDoError
from zjf.files import cannot_write, replacing
from zjf.ledger.storage.database import engine_of_file
from zjf.ledger.storage.error_messages import translated_errors

_BESIDE = ("-journal", "-wal", "-shm")
"""Files that SQLite keeps beside one that is being written to; it would take them for the new file's."""
_PATIENCE_SECONDS = 60


def replace_ledger(ledger: Path, kept: Path, write: Callable[[Path], None]) -> None:
    """Puts another ledger in a ledger's place; the former one is kept under another name.

    At every moment there is a whole ledger.

    Args:
        ledger: The ledger's file; what lies beside it is kept as well.
        kept: The other name.
        write: Writes the other ledger to the path that it is given.

    Raises:
        CannotDoError: Another program is writing to the ledger, or the disk refuses.
    """
    with _nobody_writing(ledger), replacing(ledger) as temporary:
        with translated_errors(engine_of_file(ledger)):
            write(temporary)
        try:
            for suffix in _BESIDE:
                beside = ledger.with_name(ledger.name + suffix)
                if beside.exists():
                    beside.replace(kept.with_name(kept.name + suffix))
            if ledger.exists():
                _leave_under_both_names(ledger, kept)
        except OSError as refused:
            raise cannot_write(kept, refused) from refused


def _leave_under_both_names(ledger: Path, kept: Path) -> None:
    try:
        kept.hardlink_to(ledger)
    except OSError:  # some disks know no links
        ledger.replace(kept)


@contextmanager
def _nobody_writing(ledger: Path) -> Iterator[None]:
    """A context in which nobody writes to the old file: what was written to it now would be lost."""
    if not ledger.is_file() or os.name == "nt":  # Windows itself lets no file be replaced that is open
        yield
        return
    with closing(sqlite3.connect(ledger, timeout=_PATIENCE_SECONDS, isolation_level=None)) as holder:
        try:
            holder.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as refused:
            if refused.sqlite_errorname.startswith("SQLITE_BUSY"):
                raise CannotDoError(
                    f"台账正被另一个程序占用：{ledger}", "请等它结束后重试，或关闭正在打开台账的程序。"
                ) from refused
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            pass  # too damaged to be locked, and so to be written to
        yield
