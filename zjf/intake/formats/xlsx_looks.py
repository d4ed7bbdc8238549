"""How an .xlsx looks where that bears on what it says: hidden rows and columns, cells struck through or unseen, a
percent sign or letters that only the format writes, pictures placed in cells.
"""

import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from xml.etree import ElementTree

from zjf.intake.a1 import place_of
from zjf.intake.formats.extras import MOST_COLUMNS, SheetExtras
from zjf.intake.formats.fonts import BLACK, IN_PALETTE, IN_THEME, USUAL_SIZE, WHITE, Colour, Font
from zjf.intake.formats.looks import Look, Looks
from zjf.intake.formats.xml_names import all_named, is_on

_SIGNS = (b"hidden=", b'ht="0', b"ht='0")
"""One of them stands in every tag of a row or column that is hidden, and in few others."""
_ROW_OR_COLUMN = re.compile(rb"<(?:\w+:)?(row|col)\b[^>]*>")
_HIDDEN = re.compile(rb"""\bhidden=["'](?:1|true)["']|\b(?:ht|width)=["']0(?:\.\d+)?["']""")
_NO_WIDTH = (b'width="0', b"width='0")
_COLUMNS_WITHIN = 16 * 1024
"""The columns are described in front of all rows."""
_NUMBER = re.compile(rb"""\b(r|min|max)=["'](\d{1,7})["']""")

_WITH_STYLE = rb'<c r="([A-Z]{1,3}\d{1,7})"[^<>]*? s="(%b)"[^<>]*(?<!/)>'
_OF_A_TEXT = re.compile(rb' t="(?:s|str|inlineStr)"')

_BY_NUMBER: dict[tuple[tuple[str, str], ...], Colour] = {
    ((way, str(number)),): colour
    for way, colours in (("indexed", IN_PALETTE), ("theme", IN_THEME))
    for number, colour in colours.items()
}


def note_looks(chunk: bytes, looks: Looks, sheet: SheetExtras, seen: set[tuple[int, int]]) -> None:
    """Notes what a part of a sheet's XML shows; `seen` are the styled cells of the parts before."""
    for tag, numbers in _hidden(chunk):
        if tag == b"row" and "r" in numbers:
            sheet.hidden_rows.add(numbers["r"] - 1)
        elif tag == b"col":
            first, last = numbers.get("min", 0), numbers.get("max", 0)
            sheet.hidden_columns |= set(range(first - 1, min(last, MOST_COLUMNS)))
    styles = b"|".join(b"%d" % number for number in looks.telling)
    for match in re.finditer(_WITH_STYLE % styles, chunk) if styles else ():
        cell = place_of(match.group(1).decode())
        if cell not in seen:
            seen.add(cell)
            is_number = not _OF_A_TEXT.search(match.group())
            looks.note(*cell, int(match.group(2)), sheet, is_number=is_number)


def _hidden(chunk: bytes) -> Iterator[tuple[bytes, dict[str, int]]]:
    """The tags of rows and columns that are hidden, or so low or narrow that nothing is seen, with the numbers in them."""
    if b"h" not in chunk:  # one letter is found much faster than several
        return
    of_columns = (re.finditer(sign, chunk[:_COLUMNS_WITHIN]) for sign in _NO_WIDTH)
    for sign in chain(*(re.finditer(sign, chunk) for sign in _SIGNS), *of_columns):
        tag = _ROW_OR_COLUMN.match(chunk, max(chunk.rfind(b"<", 0, sign.start()), 0))
        if tag and _HIDDEN.search(tag.group()):
            yield tag.group(1), {name.decode(): int(number) for name, number in _NUMBER.findall(tag.group())}


def read_looks(package: zipfile.ZipFile) -> Looks:
    """Reads the styles and metadata of a workbook."""
    looks = Looks()
    with suppress(*_CANNOT_BE_FOLLOWED):
        looks = _styles(ElementTree.fromstring(package.read("xl/styles.xml")))
    with suppress(*_CANNOT_BE_FOLLOWED):
        looks = replace(looks, pictures=frozenset(_pictures(package)))
    return looks


def _styles(styles: ElementTree.Element) -> Looks:
    codes = {
        int(element.get("numFmtId", "-1")): element.get("formatCode", "")
        for element in all_named(styles, "numFmt")
    }
    fonts = {
        number: Font(
            struck=any(map(is_on, all_named(font, "strike"))),
            colour=_colour(next(all_named(font, "color"), None), BLACK),
            size=next(
                (float(element.get("val", USUAL_SIZE)) for element in all_named(font, "sz")), USUAL_SIZE
            ),
        )
        for number, font in enumerate(next(all_named(styles, "fonts"), ()))
    }
    grounds = {
        number: _colour(next(all_named(fill, "fgColor"), None), WHITE)
        for number, fill in enumerate(next(all_named(styles, "fills"), ()))
        if any(pattern.get("patternType") == "solid" for pattern in all_named(fill, "patternFill"))
    }
    looks: dict[int, Look] = {}
    for style, cell in enumerate(next(all_named(styles, "cellXfs"), ())):
        code, font, ground = (int(cell.get(name, "-1")) for name in ("numFmtId", "fontId", "fillId"))
        looks[style] = Look.of(codes.get(code, ""), fonts.get(font, Font()), grounds.get(ground, WHITE))
    return Looks(looks)


def _colour(element: ElementTree.Element | None, usual: Colour) -> Colour:
    """Returns a colour as it can be compared: of one that is not given, the usual."""
    if element is None or element.get("auto") == "1":
        return usual
    if rgb := element.get("rgb"):
        return bytes.fromhex(rgb[-6:]).hex()
    by_number = tuple(sorted(element.items()))
    return _BY_NUMBER.get(by_number, str(by_number))


_METADATA = "xl/metadata.xml"
_CANNOT_BE_FOLLOWED = (KeyError, ValueError, IndexError, ElementTree.ParseError)
_VALUES, _STRUCTURES = "xl/richData/rdrichvalue.xml", "xl/richData/rdrichvaluestructure.xml"
_IMAGES = ("_localImage", "_webimage")


def _pictures(package: zipfile.ZipFile) -> Iterator[int]:
    """Yields the numbers, counted from 1, of cell metadata that lead to a picture.

    Four steps lead from the number to the kind: value metadata, future metadata, value, structure.
    """
    metadata, values, structures = (
        ElementTree.fromstring(package.read(part)) for part in (_METADATA, _VALUES, _STRUCTURES)
    )
    kinds = [element.get("t", "") for element in all_named(structures, "s")]
    kind_of = [kinds[int(element.get("s", "0"))] for element in all_named(values, "rv")]
    future = [int(element.get("i", "0")) for element in all_named(metadata, "rvb")]
    records = [
        element for table in all_named(metadata, "valueMetadata") for element in all_named(table, "rc")
    ]
    for number, record in enumerate(records, 1):
        place = int(record.get("v", "0"))
        if place < len(future) and kind_of[future[place]] in _IMAGES:
            yield number
