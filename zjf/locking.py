"""Lets only one run at a time work in a county's folder; others wait, or learn who holds the lock."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from zjf.errors import CannotDoError
from zjf.files import cannot_write, refuse_without_locks
from zjf.period import OFFICE_TIME

LOCK_FILE = ".zjf.lock"
_HOLDER_FILE = ".zjf.lock.holder"  # beside it: on Windows nobody else can read the locked file itself


@contextmanager
def exclusive(folder: Path, command: str, *, wait: float) -> Iterator[None]:
    """Keeps other runs out of a county's folder until the block ends, or the process dies.

    Args:
        folder: The county's folder.
        command: The command that is running (`zjf weekly`), for the message to those that wait.
        wait: For how many seconds to wait for another run's end.

    Raises:
        CannotDoError: Another run holds the lock all that time; or the folder cannot be written to, or knows no locks.
    """
    path, holder = folder / LOCK_FILE, folder / _HOLDER_FILE
    lock = FileLock(path)
    try:
        lock.acquire(timeout=wait)
    except Timeout as error:
        refuse_without_locks(folder)
        raise CannotDoError(
            f"另一个 zjf 正在本县文件夹中运行（{_read_holder(holder)}），等了 {wait:g} 秒",
            "请等它结束后重试。",
        ) from error
    except OSError as error:
        raise cannot_write(path, error) from error
    try:
        _write_holder(holder, command)
        yield
    finally:
        with suppress(OSError):  # a file left behind does no harm: it means nothing without the lock
            holder.unlink()
        lock.release()


def _write_holder(holder: Path, command: str) -> None:
    try:
        holder.write_text(_description(command), encoding="utf-8")
    except OSError as error:
        raise cannot_write(holder, error) from error


def _description(command: str) -> str:
    started = datetime.now(OFFICE_TIME)
    return f"{command}，进程 {os.getpid()}，主机 {socket.gethostname()}，{started:%Y-%m-%d %H:%M:%S} 开始"


def _read_holder(holder: Path) -> str:
    try:
        return holder.read_text(encoding="utf-8")
    except OSError:  # the other run has only just begun, or is just ending
        return "没有留下姓名"
