"""A county's ledger backed up, and brought back."""

import logging
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from zjf.county import County
from zjf.errors import CannotDoError, ZjfError
from zjf.ledger import Ledger
from zjf.ledger.of_county import ledger_file, place_of_backups
from zjf.ledger.registers.log import BEGUN_ANEW, RESTORED
from zjf.ledger.safety import server_dump
from zjf.ledger.safety.backups import FOLDER, Backup, Why, back_up, backup_at, backups_of, copy, thin_out
from zjf.ledger.safety.examination import examine
from zjf.ledger.safety.losses import Losses, losses
from zjf.ledger.safety.swapping import replace_ledger
from zjf.ledger.storage.database import engine_of_file
from zjf.ledger.storage.error_messages import translated_errors
from zjf.ledger.upgrade import is_up_to_date, prepare
from zjf.locking import exclusive
from zjf.period import OFFICE_TIME

_log = logging.getLogger(__name__)

_WAIT_SECONDS = 60


@dataclass(frozen=True)
class Restored:
    """The result of restoring a backup.

    Args:
        kept: The file of the previous ledger, renamed; None where there was none.
        lost: What the previous ledger had and the backup has not; None where it cannot be read.
    """

    backup: Backup
    kept: Path | None
    lost: Losses | None


def back_up_now(home: County, folder: Path | None = None) -> Backup:
    """Makes a backup because somebody asked for it.

    Args:
        folder: Where it is written; in the ledger's folder unless given.

    Raises:
        CannotDoError: There is no ledger, it is damaged, or the backup cannot be written.
    """
    return _make_backup(home, Why.ASKED, folder)


def back_up_before_accepting(home: County) -> None:
    """Makes the day's backup before the first returns of the day are accepted; an empty ledger needs none.

    Raises:
        CannotDoError: The ledger is damaged: nothing more is to be written to it.
    """
    today = datetime.now(OFFICE_TIME).date()
    if any(backup.made_at.date() == today and backup.why == Why.DAILY for backup in list_backups(home)):
        return
    ledger = Ledger.find(home.ledger_url, folder=home.folder)
    if ledger is None or not ledger.events():
        return
    try:
        _make_backup(home, Why.DAILY, None)
    except _CannotBeWrittenError as error:
        _log.warning("没有做成今天的备份：%s", error)
    if ledger_file(home):
        thin_out(backup for backup in list_backups(home) if backup.made_at <= datetime.now(OFFICE_TIME))


def list_backups(home: County) -> list[Backup]:
    """Returns the backups of the ledger, the latest first."""
    return backups_of(place_of_backups(home))


def damages_of(backup: Backup) -> list[str]:
    """Returns what is damaged in a backup; empty where it is sound."""
    if backup.path.suffix == server_dump.SUFFIX:
        return server_dump.damages_of(backup.path)
    return examine(engine_of_file(backup.path))


def restore(home: County, chosen: Path | None = None) -> Restored:
    """Makes a backup the ledger again; the previous ledger is kept in the same folder under another name.

    Args:
        chosen: The backup's file; the latest one that is sound unless given.

    Raises:
        CannotDoError: There is no sound backup, or it is another program's or a newer zjf's; the ledger is on a server,
            or somebody is writing to it.
    """
    ledger = ledger_file(home)
    if ledger is None:
        raise CannotDoError("台账在数据库服务器上，不能由 zjf 恢复", server_dump.HOW_TO_RESTORE)
    with exclusive(home.folder, "zjf restore", wait=_WAIT_SECONDS):
        backup = _sound_backup(_file_of(home, chosen)) if chosen else _latest_sound(home)
        engine = engine_of_file(backup.path)
        with translated_errors(engine):
            is_up_to_date(engine)  # refuses what could not be opened afterwards
        old_ledger_file = _set_aside_name(ledger) if ledger.exists() else None
        replace_ledger(ledger, old_ledger_file or _set_aside_name(ledger), partial(copy, backup.path))
        lost = losses(old_ledger_file, backup.path) if old_ledger_file else None
        restored_ledger = Ledger.open(home.ledger_url, folder=home.folder)
        restored_ledger.note(
            RESTORED, backup=backup.path.name, kept=old_ledger_file.name if old_ledger_file else ""
        )
    return Restored(backup, old_ledger_file, lost)


def begin_anew(home: County) -> Path | None:
    """Makes an empty ledger; returns the file to which the previous one was renamed, if there was one.

    Raises:
        CannotDoError: Somebody is writing to the previous one, or the disk refuses.
    """
    ledger = ledger_file(home)
    with exclusive(home.folder, "zjf restore", wait=_WAIT_SECONDS):
        old_ledger_file = _set_aside_name(ledger) if ledger and ledger.exists() else None
        if ledger and old_ledger_file:
            replace_ledger(ledger, old_ledger_file, _write_empty)
        Ledger.open(home.ledger_url, folder=home.folder).note(
            BEGUN_ANEW, kept=old_ledger_file.name if old_ledger_file else ""
        )
    return old_ledger_file


def _write_empty(path: Path) -> None:
    engine = engine_of_file(path)
    prepare(engine)
    engine.dispose()


class _CannotBeWrittenError(CannotDoError):
    """A backup could not be written."""


def _make_backup(home: County, why: Why, folder: Path | None) -> Backup:
    if (
        Ledger.find(home.ledger_url, folder=home.folder) is None
    ):  # nor is another program's database backed up
        raise CannotDoError("还没有台账，没有可备份的", "台账在第一次 zjf aggregate 时建立。")
    ledger = ledger_file(home)
    try:
        if ledger is None:
            return server_dump.dump(home.ledger_url, why, folder or home.folder / FOLDER)
        backup = back_up(ledger, why, folder=folder)
    except ZjfError as error:
        raise _CannotBeWrittenError(error.message, error.cure) from error
    except sqlite3.Error as failure:
        raise _CannotBeWrittenError(
            f"备份没有做成（{getattr(failure, 'sqlite_errorname', type(failure).__name__)}）",
            "请检查磁盘空间；再用 zjf doctor 看台账是否完好。",
        ) from failure
    if damages := damages_of(backup):
        backup.path.unlink()
        raise CannotDoError(
            f"台账数据库已损坏（{'；'.join(damages)}）：{ledger}",
            "请用备份恢复：zjf restore（先看 zjf doctor）。",
        )
    return backup


def _file_of(home: County, chosen: Path) -> Path:
    """Returns a backup's file by its path, or by its name as `zjf backup --list` has it."""
    for path in (chosen, home.folder / FOLDER / chosen):
        if path.is_file():
            return path
    raise CannotDoError(f"找不到备份 {chosen}", "请用 zjf backup --list 查看有哪些备份。")


def _sound_backup(path: Path) -> Backup:
    backup = backup_at(path)
    if damages := damages_of(backup):
        raise CannotDoError(
            f"这份备份也已损坏（{'；'.join(damages)}）：{path}", "请换一份：zjf backup --list --verify。"
        )
    return backup


def _latest_sound(home: County) -> Backup:
    now = datetime.now(OFFICE_TIME)
    # A backup dated in the future was made by a wrong clock, and may be older than it says: it comes last.
    backups = sorted(list_backups(home), key=lambda backup: backup.made_at > now)
    for backup in backups:
        if not (damages := damages_of(backup)):
            return backup
        _log.warning("备份 %s 不能用（%s），跳过。", backup.path.name, "；".join(damages))
    raise CannotDoError(
        "没有完好的备份" if backups else "没有备份",
        "请在别处（U 盘、别的电脑）找：zjf restore 备份文件；都没有的，用 zjf restore --new 另起一本，重新汇总各期报表。",
    )


def _set_aside_name(ledger: Path) -> Path:
    return ledger.with_name(f"{ledger.name}.换下_{datetime.now(OFFICE_TIME):%Y-%m-%d_%H%M%S}")
