"""Texts of an .xlsx whose parts look different (`zjf.intake.formats.rich_texts`), among the shared ones and in the cells."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from itertools import chain
from xml.etree import ElementTree

from zjf.intake.a1 import place_of
from zjf.intake.formats.extras import SheetExtras
from zjf.intake.formats.fonts import HIGH, LOW, PLAIN
from zjf.intake.formats.rich_texts import Run, SeenText, as_seen
from zjf.intake.formats.xml_names import all_named, is_named, is_on

_TEXTS = "xl/sharedstrings.xml"
_SIGNS = {b"strike": b"k", b"vertAlign": b"g"}
"""The marks that make a part of a text look different, each with its letter that is rarest in sheets: one letter is found fastest."""
_LONGEST = 128 * 1024 * 1024
_SHARED = re.compile(rb'<c r="([A-Z]{1,3}\d{1,7})"[^<>]*? t="s"[^<>]*><v>(\d+)</v>')
_OWN = re.compile(rb'<c r="([A-Z]{1,3}\d{1,7})"[^<>]*? t="inlineStr"[^<>]*>\s*(<is>.*?</is>)', re.DOTALL)
_LOOKED_AT = 256 * 1024
_DIGITS = {"superscript": HIGH, "subscript": LOW}


def shared_texts(package: zipfile.ZipFile) -> tuple[str, bytes]:
    """Returns the path and content of the part with the workbook's shared texts; blank where there is none, or too long."""
    for member in package.infolist():
        if member.filename.lower() == _TEXTS and member.file_size <= _LONGEST:
            return member.filename, package.read(member)
    return "", b""


def rich_texts(xml: bytes) -> dict[int, SeenText]:
    """Returns, by number, the shared texts that look different from their letters; mostly none."""
    if not any(sign in xml for sign in _SIGNS):
        return {}
    try:
        items = [item for item in ElementTree.fromstring(xml) if is_named(item, "si")]
    except ElementTree.ParseError:
        return {}
    return {number: seen for number, item in enumerate(items) if (seen := as_seen([*_runs(item)]))}


def note_shared(chunk: bytes, texts: Mapping[int, SeenText], sheet: SheetExtras) -> None:
    """Notes the cells in a piece of a sheet's XML that hold such shared texts."""
    for match in _SHARED.finditer(chunk) if texts else ():
        if seen := texts.get(int(match.group(2))):
            sheet.note_seen(*place_of(match.group(1).decode()), seen)


def may_hold_texts(chunk: bytes) -> bool:
    """Whether the first piece of a sheet's XML holds texts itself; a program writes all texts so, or none."""
    return b"inlineStr" in chunk[:_LOOKED_AT]


def note_own(chunk: bytes, sheet: SheetExtras) -> None:
    """Notes the cells in a piece of a sheet's XML that hold such a text themselves."""
    if not any(seldom in chunk and sign in chunk for sign, seldom in _SIGNS.items()):
        return
    for match in _OWN.finditer(chunk):
        if any(sign in match.group(2) for sign in _SIGNS):
            try:
                runs = [*_runs(ElementTree.fromstring(match.group(2)))]
            except ElementTree.ParseError:
                continue
            if seen := as_seen(runs):
                sheet.note_seen(*place_of(match.group(1).decode()), seen)


def _runs(item: ElementTree.Element) -> Iterator[Run]:
    """Yields the runs of a text, without its pronunciation."""
    for part in item:
        if is_named(part, "t"):
            yield Run(part.text or "", struck=False, digits=PLAIN)
        elif is_named(part, "r"):
            text = "".join(element.text or "" for element in part if is_named(element, "t"))
            struck = any(map(is_on, chain(all_named(part, "strike"), all_named(part, "dstrike"))))
            aligned = "".join(element.get("val", "") for element in all_named(part, "vertAlign"))
            yield Run(text, struck, _DIGITS.get(aligned, PLAIN))
