"""Which files are returns: those named, and those lying in a folder named. Light to import."""

import logging
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from zjf.errors import CannotDoError, refused
from zjf.files import is_litter, nearest_entry
from zjf.intake.sheets.own_lists import is_own_list

_log = logging.getLogger(__name__)


def find_returns(paths: Iterable[Path]) -> list[Path]:
    """Returns the files that are named, or lie in a named folder, without lock files, system litter and zjf's own lists.

    Links are followed, and each folder is searched once. What lies in a folder and cannot be opened (a broken link, a
    folder without permission, a pipe) is among them: checking it reports that (F001).

    Raises:
        CannotDoError: A path does not exist, a folder named cannot be opened, or there is no file at all.
    """
    returns: dict[Path, None] = {}
    folders_seen: set[str] = set()
    for path in paths:
        files = sorted(_files_in(path, folders_seen)) if _is_folder(path) else [path]
        if files == [path] and is_own_list(path):
            _log.warning("“%s”是 zjf 写的清单，不是报表，已跳过。", path.name)
        returns |= dict.fromkeys(path for path in files if not (is_litter(path.name) or is_own_list(path)))
    if not returns:
        raise CannotDoError("没有找到任何报送文件", "请核对路径，或先把各单位报来的文件放进文件夹。")
    return list(returns)


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except FileNotFoundError as missing:
        nearest = nearest_entry(path)
        suggestion = f"是否为 {nearest}？" if nearest else ""
        raise CannotDoError(f"找不到 {path}", f"{suggestion}请核对文件或文件夹的路径。") from missing
    except PermissionError:  # checking the file reports it (F001)
        return False
    except OSError as wrong:
        raise refused(f"打不开 {path}", wrong, "请核对文件或文件夹的路径。") from wrong


def _files_in(folder: Path, folders_seen: set[str]) -> Iterator[Path]:
    """Yields the files below a folder and the folders that cannot be opened; it skips folders seen before."""
    unreadable: list[Path] = []
    for name, folders, files in os.walk(folder, onerror=_note_in(unreadable), followlinks=True):
        real = os.path.realpath(name)
        if real in folders_seen:
            folders.clear()
            continue
        folders_seen.add(real)
        folders[:] = [folder for folder in folders if not is_litter(folder)]
        yield from (Path(name, file) for file in files)
    if folder in unreadable:
        raise CannotDoError(f"文件夹打不开：{folder}", "请核对读取权限后重试。")
    yield from unreadable


def _note_in(unreadable: list[Path]) -> Callable[[OSError], None]:
    return lambda error: unreadable.append(Path(error.filename))


def returns_lying_in(folder: Path) -> list[Path]:
    """Returns the files of a folder that `find_returns` finds; none where the folder is empty or missing."""
    try:
        return find_returns([folder])
    except CannotDoError:
        return []
