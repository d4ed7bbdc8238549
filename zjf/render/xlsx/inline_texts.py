"""Text cells of a sheet's XML."""

import re
from collections.abc import Sequence
from html import escape

_LIKE_AN_ESCAPE = re.compile("_(?=x[0-9a-fA-F]{4}_)")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_PLAIN = re.compile("[\x00-\x1f&<>\ud800-\udfff\ufffe\uffff]|_x|^\\s|\\s$")
"""Characters because of which a text cannot be written as it is."""
_SOME_NOT_PLAIN = re.compile("[\x00-\x1f&<>\ud800-\udfff\ufffe\uffff]|_x|\\|\\s|\\s\\|")
"""The same for many texts joined by bars."""


def text_cells(texts: Sequence[str]) -> list[str]:
    """Returns the XML of text cells, each from after its style to its end.

    The texts are written into the cells, not into the workbook's table of shared texts: so the parts of a sheet
    do not depend on each other.
    """
    return [f' t="inlineStr"><is>{element}</is></c>' for element in _text_elements(texts)]


def _text_elements(texts: Sequence[str]) -> list[str]:
    """Returns texts as XML elements; one search over all tells whether any must be escaped."""
    if not _SOME_NOT_PLAIN.search(f"|{'|'.join(texts)}|"):
        return [f"<t>{text}</t>" for text in texts]
    return list(map(_text_element, texts))


def _text_element(words: str) -> str:
    if not _NOT_PLAIN.search(words):
        return f"<t>{words}</t>"
    space = ' xml:space="preserve"' if words != words.strip() else ""
    return f"<t{space}>{escaped(words)}</t>"


def escaped(words: str) -> str:
    """Returns a text as it stands in the XML of a workbook."""
    return escape(excel_text(words), quote=False)


def excel_text(words: str) -> str:
    """Returns a text with the characters that XML does not allow written as Excel writes them (`_x000B_`)."""
    return _NOT_IN_XML.sub(lambda match: f"_x{ord(match[0]):04X}_", _LIKE_AN_ESCAPE.sub("_x005F_", words))
