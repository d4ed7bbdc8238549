"""Texts as the cells of a sheet's XML hold them."""

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

_LIKE_AN_ESCAPE = re.compile("(_x[0-9a-fA-F]{4}_)")
_NOT_IN_XML = re.compile("([\x00-\x08\x0b-\x1f\ufffe\uffff])")
_NOT_PLAIN = re.compile("[\x00-\x1f&<>\ufffe\uffff]|_x|^\\s|\\s$")
"""What a text holds that is not written as it is."""
_SOME_NOT_PLAIN = re.compile("[\x00-\x1f&<>\ufffe\uffff]|_x|\\|\\s|\\s\\|")
"""The same of many texts with a bar around each."""


def in_cells(texts: Sequence[str]) -> list[str]:
    """Returns what of each cell says its text, from behind its style to its end.

    The texts stand in their cells, not in the table that a workbook's cells may share: so a part of a sheet depends
    on no other part.
    """
    return [f' t="inlineStr"><is>{written}</is></c>' for written in _written(texts)]


def _written(texts: Sequence[str]) -> list[str]:
    """Returns the texts as XML has them; nearly all columns hold none that is written otherwise, which is seen at once."""
    if not _SOME_NOT_PLAIN.search(f"|{'|'.join(texts)}|"):
        return [f"<t>{text}</t>" for text in texts]
    return list(map(_text, texts))


def _text(words: str) -> str:
    """Returns words as XML has them; what it cannot say is written as Excel does (`_x000B_`)."""
    if not _NOT_PLAIN.search(words):
        return f"<t>{words}</t>"
    safe = _NOT_IN_XML.sub(lambda match: f"_x{ord(match[1]):04X}_", _LIKE_AN_ESCAPE.sub(r"_x005F\1", words))
    space = ' xml:space="preserve"' if words != words.strip() else ""
    return f"<t{space}>{escape(safe)}</t>"
