"""What stands around the rows of a sheet: its head, and the elements behind them, in the order they must have."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from xml.parsers import expat

from xlsxwriter.utility import xl_cell_to_rowcol

from zjf.render.marked_copy.package import UnusualPackageError

_SELECTED = re.compile(rb"""\stabSelected\s*=\s*["'][^"']*["']""")
_ROOT = re.compile(rb"<(?:(\w+):)?worksheet[\s>]")
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Z]+\d+):([A-Z]+\d+)["']""")
_COLUMNS = re.compile(rb"<(?:\w+:)?col\s[^>]*>")
_ATTRIBUTE = re.compile(rb"""\b(min|max|style)\s*=\s*["'](\d+)["']""")
_BEHIND_COMMENTS = frozenset(
    {"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "AlternateContent"}
    | {"webPublishItems", "tableParts", "extLst"}
)
"""The elements that stand behind the one that names the comments' drawing."""

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

Cell = tuple[int, int]


def unselected(head: bytes) -> bytes:
    """A sheet's head without its being selected: else what is typed goes into several sheets."""
    return _SELECTED.sub(b"", head)


def column_styles(head: bytes) -> dict[int, int]:
    """The styles that whole columns have, by columns counted from 0; of far ones the first hundred say enough."""
    found: dict[int, int] = {}
    for column in _COLUMNS.findall(head):
        attributes = {name: int(value) for name, value in _ATTRIBUTE.findall(column)}
        if style := attributes.get(b"style"):
            first = attributes.get(b"min", 1)
            last = min(attributes.get(b"max", first), first + _MOST_COLUMNS)
            found |= dict.fromkeys(range(first - 1, last), style)
    return found


_MOST_COLUMNS = 1_000


def drawing_of_comments(head: bytes, tail: bytes) -> str | None:
    """The reference by which a sheet names the drawing of its comments."""
    found = next(
        (attributes for name, _, attributes in _children(head, tail) if name == "legacyDrawing"), None
    )
    return next((value for name, value in (found or {}).items() if name.rpartition(":")[2] == "id"), None)


def with_drawing(head: bytes, tail: bytes, reference: str) -> bytes:
    """What stands behind the rows, naming the drawing of the sheet's comments."""
    root = _ROOT.search(head)
    prefix = f"{root.group(1).decode()}:" if root and root.group(1) else ""
    element = f'<{prefix}legacyDrawing xmlns:zjf="{_RELATION}" zjf:id="{reference}"/>'.encode()
    return _put_in(head, tail, element, _BEHIND_COMMENTS)


def with_merges(head: bytes, tail: bytes, merges: Iterable[tuple[str, str]]) -> bytes:
    """What stands behind the rows of a sheet that has none, with merged ranges."""
    ranges = "".join(f'<mergeCell ref="{first}:{last}"/>' for first, last in merges)
    if not ranges:
        return tail
    return _put_in(head, tail, f"<mergeCells>{ranges}</mergeCells>".encode(), frozenset({"pageMargins"}))


def _put_in(head: bytes, tail: bytes, element: bytes, behind: frozenset[str]) -> bytes:
    end = tail.rfind(b"</")
    place = next((at for name, at, _ in _children(head, tail) if name in behind), end)
    return tail[:place] + element + tail[place:]


def _children(head: bytes, tail: bytes) -> list[tuple[str, int, dict[str, str]]]:
    """The elements behind the rows: the name of each, where it begins in the tail, its attributes."""
    found: list[tuple[str, int, dict[str, str]]] = []
    level = 0
    parser = expat.ParserCreate()

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal level
        place = parser.CurrentByteIndex - len(head)
        if level == 1 and place >= 0:
            found.append((tag.rpartition(":")[2], place, attributes))
        level += 1

    def end(_: str) -> None:
        nonlocal level
        level -= 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(head + tail, True)
    except expat.ExpatError as broken:
        raise UnusualPackageError from broken
    return found


def anchored(tail: bytes, cells: Iterable[Cell]) -> dict[Cell, Cell]:
    """Where each cell is seen: of merged ones the first.

    Args:
        tail: What stands behind the rows; it names the merged ranges.
        cells: The cells.
    """
    ordered = sorted(cells)
    anchors = {cell: cell for cell in ordered}
    for first, last in _MERGED.findall(tail):
        (top, left), (bottom, right) = _cell(first), _cell(last)
        start, stop = bisect_left(ordered, (top, 0)), bisect_right(ordered, (bottom, right))
        for row, column in ordered[start:stop]:
            if left <= column <= right:
                anchors[row, column] = (top, left)
    return anchors


def _cell(reference: bytes) -> Cell:
    row, column = xl_cell_to_rowcol(reference.decode())
    return row, column
