"""Inside an .xlsx: what is to be known of its sheets without parsing all of their XML."""

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import IO
from xml.etree import ElementTree

from zjf.intake.formats import xlsx_cells
from zjf.intake.formats.extras import (
    SheetExtras,
    WorkbookExtras,
    is_swollen,
    read_through,
    xml_may_hold_radicals,
)
from zjf.intake.formats.looks import Looks
from zjf.intake.formats.relations import related_by_number
from zjf.intake.formats.rich_texts import SeenText
from zjf.intake.formats.xlsx_comments import boxes_of, comments_of
from zjf.intake.formats.xlsx_long_sheet import BegunBytes, begin_long_sheet
from zjf.intake.formats.xlsx_looks import note_looks, read_looks
from zjf.intake.formats.xlsx_rich_texts import may_hold_texts, note_own, note_shared, rich_texts, shared_texts
from zjf.intake.formats.xlsx_size import last_row, measured_size, note_rows, refuse_cells_twice, stated_size
from zjf.intake.formats.xml_names import all_named

_BOOK = "xl/workbook.xml"
_CHUNK = 4 * 1024 * 1024
_LONGEST_CELL = 64 * 1024
_AT_HAND = 1024 * 1024
"""So much XML is searched for one thing after the other: it still is at hand in the processor then."""


def inspect(package: zipfile.ZipFile, data: bytes, most_cells: int, long_from: int) -> WorkbookExtras:
    """Looks through every part of the package, once.

    Args:
        most_cells: A sheet that says it is larger is looked at closely.
        long_from: From how many bytes of XML on each distinct cell of the longest sheet is parsed once.
    """
    book = ElementTree.fromstring(package.read(_BOOK))
    parts = _sheet_parts(package, book)
    looks, (texts_part, texts) = read_looks(package), shared_texts(package)
    rich = rich_texts(texts)
    if isinstance(data, BegunBytes):
        long = data.begun
    else:
        long = begin_long_sheet(package, data, parts, most_cells, long_from)
    parsed = long.parsed if long else None
    sheets = []
    for path in parts:
        xml = long.xml if long and path == long.part else None
        part = _Part(package, path, xml, is_parsed=bool(xml and parsed)) if path else None
        sheets.append(_sheet(part, most_cells, looks, rich) if part else SheetExtras())
        if path:
            sheets[-1].comments, sheets[-1].boxes = comments_of(package, path), boxes_of(package, path)
    others = set(package.namelist()).difference(part for part in (*parts, texts_part) if part)
    in_texts = read_through(package, others) or xml_may_hold_radicals(texts)
    starts_1904 = any(element.get("date1904") in ("1", "true") for element in all_named(book, "workbookPr"))
    return WorkbookExtras(
        data,
        sheets,
        starts_1904,
        may_have_radicals=in_texts or any(sheet.may_have_radicals for sheet in sheets),
        long=parsed,
    )


def begun(data: bytes, most_cells: int, long_from: int) -> bytes:
    """Returns a workbook's bytes with what `inspect` would begin with; the bytes alone where a part is swollen.

    Raises:
        Exception: Whatever a damaged file, or one of another format, makes its readers raise.
    """
    with zipfile.ZipFile(BytesIO(data)) as package:
        if any(map(is_swollen, package.infolist())):
            return data
        parts = _sheet_parts(package, ElementTree.fromstring(package.read(_BOOK)))
        made = BegunBytes(data)
        made.begun = begin_long_sheet(package, data, parts, most_cells, long_from)
        return made


@dataclass(frozen=True)
class _Part:
    """A sheet's part of a package; `xml` where it was unpacked already, and it may be parsed: then no row is there twice."""

    package: zipfile.ZipFile
    path: str
    xml: bytes | None
    is_parsed: bool

    def open(self) -> IO[bytes]:
        return self.package.open(self.path) if self.xml is None else BytesIO(self.xml)

    def chunks(self) -> Iterator[bytes]:
        """The part in pieces; each begins with the end of the one before, so that no cell is cut in two."""
        if self.xml is not None:
            for start in range(0, len(self.xml), _AT_HAND):
                yield self.xml[max(start - _LONGEST_CELL, 0) : start + _AT_HAND]
            return
        tail = b""
        with self.package.open(self.path) as stream:
            while block := stream.read(_CHUNK):
                yield tail + block
                tail = block[-_LONGEST_CELL:]


def worksheets(package: zipfile.ZipFile) -> dict[str, str]:
    """The paths of the parts that hold worksheets, by the sheets' names."""
    book = ElementTree.fromstring(package.read(_BOOK))
    return {name: part for name, kind, part in _sheets(package, book) if part and kind == "worksheet"}


def _sheet_parts(package: zipfile.ZipFile, book: ElementTree.Element) -> list[str | None]:
    """Returns the path of every sheet's part inside the package, in the workbook's order."""
    return [part for _, _, part in _sheets(package, book)]


def _sheets(package: zipfile.ZipFile, book: ElementTree.Element) -> Iterator[tuple[str, str, str | None]]:
    """Yields for every sheet its name, its kind, and the path of its part; None where the package lacks it."""
    relations = related_by_number(package, _BOOK)
    paths = {name.lower(): name for name in package.namelist()}
    for element in all_named(book, "sheet"):
        number = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
        kind, target = relations.get(number, ("", ""))
        yield element.get("name", ""), kind, paths.get(target.lower())


def _sheet(part: _Part, most_cells: int, looks: Looks, rich: Mapping[int, SeenText]) -> SheetExtras:
    sheet = SheetExtras()
    styled: set[tuple[int, int]] = set()
    rows = columns = last = known = 0
    numbers: set[int] = set()
    prefixed = holds_texts = False
    for number, chunk in enumerate(part.chunks()):
        if number == 0:  # it says how large the sheet is, and how its tags begin
            (rows, columns), prefixed = stated_size(chunk), b":worksheet" in chunk[:_CHUNK]
            holds_texts = may_hold_texts(chunk)
        last = last_row(chunk) or last
        if not part.is_parsed:
            note_rows(chunk, known, numbers)
            may_overlap = refuse_cells_twice(chunk)
            xlsx_cells.refuse_unclear_values(chunk)
            if may_overlap:
                return _parsed(part, looks)
            known = min(len(chunk) - known, _LONGEST_CELL)
        if xlsx_cells.may_lack_values(chunk, prefixed=prefixed):
            if prefixed or not xlsx_cells.is_plain(chunk):
                return _parsed(part, looks)
            sheet.errors |= dict(xlsx_cells.search(chunk, looks))
        note_looks(chunk, looks, sheet, styled)
        note_shared(chunk, rich, sheet)
        if holds_texts:
            note_own(chunk, sheet)
        sheet.may_have_radicals = sheet.may_have_radicals or xml_may_hold_radicals(chunk)
    if part.is_parsed:
        return sheet  # its cells tell how far they reach
    if rows < last or rows * columns > most_cells:
        rows, columns = measured_size(part.chunks())
    sheet.size = (rows, columns)
    return sheet


def _parsed(part: _Part, looks: Looks) -> SheetExtras:
    with part.open() as stream:
        sheet = xlsx_cells.parse(stream, looks)
    sheet.may_have_radicals = read_through(part.package, {part.path})
    return sheet
