"""The comments and text boxes of an .xls: one record has the place of a box, one its number, one its text, and for
a comment one its cell.
"""

import struct

from zjf.intake.formats.comments import own_words

_DRAWING, _BOX, _TEXT, _CONTINUED, _COMMENT = 0x00EC, 0x005D, 0x01B6, 0x003C, 0x001C
_ANCHOR = b"\x10\xf0\x12\x00\x00\x00"
"""Begins the part of a drawing that says over which cells a box lies."""


class XlsComments:
    """Collects the comments and text boxes of a sheet from its records, in their order."""

    def __init__(self) -> None:
        self._box = self._letters = 0
        self._texts: dict[int, str] = {}
        self._cells: dict[tuple[int, int], int] = {}
        self._place = (0, 0)
        self._places: dict[int, tuple[int, int]] = {}

    def read(self, kind: int, stream: bytes, body: int) -> None:
        """Reads one record; records that are no part of a comment or box are skipped."""
        if kind == _DRAWING:
            (size,) = struct.unpack_from("<H", stream, body - 2)
            if (anchor := stream.rfind(_ANCHOR, body, body + size)) >= 0:
                column, _, row = struct.unpack_from("<3H", stream, anchor + len(_ANCHOR) + 2)
                self._place = row, column
        elif kind == _BOX:
            (self._box,) = struct.unpack_from("<H", stream, body + 6)
            self._places[self._box] = self._place
        elif kind == _TEXT:
            (self._letters,) = struct.unpack_from("<H", stream, body + 10)
        elif kind == _CONTINUED and self._letters:
            width, encoding = (2, "utf-16-le") if stream[body] & 1 else (1, "latin-1")
            text = stream[body + 1 : body + 1 + self._letters * width].decode(encoding, "replace")
            self._texts[self._box], self._letters = text, 0
        elif kind == _COMMENT:
            row, column, _, box = struct.unpack_from("<4H", stream, body)
            self._cells[row, column] = box

    def by_cell(self) -> dict[tuple[int, int], str]:
        """Returns the unit's own comments, by row and column, counted from 0."""
        texts = {cell: own_words(self._texts.get(box, "")) for cell, box in self._cells.items()}
        return {cell: text for cell, text in texts.items() if text}

    def boxes(self) -> dict[tuple[int, int], str]:
        """Returns the texts of the boxes that are no comments, by the row and column where each begins."""
        others = self._texts.keys() - {*self._cells.values()}
        return {self._places[box]: self._texts[box] for box in sorted(others) if box in self._places}
