"""Opening workbooks that only seem locked: Excel encrypts a workbook with a protected structure, with a fixed password."""

import contextlib
import io
import struct

from zjf.intake.formats.containers import is_encrypted_package
from zjf.intake.formats.extras import LockedError

_DEFAULT_PASSWORD = "VelvetSweatshop"  # the same in every copy of Excel ([MS-OFFCRYPTO] 2.4)
_RECORDS = "Workbook"
_HEAD = 4


def unlocked(data: bytes) -> bytes:
    """Returns the workbook without its encryption.

    Raises:
        LockedError: It has a password of its own, or is encrypted in a way that is not known.
    """
    import msoffcrypto  # it brings a library for cryptography with it, and few files are locked
    from msoffcrypto.format.ooxml import OOXMLFile

    opened = io.BytesIO()
    try:
        book = msoffcrypto.OfficeFile(io.BytesIO(_filled_up(data)))
        options = {"verify_password": True} if isinstance(book, OOXMLFile) else {}
        book.load_key(password=_DEFAULT_PASSWORD, **options)
        book.decrypt(opened)
    except Exception as locked:  # a damaged container makes it raise anything
        raise LockedError from locked
    return opened.getvalue()


def as_package(data: bytes) -> bytes:
    """Returns an .xlsx without the encryption that needs no password; any other file as it is."""
    if is_encrypted_package(data):
        with contextlib.suppress(LockedError):
            return unlocked(data)
    return data


def _filled_up(data: bytes) -> bytes:
    """Returns an .xls with one empty record in the free space after the last, as msoffcrypto reads on to the end."""
    import olefile

    file = io.BytesIO(data)
    with olefile.OleFileIO(file, write_mode=True) as container:
        if not container.exists(_RECORDS):
            return data
        stream = container.openstream(_RECORDS).read()
        end = len(stream.rstrip(b"\0")) + _HEAD - 1  # the last record is 0A 00 00 00
        room = len(stream) - end
        if room >= _HEAD:
            head = struct.pack("<HH", 0, min(room - _HEAD, 0xFFFF))
            container.write_stream(_RECORDS, stream[:end] + head + stream[end + _HEAD :])
    return file.getvalue()
