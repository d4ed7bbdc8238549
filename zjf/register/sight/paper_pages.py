"""The drawings on the pages of a PDF, with the fonts used, independent of the program that saved it."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import isclose
from typing import Any, NamedTuple

_NOT_DRAWN = {
    "/Parent",
    "/Annots",  # looked at by themselves
    "/Rotate",
    "/Metadata",
    "/StructParents",
    "/StructParent",
    "/Tabs",
    "/Thumb",
    "/Trans",
    "/Dur",
    "/ArtBox",
    "/BleedBox",
    "/TrimBox",
    "/PieceInfo",
    "/LastModified",
    "/Length",
    "/ProcSet",  # of no use since PDF 1.4
    "/Filter",
    "/DecodeParms",
}
_DEEPEST = 40
_DIGITS_KEPT = 6
"""How many digits of a number of a resource count: programs round the rest in their own ways when they save a file."""
_LEAST_RELATIVE, _LEAST_DISTANCE = 1e-6, 1e-3
"""How far two numbers of a drawing (in points, or thousandths of a letter) may be apart: nobody sees that."""
_FILLED = 0.0
"""The way of showing letters that holds where none is chosen."""
_USUAL_PACKING = {"/FlateDecode", "/Fl", "/ASCIIHexDecode", "/AHx", "/ASCII85Decode", "/A85"}
_PALE_BRIGHTNESS = 0.8
_LEAST_OPAQUE = 0.5
_INVISIBLE_RENDERING_MODES = {3, 7}
_COLOUR_OPERATORS = {b"scn", b"sc", b"g", b"rg"}
_TEXT_OPERATORS = {b"Tj", b"TJ", b"'", b'"'}
_COVERING_OPERATORS = {
    b"Do": "图片或叠加的图形",
    b"sh": "渐变色块",
    b"INLINE IMAGE": "图片",
    b"f": "色块",
    b"F": "色块",
    b"f*": "色块",
    b"B": "色块",
    b"B*": "色块",
    b"b": "色块",
    b"b*": "色块",
}


class Drawn(NamedTuple):
    """The drawing of a page.

    Args:
        contents: A digest of the steps in which it is drawn, as they are written.
        resources: A digest of all that they use: the same for two pages that look alike on every machine.
    """

    contents: str
    resources: str


def drawn(page: Any) -> Drawn:
    """Returns what is drawn on a page of pypdf's."""
    contents = page.get_contents()
    data = contents.get_data() if contents is not None else b""
    resources = hashlib.sha256()
    for piece in (*_pieces(page, 0), *_packing_of_contents(page)):
        resources.update(piece)
    return Drawn(hashlib.sha256(data.strip()).hexdigest(), resources.hexdigest())


def drawing_of(paper: Any) -> str:
    """Returns a digest of what is drawn on all pages of a PDF of pypdf's, however the file is put together."""
    return hashlib.sha256("".join(text for page in paper.pages for text in drawn(page)).encode()).hexdigest()


def are_drawn_alike(page: Any, other: Any) -> bool:
    """Whether two pages of pypdf's are drawn in the same steps with the same things, however they are written."""
    one, another = drawn(page), drawn(other)
    if one.resources != another.resources:
        return False
    return one.contents == another.contents or _are_same_steps(_steps(page), _steps(other))


def laid_on(page: Any) -> Counter[str]:
    """Returns how many things on a page of pypdf's may cover something, by their names."""
    return Counter(_overlays(page.get_contents(), _transparent_states(page)))


@dataclass
class _Steps:
    """The steps in which a page is drawn, each in the one way of writing it: signs and names, and numbers apart."""

    signs: list[bytes] = field(default_factory=list)
    numbers: list[float] = field(default_factory=list)

    def add(self, operands: Any, operator: bytes) -> None:
        if operator == b"Q" and self.signs[-1:] == [b"q"]:
            self.signs.pop()  # nothing was drawn within
        else:
            self.signs.append(b"".join((*self._operands(operands), operator)))

    def _operands(self, operands: Any) -> Iterator[bytes]:
        for operand in operands if isinstance(operands, list) else [operands]:
            if isinstance(operand, list):
                yield b"["
                yield from self._operands(operand)
                yield b"]"
            elif isinstance(operand, (int, float)):
                self.numbers.append(float(operand))
                yield b"#;"
            else:
                text = getattr(operand, "original_bytes", operand)
                yield text if isinstance(text, bytes) else f"{text!r};".encode()


def _are_same_steps(one: _Steps, other: _Steps) -> bool:
    return one.signs == other.signs and all(
        isclose(number, other_number, rel_tol=_LEAST_RELATIVE, abs_tol=_LEAST_DISTANCE)
        for number, other_number in zip(one.numbers, other.numbers, strict=True)
    )


def _steps(page: Any) -> _Steps:
    contents, steps, rendering_modes = page.get_contents(), _Steps(), set()
    for operands, operator in _shifts_within_places(contents.operations if contents is not None else []):
        if operator == b"Tr":
            rendering_modes.add(float(operands[0]))
            if rendering_modes == {_FILLED}:
                continue  # no other was chosen before: it changes nothing
        steps.add(operands, bytes(operator))
    return steps


def _shifts_within_places(operations: Any) -> Iterator[tuple[Any, bytes]]:
    """Yields the steps of a page, a text that begins by moving on put where it moves to: programs write both."""
    size, place = 0.0, None
    for operands, operator in operations:
        if operator == b"Tf":
            size = float(operands[-1])
        if place is not None:
            if operator == b"TJ" and operands[0] and isinstance(operands[0][0], (int, float)):
                moved = -float(operands[0][0]) / 1000 * size
                place = [
                    *place[:4],
                    float(place[4]) + moved * float(place[0]),
                    float(place[5]) + moved * float(place[1]),
                ]
                operands = [operands[0][1:]]
            yield place, b"Tm"
        place = operands if operator == b"Tm" else None
        if place is None:
            yield operands, operator
    if place is not None:
        yield place, b"Tm"


def paper_size(page: Any) -> tuple[int, ...]:
    """Returns the part of the paper that a pypdf page shows, in points, and its scale in per cent."""
    return (*(round(float(edge)) for edge in page.mediabox), round(float(page.get("/UserUnit", 1)) * 100))


def _pieces(obj: Any, depth: int) -> Iterator[bytes]:
    """Yields a PDF's object with all that it refers to, in bytes that do not depend on numbering and packing."""
    from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

    obj = obj.get_object() if hasattr(obj, "get_object") else obj
    if depth > _DEEPEST:
        yield b"..."
    elif isinstance(obj, DictionaryObject):
        yield b"<<"
        for key in sorted(set(obj) - _NOT_DRAWN):
            if depth or key != "/Contents":
                yield str(key).encode()
                yield from _pieces(obj[key], depth + 1)
        if isinstance(obj, StreamObject):
            yield from _unusual_packing(obj)
            yield hashlib.sha256(obj.get_data().strip()).digest()
        yield b">>"
    elif isinstance(obj, ArrayObject):
        yield b"["
        for part in obj:
            yield from _pieces(part, depth + 1)
        yield b"]"
    elif isinstance(obj, (int, float)):
        yield f"{float(obj):.{_DIGITS_KEPT}g};".encode()
    else:
        yield f"{type(obj).__name__} {obj!s};".encode()


def _packing_of_contents(page: Any) -> Iterator[bytes]:
    drawing = page["/Contents"].get_object() if "/Contents" in page else []
    for part in drawing if isinstance(drawing, list) else [drawing]:
        yield from _unusual_packing(part.get_object())


def _unusual_packing(stream: Any) -> Iterator[bytes]:
    """Yields how a stream is packed where programs differ in how they unpack it."""
    filters = stream["/Filter"] if "/Filter" in stream else []  # noqa: SIM401 (`get` does not follow it)
    for name in filters if isinstance(filters, list) else [filters]:
        if name not in _USUAL_PACKING:
            yield str(name).encode()
    parameters = str(stream["/DecodeParms"]) if "/DecodeParms" in stream else ""
    if "/Predictor" in parameters:
        yield parameters.encode()


def typefaces(page: Any) -> Iterator[str]:
    """Yields the typefaces of a page of pypdf's, without the marks of subsets."""
    resources = page.get("/Resources")
    fonts = resources.get_object().get("/Font") if resources is not None else None
    for font in fonts.get_object().values() if fonts is not None else ():
        yield str(font.get_object().get("/BaseFont", "")).partition("+")[2]


def _transparent_states(page: Any) -> frozenset[str]:
    """Returns the names of the states of a page in which what is drawn can hardly be seen."""
    resources = page.get("/Resources")
    states = resources.get_object().get("/ExtGState") if resources is not None else None
    graphics_states = {
        name: state.get_object()
        for name, state in (states.get_object() if states is not None else {}).items()
    }
    return frozenset(
        name
        for name, state in graphics_states.items()
        if min(float(state.get("/ca", 1)), float(state.get("/CA", 1))) < _LEAST_OPAQUE
        or state.get("/SMask", "/None") != "/None"
    )


def _overlays(contents: Any, transparent: frozenset[str]) -> Iterator[str]:
    """Yields the names of what may cover a text, and of texts that cannot be seen."""
    brightness_stack, brightness = [0.0], 0.0
    for operands, operator in contents.operations if contents is not None else ():
        if operator == b"q":
            brightness_stack.append(brightness)
        elif operator == b"Q":
            brightness = brightness_stack.pop() if brightness_stack else 0.0
        elif operator in _COLOUR_OPERATORS:
            brightness = min(
                (float(part) for part in operands if isinstance(part, (int, float))), default=0.0
            )
        elif operator in _TEXT_OPERATORS and brightness > _PALE_BRIGHTNESS:
            yield "浅色的字"
        elif name := _overlay_of(operator, operands, transparent):
            yield name


def _overlay_of(operator: bytes, operands: Any, transparent: frozenset[str]) -> str:
    """Returns the name of what an operator makes transparent, hides or draws over texts; empty: nothing."""
    if operator in _COVERING_OPERATORS:
        return _COVERING_OPERATORS[operator]
    if operator == b"gs" and operands and str(operands[0]) in transparent:
        return "透明的内容"
    if operator == b"BDC" and operands and str(operands[0]) == "/OC":
        return "可以隐藏的内容"
    if operator == b"Tr" and operands and int(operands[0]) in _INVISIBLE_RENDERING_MODES:
        return "看不见的字"
    return ""
