"""Whether a cell's text can be read: its colour against the background, its size, its typeface."""

import colorsys
from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree import ElementTree

from openpyxl.styles import PatternFill
from openpyxl.styles.colors import COLOR_INDEX

from zjf.intake.formats.xml_names import all_named, local_name

_LEAST_CONTRAST = 1.5
"""Of ink to ground, by WCAG's measure: black on white is 21, what nobody can read is near 1."""
_SMALLEST_POINTS = 6
_DEEPEST_INDENT = 20
_FROM_RIGHT_TO_LEFT = 2
"""openpyxl's `readingOrder` of a text set from the right, in which signs change their places."""
_SIGN_TYPEFACES = (
    *("wingdings", "webdings", "symbol", "marlett", "dingbat", "mt extra", "ornament", "emoji", "icon"),
    *("ms outlook", "monotype sorts", "reference specialty", "universalmath", "mdl2", "kingsoft sign"),
    *("kingsoft phonetic",),
    *("barcode", "条码", "code 128", "code128", "code 39", "code39", "3 of 9", "ean13", "qr code"),
    *("adobe blank", "adobeblank", "redact", "flow block", "last resort", "lastresort"),
)
"""In the names of typefaces that show signs, bars or nothing instead of the letters."""
_SIGN_CHARSET = 2
_DENSE_PATTERNS = {
    "darkGray",
    "mediumGray",
    "darkHorizontal",
    "darkVertical",
    "darkDown",
    "darkUp",
    "darkGrid",
    "darkTrellis",
}
"""Patterns that leave little of the ground."""

Ink = tuple[int, int, int]
_BLACK: Ink = (0, 0, 0)
_WHITE: Ink = (255, 255, 255)
_SYSTEM = {64: "FF000000", 65: "FFFFFFFF"}
"""The colours of a window's type and of its ground, which no palette changes."""
_WINDOW = {"windowText": _BLACK, "window": _WHITE}
"""The same in a theme, whatever it says that they last were."""
_GROUND_NOT_GIVEN = PatternFill().bgColor
"""What openpyxl takes for a pattern's ground where the file names none: it looks like black, and shows as white."""


class Palette:
    """The colours of a workbook.

    Args:
        theme: The XML of its theme; None where it has none.
        indexed: Its numbered colours (`FF000000`), which a workbook may have of its own.

    Attributes:
        oddities: What programs may show in another colour than is read here, in words.
    """

    def __init__(self, theme: bytes | None, indexed: Sequence[str] = COLOR_INDEX) -> None:
        colours = list(_theme_colours(theme)) if theme else []
        self._theme = [ink or _BLACK for ink in colours]
        self.oddities = ("主题里有写法特别的颜色",) if None in colours else ()
        self._indexed = indexed
        self.faces = {scheme: _theme_faces(theme, scheme) for scheme in ("major", "minor")} if theme else {}

    def ink(self, colour: Any, default: Ink = _BLACK) -> Ink:
        """Returns red, green and blue (0 to 255) of an openpyxl colour; the default where it is automatic."""
        if colour is None or colour.type == "auto":
            return default
        if colour.type == "theme":
            is_in_theme = colour.theme < len(self._theme)
            ink = self._theme[colour.theme] if is_in_theme else default
        else:
            text = colour.rgb if colour.type == "rgb" else self._numbered(colour.indexed)
            if not isinstance(text, str) or len(text) != 8:
                return default
            ink = _rgb(text[2:])
        return _tinted(ink, colour.tint or 0.0)

    def grounds(self, fill: Any) -> list[Ink]:
        """Returns the colours with which a cell is filled; white where it is not."""
        if getattr(fill, "stop", None) is not None:  # a gradient
            return [self.ink(stop.color) for stop in fill.stop] or [_WHITE]
        if fill is None or fill.fill_type in (None, "none"):
            return [_WHITE]
        if fill.fill_type == "solid":
            return [self.ink(fill.fgColor, _WHITE)]
        ground = _WHITE if fill.bgColor is _GROUND_NOT_GIVEN else self.ink(fill.bgColor, _WHITE)
        return [ground, self.ink(fill.fgColor)] if fill.fill_type in _DENSE_PATTERNS else [ground]

    def _numbered(self, index: int) -> str | None:
        if index in _SYSTEM:
            return _SYSTEM[index]
        return self._indexed[index] if 0 <= index < len(self._indexed) else None


def why_illegible(cell: Any, palette: Palette) -> str | None:
    """Returns why a cell with such a format cannot be read; None where it can."""
    reason = why_font_illegible(cell.font, palette.grounds(cell.fill), palette)
    if reason:
        return reason
    if _is_crossed_out(cell.border):
        return "画了斜线，像是划掉了"
    alignment = cell.alignment
    if alignment is None:
        return None
    if alignment.horizontal == "fill":
        return "内容被重复填满"
    if (alignment.indent or 0) > _DEEPEST_INDENT:
        return "缩进到格子外，看不见"
    if alignment.readingOrder == _FROM_RIGHT_TO_LEFT:
        return "从右往左排，读法不同"
    return None


def _is_crossed_out(border: Any) -> bool:
    drawn = border is not None and border.diagonal is not None and border.diagonal.style not in (None, "none")
    return drawn and bool(border.diagonalUp or border.diagonalDown)


def why_font_illegible(font: Any, grounds: Sequence[Ink], palette: Palette) -> str | None:
    """Returns why text in that font cannot be read on those backgrounds; None where it can."""
    if font is None:
        return None
    ink = palette.ink(font.color)
    if min(_contrast(ink, ground) for ground in grounds) < _LEAST_CONTRAST:
        return "字与底色相近，看不见"
    if isinstance(font.sz, (int, float)) and font.sz < _SMALLEST_POINTS:
        return f"字号只有{font.sz:g}磅，看不清"
    if font.strike:
        return "划了删除线"
    names = [getattr(font, name, None) for name in ("name", "rFont")]
    faces = [*(name for name in names if isinstance(name, str)), *palette.faces.get(font.scheme, ())]
    shows_signs = any(sign in face.lower() for face in faces for sign in _SIGN_TYPEFACES)
    return "用符号字体显示" if shows_signs or font.charset == _SIGN_CHARSET else None


def _contrast(first: Ink, second: Ink) -> float:
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(ink: Ink) -> float:
    linear = [
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (part / 255 for part in ink)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _tinted(ink: Ink, tint: float) -> Ink:
    if not tint:
        return ink
    hue, light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in ink))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    red, green, blue = colorsys.hls_to_rgb(hue, min(1.0, max(0.0, light)), saturation)
    return round(red * 255), round(green * 255), round(blue * 255)


def _rgb(text: str) -> Ink:
    try:
        red, green, blue = bytes.fromhex(text)
    except ValueError:
        return _BLACK
    return red, green, blue


def _theme_faces(theme: bytes, scheme: str) -> list[str]:
    """Returns a theme's typefaces for headings (major) or text (minor)."""
    try:
        root = ElementTree.fromstring(theme)
    except ElementTree.ParseError:
        return []
    return [face.get("typeface", "") for part in all_named(root, f"{scheme}Font") for face in part]


def _theme_colours(theme: bytes) -> Iterator[Ink | None]:
    """Yields a theme's colours in the order of the cells' numbers: in each pair, light and dark are swapped.

    None is one that is not written in plain red, green and blue, or is changed afterwards (lighter, transparent …).
    """
    try:
        root = ElementTree.fromstring(theme)
    except ElementTree.ParseError:
        return
    scheme = next(all_named(root, "clrScheme"), None)
    colours = [_theme_colour(entry) for entry in (scheme if scheme is not None else ())]
    for light_position in range(0, min(4, len(colours) - 1), 2):
        colours[light_position], colours[light_position + 1] = (
            colours[light_position + 1],
            colours[light_position],
        )
    yield from colours


def _theme_colour(entry: ElementTree.Element) -> Ink | None:
    kinds = [*map(local_name, entry.iter())][1:]
    value = entry[0].get("val", "") if kinds else ""
    if kinds == ["sysClr"]:
        return _WINDOW.get(value)
    return _rgb(value) if kinds == ["srgbClr"] else None
