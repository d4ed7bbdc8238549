"""Damaged files: any exception of a library that reads them becomes one message."""

from collections.abc import Iterator
from contextlib import contextmanager

from zjf.errors import CannotDoError, ZjfError, is_out_of_memory


@contextmanager
def refuse_damaged(message: str, cure: str) -> Iterator[None]:
    """Turns whatever a reader of PDFs or workbooks raises into one message about the file.

    The libraries raise errors of any kind when a file is damaged.

    Raises:
        CannotDoError: Anything was raised; one that says itself what is wrong is left as it is.
        MemoryError: There is no memory left.
    """
    try:
        yield
    except ZjfError:
        raise
    except Exception as broken:
        if is_out_of_memory(broken):
            raise MemoryError from broken
        raise CannotDoError(message, cure) from broken
