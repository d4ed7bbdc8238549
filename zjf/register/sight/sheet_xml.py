"""The contents of a sheet's XML apart from its cells, read in one pass."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

_MARKED_CELLS = {"vm": "格子里的图片或数据类型", "ph": "注音"}
"""Attributes of cells by which a spreadsheet shows something else, or more, than their values."""
_SWITCHES = {
    "customSheetView": "自定义视图（切换后可能少几行）",
    "scenario": "方案（切换后数字可能不同）",
}
_TRUE = ("1", "true", "on")
_PARTS_OF_CELL = ("f", "v", "is")
"""What a cell is made of, each once at most: its formula, what that came to or a value, a text of its own."""
EXCEL_2010 = "spreadsheetml/2009"
"""In the name of the namespace that Excel 2010 added."""
_EDGES = {
    f"{pages}{edge}": (name, pages)
    for edge, name in (("Header", "页眉"), ("Footer", "页脚"))
    for pages in ("odd", "even", "first")
}


@dataclass
class SheetXml:
    """A sheet's XML, looked through.

    Args:
        tags: The names of all its elements, without their prefixes, by namespace.
        marks: What its cells are marked with that is shown, by name, with the first cell of each.
        twice: The cells, rows and columns that are written twice: which is seen depends on the program.
        tips: What is shown when the mouse stands on a link, by cell.
        edges: The heads and feet of its pages as they are written, by name and pages (odd, even, first).
        edge_flags: Which pages have their own: `differentOddEven`, `differentFirst`.
        worked_out: What formulas came to, as it is written, by cell.
    """

    tags: set[tuple[str, str]] = field(default_factory=set)
    marks: dict[str, str] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)
    tips: dict[str, str] = field(default_factory=dict)
    links: bool = False
    edges: dict[tuple[str, str], str] = field(default_factory=dict)
    edge_flags: frozenset[str] = frozenset()
    worked_out: dict[str, str] = field(default_factory=dict)

    def has(self, *names: str, within: str = "") -> bool:
        """Whether it has an element of one of those names, in a namespace that has those words in its name."""
        return any(name in names and within in namespace for namespace, name in self.tags)

    def switches(self) -> Iterator[str]:
        """Yields, in words, controls by which a reader can show other figures, or fewer."""
        yield from (name for tag, name in _SWITCHES.items() if self.has(tag))


def read_sheet_xml(xml: bytes) -> SheetXml:
    """Looks through a sheet's part.

    Raises:
        expat.ExpatError: It is no XML.
    """
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.begin
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.Parse(xml, True)
    if reader.cells_are_named == {True, False}:
        reader.read.marks["没有写明位置的格子"] = ""
    return reader.read


class _Reader:
    def __init__(self) -> None:
        self.read = SheetXml()
        self._cells: set[str] = set()
        self._rows: set[str] = set()
        self._row = ""
        self._last_column = 0
        self._edge: tuple[str, str] | None = None
        self._cell = ""
        self._parts_of_cell: dict[str, str] = {}
        self._part = ""
        self._shared_number = ""
        self._shared_formulas: set[str] = set()
        self.cells_are_named: set[bool] = set()

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        self.read.tags.add((namespace, local))
        if local in ("c", "row"):
            self._cell_or_row(local, attributes)
        elif local in _PARTS_OF_CELL:
            self._part_of_cell(local, attributes)
        elif local == "col":
            self._column(attributes)
        elif local == "dataValidation" and EXCEL_2010 in namespace and _shows_prompt(attributes):
            self.read.marks["输入提示"] = ""  # openpyxl sees those of older kinds
        elif local == "hyperlink":
            self.read.links = True
            if tip := attributes.get("tooltip"):
                self.read.tips[attributes.get("ref", "")] = tip
        elif local == "headerFooter":
            self.read.edge_flags = frozenset(
                name for name, value in attributes.items() if value.lower() in _TRUE
            )
        elif local in _EDGES:
            self._edge = _EDGES[local]
            if self._edge in self.read.edges:
                self.read.twice.append(self._edge[0])
            self.read.edges[self._edge] = ""

    def end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        if local in _EDGES:
            self._edge = None
        elif local == "f" and self._shared_number and self._parts_of_cell.get("f"):
            if self._shared_number in self._shared_formulas:
                self.read.twice.append(self._cell)
            self._shared_formulas.add(self._shared_number)
        elif local == "c" and "f" in self._parts_of_cell:
            self.read.worked_out[self._cell] = self._parts_of_cell.get("v", "")
        if local == self._part:
            self._part = ""

    def text(self, characters: str) -> None:
        if self._edge:
            self.read.edges[self._edge] += characters
        elif self._part:
            self._parts_of_cell[self._part] += characters

    def _part_of_cell(self, local: str, attributes: dict[str, str]) -> None:
        if local in self._parts_of_cell:
            self.read.twice.append(self._cell)
        self._part, self._parts_of_cell[local] = local, ""
        if local == "f":
            self._shared_number = attributes.get("si", "") if attributes.get("t") == "shared" else ""

    def _column(self, attributes: dict[str, str]) -> None:
        """Notes columns that are set twice: programs differ in the width that they then give them."""
        first_column, last_column = (int(attributes.get(name, "0")) for name in ("min", "max"))
        if first_column <= self._last_column:
            self.read.twice.append(f"第{first_column}列")
        self._last_column = max(self._last_column, last_column)

    def _cell_or_row(self, local: str, attributes: dict[str, str]) -> None:
        name = attributes.get("r", "").upper()
        if local == "c" and name and self._row and not name.endswith(self._row):
            self.read.marks.setdefault("写在别的行里的格子", name)
        elif local == "row":
            self._row = name
        if local == "c":
            self._cell, self._parts_of_cell = name, {}
            self.cells_are_named.add(bool(name))
        names_so_far = self._cells if local == "c" else self._rows
        if name and name in names_so_far:
            self.read.twice.append(name if local == "c" else f"第{name}行")
        names_so_far.add(name)
        if local == "row":
            self._cells.clear()
        for mark, mark_name in self._shown_marks(attributes):
            self.read.marks.setdefault(mark_name, name if mark == "vm" or local == "c" else f"第{name}行")

    def _shown_marks(self, attributes: dict[str, str]) -> Iterator[tuple[str, str]]:
        for mark, name in _MARKED_CELLS.items():
            if attributes.get(mark, "0").lower() not in ("0", "false"):
                yield mark, name


def _shows_prompt(validation: dict[str, str]) -> bool:
    has_words = bool(validation.get("prompt") or validation.get("promptTitle"))
    return has_words and validation.get("showInputMessage", "0").lower() in _TRUE
