"""The parts of a sheet's XML before (head) and after (tail) its rows; their elements have a fixed order."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from xml.parsers import expat

from zjf.intake.a1 import place_of
from zjf.intake.formats.xml_names import OFFICE_RELATIONS
from zjf.render.marked_copy.package import UnusualPackageError

_SELECTED = re.compile(rb"""\stabSelected\s*=\s*["'][^"']*["']""")
_ROOT = re.compile(rb"<(?:(\w+):)?worksheet[\s>]")
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Z]+\d+):([A-Z]+\d+)["']""")
_COLUMNS = re.compile(rb"<(?:\w+:)?col\s[^>]*>")
_ATTRIBUTE = re.compile(rb"""\b(min|max|style)\s*=\s*["'](\d+)["']""")
_ELEMENTS_AFTER_DRAWING = frozenset(
    {"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "AlternateContent"}
    | {"webPublishItems", "tableParts", "extLst"}
)
"""The elements that must come after the one that names the drawing of comments."""

Cell = tuple[int, int]
"""A cell's row and column, counted from 0."""


def deselected(head: bytes) -> bytes:
    """Returns a sheet's head without its selection: typing goes into all selected sheets at once."""
    return _SELECTED.sub(b"", head)


def column_styles(head: bytes) -> dict[int, int]:
    """Returns the styles of whole columns, by columns counted from 0; of a long range, the first thousand."""
    styles: dict[int, int] = {}
    for column in _COLUMNS.findall(head):
        attributes = {name: int(value) for name, value in _ATTRIBUTE.findall(column)}
        if style := attributes.get(b"style"):
            first_column = attributes.get(b"min", 1)
            last_column = min(attributes.get(b"max", first_column), first_column + _MOST_STYLED_COLUMNS)
            styles |= dict.fromkeys(range(first_column - 1, last_column), style)
    return styles


_MOST_STYLED_COLUMNS = 1_000


def drawing_of_comments(head: bytes, tail: bytes) -> str | None:
    """Returns the reference by which a sheet names the drawing of its comments; None where it has none."""
    drawing_attributes = next(
        (attributes for name, _, attributes in _children(head, tail) if name == "legacyDrawing"), None
    )
    return next(
        (value for name, value in (drawing_attributes or {}).items() if name.rpartition(":")[2] == "id"), None
    )


def with_drawing(head: bytes, tail: bytes, reference: str) -> bytes:
    """Returns the tail with a reference to the drawing of the sheet's comments."""
    root = _ROOT.search(head)
    prefix = f"{root.group(1).decode()}:" if root and root.group(1) else ""
    element = f'<{prefix}legacyDrawing xmlns:zjf="{OFFICE_RELATIONS}" zjf:id="{reference}"/>'.encode()
    return _insert_element(head, tail, element, _ELEMENTS_AFTER_DRAWING)


def with_merges(head: bytes, tail: bytes, merges: Iterable[tuple[str, str]]) -> bytes:
    """Returns the tail, of a sheet without merged ranges, with the given ones."""
    ranges = "".join(f'<mergeCell ref="{first}:{last}"/>' for first, last in merges)
    if not ranges:
        return tail
    return _insert_element(
        head, tail, f"<mergeCells>{ranges}</mergeCells>".encode(), frozenset({"pageMargins"})
    )


def _insert_element(head: bytes, tail: bytes, element: bytes, behind: frozenset[str]) -> bytes:
    end = tail.rfind(b"</")
    insertion_point = next((offset for name, offset, _ in _children(head, tail) if name in behind), end)
    return tail[:insertion_point] + element + tail[insertion_point:]


def _children(head: bytes, tail: bytes) -> list[tuple[str, int, dict[str, str]]]:
    """Returns the elements of the tail: the name of each, its offset in the tail, its attributes."""
    children: list[tuple[str, int, dict[str, str]]] = []
    level = 0
    parser = expat.ParserCreate()

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal level
        offset = parser.CurrentByteIndex - len(head)
        if level == 1 and offset >= 0:
            children.append((tag.rpartition(":")[2], offset, attributes))
        level += 1

    def end(_: str) -> None:
        nonlocal level
        level -= 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(head + tail, True)
    except expat.ExpatError as error:
        raise UnusualPackageError from error
    return children


def anchors_of(tail: bytes, cells: Iterable[Cell]) -> dict[Cell, Cell]:
    """Returns the cell in which each cell is seen: for merged ones, the first of the range."""
    ordered = sorted(cells)
    anchors = {cell: cell for cell in ordered}
    for first_cell, last_cell in _MERGED.findall(tail):
        (top, left), (bottom, right) = place_of(first_cell.decode()), place_of(last_cell.decode())
        start, stop = bisect_left(ordered, (top, 0)), bisect_right(ordered, (bottom, right))
        for row, column in ordered[start:stop]:
            if left <= column <= right:
                anchors[row, column] = (top, left)
    return anchors
