"""The boxes in which comments are drawn: VML, which programs do not always write as correct XML.

So it is not parsed: boxes are added to and removed from the text, and all else of it stays.
"""

import re

from zjf.render.marked_copy.package import UnusualPackageError

_HEAD = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel">'
    b'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
_SHAPE_TYPE = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_END = re.compile(rb"</xml>\s*$")
_SHAPE = re.compile(rb"<v:shape\s.*?</v:shape>\s*", re.DOTALL)
_NUMBER = re.compile(rb'id="_x0000_s(\d+)"')
_ROW, _COLUMN = re.compile(rb"<x:Row>(\d+)</x:Row>"), re.compile(rb"<x:Column>(\d+)</x:Column>")
_ANCHOR = re.compile(rb"(<x:Anchor>\s*(?:-?\d+,\s*){6})(-?\d+)(,\s*-?\d+\s*</x:Anchor>)")
_BLOCKS = re.compile(rb'(<o:idmap\b[^>]*?\bdata=")([\d,]*)(")')
_BLOCK = 1024
"""Numbers of shapes are assigned in blocks; the drawing lists its blocks."""

_BOX_COLUMNS, _LETTERS_PER_LINE = 4, 20


class Boxes:
    """The drawing of a sheet's comments; its text is empty where there is none."""

    def __init__(self, text: bytes) -> None:
        self._text = text or _HEAD
        self._new: list[bytes] = []
        numbers = [int(number) for number in _NUMBER.findall(self._text)]
        self._next = max(numbers, default=_BLOCK) + 1
        self._blocks: set[int] = set()
        self._drawn: dict[tuple[int, int], bytes] | None = None

    @property
    def text(self) -> bytes:
        """The drawing with all changes.

        Raises:
            UnusualPackageError: It does not end as a drawing should.
        """
        if not self._new:
            return self._text
        if not _END.search(self._text):
            raise UnusualPackageError
        head = _BLOCKS.sub(self._all_blocks, self._text, count=1)
        if b"urn:schemas-microsoft-com:office:excel" not in head:
            head = head.replace(b"<xml", b'<xml xmlns:x="urn:schemas-microsoft-com:office:excel"', 1)
        has_shape_type = b'id="_x0000_t202"' in head
        body = b"".join([*([] if has_shape_type else [_SHAPE_TYPE]), *self._new])
        return _END.sub(lambda end: body + end.group(), head)

    def _all_blocks(self, match: "re.Match[bytes]") -> bytes:
        start, blocks, end = match.groups()
        block_numbers = [
            *filter(None, blocks.split(b",")),
            *(b"%d" % number for number in sorted(self._blocks)),
        ]
        return start + b",".join(dict.fromkeys(block_numbers)) + end

    def remove(self, cells: set[tuple[int, int]]) -> None:
        """Removes the boxes of some cells' comments."""
        if cells:
            self._text = _SHAPE.sub(
                lambda shape: b"" if _cell_of_comment(shape.group()) in cells else shape.group(), self._text
            )

    def add(self, cell: tuple[int, int], words: str) -> None:
        """Draws a cell's box, large enough for its whole comment."""
        lines = 1 + sum(1 + len(line) // _LETTERS_PER_LINE for line in words.split("\n"))
        existing_box = self._own().get(cell)
        if existing_box is not None:
            self._text = self._text.replace(existing_box, _with_lower_edge(existing_box, cell[0] + lines))
            return
        row, column = cell
        anchor = f"{column + 1}, 15, {max(row - 1, 0)}, 4, {column + 1 + _BOX_COLUMNS}, 15, {row + lines}, 4"
        self._new.append(
            (
                f'<v:shape id="_x0000_s{self._next}" type="#_x0000_t202" '
                'style="position:absolute;visibility:hidden;z-index:1" fillcolor="#ffffe1" o:insetmode="auto">'
                '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
                '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
                '<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note">'
                f"<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
                f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
            ).encode()
        )
        self._blocks.add(self._next // _BLOCK)
        self._next += 1

    def _own(self) -> dict[tuple[int, int], bytes]:
        if self._drawn is None:
            shapes = _SHAPE.findall(self._text)
            self._drawn = {place: shape for shape in shapes if (place := _cell_of_comment(shape))}
        return self._drawn


def _cell_of_comment(shape: bytes) -> tuple[int, int] | None:
    """Returns the cell for whose comment a shape is the box; None for any other shape."""
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    if b'ObjectType="Note"' not in shape or not row or not column:
        return None
    return int(row.group(1)), int(column.group(1))


def _with_lower_edge(shape: bytes, bottom: int) -> bytes:
    def lower(anchor: "re.Match[bytes]") -> bytes:
        start, row, end = anchor.groups()
        return b"%b%d%b" % (start, max(int(row), bottom), end)

    return _ANCHOR.sub(lower, shape)
