"""Files appear whole or not at all."""

import errno
import hashlib
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from zjf.errors import CannotDoError, cure, reason

Access = Literal["本人", "同组", "所有人"]
"""Whom the files of a county are for: who made them, his group, everybody on the computer."""

_UMASKS: dict[Access, int] = {"本人": 0o077, "同组": 0o007, "所有人": 0o022}


def keep_private(access: Access = "本人") -> None:
    """What this process makes from now on, others on the computer may not open, unless the county says so.

    Args:
        access: Who may.
    """
    os.umask(_UMASKS[access])


def said_name(name: str) -> str:
    """A file's path or name as it can be shown and written: one that another system wrote in GBK is read as that."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", "replace")
    return name


def open_to_the_agreed(path: Path) -> None:
    """Lets those open a new file who may; SQLite, for one, lets a group only read."""
    path.chmod(0o666 & ~_umask())


def close_to_others(path: Path) -> None:
    """Takes from a file that is there already what others may not do with it."""
    with suppress(OSError):  # whose file it is not cannot
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & _umask():
            path.chmod(mode & ~_umask())


def private_folder(folder: Path) -> Path:
    """The folder, made where it is not there, that only its owner may open, whatever the county says.

    Raises:
        CannotDoError: It cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise cannot_write(folder, error) from error
    return folder


def _umask() -> int:
    now = os.umask(0o077)
    os.umask(now)
    return now


def refuse_pipe(path: Path) -> None:
    """Refuses what is no file to be read whole: a pipe or a device may never end, nor even open.

    Raises:
        OSError: It is one, or is not there.
    """
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OSError(errno.ESPIPE, os.strerror(errno.ESPIPE), str(path))


def read_at_rest(path: Path) -> bytes:
    """A file's bytes, all of one state: what somebody copies or saves just now is read once more.

    Raises:
        OSError: It cannot be read, or was changed both times (EAGAIN).
    """
    for _ in range(2):
        before = path.stat()
        data = path.read_bytes()
        after = path.stat()
        if (
            (before.st_mtime_ns, before.st_size)
            == (after.st_mtime_ns, after.st_size)
            == (
                after.st_mtime_ns,
                len(data),
            )
        ):
            return data
    raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN), str(path))


def sha256_of(path: Path) -> str:
    """The sha256 of a file, however large.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def likest(path: Path) -> Path | None:
    """What lies where a path should, and has the name most like its own; None where nothing has."""
    folder = path.parent
    while not folder.is_dir() and folder != folder.parent:
        path, folder = folder, folder.parent
    with suppress(OSError):
        near = get_close_matches(path.name, [entry.name for entry in folder.iterdir()], n=1)
        return folder / near[0] if near else None
    return None


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yields a temporary path beside the target; it takes the target's place when the block succeeds.

    Args:
        path: The target. Its folder is made when it is not there.

    Yields:
        A path in the same folder (so that the rename is atomic), with the target's suffix. It is
        removed when the block fails, and the target stays as it was.

    Raises:
        CannotDoError: The folder cannot be written to, the disk is full, or another program has the
            target open (WPS and Excel lock it on Windows).
    """
    temporary = path.with_name(f".{path.stem}.{secrets.token_hex(4)}{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield temporary
            open_to_the_agreed(temporary)
            _flush(temporary)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from error


def cannot_write(path: Path, error: OSError) -> CannotDoError:
    """What stopped a file from being written, in a clerk's words."""
    if isinstance(error, PermissionError):
        return _not_permitted(path)
    if error.errno == errno.ENOSPC:
        return CannotDoError(f"磁盘已满，写不出“{path.name}”", "请清理磁盘后重试。")
    return CannotDoError(f"写不出“{path}”（{reason(error)}）", cure(error, "请检查路径后重试。"))


def _not_permitted(path: Path) -> CannotDoError:
    if not (os.access(path.parent, os.W_OK | os.X_OK) and os.path.lexists(path)):
        return CannotDoError(f"没有权限写入文件夹“{path.parent}”", "请换一个文件夹，或请管理员开通写入权限。")
    if not os.access(path, os.W_OK):
        return CannotDoError(f"没有权限写入“{path.name}”", "请换一个文件名，或请管理员开通写入权限。")
    return CannotDoError(f"“{path.name}”正被其他程序打开，无法写入", "请关闭后重试。")


def _flush(path: Path) -> None:
    # Without it a power cut after the rename may leave an empty file under the final name.
    with path.open("rb+") as file:
        os.fsync(file.fileno())
