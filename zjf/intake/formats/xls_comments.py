"""The comments of an .xls: one record has the cell of a comment, another the box with its text."""

import struct

from zjf.intake.formats.comments import own_words

_BOX, _TEXT, _CONTINUED, _COMMENT = 0x005D, 0x01B6, 0x003C, 0x001C


class XlsComments:
    """Collects the comments of a sheet from its records, in their order."""

    def __init__(self) -> None:
        self._box = self._letters = 0
        self._texts: dict[int, str] = {}
        self._cells: dict[tuple[int, int], int] = {}

    def read(self, kind: int, stream: bytes, body: int) -> None:
        """Reads one record; records that are no part of a comment are skipped."""
        if kind == _BOX:
            (self._box,) = struct.unpack_from("<H", stream, body + 6)
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
