"""The record from which the command line answers without loading a command: help, wrong usage, a code's meaning.

`recorded.json` has every command's options and every code's meaning; `python -m docs.generate` writes it, and a
test compares it with the program. Where the program has changed since, the record is not used: the command is
loaded and answers itself.
"""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).parents[2]
RECORD = Path(__file__).with_name("recorded.json")
_SOURCES = (
    *("cli.py", "services/explaining/meanings.py"),
    *("commands/*.py", "commands/words/*.py", "commands/recorded/*.py"),
    *("schemas/*.py", "problems/*.py", "rules/*.py", "notices/*.py", "notices/*.toml"),
)
"""The files that the record is made from."""


def digest() -> str:
    """Returns the sha256 of the files that the record is made from."""
    hasher = hashlib.sha256()
    for path in sorted(path for pattern in _SOURCES for path in _PACKAGE.glob(pattern)):
        hasher.update(path.relative_to(_PACKAGE).as_posix().encode())
        hasher.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return hasher.hexdigest()


@cache
def record() -> dict[str, Any] | None:
    """Returns the record; None where there is none, or the program has changed since it was written."""
    try:
        recorded: dict[str, Any] = json.loads(RECORD.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return recorded if recorded.get("digest") == digest() else None
