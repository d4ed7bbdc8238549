"""The head and the foot of a sheet's pages, as its XML says them."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

_PART = re.compile(rb"<(?:\w+:)?(odd|even|first)(Header|Footer)\b[^>]*?(?:/>|>(.*?)</)", re.DOTALL)
_FLAG = re.compile(rb"<(?:\w+:)?headerFooter\b[^>]*>")
_LOOK = re.compile(r'&"[^"]*"|&K(?P<colour>[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|&(?P<size>\d+) ?|&[BIUSEXYLCRHO]')
_FIELD = re.compile(r"&[PNDT](?:[+-]\d+)?")
_SMALLEST_POINTS = 6
_PALEST = 0xC8


@dataclass(frozen=True)
class PageEdge:
    """The head or the foot of some pages.

    Args:
        which: 页眉 or 页脚.
        pages: odd, even or first.
        text: Its words, without page numbers and dates.
        legible: Whether its type can be read.
    """

    which: str
    pages: str
    text: str
    legible: bool


def page_edges(xml: bytes) -> dict[tuple[str, str], PageEdge]:
    """The heads and feet of a sheet that are in use, by what they are and on which pages.

    Args:
        xml: The sheet's part.
    """
    tag = _FLAG.search(xml)
    flags = tag.group() if tag else b""
    found = {(edge.which, edge.pages): edge for edge in _edges(xml[tag.start() :] if tag else b"")}
    used = {"odd"}
    if _is_on(flags, b"differentOddEven"):
        used.add("even")
    if _is_on(flags, b"differentFirst"):
        used.add("first")
    blank = {
        (which, pages): PageEdge(which, pages, "", legible=True)
        for which in ("页眉", "页脚")
        for pages in used
    }
    return blank | {key: edge for key, edge in found.items() if key[1] in used}


def _is_on(flags: bytes, name: bytes) -> bool:
    return re.search(name + rb'="(1|true)"', flags) is not None


def _edges(xml: bytes) -> Iterator[PageEdge]:
    for match in _PART.finditer(xml):
        pages, which, said = match.groups()
        text = html.unescape((said or b"").decode("utf-8", "replace")).replace("&&", "\0")
        looks = list(_LOOK.finditer(text))
        tiny = any(int(look["size"]) < _SMALLEST_POINTS for look in looks if look["size"])
        pale = any(
            min(bytes.fromhex(look["colour"])) > _PALEST
            for look in looks
            if look["colour"] and "+" not in look["colour"] and "-" not in look["colour"]
        )
        words = _FIELD.sub("", _LOOK.sub("", text)).replace("\0", "&")
        name = "页眉" if which == b"Header" else "页脚"
        yield PageEdge(name, pages.decode(), words, legible=not (tiny or pale))
