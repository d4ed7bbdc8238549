"""The headers and footers of a sheet's pages, read from its XML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.styles import Font
from openpyxl.styles.colors import Color

from zjf.register.sight.legibility import Palette, why_font_illegible
from zjf.register.sight.sheet_xml import SheetXml

_LOOK = re.compile(
    r'&"(?P<face>[^"]*)"|&K(?P<colour>[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|&(?P<size>\d+) ?|&(?P<switch>[BIUSEXYLCRHO])'
)
_FIELD = re.compile(r"&[PNDT]")
_FARTHEST_INCHES = 4.0
"""How far from the edge of the paper a head or a foot is set at most; farther is in the table, or off the paper."""
_WHITE_PAPER = [(255, 255, 255)]
_LARGEST_POINTS = 36
"""Of the type of a head or a foot; larger reaches into the table."""


@dataclass(frozen=True)
class PageEdge:
    """The head or the foot of some pages.

    Args:
        kind: 页眉 or 页脚.
        pages: odd, even or first.
        text: Its words, without page numbers and dates.
        illegible: Why its type cannot be read; empty where it can.
    """

    kind: str
    pages: str
    text: str
    illegible: str


def page_edges(sheet: SheetXml, palette: Palette) -> dict[tuple[str, str], PageEdge]:
    """Returns the headers and footers in use on a sheet, by kind and pages."""
    pages_in_use = {"odd"}
    if "differentOddEven" in sheet.edge_flags:
        pages_in_use.add("even")
    if "differentFirst" in sheet.edge_flags:
        pages_in_use.add("first")
    keys = [(kind, pages) for kind in ("页眉", "页脚") for pages in pages_in_use]
    return {key: _edge(*key, sheet.edges.get(key, ""), palette) for key in keys}


def is_off_the_edge(margin: float | None) -> bool:
    """Whether a head or foot with that margin (inches) is off the paper, or far inside the table."""
    return margin is not None and not 0 <= margin <= _FARTHEST_INCHES


def _edge(kind: str, pages: str, code: str, palette: Palette) -> PageEdge:
    text = code.replace("&&", "\0")
    looks = [why_font_illegible(font, _WHITE_PAPER, palette) for font in _fonts(text)]
    words = _FIELD.sub("", _LOOK.sub(_if_huge, text)).replace("\0", "&")
    return PageEdge(kind, pages, words, next(filter(None, looks), ""))


def _if_huge(look: re.Match[str]) -> str:
    """Returns words for a size of type that covers the table, whatever is set in it."""
    return f"（字号{look['size']}磅）" if look["size"] and int(look["size"]) > _LARGEST_POINTS else ""


def _fonts(text: str) -> Iterator[Font]:
    for look in _LOOK.finditer(text):
        if look["face"]:
            yield Font(name=look["face"])
        elif look["size"]:
            yield Font(sz=int(look["size"]))
        elif look["switch"] == "S":
            yield Font(strike=True)
        elif colour := look["colour"]:
            yield Font(color=_colour(colour))


def _colour(code: str) -> Color:
    """Returns `FF0000`, or the number of a theme colour with how much lighter or darker it is, in per cent."""
    if code[2] in "+-":
        return Color(theme=int(code[:2]), tint=int(code[2:]) / 100)
    return Color(rgb=f"FF{code.upper()}")
