"""Texts of an .xlsx of which a part is struck through: what was written before, beside what it was changed to."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from zjf.intake.a1 import place_of
from zjf.intake.formats.extras import SheetExtras

_TEXTS = "xl/sharedstrings.xml"
_STRIKE = b"strike"
_LONGEST = 128 * 1024 * 1024
_SHARED = re.compile(rb'<c r="([A-Z]{1,3}\d{1,7})"[^<>]*? t="s"[^<>]*><v>(\d+)</v>')
_OFF = ("0", "false")


def shared_texts(package: zipfile.ZipFile) -> tuple[str, bytes]:
    """The part of the workbook's shared texts, by its path and as a whole; blank where there is none or it is too long."""
    for member in package.infolist():
        if member.filename.lower() == _TEXTS and member.file_size <= _LONGEST:
            return member.filename, package.read(member)
    return "", b""


def struck_texts(xml: bytes) -> dict[int, str]:
    """What is left of the shared texts of which something is struck through, by their numbers; mostly none.

    Args:
        xml: The part that holds them.
    """
    if _STRIKE not in xml:
        return {}
    try:
        items = [item for item in ElementTree.fromstring(xml) if _is(item, "si")]
    except ElementTree.ParseError:
        return {}
    return {
        number: "".join(text for text, struck in runs if not struck)
        for number, item in enumerate(items)
        for runs in [list(_runs(item))]
        if any(struck and text for text, struck in runs)
    }


def note_struck(chunk: bytes, left: Mapping[int, str], sheet: SheetExtras) -> None:
    """Adds the cells of a part of a sheet's XML that hold such texts.

    Args:
        chunk: The part.
        left: What is left of the texts, by their numbers.
        sheet: What is known of the sheet.
    """
    for match in _SHARED.finditer(chunk) if left else ():
        number = int(match.group(2))
        if number in left:
            row, column = place_of(match.group(1).decode())
            if left[number].strip():
                sheet.left[row, column] = left[number]
            else:
                sheet.struck[row].add(column)


def _runs(item: ElementTree.Element) -> Iterator[tuple[str, bool]]:
    """The runs of a text, and whether each is struck through; how they are pronounced is none."""
    for part in item:
        if _is(part, "t"):
            yield part.text or "", False
        elif _is(part, "r"):
            text = "".join(element.text or "" for element in part if _is(element, "t"))
            looks = [element for element in part.iter() if _is(element, "strike") or _is(element, "dstrike")]
            yield text, any(element.get("val", "1") not in _OFF for element in looks)


def _is(element: ElementTree.Element, name: str) -> bool:
    return element.tag.rpartition("}")[2] == name
