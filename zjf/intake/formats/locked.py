"""Opening what only seems locked: Excel encrypts a workbook whose structure is protected with a password of
its own, and never asks for it.
"""

import io

import msoffcrypto
from msoffcrypto.format.ooxml import OOXMLFile

from zjf.intake.formats.extras import LockedError

_DEFAULT_PASSWORD = "VelvetSweatshop"  # the same in every copy of Excel ([MS-OFFCRYPTO] 2.4)


def unlocked(data: bytes) -> bytes:
    """The workbook without its encryption.

    Raises:
        LockedError: It has a password of its own, or is encrypted in a way that is not known.
    """
    opened = io.BytesIO()
    try:
        book = msoffcrypto.OfficeFile(io.BytesIO(data))
        asked = {"verify_password": True} if isinstance(book, OOXMLFile) else {}
        book.load_key(password=_DEFAULT_PASSWORD, **asked)
        book.decrypt(opened)
    except Exception as locked:  # a damaged container makes it raise anything
        raise LockedError from locked
    return opened.getvalue()
