"""Fonts and colours, as far as they change what a cell says."""

import re
from typing import NamedTuple

HIGH = {ord(digit): high for digit, high in zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)}
LOW = {ord(digit): low for digit, low in zip("0123456789", "₀₁₂₃₄₅₆₇₈₉", strict=True)}
PLAIN: dict[int, str] = {}
BY_POSITION = {1: HIGH, 2: LOW}
"""By what a font of the binary formats says of where its letters stand."""

Colour = str
"""A colour as it can be compared: its red, green and blue, or else what the format calls it."""
BLACK, WHITE = "000000", "ffffff"
IN_PALETTE = {0: BLACK, 1: WHITE, 8: BLACK, 9: WHITE}
IN_THEME = {0: WHITE, 1: BLACK}
"""Colours by their numbers, as they are unless a workbook changes them: in the palette, and in the theme."""
_BY_PARTS = re.compile("[0-9a-fA-F]{6}")
_HARDLY_TOLD_APART = 0x18
"""Two colours of which no part differs by more."""
POINTS = 20
"""In what the binary formats count the size of letters: parts of a point."""
USUAL_SIZE = 11
_LEGIBLE = 3
"""Letters of fewer points look like dust."""


class Font(NamedTuple):
    """Whether a font strikes its text through, what its digits look like, its colour, and its size in points."""

    struck: bool = False
    digits: dict[int, str] = PLAIN
    colour: Colour = BLACK
    size: float = USUAL_SIZE

    def is_unseen(self, ground: Colour) -> bool:
        """Whether its letters can hardly be seen: too small, or in the colour of their ground."""
        if self.size < _LEGIBLE or self.colour == ground:
            return True
        if not (_BY_PARTS.fullmatch(self.colour) and _BY_PARTS.fullmatch(ground)):
            return False
        parts = zip(bytes.fromhex(self.colour), bytes.fromhex(ground), strict=True)
        return max(abs(one - other) for one, other in parts) <= _HARDLY_TOLD_APART
