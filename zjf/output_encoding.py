"""What is written where not every character can be: on a console or into a pipe in GBK, as `PYTHONIOENCODING` says.

Signs that GBK lacks have one that looks like them; a rare Chinese character becomes 〓, as printers set it.
"""

import codecs
import os
import sys
from io import TextIOWrapper

_LIKE = {
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


def _like(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    instead = "".join(_in(error.encoding, sign) for sign in signs)
    if error.encoding.lower().startswith(
        "utf"
    ):  # half a character, of a file name in GBK: Python takes bytes only
        return instead.encode(error.encoding), error.end
    return instead, error.end


def _in(encoding: str, sign: str) -> str:
    for instead in (_LIKE.get(sign, ""), _MISSING):
        try:
            if instead and instead.encode(encoding):
                return instead
        except UnicodeEncodeError:
            continue
    return "?"


def prepare_output() -> None:
    """From now on results are written in UTF-8, or in the encoding that the environment asks for."""
    codecs.register_error(_HANDLER, _like)
    asked = os.environ.get("PYTHONIOENCODING", "").partition(":")[0]
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=asked or "utf-8", errors=_HANDLER)


def writable(text: str) -> bool:
    """Whether stdout can take every character of a text as it is."""
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True
