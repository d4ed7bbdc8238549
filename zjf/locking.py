"""One at a time: a scheduled job that overlaps with another waits for its turn, or learns who has it."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from zjf.errors import CannotDoError
from zjf.files import cannot_write
from zjf.period import OFFICE_TIME

LOCK_FILE = ".zjf.lock"
_HOLDER_FILE = ".zjf.lock.holder"  # beside it: on Windows nobody else can read the locked file itself


@contextmanager
def exclusive(folder: Path, what: str, *, wait: float) -> Iterator[None]:
    """Keeps other runs out of a county's folder until the block ends; a run that dies keeps out nobody.

    Args:
        folder: The county's folder.
        what: What is running, for those who wait (`zjf weekly`).
        wait: For how many seconds one waits for another's end.

    Raises:
        CannotDoError: Another run holds it all that time; or the folder cannot be written to.
    """
    path, holder = folder / LOCK_FILE, folder / _HOLDER_FILE
    lock = FileLock(path)
    try:
        lock.acquire(timeout=wait)
    except Timeout as held:
        raise CannotDoError(
            f"另一个 zjf 正在本县文件夹中运行（{_said_in(holder)}），等了 {wait:g} 秒",
            "请等它结束后重试，或用 --wait 多等一会儿。",
        ) from held
    except OSError as error:
        raise cannot_write(path, error) from error
    try:
        _leave_name(holder, what)
        yield
    finally:
        with suppress(OSError):  # it means nothing without the lock
            holder.unlink()
        lock.release()


def _leave_name(holder: Path, what: str) -> None:
    try:
        holder.write_text(_self(what), encoding="utf-8")
    except OSError as error:
        raise cannot_write(holder, error) from error


def _self(what: str) -> str:
    since = datetime.now(OFFICE_TIME)
    return f"{what}，进程 {os.getpid()}，主机 {socket.gethostname()}，{since:%Y-%m-%d %H:%M:%S} 开始"


def _said_in(holder: Path) -> str:
    try:
        return holder.read_text(encoding="utf-8")
    except OSError:  # it has only just begun, or is just ending
        return "没有留下姓名"
