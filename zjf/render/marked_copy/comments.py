"""The comments of a sheet: those of an earlier round are taken out, those of this one put beside the unit's own."""

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

from lxml import etree
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

from zjf.render.marked_copy.package import Package, local, parsed, written
from zjf.render.marked_copy.vml import Boxes

SAID = "【校验】"
_AUTHOR = "zjf"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NONE = f'<comments xmlns="{_MAIN}"><authors/><commentList/></comments>'.encode()

Cell = tuple[int, int]
"""A cell's row and column, counted from 0."""


def comment(
    package: Package, sheet: str, drawing: str | None, said: Mapping[Cell, str], *, earlier: bool
) -> str | None:
    """Comments cells of a sheet.

    Args:
        package: The workbook.
        sheet: The sheet's part.
        drawing: The reference by which the sheet names the part that its comments are drawn in.
        said: What is said of which cell.
        earlier: Whether an earlier round's comments are taken out.

    Returns:
        The reference where the sheet must name a part that it did not have.
    """
    relations = package.relations(sheet)
    part = relations.of_kind("comments")
    if not said and not (earlier and part):
        return None
    texts = _Comments(package.read(part) if part else _NONE)
    drawn = relations.target(drawing) if drawing else ""
    boxes = Boxes(package.read(drawn) if drawn else b"")
    if earlier:
        boxes.remove(texts.take_back())
    threads = _threaded(package, relations.all_of_kind("threadedComment"))
    for cell, words in sorted(said.items()):
        if cell not in threads:  # there the program shows the thread, and no comment beside it
            boxes.add(cell, texts.add(cell, words))
    if not part:
        part = package.free_name("xl/comments{}.xml")
        package.put(part, b"", _COMMENTS_TYPE)
        relations.add("comments", part)
    package.put(part, texts.written())
    if drawn:
        package.put(drawn, boxes.text)
        return None
    drawn = package.free_name("xl/drawings/vmlDrawing{}.vml")
    package.put(drawn, boxes.text)
    package.type_by_ending("vml", _VML_TYPE)
    return relations.add("vmlDrawing", drawn)


def _threaded(package: Package, parts: Iterable[str]) -> set[Cell]:
    found = (
        element.get("ref") for part in parts if part in package for element in parsed(package.read(part))
    )
    return {xl_cell_to_rowcol(ref) for ref in found if ref}


class _Comments:
    """The texts of a sheet's comments.

    Args:
        text: The XML that holds them.
    """

    def __init__(self, text: bytes) -> None:
        self._root = parsed(text)
        self._space = etree.QName(self._root).namespace
        parts = {local(element): element for element in self._root}
        self._authors, self._list = parts["authors"], parts["commentList"]
        self._by_cell = {
            xl_cell_to_rowcol(element.get("ref")): element for element in self._list if local(element)
        }
        self._author = ""
        self._new: list[str] = []
        self._prefix = f"{self._list.prefix}:" if self._list.prefix else ""

    def written(self) -> bytes:
        """The XML that holds them now."""
        if not self._new:
            return written(self._root)
        self._list.text = self._list.text or "\n"  # else an empty list has no end to put them before
        before, end, after = written(self._root).rpartition(f"</{self._prefix}commentList>".encode())
        return b"".join([before, "".join(self._new).encode(), end, after])

    def take_back(self) -> set[Cell]:
        """Takes out what an earlier round said; gives the cells of which nothing else was said."""
        bare = set()
        for cell, element in list(self._by_cell.items()):
            if SAID in "".join(element.itertext()) and not _cut(element):
                self._list.remove(element)
                del self._by_cell[cell]
                bare.add(cell)
        return bare

    def add(self, cell: Cell, words: str) -> str:
        """Says something of a cell, below what the unit said; gives all that is said now."""
        own = self._by_cell.get(cell)
        if own is None:
            self._new.append(self._plain(cell, words))
            return words
        text = next(element for element in own if local(element) == "text")
        before = "".join(map(str, text.itertext()))
        for plain in [element for element in text if local(element) == "t"]:  # plain and rich do not mix
            run = self._element(text, "r")
            text.replace(plain, run)
            run.append(plain)
        said = self._element(self._element(text, "r"), "t")
        added = f"\n{words}" if before else words
        said.text = added
        said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return before + added

    def _plain(self, cell: Cell, words: str) -> str:
        """A comment that says nothing else: of many thousands no elements are made."""
        text = escape(ILLEGAL_CHARACTERS_RE.sub("", words))
        author, x = self._known_author(), self._prefix
        return (
            f'<{x}comment ref="{xl_rowcol_to_cell(*cell)}" authorId="{author}"><{x}text><{x}r>'
            f'<{x}t xml:space="preserve">{text}</{x}t></{x}r></{x}text></{x}comment>'
        )

    def _known_author(self) -> str:
        if not self._author:
            self._author = str(len(self._authors))
            self._element(self._authors, "author").text = _AUTHOR
        return self._author

    def _element(self, parent: etree._Element, tag: str) -> etree._Element:
        return etree.SubElement(parent, f"{{{self._space}}}{tag}")


def _cut(element: etree._Element) -> bool:
    """Cuts a comment where an earlier round's words begin; whether anything is left of it."""
    text = next(part for part in element if local(part) == "text")
    left, behind = "", False
    for run in list(text):
        pieces = [piece for piece in run.iter() if local(piece) == "t"]
        if behind:
            text.remove(run)
            continue
        for piece in pieces:
            before, mark, _ = (piece.text or "").partition(SAID)
            if mark:
                piece.text, behind = before.rstrip(), True
            left += piece.text or ""
    return bool(left.strip())
