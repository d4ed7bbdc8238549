"""An .xls as Excel locks it (RC4, [MS-XLS] 2.2.10): the bodies of its records are encrypted, their heads are not."""

import io
import struct
from hashlib import md5

import olefile
from msoffcrypto.method.rc4 import DocumentRC4
from xlwt import CompoundDoc

_SALT, _VERIFIER = bytes(range(16)), bytes(range(16, 32))
_BOF, _FILEPASS, _SHEET = 0x0809, 0x002F, 0x0085
_PLAIN = {_BOF, _FILEPASS}


def locked_xls(data: bytes, password: str) -> bytes:
    """The same workbook, encrypted with a password."""
    records = list(_records(olefile.OleFileIO(io.BytesIO(data)).openstream("Workbook").read()))
    lock = struct.pack("<HHH", 1, 1, 1) + _SALT + _encrypted(password, _VERIFIER + md5(_VERIFIER).digest())
    records.insert(1, (_FILEPASS, lock))
    shift = 4 + len(lock)
    plain = b"".join(_record(kind, _moved(kind, body, shift)) for kind, body in records)
    secret = _encrypted(password, plain)
    stream, at = bytearray(plain), 0
    for kind, body in records:
        first = at + 4 + (4 if kind == _SHEET else 0)  # where a sheet starts is never hidden
        at += 4 + len(body)
        if kind not in _PLAIN:
            stream[first:at] = secret[first:at]
    written = io.BytesIO()
    CompoundDoc.XlsDoc().save(written, bytes(stream))
    return written.getvalue()


def _encrypted(password: str, plain: bytes) -> bytes:
    return bytes(DocumentRC4.decrypt(password, _SALT, io.BytesIO(plain), blocksize=1024).read())


def _moved(kind: int, body: bytes, shift: int) -> bytes:
    if kind != _SHEET:
        return body
    (start,) = struct.unpack_from("<I", body)
    return struct.pack("<I", start + shift) + body[4:]


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _records(stream: bytes) -> "list[tuple[int, bytes]]":
    found, at = [], 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if not kind and not size:
            break  # what fills up the last sector
        found.append((kind, stream[at + 4 : at + 4 + size]))
        at += 4 + size
    return found
