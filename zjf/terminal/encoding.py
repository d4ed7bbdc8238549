"""Output in encodings that lack some characters: a console or a pipe in GBK (`PYTHONIOENCODING`).

Signs that GBK lacks are replaced by signs that look like them; a rare Chinese character becomes 〓, as in print.
"""

import codecs
import os
import sys
from io import TextIOWrapper

_LOOKALIKES = {
    "✓": "√",
    "✔": "√",
    "✗": "×",
    "✘": "×",
    "✕": "×",
    "•": "·",
    "–": "—",
    "￥": "¥",
    "−": "－",
    "⚠": "！",
    "⋯": "…",
    "\u00a0": " ",
}
_MISSING = "〓"
_HANDLER = "zjf.like"


def _replace_unencodable(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    characters = error.object[error.start : error.end]
    replacement = "".join(_replacement(error.encoding, character) for character in characters)
    # A lone surrogate, from a file name in GBK; Python takes only bytes for it.
    if error.encoding.lower().startswith("utf"):
        return replacement.encode(error.encoding), error.end
    return replacement, error.end


def _replacement(encoding: str, character: str) -> str:
    for replacement in (_LOOKALIKES.get(character, ""), _MISSING):
        try:
            if replacement and replacement.encode(encoding):
                return replacement
        except UnicodeEncodeError:
            continue
    return "?"


def prepare_output() -> None:
    """Makes stdout and stderr write UTF-8, or the encoding that the environment asks for."""
    codecs.register_error(_HANDLER, _replace_unencodable)
    encoding = os.environ.get("PYTHONIOENCODING", "").partition(":")[0]
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=encoding or "utf-8", errors=_HANDLER)


def writable(text: str) -> bool:
    """Returns whether stdout can write every character of a text."""
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True
