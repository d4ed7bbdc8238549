"""Zipped office files without the time of packing: the same content gives the same bytes."""

import io
import zipfile
from pathlib import Path
from typing import Any

from zjf.files import write_whole

_PACKED = (2024, 1, 1, 0, 0, 0)


def repack_reproducibly(archive: bytes) -> bytes:
    """Returns the archive with its parts in the same order, all with the same fixed date."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _PACKED), source.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def write_document(path: Path, document: Any) -> None:
    """Writes a python-docx document, or a filled docxtpl template.

    Raises:
        CannotDoError: The file cannot be written.
    """
    buffer = io.BytesIO()
    document.save(buffer)
    write_whole(path, repack_reproducibly(buffer.getvalue()))
