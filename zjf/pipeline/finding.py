"""Which files are returns: those named, and those lying in a folder named. Light to import."""

import logging
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from zjf.errors import CannotDoError, reason
from zjf.files import nearest_entry
from zjf.intake.sheets.own_lists import is_own_list

_log = logging.getLogger(__name__)

_LITTER = ("~$", ".~", "._", ".")
_LITTER_NAMES = frozenset(
    {"thumbs.db", "desktop.ini", "$recycle.bin", "system volume information", "lost+found"}
)


def find_returns(paths: Iterable[Path]) -> list[Path]:
    """Every file named or lying in a folder named, in order, but lock files, system litter and zjf's own lists.

    Links are followed, each folder is looked into once. What lies in a folder and cannot be opened (a
    link to nowhere, a folder without permission, a pipe) is among them: checking it says so (F001).

    Raises:
        CannotDoError: A path does not exist, a folder named cannot be opened, or there is no file at all.
    """
    found: dict[Path, None] = {}
    seen: set[str] = set()
    for path in paths:
        files = sorted(_files_in(path, seen)) if _is_folder(path) else [path]
        if files == [path] and is_own_list(path):
            _log.warning("“%s”是 zjf 写的清单，不是报表，已跳过。", path.name)
        found |= dict.fromkeys(path for path in files if not (_is_litter(path.name) or is_own_list(path)))
    if not found:
        raise CannotDoError("没有找到任何报送文件", "请核对路径，或先把各单位报来的文件放进文件夹。")
    return list(found)


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except FileNotFoundError as missing:
        near = nearest_entry(path)
        meant = f"是否为 {near}？" if near else ""
        raise CannotDoError(f"找不到 {path}", f"{meant}请核对文件或文件夹的路径。") from missing
    except PermissionError:  # that is a problem of the file (F001)
        return False
    except OSError as wrong:
        raise CannotDoError(f"打不开 {path}（{reason(wrong)}）", "请核对文件或文件夹的路径。") from wrong


def _files_in(folder: Path, seen: set[str]) -> Iterator[Path]:
    """The files below a folder, and what cannot be looked into; folders that were seen are left out."""
    closed: list[Path] = []
    for name, folders, files in os.walk(folder, onerror=_note_in(closed), followlinks=True):
        real = os.path.realpath(name)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        folders[:] = [folder for folder in folders if not _is_litter(folder)]
        yield from (Path(name, file) for file in files)
    if folder in closed:
        raise CannotDoError(f"文件夹打不开：{folder}", "请核对读取权限后重试。")
    yield from closed


def _note_in(closed: list[Path]) -> Callable[[OSError], None]:
    return lambda error: closed.append(Path(error.filename))


def _is_litter(name: str) -> bool:
    return name.startswith(_LITTER) or name.lower() in _LITTER_NAMES


def returns_lying_in(folder: Path) -> list[Path]:
    """The files of a folder that `find_returns` would take; none where it has none, or is not there."""
    try:
        return find_returns([folder])
    except CannotDoError:
        return []
