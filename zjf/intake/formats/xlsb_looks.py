"""What the styles, texts and comments of an .xlsb tell besides its values."""

import struct
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress

from zjf.intake.formats.fonts import (
    BLACK,
    BY_POSITION,
    IN_PALETTE,
    IN_THEME,
    PLAIN,
    POINTS,
    WHITE,
    Colour,
    Font,
)
from zjf.intake.formats.looks import Look, Looks
from zjf.intake.formats.rich_texts import SeenText, as_seen, runs_in_fonts
from zjf.intake.formats.xlsb_records import records, wide_string

_FONT, _FORMAT, _FILL, _STYLE, _STYLES_BEGIN, _STYLES_END = 43, 44, 45, 47, 617, 618
_BY_PARTS, _BY_NUMBER = 2, {1: IN_PALETTE, 3: IN_THEME}
"""How a font or a ground gives its colour: by its parts, or by its number in the palette or in the theme."""
_SOLID = 1
_TEXT, _COMMENT, _COMMENT_TEXT = 19, 635, 637
_STRUCK = 0x08
_RICH = 0x01
_CANNOT_BE_FOLLOWED = (KeyError, struct.error, IndexError)


def read_looks(package: zipfile.ZipFile) -> tuple[Looks, Mapping[int, SeenText]]:
    """Returns what the workbook's styles mean, and how those of its shared texts are seen that look different in parts."""
    with suppress(*_CANNOT_BE_FOLLOWED):
        fonts, looks = _styles(package.read("xl/styles.bin"))
        if any(font.struck or font.digits for font in fonts.values()):
            return looks, dict(_seen_texts(package.read("xl/sharedStrings.bin"), fonts))
        return looks, {}
    return Looks(), {}


def placed_comments(part: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    """Yields the comments in a part, with their rows and columns, counted from 0."""
    place = (0, 0)
    for kind, body in records(part):
        if kind == _COMMENT:
            row, _, column, _ = struct.unpack_from("<4I", body, 4)
            place = row, column
        elif kind == _COMMENT_TEXT:
            yield place, wide_string(body, 1)


def _styles(part: bytes) -> tuple[dict[int, Font], Looks]:
    """Returns the fonts, and what the styles of cells mean."""
    fonts: dict[int, Font] = {}
    codes: dict[int, str] = {}
    grounds: dict[int, Colour] = {}
    looks: dict[int, Look] = {}
    of_cells = False
    for kind, body in records(part):
        of_cells = (of_cells or kind == _STYLES_BEGIN) and kind != _STYLES_END
        if kind == _FONT:
            size, switches, _, position = struct.unpack_from("<4H", body)
            struck, digits = bool(switches & _STRUCK), BY_POSITION.get(position, PLAIN)
            fonts[len(fonts)] = Font(struck, digits, _colour(body[12:], BLACK), size / POINTS)
        elif kind == _FILL:
            (pattern,) = struct.unpack_from("<I", body)
            grounds[len(grounds)] = _colour(body[4:], WHITE) if pattern == _SOLID else WHITE
        elif kind == _FORMAT:
            codes[struct.unpack_from("<H", body)[0]] = wide_string(body, 2)
        elif kind == _STYLE and of_cells:
            code, font, ground = struct.unpack_from("<3H", body, 2)
            looks[len(looks)] = Look.of(
                codes.get(code, ""), fonts.get(font, Font()), grounds.get(ground, WHITE)
            )
    return fonts, Looks(looks)


def _colour(body: bytes, usual: Colour) -> Colour:
    """Returns a colour as it can be compared; the usual one where it is left to the program."""
    way, number = body[0] >> 1, body[1]
    if way == _BY_PARTS:
        return body[4:7].hex()
    return _BY_NUMBER[way].get(number, f"{way}:{number}") if way in _BY_NUMBER else usual


def _seen_texts(part: bytes, fonts: Mapping[int, Font]) -> Iterator[tuple[int, SeenText]]:
    """Yields the shared texts with parts that look different, by number."""
    texts = (body for kind, body in records(part) if kind == _TEXT)
    for number, body in enumerate(texts):
        if body[0] & _RICH and (seen := as_seen([*runs_in_fonts(*_text_and_fonts(body), fonts)])):
            yield number, seen


def _text_and_fonts(body: bytes) -> tuple[str, list[tuple[int, int]]]:
    """Returns a text, and where each of its fonts begins, with its number."""
    at = 5 + struct.unpack_from("<I", body, 1)[0] * 2
    (count,) = struct.unpack_from("<I", body, at)
    return wide_string(body, 1), [
        struct.unpack_from("<2H", body, at + 4 + 4 * place) for place in range(count)
    ]
