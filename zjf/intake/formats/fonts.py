"""Fonts and colours, as far as they change what a cell says."""

from typing import NamedTuple

HIGH = {ord(digit): high for digit, high in zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)}
LOW = {ord(digit): low for digit, low in zip("0123456789", "₀₁₂₃₄₅₆₇₈₉", strict=True)}
PLAIN: dict[int, str] = {}
BY_POSITION = {1: HIGH, 2: LOW}
"""By what a font of the binary formats says of where its letters stand."""

Colour = str
"""A colour as it can be compared."""
BLACK, WHITE = "black", "white"
_NEARLY_WHITE = 0xFA


class Font(NamedTuple):
    """Whether a font strikes its text through, what its digits look like, and its colour."""

    struck: bool = False
    digits: dict[int, str] = PLAIN
    colour: Colour = BLACK


def colour(rgb: bytes) -> Colour:
    """Returns a colour by its red, green and blue; the nearly white ones are one."""
    return WHITE if min(rgb) >= _NEARLY_WHITE else rgb.hex()
