"""The comments of a sheet: those of an earlier round are removed, new ones added; the unit's own are kept."""

from collections.abc import Iterable, Mapping

from lxml import etree
from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

from zjf.intake.formats.xml_names import SPREADSHEET
from zjf.render.marked_copy.package import Package, local_name, parse_xml, serialize_xml
from zjf.render.marked_copy.sheet_frame import Cell
from zjf.render.marked_copy.vml import Boxes
from zjf.render.xlsx.inline_texts import escaped, excel_text

COMMENT_MARK = "【校验】"
_AUTHOR = "zjf"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_EMPTY_COMMENTS = f'<comments xmlns="{SPREADSHEET}"><authors/><commentList/></comments>'.encode()


def add_comments(
    package: Package, sheet: str, drawing: str | None, comments: Mapping[Cell, str], *, earlier: bool
) -> str | None:
    """Adds comments to cells of a sheet, below what the unit's own comments say.

    Args:
        drawing: The reference by which the sheet names the part in which its comments are drawn.
        earlier: Whether an earlier round's comments are removed.

    Returns:
        A reference that the sheet must be given, if it had no drawing of comments; else None.
    """
    relations = package.relations(sheet)
    part = relations.of_kind("comments")
    if not comments and not (earlier and part):
        return None
    texts = _Comments(package.read(part) if part else _EMPTY_COMMENTS)
    drawing_part = relations.target(drawing) if drawing else ""
    drawing_boxes = Boxes(package.read(drawing_part) if drawing_part else b"")
    if earlier:
        drawing_boxes.remove(texts.take_back())
    threads = _threaded(package, relations.all_of_kind("threadedComment"))
    for cell, words in sorted(comments.items()):
        if cell not in threads:  # where there is a thread, programs show no other comment
            drawing_boxes.add(cell, texts.add(cell, words))
    if not part:
        part = package.free_name("xl/comments{}.xml")
        package.put(part, b"", _COMMENTS_TYPE)
        relations.add("comments", part)
    package.put(part, texts.written())
    if drawing_part:
        package.put(drawing_part, drawing_boxes.text)
        return None
    drawing_part = package.free_name("xl/drawings/vmlDrawing{}.vml")
    package.put(drawing_part, drawing_boxes.text)
    package.type_by_ending("vml", _VML_TYPE)
    return relations.add("vmlDrawing", drawing_part)


def _threaded(package: Package, parts: Iterable[str]) -> set[Cell]:
    references = (
        element.get("ref") for part in parts if part in package for element in parse_xml(package.read(part))
    )
    return {xl_cell_to_rowcol(ref) for ref in references if ref}


class _Comments:
    """The texts of a sheet's comments."""

    def __init__(self, text: bytes) -> None:
        self._root = parse_xml(text)
        self._space = etree.QName(self._root).namespace
        parts = {local_name(element): element for element in self._root}
        self._authors, self._list = parts["authors"], parts["commentList"]
        self._by_cell = {
            xl_cell_to_rowcol(element.get("ref")): element for element in self._list if local_name(element)
        }
        self._author = ""
        self._new: list[str] = []
        self._prefix = f"{self._list.prefix}:" if self._list.prefix else ""

    def written(self) -> bytes:
        """Returns the part's XML with all changes."""
        if not self._new:
            return serialize_xml(self._root)
        self._list.text = self._list.text or "\n"  # else an empty list is written without an end tag
        head, end_tag, tail = serialize_xml(self._root).rpartition(f"</{self._prefix}commentList>".encode())
        return b"".join([head, "".join(self._new).encode(), end_tag, tail])

    def take_back(self) -> set[Cell]:
        """Removes an earlier round's comments; returns the cells that are left without a comment."""
        cells_without_comment = set()
        for cell, element in list(self._by_cell.items()):
            if COMMENT_MARK in "".join(element.itertext()) and not _cut_at_mark(element):
                self._list.remove(element)
                del self._by_cell[cell]
                cells_without_comment.add(cell)
        return cells_without_comment

    def add(self, cell: Cell, words: str) -> str:
        """Adds words to a cell's comment, below what the unit wrote; returns the whole comment."""
        existing = self._by_cell.get(cell)
        if existing is None:
            self._new.append(self._plain(cell, words))
            return words
        text = next(element for element in existing if local_name(element) == "text")
        earlier_text = "".join(map(str, text.itertext()))
        plain_texts = [element for element in text if local_name(element) == "t"]
        for plain_text in plain_texts:  # plain and rich text must not be mixed
            run = self._element(text, "r")
            text.replace(plain_text, run)
            run.append(plain_text)
        text_element = self._element(self._element(text, "r"), "t")
        added = f"\n{words}" if earlier_text else words
        text_element.text = excel_text(added)
        text_element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return earlier_text + added

    def _plain(self, cell: Cell, words: str) -> str:
        """Returns the XML of a new comment; as text, since there may be many thousands."""
        text = escaped(words)
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


def _cut_at_mark(element: etree._Element) -> bool:
    """Cuts off a comment from the mark of an earlier round on; returns whether anything is left of it."""
    text = next(part for part in element if local_name(part) == "text")
    remaining, is_behind_mark = "", False
    for run in list(text):
        text_elements = [text_element for text_element in run.iter() if local_name(text_element) == "t"]
        if is_behind_mark:
            text.remove(run)
            continue
        for text_element in text_elements:
            text_before_mark, mark, _ = (text_element.text or "").partition(COMMENT_MARK)
            if mark:
                text_element.text, is_behind_mark = text_before_mark.rstrip(), True
            remaining += text_element.text or ""
    return bool(remaining.strip())
