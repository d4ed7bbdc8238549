"""The comments and text boxes of an .xlsx: each sheet may name parts that hold them."""

import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from posixpath import dirname, join, normpath
from xml.etree import ElementTree

from zjf.intake.a1 import place_of
from zjf.intake.formats.comments import own_words

_LONGEST = 32 * 1024 * 1024
_CANNOT_BE_FOLLOWED = (KeyError, ValueError, IndexError, StopIteration, ElementTree.ParseError)

_Placed = tuple[tuple[int, int], str]
"""A text, and where it stands."""


def comments_of(package: zipfile.ZipFile, sheet: str) -> dict[tuple[int, int], str]:
    """Returns the unit's own comments of a sheet, by row and column, counted from 0.

    Args:
        package: The opened file.
        sheet: The path of the sheet's part.
    """
    return {
        cell: own for cell, text in _said(package, sheet, "/comments", _comments) if (own := own_words(text))
    }


def boxes_of(package: zipfile.ZipFile, sheet: str) -> dict[tuple[int, int], str]:
    """Returns what the text boxes of a sheet say, by the row and column, counted from 0, where each begins.

    Args:
        package: The opened file.
        sheet: The path of the sheet's part.
    """
    return {cell: text for cell, text in _said(package, sheet, "/drawing", _boxes) if text}


def _said(
    package: zipfile.ZipFile, sheet: str, kind: str, read: Callable[[ElementTree.Element], Iterator[_Placed]]
) -> Iterator[_Placed]:
    folder, _, name = sheet.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in package.namelist():
        return
    with suppress(*_CANNOT_BE_FOLLOWED):
        for part in _parts(package.read(relations), kind, dirname(sheet)):
            if package.getinfo(part).file_size <= _LONGEST:
                yield from read(ElementTree.fromstring(package.read(part)))


def _parts(relations: bytes, kind: str, folder: str) -> Iterator[str]:
    for element in ElementTree.fromstring(relations):
        target = element.get("Target", "")
        if element.get("Type", "").endswith(kind):
            yield target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))


def _comments(comments: ElementTree.Element) -> Iterator[_Placed]:
    for comment in _all(comments, "comment"):
        yield place_of(comment.get("ref", "")), "".join(part.text or "" for part in _all(comment, "t"))


def _boxes(drawing: ElementTree.Element) -> Iterator[_Placed]:
    for anchor in drawing:
        begins = next(_all(anchor, "from"), None)
        if begins is not None:
            row, column = (int(next(_all(begins, name)).text or "0") for name in ("row", "col"))
            yield (row, column), "\n".join(part.text or "" for part in _all(anchor, "t"))


def _all(element: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    return (part for part in element.iter() if part.tag.rpartition("}")[2] == name)
