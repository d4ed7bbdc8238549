"""Signs that steer a terminal, or turn about what is read: a file's name may bear them, and no line says them."""

import re

_SIGNS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def without_control_signs(text: str) -> str:
    """A text with a mark in the place of each sign that is none to be read."""
    return _SIGNS.sub("\ufffd", text)
