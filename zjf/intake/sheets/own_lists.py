"""Lists that zjf writes: they bear its mark, so that none is taken for a return."""

import contextlib
import zipfile
from pathlib import Path

MARK = "zjf_list"
"""The custom property of the workbook that is the mark."""

_PROPERTIES = "docProps/custom.xml"
_LONGEST = 1024 * 1024


def is_own_list(path: Path) -> bool:
    """Whether a file is a list that zjf wrote, whatever it is called."""
    if path.suffix.lower() != ".xlsx":
        return False
    with contextlib.suppress(Exception):  # reading the file reports whether it is damaged
        return path.is_file() and _bears_mark(path)
    return False


def _bears_mark(path: Path) -> bool:
    with zipfile.ZipFile(path) as package:
        properties = package.getinfo(_PROPERTIES)
        return properties.file_size < _LONGEST and MARK.encode() in package.read(properties)
