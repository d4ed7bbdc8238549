"""Characters that control a terminal or reverse the direction of reading; file names may contain them."""

import re

_CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def without_control_signs(text: str) -> str:
    """Returns a text with each control character replaced by U+FFFD."""
    return _CONTROL_CHARACTERS.sub("\ufffd", text)
