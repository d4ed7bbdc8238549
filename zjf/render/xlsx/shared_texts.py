"""The texts of a workbook whose cells are written as XML."""

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

_COUNTS = re.compile(rb' count="\d+" uniqueCount="(\d+)"')
_LIKE_AN_ESCAPE = re.compile("(_x[0-9a-fA-F]{4}_)")
_NOT_IN_XML = re.compile("([\x00-\x08\x0b-\x1f\ufffe\uffff])")
_NOT_PLAIN = re.compile("[\x00-\x1f&<>\ufffe\uffff]|_x|^\\s|\\s$")
"""Characters because of which a text cannot be written as it is."""
_SOME_NOT_PLAIN = re.compile("[\x00-\x1f&<>\ufffe\uffff]|_x|\\|\\s|\\s\\|")
"""The same for many texts joined by bars."""


class SharedTexts:
    """The texts that cells of a workbook share.

    Args:
        xml: The part as xlsxwriter made it, with the title and the headings.
    """

    def __init__(self, xml: bytes) -> None:
        self._xml = xml
        match = _COUNTS.search(xml)
        assert match is not None  # a list has a title
        self._first = int(match[1])
        self._places: dict[str, int] = {}

    def cells(self, texts: Sequence[str], *, share: bool) -> list[str]:
        """Returns the XML of text cells, each from after its style to its end.

        Args:
            texts: The texts.
            share: Whether they are put among the shared texts, and not into the cells.
        """
        if not share:
            return [f' t="inlineStr"><is>{element}</is></c>' for element in _text_elements(texts)]
        positions, first_position = self._places, self._first
        return [
            f' t="s"><v>{positions.setdefault(text, first_position + len(positions))}</v></c>'
            for text in texts
        ]

    def xml(self) -> bytes:
        """Returns the part with all shared texts; the count of their uses is left out, which the format allows."""
        elements = _text_elements(list(self._places))
        new_items = "".join(f"<si>{text}</si>" for text in elements).encode("utf-8", "replace")
        counts = b' uniqueCount="%d"' % (self._first + len(self._places))
        return _COUNTS.sub(counts, self._xml, count=1).replace(b"</sst>", new_items + b"</sst>")


def _text_elements(texts: Sequence[str]) -> list[str]:
    """Returns texts as XML elements; one search over all of them tells, as nearly always, that none is escaped."""
    if not _SOME_NOT_PLAIN.search(f"|{'|'.join(texts)}|"):
        return [f"<t>{text}</t>" for text in texts]
    return list(map(_text_element, texts))


def _text_element(words: str) -> str:
    """Returns a text as an XML element; characters that XML does not allow are escaped as in Excel (`_x000B_`)."""
    if not _NOT_PLAIN.search(words):
        return f"<t>{words}</t>"
    safe = _NOT_IN_XML.sub(lambda match: f"_x{ord(match[1]):04X}_", _LIKE_AN_ESCAPE.sub(r"_x005F\1", words))
    space = ' xml:space="preserve"' if words != words.strip() else ""
    return f"<t{space}>{escape(safe)}</t>"
