"""Zipped office files that say nothing of when they were packed: the same content gives the same bytes."""

import io
import zipfile

_PACKED = (2024, 1, 1, 0, 0, 0)


def repack_reproducibly(archive: bytes) -> bytes:
    """The same archive, its parts in the same order, dated alike."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _PACKED), source.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
