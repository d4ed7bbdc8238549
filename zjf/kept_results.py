"""What was worked out once, kept in the county's folder to be told again: files that show when they are damaged.

Each says with what it was worked out; where that is not so any more, it is worked out anew. Whoever throws
them away loses nothing but time. Light to import.
"""

import hashlib
import json
import sysconfig
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from zjf.files import replacing, sha256_of
from zjf.resources import package, templates

_FOLDER = Path("out", ".last")


def place_of(county: Path, name: str) -> Path:
    """Returns where in a county's folder something is kept.

    Args:
        county: The county's folder.
        name: What it is called there, with `.json`.
    """
    return county / _FOLDER / name


def keep(place: Path, what: Any) -> None:
    """Keeps something, as JSON can hold it.

    Raises:
        CannotDoError, OSError: It cannot be written.
    """
    text = json.dumps(what, ensure_ascii=False)
    with replacing(place) as path:
        path.write_text(f"{digest(text)}\n{text}", encoding="utf-8")


def kept(place: Path) -> Any | None:
    """Returns what is kept there, whole; None where there is nothing, or what is there is damaged."""
    try:
        known, _, text = place.read_text(encoding="utf-8").partition("\n")
        return json.loads(text) if known == digest(text) else None
    except (OSError, ValueError):
        return None


def digest(text: str) -> str:
    """Returns what a text is known by."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def state_of_files(folder: Path, patterns: Sequence[str]) -> list[tuple[str, str]]:
    """Returns what tells files of a folder from what they were: the path within it and the sha256 of each.

    Args:
        folder: The folder.
        patterns: Which files.

    Raises:
        OSError: One cannot be read.
    """
    files = sorted(path for pattern in patterns for path in folder.glob(pattern) if path.is_file())
    return [(str(path.relative_to(folder)), sha256_of(path)) for path in files]


@cache
def state_of_program() -> tuple[str, ...]:
    """Returns what tells this program from another version of it, and of the libraries it uses."""
    own = (path for folder in (package(), templates()) for path in folder.rglob("*") if path.is_file())
    sources = (path for path in own if path.suffix != ".pyc")
    files = ((str(path), path.stat()) for path in sources)
    libraries = Path(sysconfig.get_path("purelib")).glob("*.dist-info")
    return (
        *sorted(f"{path} {about.st_size} {about.st_mtime_ns}" for path, about in files),
        *sorted(library.name for library in libraries),
    )
