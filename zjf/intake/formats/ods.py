"""Inside an .ods: merged ranges, error values, what is hidden or struck through, and how far a sheet's
repeated cells reach.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from zjf.intake.formats.comments import own_words
from zjf.intake.formats.containers import with_parts
from zjf.intake.formats.extras import (
    MOST_COLUMNS,
    MOST_ROWS,
    DamagedError,
    LockedError,
    SheetExtras,
    WorkbookExtras,
    read_through,
)
from zjf.intake.formats.fonts import HIGH, LOW, PLAIN, USUAL_SIZE, WHITE, Font
from zjf.intake.formats.number_formats import NumberFormat
from zjf.intake.formats.rich_texts import Run, as_seen
from zjf.intake.values.radicals import may_hold_radicals

_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_BETWEEN_CELLS = re.compile(rb">\s+<(?=/?table:)")
_LINE_BREAK = re.compile(rb"<text:line-break\s*/>")
_RUBY = re.compile(rb"<text:ruby-text\b[^>]*(?:/>|>.*?</text:ruby-text>)", re.DOTALL)
_MORE_THAN_A_NUMBER = re.compile(r"^0\d|[^\W\d_]|\d[-/]\d")
"""What is shown of a number under a format with letters or zeros of its own: 0012, YS0012, 2024-0012."""
_ON_THE_LINE = ("0%", "0")
_NEXT_LINE = Run("\n", struck=False, digits=PLAIN)
_SHAPE = re.compile(rb"<(/?)draw:[^<>]*?(/?)>")
_DRAWN = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_NOT_SAID = (f"{_TEXT}ruby-text",)
"""How a word is pronounced."""
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_OF_LETTERS = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}color"
_OF_THE_GROUND = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}background-color"
_SIZE = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}font-size"
_POINTS = re.compile(r"\d+(?:\.\d+)?(?=pt$)")
_HOLDING = {
    **dict.fromkeys(("float", "percentage", "currency"), f"{_OFFICE}value"),
    **{kind: f"{_OFFICE}{kind}-value" for kind in ("date", "time", "boolean")},
}
"""Where a cell's value stands, by its kind; a text is what the cell shows."""
_CALC_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"


def inspect(package: zipfile.ZipFile, data: bytes) -> WorkbookExtras:
    """Reads every part of the package.

    `data` becomes a copy without what python-calamine misreads: white space between cells, pronunciations (ruby), and
    text boxes, whose words it takes for the cell's. A break within a line becomes a line break.

    Raises:
        LockedError: The contents are encrypted.
        DamagedError: A cell shows a number, and does not hold it: python-calamine would take it for blank.
    """
    if _MANIFEST in package.namelist() and b"encryption-data" in package.read(_MANIFEST):
        raise LockedError
    content = package.read(_CONTENT)
    read_through(package, set(package.namelist()) - {_CONTENT})
    book = WorkbookExtras(data, list(_sheets(content)), may_have_radicals=may_hold_radicals(content))
    readable = _RUBY.sub(b"", _LINE_BREAK.sub(b"\n", _BETWEEN_CELLS.sub(b"><", _without_shapes(content))))
    if readable != content:
        book.data = with_parts(package, {_CONTENT: readable})
    return book


def _without_shapes(content: bytes) -> bytes:
    """Returns the XML without what is drawn on the sheets: pictures, shapes, text boxes."""
    kept: list[bytes] = []
    depth = behind = 0
    for tag in _SHAPE.finditer(content):
        if depth == 0:
            kept.append(content[behind : tag.start()])
        depth += 0 if tag[2] else -1 if tag[1] else 1
        behind = tag.end()
    return b"".join([*kept, content[behind:]]) if depth == 0 else content


def _sheets(content: bytes) -> Iterator[SheetExtras]:
    sheet, row, column = SheetExtras(size=(0, 0)), 0, 0
    looks = _Looks()
    for event, element in ElementTree.iterparse(io.BytesIO(content), ("start", "end")):
        if element.tag == f"{_TABLE}table":
            if event == "end":
                yield sheet
                element.clear()
            sheet, row, column = SheetExtras(size=(0, 0)), 0, 0
        elif event == "start":
            continue
        elif element.tag == f"{_STYLE}style":
            looks.note(element)
        elif element.tag == f"{_TABLE}table-column":
            column = _after(element, "columns", column, sheet.hidden_columns, MOST_COLUMNS)
        elif element.tag == f"{_TABLE}table-row":
            _read_row(element, row, sheet, looks)
            row = _after(element, "rows", row, sheet.hidden_rows, MOST_ROWS)
            element.clear()
        elif element.tag == f"{_TABLE}shapes":  # they lie on the page, and at no cell
            _note_boxes(element, (0, 0), sheet)


@dataclass
class _Looks:
    """Which styles strike a text through, which print it in the colour of its ground, and which set it high or low, by their names."""

    striking: set[str | None] = field(default_factory=set)
    hiding: set[str | None] = field(default_factory=set)
    digits: dict[str | None, dict[int, str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.striking or self.hiding or self.digits)

    def note(self, style: ElementTree.Element) -> None:
        """Takes in a style."""
        name = style.get(f"{_STYLE}name")
        given = {key: value for element in style for key, value in element.items()}
        if given.get(f"{_STYLE}text-line-through-style", "none") != "none":
            self.striking.add(name)
        letters, ground = given.get(_OF_LETTERS, ""), given.get(_OF_THE_GROUND, "transparent")
        seen_on = WHITE if ground == "transparent" else ground.removeprefix("#")
        points = _POINTS.match(given.get(_SIZE, ""))
        font = Font(colour=letters.removeprefix("#"), size=float(points.group()) if points else USUAL_SIZE)
        if font.is_unseen(seen_on):
            self.hiding.add(name)
        position = given.get(f"{_STYLE}text-position", "0%").split()[0]
        if position not in _ON_THE_LINE:
            self.digits[name] = LOW if position.startswith(("sub", "-")) else HIGH


def _after(element: ElementTree.Element, lines: str, first: int, hidden: set[int], most: int) -> int:
    """Returns where the next row or column begins; adds hidden ones."""
    following = first + _count(element, f"{lines}-repeated")
    if element.get(f"{_TABLE}visibility", "visible") != "visible":
        hidden |= set(range(first, min(following, most)))
    return following


def _read_row(line: ElementTree.Element, row: int, sheet: SheetExtras, looks: _Looks) -> None:
    column, repeated = 0, _count(line, "rows-repeated")
    for cell in line:
        deep, wide = _count(cell, "rows-spanned"), _count(cell, "columns-spanned")
        if deep > 1 or wide > 1:
            sheet.merges.append((row, column, row + deep - 1, column + wide - 1))
        if cell.get(_CALC_TYPE) == "error":
            sheet.errors[row, column] = "".join(cell.itertext()) or "#N/A"
        if (comment := cell.find(f"{_OFFICE}annotation")) is not None:
            words = own_words("\n".join("".join(line.itertext()) for line in comment.iterfind(f"{_TEXT}p")))
            sheet.comments |= {(row, column): words} if words else {}
        _note_boxes(cell, (row, column), sheet)
        kind = cell.get(f"{_OFFICE}value-type")
        if kind == "float":
            _note_format(cell, (row, column), sheet)
            if not _shown(cell):
                sheet.unseen[row].add(column)
        if kind in _HOLDING and cell.get(_HOLDING[kind]) is None and _shown(cell):
            raise DamagedError("文件已损坏，有的格子只写了显示的样子，没有存下数值")
        first, column = column, column + _count(cell, "columns-repeated")
        if kind:
            if looks:
                _note_looks(cell, row, range(first, min(column, MOST_COLUMNS)), sheet, looks)
            rows, columns = sheet.size or (0, 0)
            sheet.size = (max(rows, row + repeated), max(columns, column))
            sheet.most_alike = max(sheet.most_alike, repeated)


def _note_boxes(around: ElementTree.Element, place: tuple[int, int], sheet: SheetExtras) -> None:
    """Notes the words in the shapes that lie at a cell."""
    shapes = [shape for shape in around if shape.tag.startswith(_DRAWN)]
    lines = ["".join(line.itertext()) for shape in shapes for line in shape.iter(f"{_TEXT}p")]
    if words := "\n".join(filter(None, lines)):
        sheet.boxes[place] = words


def _note_looks(
    cell: ElementTree.Element, row: int, columns: range, sheet: SheetExtras, looks: _Looks
) -> None:
    """Notes whether a cell is struck through or unseen, and how its text is seen where its parts look different."""
    if cell.get(f"{_TABLE}style-name") in looks.hiding:
        sheet.unseen[row] |= set(columns)
    runs: list[Run] = []
    for line in cell.findall(f"{_TEXT}p"):
        runs += [_NEXT_LINE, *_runs(line, _NEXT_LINE, looks)] if runs else _runs(line, _NEXT_LINE, looks)
    if seen := as_seen(runs):
        for column in columns:
            sheet.note_seen(row, column, seen._replace(text=seen.text.strip()))
    elif cell.get(f"{_TABLE}style-name") in looks.striking:
        sheet.struck[row] |= set(columns)


def _runs(element: ElementTree.Element, look: Run, looks: _Looks) -> Iterator[Run]:
    """The parts of a line, each with how it looks; what stands around them looks like the line."""
    if element.tag in _NOT_SAID:
        return
    yield look._replace(text="\n" if element.tag == f"{_TEXT}line-break" else element.text or "")
    for child in element:
        style = child.get(f"{_TEXT}style-name")
        struck, digits = look.struck or style in looks.striking, looks.digits.get(style, look.digits)
        yield from _runs(child, Run("", struck, digits), looks)
        yield look._replace(text=child.tail or "")


def _note_format(cell: ElementTree.Element, place: tuple[int, int], sheet: SheetExtras) -> None:
    """Notes what a number's format writes around it."""
    shown, held = _shown(cell), cell.get(f"{_OFFICE}value", "-").removesuffix(".0")
    if shown.endswith("%"):
        sheet.percents[place] = f".{len(shown.partition('.')[2].rstrip('% '))}f"
    elif _MORE_THAN_A_NUMBER.search(shown) and re.sub(r"\D", "", shown).endswith(held):
        sheet.formats[place] = NumberFormat((shown,))


def _shown(cell: ElementTree.Element) -> str:
    return "".join("".join(line.itertext()) for line in cell.iterfind(f"{_TEXT}p"))


def _count(element: ElementTree.Element, what: str) -> int:
    count = int(element.get(f"{_TABLE}number-{what}", "1"))
    if count < 1:
        raise DamagedError("文件已损坏，有的行或格写着重复 0 次")
    return count
