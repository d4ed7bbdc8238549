"""Reads and writes files safely: a written file appears whole or not at all, with the access that the county grants."""

import errno
import hashlib
import os
import re
import secrets
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import Literal

from zjf.errors import WITHOUT_LOCKS, CannotDoError, refused

Access = Literal["本人", "同组", "所有人"]
"""Who may open a county's files: the person who made them, the person's group, everybody on the computer."""

_TEMPORARY = re.compile(r"\..+\.[0-9a-f]{8}\.\w+")
"""The names that `replacing` gives."""
_ABANDONED_SECONDS = 600

_LITTER = ("~$", ".")
_LITTER_NAMES = frozenset(
    {
        *("thumbs.db", "ehthumbs.db", "desktop.ini"),
        *("$recycle.bin", "system volume information", "lost+found"),
    }
)

_UMASKS: dict[Access, int] = {"本人": 0o077, "同组": 0o007, "所有人": 0o022}


def set_access(access: Access = "本人") -> None:
    """Sets who may open the files that this process makes from now on."""
    os.umask(_UMASKS[access])


def readable_name(name: str) -> str:
    """Returns a file's path or name as valid text: bytes that are no UTF-8 are read as GBK."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", "replace")
    return name


def is_litter(name: str) -> bool:
    """Whether a file or folder of that name is a program's or the system's own: ~$台账.xlsx, ._照片.jpg, Thumbs.db."""
    return name.startswith(_LITTER) or name.lower() in _LITTER_NAMES


def grant_access(path: Path) -> None:
    """Grants on a new file the access set by the county; libraries may have granted less (SQLite does)."""
    path.chmod(0o666 & ~_umask())


def withdraw_access(path: Path) -> None:
    """Withdraws from an existing file the access that the county does not grant."""
    with suppress(OSError):  # only the file's owner can change its mode
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & _umask():
            path.chmod(mode & ~_umask())


def private_folder(folder: Path) -> Path:
    """Makes a folder, if need be, that only its owner may open, whatever access the county grants.

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
    umask = os.umask(0o077)
    os.umask(umask)
    return umask


def refuse_pipe(path: Path) -> None:
    """Refuses a pipe or a device: opening or reading it might never end.

    Raises:
        OSError: The path is a pipe or a device, or does not exist.
    """
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OSError(errno.ESPIPE, os.strerror(errno.ESPIPE), str(path))


def read_at_rest(path: Path) -> bytes:
    """Returns a file's bytes; if somebody writes to it meanwhile, it is read once more.

    Raises:
        OSError: It cannot be read, or was changed during both readings (EAGAIN).
    """
    for _ in range(2):
        before, data, after = path.stat(), path.read_bytes(), path.stat()
        read = (before.st_mtime_ns, before.st_size, len(data))
        if read == (after.st_mtime_ns, after.st_size, after.st_size):
            return data
    raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN), str(path))


def sha256_of(path: Path) -> str:
    """Returns the sha256 of a file; it is not read into memory as a whole.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def nearest_entry(path: Path) -> Path | None:
    """Returns the entry of a path's folder whose name is most like the path's; None if none is like it."""
    folder = path.parent
    while not folder.is_dir() and folder != folder.parent:
        path, folder = folder, folder.parent
    with suppress(OSError):
        near = get_close_matches(path.name, [entry.name for entry in folder.iterdir()], n=1)
        return folder / near[0] if near else None
    return None


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yields a temporary path beside the target; it replaces the target when the block succeeds.

    Args:
        path: The target. Its folder is made if it does not exist.

    Yields:
        A path in the same folder (so that the rename is atomic), with the target's suffix. If the block fails,
        the temporary file is removed, and the target stays as it was.

    Raises:
        CannotDoError: The folder cannot be written to, the disk is full, or another program has the
            target open (WPS and Excel lock it on Windows).
    """
    temporary = path.with_name(f".{path.stem}.{secrets.token_hex(4)}{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove_abandoned(path.parent)
        try:
            yield temporary
            grant_access(temporary)
            _flush(temporary)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from error


def write_whole(path: Path, content: str | bytes) -> None:
    """Writes a file that appears whole or not at all (`replacing`); a text is encoded as UTF-8."""
    with replacing(path) as temporary:
        temporary.write_bytes(content.encode() if isinstance(content, str) else content)


@cache
def _remove_abandoned(folder: Path) -> None:
    """Removes the temporary files of programs that were killed, once for each folder: they may hold personal data.

    One to which something was written lately may be another program's that is still at work.
    """
    now = time.time()
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _TEMPORARY.fullmatch(entry.name) and now - entry.stat().st_mtime > _ABANDONED_SECONDS:
                Path(entry).unlink()


def is_there(name: str) -> bool:
    """Whether there is a file or folder of a name that somebody typed; none has one that is too long."""
    try:
        return Path(name).exists()
    except OSError:
        return False


def refuse_without_locks(folder: Path) -> None:
    """Refuses a folder in which no file can be locked, as on some shares: who waits for a lock there waits for nobody.

    Raises:
        CannotDoError: That is so; not where it cannot be told.
    """
    if sys.platform == "win32":
        return
    import fcntl

    try:
        with TemporaryFile(dir=folder) as file:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in WITHOUT_LOCKS:
            raise refused(f"“{folder}”不能用", error, "") from error


def cannot_write(path: Path, error: OSError) -> CannotDoError:
    """Returns the error for a file that cannot be written, with the reason in Chinese."""
    if isinstance(error, PermissionError):
        return _not_permitted(path)
    return refused(f"写不出“{path}”", error, "请检查路径后重试。")


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
