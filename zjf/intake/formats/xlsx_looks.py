"""How an .xlsx looks where that bears on what it says: hidden rows and columns, cells struck through or unseen, a
percent sign or letters that only the format writes, pictures placed in cells.
"""

import re
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from typing import NamedTuple, Self
from xml.etree import ElementTree

from zjf.intake.a1 import place_of
from zjf.intake.formats.extras import MOST_COLUMNS, SheetExtras, places_of, puts_percent_behind
from zjf.intake.formats.number_formats import NumberFormat, hides, number_format
from zjf.intake.formats.xml_names import all_named

_SIGNS = (b"hidden=", b'ht="0', b"ht='0")
"""One of them stands in every tag of a row or column that is hidden, and in few others."""
_ROW_OR_COLUMN = re.compile(rb"<(?:\w+:)?(row|col)\b[^>]*>")
_HIDDEN = re.compile(rb"""\bhidden=["'](?:1|true)["']|\b(?:ht|width)=["']0(?:\.\d+)?["']""")
_NO_WIDTH = (b'width="0', b"width='0")
_COLUMNS_WITHIN = 16 * 1024
"""The columns are described in front of all rows."""
_NUMBER = re.compile(rb"""\b(r|min|max)=["'](\d{1,7})["']""")

_OF_A_TEXT = re.compile(rb' t="(?:s|str|inlineStr)"')

Colour = str
BLACK, WHITE = "black", "white"
_NEARLY_WHITE = 0xFA
_WHITE_BY_NUMBER = {(("indexed", "1"),), (("indexed", "9"),), (("theme", "0"),)}


class Style(NamedTuple):
    """The numbers of a style's format, its font, and the ground of its cells."""

    format: int
    font: int
    ground: int


def colour(rgb: bytes) -> Colour:
    """Returns a colour as it can be compared, by its red, green and blue; the nearly white ones are one."""
    return WHITE if min(rgb) >= _NEARLY_WHITE else rgb.hex()


@dataclass(frozen=True)
class Looks:
    """Which styles strike a cell through or show nothing of it, which write a percent sign behind a number in percentage
    points or letters and zeros around it, and which of the cells' metadata are pictures (all by their numbers in the file).
    """

    striking: frozenset[int] = frozenset()
    hiding: frozenset[int] = frozenset()
    hiding_numbers: frozenset[int] = frozenset()
    percent: frozenset[int] = frozenset()
    pictures: frozenset[int] = frozenset()
    formats: Mapping[int, NumberFormat] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        styles: Sequence[Style],
        codes: Mapping[int, str],
        struck_fonts: Collection[int],
        colours: tuple[Sequence[Colour], Sequence[Colour]],
    ) -> Self:
        """Returns what the styles of cells mean; `colours` are those of the fonts' letters and of the grounds."""
        percents = {number for number, code in codes.items() if puts_percent_behind(code)}
        formats = {number: written for number, code in codes.items() if (written := number_format(code))}
        letters, grounds = (dict(enumerate(of_kind)) for of_kind in colours)

        def of_those(are_so: Callable[[Style], bool]) -> frozenset[int]:
            return frozenset(place for place, style in enumerate(styles) if are_so(style))

        return cls(
            of_those(lambda style: style.font in struck_fonts),
            of_those(
                lambda style: (
                    hides(codes.get(style.format, ""), numbers=False)
                    or letters.get(style.font, BLACK) == grounds.get(style.ground, WHITE)
                )
            ),
            of_those(lambda style: hides(codes.get(style.format, ""), numbers=True)),
            of_those(lambda style: style.format in percents),
            formats={
                place: formats[style.format] for place, style in enumerate(styles) if style.format in formats
            },
        )

    @cached_property
    def _styled(self) -> re.Pattern[bytes] | None:
        numbers = b"|".join(
            b"%d" % number
            for number in sorted(
                {*self.striking, *self.hiding, *self.hiding_numbers, *self.percent, *self.formats}
            )
        )
        pattern = rb'<c r="([A-Z]{1,3}\d{1,7})"[^<>]*? s="(' + numbers + rb')"[^<>]*(?<!/)>'
        return re.compile(pattern) if numbers else None

    def search(self, chunk: bytes, sheet: SheetExtras, seen: set[tuple[int, int]]) -> None:
        """Notes what a part of a sheet's XML shows; `seen` are the styled cells of the parts before."""
        for tag, numbers in _hidden(chunk):
            if tag == b"row" and "r" in numbers:
                sheet.hidden_rows.add(numbers["r"] - 1)
            elif tag == b"col":
                first, last = numbers.get("min", 0), numbers.get("max", 0)
                sheet.hidden_columns |= set(range(first - 1, min(last, MOST_COLUMNS)))
        for match in self._styled.finditer(chunk) if self._styled else ():
            row, column = place_of(match.group(1).decode())
            if (row, column) not in seen:
                seen.add((row, column))
                is_number = not _OF_A_TEXT.search(match.group())
                self.note(row, column, int(match.group(2)), sheet, is_number=is_number)

    def note(self, row: int, column: int, style: int, sheet: SheetExtras, *, is_number: bool) -> None:
        """Notes what a filled cell's style means."""
        if style in self.striking:
            sheet.struck[row].add(column)
        if style in self.hiding or (is_number and style in self.hiding_numbers):
            sheet.unseen[row].add(column)
        if style in self.percent:
            sheet.percents.add((row, column))
        if style in self.formats:
            sheet.formats[row, column] = self.formats[style]


def _hidden(chunk: bytes) -> Iterator[tuple[bytes, dict[str, int]]]:
    """The tags of rows and columns that are hidden, or so low or narrow that nothing is seen, with the numbers in them."""
    of_columns = (places_of(chunk[:_COLUMNS_WITHIN], sign, b"h") for sign in _NO_WIDTH)
    for place in chain(*(places_of(chunk, sign, b"h") for sign in _SIGNS), *of_columns):
        tag = _ROW_OR_COLUMN.match(chunk, max(chunk.rfind(b"<", 0, place), 0))
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
    fonts = next(all_named(styles, "fonts"), ElementTree.Element("fonts"))
    struck = {
        place
        for place, font in enumerate(fonts)
        if any(_is_on(element) for element in all_named(font, "strike"))
    }
    cells = next(all_named(styles, "cellXfs"), ElementTree.Element("cellXfs"))
    numbers = [
        Style(*(int(cell.get(name, "-1")) for name in ("numFmtId", "fontId", "fillId"))) for cell in cells
    ]
    fills = next(all_named(styles, "fills"), ElementTree.Element("fills"))
    grounds = [
        _colour(next(all_named(fill, "fgColor"), None), WHITE)
        if any(pattern.get("patternType") == "solid" for pattern in all_named(fill, "patternFill"))
        else WHITE
        for fill in fills
    ]
    letters = [_colour(next(all_named(font, "color"), None), BLACK) for font in fonts]
    return Looks.of(numbers, codes, struck, (letters, grounds))


def _colour(element: ElementTree.Element | None, usual: Colour) -> Colour:
    """Returns a colour as it can be compared: the nearly white ones are one; of one that is not given, the usual."""
    if element is None or element.get("auto") == "1":
        return usual
    if rgb := element.get("rgb"):
        return colour(bytes.fromhex(rgb[-6:]))
    by_number = tuple(sorted(element.items()))
    return WHITE if by_number in _WHITE_BY_NUMBER else str(by_number)


def _is_on(switch: ElementTree.Element) -> bool:
    return switch.get("val", "1") not in ("0", "false")


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
