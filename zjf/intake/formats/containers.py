"""The containers of office files, ZIP and OLE: how they begin, and a copy of one with some parts replaced.

Light to import.
"""

import io
import zipfile
from collections.abc import Mapping

ZIP = b"PK\x03\x04"
"""How a ZIP package begins (.xlsx, .xlsb, .ods)."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an OLE container begins (.xls, .et, and an encrypted .xlsx)."""

_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def is_encrypted_package(data: bytes) -> bool:
    """Whether a file is an OLE container with an encrypted ZIP package inside."""
    return data.startswith(OLE) and _ENCRYPTED_PACKAGE in data


def with_parts(package: zipfile.ZipFile, parts: Mapping[str, bytes]) -> bytes:
    """Returns a copy of a package, not compressed, with some of its parts replaced."""
    copied = io.BytesIO()
    with zipfile.ZipFile(copied, "w") as copy:
        for name in package.namelist():
            copy.writestr(name, parts[name] if name in parts else package.read(name))
    return copied.getvalue()
