"""Results kept in the county's folder, so that they need not be worked out again; damaged files are noticed.

What is kept names everything that it depends on, and is worked out anew when any of that has changed. The files may
be deleted at any time; this costs nothing but time. Light to import.
"""

import hashlib
import json
import os
import sysconfig
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from zjf.files import sha256_of, write_whole
from zjf.resources import package, templates

_FOLDER = Path("out", ".last")


def place_of(county: Path, name: str) -> Path:
    """Returns the file in a county's folder in which something is kept."""
    return county / _FOLDER / name


def keep(file: Path, content: Any) -> None:
    """Keeps something that JSON can hold.

    Raises:
        CannotDoError, OSError: The file cannot be written.
    """
    text = json.dumps(content, ensure_ascii=False)
    write_whole(file, f"{digest(text)}\n{text}")


def kept(file: Path) -> Any | None:
    """Returns what is kept in a file; None if there is no file, or it is damaged."""
    try:
        recorded_digest, _, text = file.read_text(encoding="utf-8").partition("\n")
        return json.loads(text) if recorded_digest == digest(text) else None
    except (OSError, ValueError):
        return None


def digest(text: str) -> str:
    """Returns the sha256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def state_of_files(folder: Path, patterns: Sequence[str]) -> list[tuple[str, str]]:
    """Returns the path within a folder, and the sha256, of each of its files: shows whether any has changed.

    Raises:
        OSError: One cannot be read.
    """
    files = sorted(path for pattern in patterns for path in folder.glob(pattern) if path.is_file())
    return [(str(path.relative_to(folder)), sha256_of(path)) for path in files]


@cache
def state_of_program() -> tuple[str, ...]:
    """Returns the state of the program's files and libraries: shows whether another version is installed."""
    libraries = Path(sysconfig.get_path("purelib")).glob("*.dist-info")
    return (
        *sorted(state for folder in (package(), templates()) for state in _states_in(str(folder))),
        *sorted(library.name for library in libraries),
    )


def _states_in(folder: str) -> Iterator[str]:
    """Yields each file in a folder and those in it with its size and time. `Path.rglob` would take three times as long."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _states_in(entry.path)
            elif entry.is_file() and not entry.name.endswith(".pyc"):
                yield f"{entry.path} {entry.stat().st_size} {entry.stat().st_mtime_ns}"
