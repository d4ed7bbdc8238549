"""The lists that zjf writes bear its mark, wherever they are put: none of them is a return."""

import contextlib
import zipfile
from pathlib import Path

MARK = "zjf_list"
"""The workbook's own property that says so."""

_PROPERTIES = "docProps/custom.xml"
_LONGEST = 1024 * 1024


def is_own_list(path: Path) -> bool:
    """Whether a file is a list that zjf wrote, whatever it is called."""
    if path.suffix.lower() != ".xlsx":
        return False
    with contextlib.suppress(Exception):  # what is no workbook, or cannot be opened, the reader tells
        return path.is_file() and _bears_mark(path)
    return False


def _bears_mark(path: Path) -> bool:
    with zipfile.ZipFile(path) as package:
        properties = package.getinfo(_PROPERTIES)
        return properties.file_size < _LONGEST and MARK.encode() in package.read(properties)
