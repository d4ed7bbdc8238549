"""Inside an .ods: merged ranges, error values, and how far a sheet's repeated cells reach."""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from zjf.intake.formats.extras import LockedError, SheetExtras, WorkbookExtras, read_through

_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_BETWEEN_CELLS = re.compile(rb">\s+<(?=/?table:)")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALC_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"


def inspect(package: zipfile.ZipFile, data: bytes) -> WorkbookExtras:
    """Looks through every part of the package; white space between cells is taken out of `data`.

    Raises:
        LockedError: The contents are encrypted.
    """
    if _MANIFEST in package.namelist() and b"encryption-data" in package.read(_MANIFEST):
        raise LockedError
    content = package.read(_CONTENT)
    read_through(package, set(package.namelist()) - {_CONTENT})
    book = WorkbookExtras(data, list(_sheets(content)))
    if _BETWEEN_CELLS.search(content):  # python-calamine stumbles over it
        book.data = _with_content(package, _BETWEEN_CELLS.sub(b"><", content))
    return book


def _sheets(content: bytes) -> Iterator[SheetExtras]:
    sheet, row = SheetExtras(size=(0, 0)), 0
    for event, element in ElementTree.iterparse(io.BytesIO(content), ("start", "end")):
        if element.tag == f"{_TABLE}table":
            if event == "end":
                yield sheet
                element.clear()
            sheet, row = SheetExtras(size=(0, 0)), 0
        elif element.tag == f"{_TABLE}table-row" and event == "end":
            repeated = _count(element, "rows-repeated")
            _read_row(element, row, repeated, sheet)
            row += repeated
            element.clear()


def _read_row(line: ElementTree.Element, row: int, repeated: int, sheet: SheetExtras) -> None:
    column = 0
    for cell in line:
        deep, wide = _count(cell, "rows-spanned"), _count(cell, "columns-spanned")
        if deep > 1 or wide > 1:
            sheet.merges.append((row, column, row + deep - 1, column + wide - 1))
        if cell.get(_CALC_TYPE) == "error":
            sheet.errors[row, column] = "".join(cell.itertext()) or "#N/A"
        column += _count(cell, "columns-repeated")
        if cell.get(f"{_OFFICE}value-type"):
            rows, columns = sheet.size or (0, 0)
            sheet.size = (max(rows, row + repeated), max(columns, column))


def _count(element: ElementTree.Element, what: str) -> int:
    return int(element.get(f"{_TABLE}number-{what}", "1"))


def _with_content(package: zipfile.ZipFile, content: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as copy:
        for name in package.namelist():
            copy.writestr(name, content if name == _CONTENT else package.read(name))
    return written.getvalue()
