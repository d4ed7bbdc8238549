"""The comments and text boxes of an .xlsx or .xlsb, in parts of their own that a sheet refers to."""

import struct
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from xml.etree import ElementTree

from zjf.intake.a1 import place_of
from zjf.intake.formats.comments import own_words
from zjf.intake.formats.relations import related
from zjf.intake.formats.xml_names import all_named

_LONGEST = 32 * 1024 * 1024
_CANNOT_BE_FOLLOWED = (KeyError, ValueError, IndexError, StopIteration, ElementTree.ParseError, struct.error)

_Placed = tuple[tuple[int, int], str]
"""The row and column of a text, counted from 0, and the text."""
_Reader = Callable[[bytes], Iterator[_Placed]]


def comments_of(
    package: zipfile.ZipFile, sheet: str, read: _Reader | None = None
) -> dict[tuple[int, int], str]:
    """Returns the unit's own comments of a sheet, by row and column, counted from 0; `read` finds them in an .xlsb."""
    placed = _placed_texts(package, sheet, "comments", read or _comments)
    return {cell: own for cell, text in placed if (own := own_words(text))}


def boxes_of(package: zipfile.ZipFile, sheet: str) -> dict[tuple[int, int], str]:
    """Returns the texts of a sheet's text boxes, by the row and column, counted from 0, where each begins."""
    return {cell: text for cell, text in _placed_texts(package, sheet, "drawing", _boxes) if text}


def _placed_texts(package: zipfile.ZipFile, sheet: str, kind: str, read: _Reader) -> Iterator[_Placed]:
    with suppress(*_CANNOT_BE_FOLLOWED):
        for relation in related(package, sheet):
            if relation.kind == kind and package.getinfo(relation.target).file_size <= _LONGEST:
                yield from read(package.read(relation.target))


def _comments(part: bytes) -> Iterator[_Placed]:
    for comment in all_named(ElementTree.fromstring(part), "comment"):
        yield place_of(comment.get("ref", "")), "".join(part.text or "" for part in all_named(comment, "t"))


def _boxes(part: bytes) -> Iterator[_Placed]:
    for anchor in ElementTree.fromstring(part):
        begins = next(all_named(anchor, "from"), None)
        if begins is not None:
            row, column = (int(next(all_named(begins, name)).text or "0") for name in ("row", "col"))
            yield (row, column), "\n".join(part.text or "" for part in all_named(anchor, "t"))
