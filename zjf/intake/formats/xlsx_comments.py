"""The comments of an .xlsx: each sheet may name a part that holds them."""

import zipfile
from collections.abc import Iterator
from contextlib import suppress
from posixpath import dirname, join, normpath
from xml.etree import ElementTree

from zjf.intake.a1 import place_of
from zjf.intake.formats.comments import own_words

_LONGEST = 32 * 1024 * 1024
_CANNOT_BE_FOLLOWED = (KeyError, ValueError, IndexError, ElementTree.ParseError)


def comments_of(package: zipfile.ZipFile, sheet: str) -> dict[tuple[int, int], str]:
    """Returns the unit's own comments of a sheet, by row and column, counted from 0.

    Args:
        package: The opened file.
        sheet: The path of the sheet's part.
    """
    folder, _, name = sheet.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in package.namelist():
        return {}
    said: dict[tuple[int, int], str] = {}
    with suppress(*_CANNOT_BE_FOLLOWED):
        for part in _parts(package.read(relations), dirname(sheet)):
            if package.getinfo(part).file_size <= _LONGEST:
                said |= dict(_comments(package.read(part)))
    return said


def _parts(relations: bytes, folder: str) -> Iterator[str]:
    for element in ElementTree.fromstring(relations):
        target = element.get("Target", "")
        if element.get("Type", "").endswith("/comments"):
            yield target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))


def _comments(xml: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for comment in ElementTree.fromstring(xml).iter():
        if comment.tag.rpartition("}")[2] == "comment":
            texts = (part.text or "" for part in comment.iter() if part.tag.rpartition("}")[2] == "t")
            if own := own_words("".join(texts)):
                yield place_of(comment.get("ref", "")), own
