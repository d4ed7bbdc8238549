"""What the command line can answer without loading a command: help, refused usage, what a code means.

`recorded.json` holds every command's options and every code's meaning as the program has them;
`python -m docs.generate` writes it, and a test holds it against the program. Where the program was
changed since, it is left aside, and the commands are loaded to answer themselves.
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
"""What the record is made from."""


def digest() -> str:
    """What stands in the files that the record is made from, as a sha256."""
    hasher = hashlib.sha256()
    for path in sorted(path for pattern in _SOURCES for path in _PACKAGE.glob(pattern)):
        hasher.update(path.relative_to(_PACKAGE).as_posix().encode())
        hasher.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return hasher.hexdigest()


@cache
def record() -> dict[str, Any] | None:
    """The record; None where there is none, or it is not this program's."""
    try:
        recorded: dict[str, Any] = json.loads(RECORD.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return recorded if recorded.get("digest") == digest() else None
