"""The texts of a workbook whose cells are written as XML."""

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

_COUNTS = re.compile(rb' count="\d+" uniqueCount="(\d+)"')
_LIKE_AN_ESCAPE = re.compile("(_x[0-9a-fA-F]{4}_)")
_NOT_IN_XML = re.compile("([\x00-\x08\x0b-\x1f\ufffe\uffff])")
_NOT_PLAIN = re.compile("[\x00-\x1f&<>\ufffe\uffff]|_x|^\\s|\\s$")
"""What a text holds that is not written as it is."""
_SOME_NOT_PLAIN = re.compile("[\x00-\x1f&<>\ufffe\uffff]|_x|\\|\\s|\\s\\|")
"""The same of many texts with a bar around each."""


class SharedTexts:
    """The texts that cells of a workbook share.

    Args:
        xml: The part as xlsxwriter made it: the title and the headings are in it.
    """

    def __init__(self, xml: bytes) -> None:
        self._xml = xml
        found = _COUNTS.search(xml)
        assert found is not None  # a list has a title
        self._first = int(found[1])
        self._places: dict[str, int] = {}

    def cells(self, texts: Sequence[str], *, share: bool) -> list[str]:
        """What of each cell says its text, from behind its style to its end.

        Args:
            texts: The texts.
            share: Whether they stand among the shared texts, not in the cells.
        """
        if not share:
            return [f' t="inlineStr"><is>{written}</is></c>' for written in _written(texts)]
        places, first = self._places, self._first
        return [f' t="s"><v>{places.setdefault(text, first + len(places))}</v></c>' for text in texts]

    def xml(self) -> bytes:
        """The part with all that was shared; how often is left out, which the format allows."""
        written = _written(list(self._places))
        more = "".join(f"<si>{text}</si>" for text in written).encode("utf-8", "replace")
        counts = b' uniqueCount="%d"' % (self._first + len(self._places))
        return _COUNTS.sub(counts, self._xml, count=1).replace(b"</sst>", more + b"</sst>")


def _written(texts: Sequence[str]) -> list[str]:
    """The texts as XML has them; nearly all columns hold none that is written otherwise, which is seen at once."""
    if not _SOME_NOT_PLAIN.search(f"|{'|'.join(texts)}|"):
        return [f"<t>{text}</t>" for text in texts]
    return list(map(_text, texts))


def _text(words: str) -> str:
    """Words as XML has them; what it cannot say is written as Excel does (`_x000B_`)."""
    if not _NOT_PLAIN.search(words):
        return f"<t>{words}</t>"
    safe = _NOT_IN_XML.sub(lambda found: f"_x{ord(found[1]):04X}_", _LIKE_AN_ESCAPE.sub(r"_x005F\1", words))
    space = ' xml:space="preserve"' if words != words.strip() else ""
    return f"<t{space}>{escape(safe)}</t>"
