"""Saved files that are damaged: whatever a library stumbles over in one becomes one message."""

from collections.abc import Iterator
from contextlib import contextmanager

from zjf.errors import CannotDoError, ZjfError, is_out_of_memory


@contextmanager
def damage_told(message: str, cure: str) -> Iterator[None]:
    """Within, whatever the reader of a PDF or a workbook raises says what is wrong with the file.

    The libraries raise anything of a file that is not what they take it to be.

    Args:
        message: What is wrong with the file.
        cure: What to do.

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
