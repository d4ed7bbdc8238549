"""Inside an .xlsx: what is to be known of its sheets without parsing all of their XML."""

import re
import zipfile
from collections.abc import Iterator
from typing import IO
from xml.etree import ElementTree

from xlsxwriter.utility import xl_cell_to_rowcol

from zjf.intake.formats import xlsx_cells
from zjf.intake.formats.extras import SheetExtras, WorkbookExtras, read_through
from zjf.intake.formats.xlsx_looks import Looks, read_looks

_CHUNK = 4 * 1024 * 1024
_LONGEST_CELL = 64 * 1024
_FILLED_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br=["\']([A-Z]{1,3}\d{1,7})["\'][^>]*(?<!/)>(?!</)')
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension\s+ref=["\'](?:[A-Z]{1,3}\d{1,7}:)?([A-Z]{1,3}\d{1,7})["\']')
_ROW = re.compile(rb'row\b[^>]*?\br=["\'](\d{1,7})["\']')


def inspect(package: zipfile.ZipFile, data: bytes, most_cells: int) -> WorkbookExtras:
    """Looks through every part of the package.

    Args:
        package: The opened file.
        data: Its bytes.
        most_cells: A sheet that says it is larger is looked at closely.
    """
    book = ElementTree.fromstring(package.read("xl/workbook.xml"))
    parts = _sheet_parts(package, book)
    looks = read_looks(package)
    sheets = [_sheet(package, part, most_cells, looks) if part else SheetExtras() for part in parts]
    others = set(package.namelist()).difference(part for part in parts if part)
    in_texts = read_through(package, others)
    starts_1904 = any(
        each.get("date1904") in ("1", "true") for each in book.iter() if each.tag.endswith("}workbookPr")
    )
    return WorkbookExtras(
        data, sheets, starts_1904, may_have_radicals=in_texts or any(sheet.own_texts for sheet in sheets)
    )


def worksheets(package: zipfile.ZipFile) -> dict[str, str]:
    """The paths of the parts that hold worksheets, by the sheets' names."""
    book = ElementTree.fromstring(package.read("xl/workbook.xml"))
    named = zip(_sheets(book), _sheet_parts(package, book), strict=True)
    of_cells = {part for part, kind in _targets(package).values() if kind.endswith("/worksheet")}
    return {each.get("name", ""): part for each, part in named if part in of_cells}


def shared_strings(package: zipfile.ZipFile) -> str | None:
    """The path of the part that holds the texts of all sheets, where there is one."""
    found = (part for part, kind in _targets(package).values() if kind.endswith("/sharedStrings"))
    return next((part for part in found if part in package.namelist()), None)


def _sheet_parts(package: zipfile.ZipFile, book: ElementTree.Element) -> list[str | None]:
    """The path of every sheet's part inside the package, in the workbook's order."""
    targets, known = _targets(package), set(package.namelist())
    parts = []
    for each in _sheets(book):
        reference = next((value for key, value in each.attrib.items() if key.endswith("}id")), None)
        part, _ = targets.get(reference, ("", ""))
        parts.append(part if part in known else None)
    return parts


def _sheets(book: ElementTree.Element) -> list[ElementTree.Element]:
    return [each for each in book.iter() if each.tag.endswith("}sheet")]


def _targets(package: zipfile.ZipFile) -> dict[str | None, tuple[str, str]]:
    """The parts that the workbook refers to, by their references: the path of each, and what it is."""
    relations = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    found = {}
    for each in relations:
        target = each.get("Target", "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        found[each.get("Id")] = (part, each.get("Type", ""))
    return found


def _sheet(package: zipfile.ZipFile, part: str, most_cells: int, looks: Looks) -> SheetExtras:
    sheet = SheetExtras()
    styled: set[tuple[int, int]] = set()
    last_row, said, prefixed = 0, None, False
    with package.open(part) as stream:
        for number, chunk in enumerate(_overlapping(stream)):
            if number == 0:  # it says how large the sheet is, and how its tags begin
                said, prefixed = _DIMENSION.search(chunk), b":worksheet" in chunk
            if row := _ROW.match(chunk, max(chunk.rfind(b"row "), 0)):
                last_row = int(row.group(1))
            if xlsx_cells.may_lack_values(chunk, prefixed=prefixed):
                if prefixed or not xlsx_cells.is_plain(chunk):
                    return _parsed(package, part, looks)
                sheet.errors |= dict(xlsx_cells.search(chunk, looks))
            looks.search(chunk, sheet, styled)
            sheet.own_texts = sheet.own_texts or b'"inlineStr"' in chunk
    rows, columns = _after(said.group(1)) if said else (0, 0)
    if rows < last_row or rows * columns > most_cells:
        rows, columns = _size(package, part)
    sheet.size = (rows, columns)
    return sheet


def _parsed(package: zipfile.ZipFile, part: str, looks: Looks) -> SheetExtras:
    with package.open(part) as stream:
        sheet = xlsx_cells.parse(stream, looks)
    read_through(package, {part})
    return sheet


def _size(package: zipfile.ZipFile, part: str) -> tuple[int, int]:
    """How far the cells reach that hold something: a sheet may say it is larger, or smaller."""
    furthest: dict[bytes, int] = {}
    with package.open(part) as stream:
        for chunk in _overlapping(stream):
            for match in _FILLED_CELL.finditer(chunk):
                reference = match.group(1)
                letters = reference.rstrip(b"0123456789")
                furthest[letters] = max(furthest.get(letters, 0), int(reference[len(letters) :]))
    columns = max((_after(letters + b"1")[1] for letters in furthest), default=0)
    return max(furthest.values(), default=0), columns


def _after(reference: bytes) -> tuple[int, int]:
    """How many rows and columns there are up to a cell."""
    row, column = xl_cell_to_rowcol(reference.decode())
    return row + 1, column + 1


def _overlapping(stream: IO[bytes]) -> Iterator[bytes]:
    """Chunks of a stream, each with the tail of the one before, so that no cell is cut in two."""
    tail = b""
    while block := stream.read(_CHUNK):
        yield tail + block
        tail = block[-_LONGEST_CELL:]
