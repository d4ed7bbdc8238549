"""What python-calamine shows as blank or not at all: error values, uncomputed formulas, and the merged
ranges of .ods and .xlsb.

Everything here is looked for in the raw bytes first and parsed only where it occurs, since a return
rarely has any of it.
"""

import io
import re
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.etree import ElementTree

import xlrd
from openpyxl.utils.cell import coordinate_to_tuple

Merge = tuple[int, int, int, int]
"""A merged range: top, left, bottom, right, counted from 0."""

UNCOMPUTED = "（公式未计算）"
"""Stands for a formula that was saved without its value."""

_CHUNK = 4 * 1024 * 1024
_LONGEST_CELL = 64 * 1024
_ERROR_CELL = re.compile(rb'<(?:\w+:)?c\b([^>]*\bt="e"[^>]*)>.*?<(?:\w+:)?v>([^<]*)</', re.DOTALL)
_EMPTY_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)><(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_REFERENCE = re.compile(rb'\br="([A-Z]+\d+)"')
_XLS_ERROR = re.compile(rb"\x05\x02\x08\x00.{7}\x01|\x06\x00..(?:..){3}\x02\x00.\x00{3}\xff\xff", re.DOTALL)
_XLSB_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_ODS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_CALC_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"


@dataclass
class Unseen:
    """What is known of one sheet beyond its values."""

    merges: list[Merge] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


def unseen_in(data: bytes) -> dict[str, Unseen]:
    """Error values and merged ranges by sheet name, for any binary spreadsheet.

    A file whose inner parts cannot be followed gives none: whether it can be read at all is for
    python-calamine to say.
    """
    try:
        return _look(data)
    except (
        KeyError,
        ValueError,
        IndexError,
        struct.error,
        zipfile.BadZipFile,
        ElementTree.ParseError,
        xlrd.biffh.XLRDError,
    ):
        return {}


def _look(data: bytes) -> dict[str, Unseen]:
    if not data.startswith(b"PK"):
        return _in_xls(data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = set(package.namelist())
        if "content.xml" in names:
            return _in_ods(package)
        if "xl/workbook.bin" in names:
            return _in_xlsb(package)
        return _in_xlsx(package)


def _in_xlsx(package: zipfile.ZipFile) -> dict[str, Unseen]:
    found = {}
    for name, part in _xlsx_sheets(package):
        errors: dict[tuple[int, int], str] = {}
        with package.open(part) as stream:
            for chunk in _overlapping(stream):
                if b't="e"' in chunk:
                    errors |= dict(_matches(_ERROR_CELL, chunk))
                if b"<f" in chunk or b":f" in chunk:
                    errors |= {at: UNCOMPUTED for at, _ in _matches(_EMPTY_FORMULA, chunk)}
        found[name] = Unseen(errors=errors)
    return found


def _xlsx_sheets(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Each worksheet's name and the path of its part inside the package."""
    relations = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    parts = set(package.namelist())
    for each in ElementTree.fromstring(package.read("xl/workbook.xml")).iter():
        if each.tag.endswith("}sheet"):
            reference = next((value for key, value in each.attrib.items() if key.endswith("}id")), None)
            target = targets.get(reference, "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if part in parts:
                yield each.get("name", ""), part


def _overlapping(stream: IO[bytes]) -> Iterator[bytes]:
    """Chunks of a stream, each with the tail of the one before, so that no cell is cut in two."""
    tail = b""
    while block := stream.read(_CHUNK):
        yield tail + block
        tail = block[-_LONGEST_CELL:]


def _matches(pattern: re.Pattern[bytes], chunk: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for match in pattern.finditer(chunk):
        attributes = match.group(1)
        reference = _REFERENCE.search(attributes)
        if reference and b't="str"' not in attributes:
            row, column = coordinate_to_tuple(reference.group(1).decode())
            yield (row - 1, column - 1), match.group(match.lastindex or 1).decode("utf-8", "replace")


def _in_xls(data: bytes) -> dict[str, Unseen]:
    if not _XLS_ERROR.search(data):
        return {}
    found = {}
    with io.StringIO() as log:
        book = xlrd.open_workbook(file_contents=data, on_demand=True, logfile=log)
        for sheet in book.sheets():
            errors = {
                (row, column): xlrd.error_text_from_code.get(int(cell.value), "#N/A")
                for row in range(sheet.nrows)
                for column, cell in enumerate(sheet.row(row))
                if cell.ctype == xlrd.XL_CELL_ERROR
            }
            found[sheet.name] = Unseen(errors=errors)
    return found


def _in_ods(package: zipfile.ZipFile) -> dict[str, Unseen]:
    content = package.read("content.xml")
    if not re.search(rb'-spanned="|value-type="error"', content):
        return {}
    table_ns = _ODS % "table"
    found: dict[str, Unseen] = {}
    for table in ElementTree.fromstring(content).iter(f"{table_ns}table"):
        sheet = found.setdefault(table.get(f"{table_ns}name", ""), Unseen())
        row = 0
        for line in table.iter(f"{table_ns}table-row"):
            _ods_row(line, row, sheet, table_ns)
            row += int(line.get(f"{table_ns}number-rows-repeated", "1"))
    return found


def _ods_row(line: ElementTree.Element, row: int, sheet: Unseen, table_ns: str) -> None:
    column = 0
    for cell in line:
        deep = int(cell.get(f"{table_ns}number-rows-spanned", "1"))
        wide = int(cell.get(f"{table_ns}number-columns-spanned", "1"))
        if deep > 1 or wide > 1:
            sheet.merges.append((row, column, row + deep - 1, column + wide - 1))
        if cell.get(_CALC_TYPE) == "error":
            sheet.errors[row, column] = "".join(cell.itertext()) or "#N/A"
        column += int(cell.get(f"{table_ns}number-columns-repeated", "1"))


def _in_xlsb(package: zipfile.ZipFile) -> dict[str, Unseen]:
    names = [
        _wide_string(body, 12 + _relation_length(body))
        for kind, body in _records(package.read("xl/workbook.bin"))
        if kind == 156
    ]
    parts = sorted(
        (name for name in package.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.bin", name)),
        key=lambda name: int(re.sub(r"\D", "", name)),
    )
    return {name: _xlsb_sheet(package.read(part)) for name, part in zip(names, parts, strict=False)}


def _relation_length(body: bytes) -> int:
    """Bytes that the relation id of a BrtBundleSh record takes after its first 8 bytes, less 4."""
    (length,) = struct.unpack_from("<I", body, 8)
    return int(length) * 2


def _wide_string(body: bytes, at: int) -> str:
    (length,) = struct.unpack_from("<I", body, at)
    return body[at + 4 : at + 4 + 2 * length].decode("utf-16-le", "replace")


def _xlsb_sheet(data: bytes) -> Unseen:
    sheet, row = Unseen(), 0
    for kind, body in _records(data):
        if kind == 0:  # BrtRowHdr
            (row,) = struct.unpack_from("<I", body)
        elif kind in (3, 11):  # BrtCellError, BrtFmlaError
            (column,) = struct.unpack_from("<I", body)
            sheet.errors[row, column] = _XLSB_ERRORS.get(body[8], "#N/A")
        elif kind == 176:  # BrtMergeCell
            top, bottom, left, right = struct.unpack_from("<4I", body)
            sheet.merges.append((top, left, bottom, right))
    return sheet


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of an .xlsb part: two variable-length numbers (type, size), then the body."""
    at = 0
    while at < len(data):
        kind, at = _varint(data, at, 2)
        size, at = _varint(data, at, 4)
        yield kind, data[at : at + size]
        at += size


def _varint(data: bytes, at: int, longest: int) -> tuple[int, int]:
    value = 0
    for place in range(longest):
        byte = data[at] if at < len(data) else 0
        at += 1
        value |= (byte & 0x7F) << (7 * place)
        if not byte & 0x80:
            break
    return value, at
