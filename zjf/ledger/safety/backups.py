"""Backups of an SQLite ledger: made while others use it, listed, and thinned out by a simple rule."""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from zjf.files import replacing
from zjf.period import OFFICE_TIME

FOLDER = "backups"
"""Where backups lie, beside the ledger."""

DAYS, WEEKS, MONTHS = 7, 5, 12
"""How many of the last days, weeks and months that have a backup keep one: the last of each."""

_NAME = re.compile(r"(?P<ledger>.+)_(?P<at>\d{4}-\d\d-\d\d_\d{6})_(?P<why>[^_.]+)\.(?:db|dump)")
_AT = "%Y-%m-%d_%H%M%S"


class Why(StrEnum):
    """What a backup was made for."""

    DAILY = "每日"
    UPGRADE = "升级前"
    ASKED = "手工"


@dataclass(frozen=True)
class Backup:
    """One backup.

    Args:
        path: The file: an SQLite ledger like any other.
        made_at: When it was made, in the office's time.
    """

    path: Path
    made_at: datetime
    why: str

    @property
    def size(self) -> int:
        """In bytes."""
        return self.path.stat().st_size


def folder_of(ledger: Path) -> Path:
    """Returns the folder of a ledger's backups."""
    return ledger.parent / FOLDER


def backups_of(ledger: Path) -> list[Backup]:
    """The backups of a ledger, whose file may be gone, that lie beside it, the latest first."""
    return sorted(_backups_in(ledger, folder_of(ledger)), key=lambda backup: backup.made_at, reverse=True)


def _backups_in(ledger: Path, folder: Path) -> Iterator[Backup]:
    for path in folder.glob("*_*_*_*.d*"):
        name_parts = _NAME.fullmatch(path.name)
        if name_parts and name_parts["ledger"] == ledger.stem and path.is_file():
            yield backup_at(path)


def backup_at(path: Path) -> Backup:
    """Returns the backup in a file, whatever it is called now."""
    name_parts = _NAME.fullmatch(path.name)
    if name_parts:
        return Backup(
            path, datetime.strptime(name_parts["at"], _AT).replace(tzinfo=OFFICE_TIME), name_parts["why"]
        )
    return Backup(path, datetime.fromtimestamp(path.stat().st_mtime, OFFICE_TIME), Why.ASKED)


def back_up(ledger: Path, why: Why, *, folder: Path | None = None, at: datetime | None = None) -> Backup:
    """Copies a ledger, whole and as it is at one moment; others may use it meanwhile.

    Args:
        folder: Where the copy goes; beside the ledger unless given.
        at: When; now unless given.

    Raises:
        CannotDoError: The copy cannot be written.
        sqlite3.Error: The ledger cannot be read.
    """
    made_at = (at or datetime.now(OFFICE_TIME)).astimezone(OFFICE_TIME).replace(microsecond=0)
    folder = folder or folder_of(ledger)
    while (path := folder / file_name(ledger, made_at, why, ".db")).exists():
        made_at += timedelta(seconds=1)  # two in one second are two
    with replacing(path) as temporary:
        temporary.touch()  # this fails with the true reason where it cannot be written; SQLite would only say "cannot open"
        copy(ledger, temporary)
    return Backup(path, made_at, why)


def file_name(ledger: Path, made_at: datetime, why: str, suffix: str) -> str:
    return f"{ledger.stem}_{made_at:{_AT}}_{why}{suffix}"


def copy(source: Path, target: Path) -> None:
    """Copies an SQLite file page by page, in one go.

    Raises:
        sqlite3.Error: It cannot be read, or the copy cannot be written.
    """
    with (
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as reader,
        closing(sqlite3.connect(target)) as writer,
    ):
        reader.backup(writer)


def thin_out(backups: Iterable[Backup]) -> list[Backup]:
    """Removes the backups that the rule does not keep; returns those removed.

    Of the last days, weeks and months that have a backup, the last one of each is kept; and whatever was
    made by hand or before an upgrade, for as long as the months are.
    """
    backups = sorted(backups, key=lambda backup: backup.made_at, reverse=True)
    kept = kept_by_rule(backups)
    removed = [backup for backup in backups if backup not in kept]
    for backup in removed:
        backup.path.unlink(missing_ok=True)
    return removed


def kept_by_rule(backups: Iterable[Backup]) -> set[Backup]:
    """The backups that the rule keeps."""
    latest_first = sorted(backups, key=lambda backup: backup.made_at, reverse=True)
    kept: set[Backup] = set()
    for span, how_many in (("%Y-%m-%d", DAYS), ("%G-%V", WEEKS), ("%Y-%m", MONTHS)):
        last_of: dict[str, Backup] = {}
        for backup in latest_first:
            last_of.setdefault(backup.made_at.strftime(span), backup)
        kept |= set(list(last_of.values())[:how_many])
    # Not by age against the latest one: after a day with the clock set ahead, all others would be old.
    months = {f"{backup.made_at:%Y-%m}" for backup in kept}
    return kept | {
        backup for backup in latest_first if backup.why != Why.DAILY and f"{backup.made_at:%Y-%m}" in months
    }
