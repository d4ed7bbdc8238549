"""A long sheet of an .xlsx parsed in two halves: python-calamine is given the package twice, each time with half its rows."""

import io
import zipfile
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import BinaryIO

from python_calamine import CalamineSheet, CalamineWorkbook

from zjf.intake.formats.extras import Halves
from zjf.intake.formats.xlsx_size import last_row, said_size

_TOO_LONG = 256 * 1024 * 1024
"""From here on unpacking a sheet as a whole would cost more memory than two cores are worth."""

_ROW, _NUMBERED_ROW, _END = b"<row ", b'<row r="', b"</sheetData>"


@dataclass(frozen=True)
class LongSheet:
    """A sheet worth halving: where it is in the package, and its XML."""

    part: str
    xml: bytes


Begun = tuple[LongSheet | None, Halves | None]
"""The longest sheet of a workbook, where that is long, and its halves, where it can be split."""


class BegunBytes(bytes):
    """The bytes of a workbook of which the longest sheet is unpacked, and perhaps being parsed, already."""

    begun: Begun


def begin_long_sheet(
    package: zipfile.ZipFile, parts: Sequence[str | None], most_cells: int, halved_from: int
) -> Begun:
    """Begins to parse the longest sheet of a workbook.

    Args:
        package: The opened file.
        parts: The paths of its sheets.
        most_cells: How many cells it may have.
        halved_from: How many bytes of XML make it long.
    """
    long = _long_sheet(package, parts, halved_from)
    return long, _in_halves(package, parts, long, most_cells) if long else None


def _long_sheet(package: zipfile.ZipFile, parts: Sequence[str | None], least: int) -> LongSheet | None:
    """The longest sheet of a workbook, where it is long enough.

    Args:
        package: The opened file.
        parts: The paths of its sheets.
        least: How many bytes of XML are enough.
    """
    sizes = {part: package.getinfo(part).file_size for part in parts if part}
    longest = max(sizes, key=sizes.__getitem__, default=None)
    if longest is None or not least <= sizes[longest] < _TOO_LONG:
        return None
    return LongSheet(longest, package.read(longest))


def _in_halves(
    package: zipfile.ZipFile, parts: Sequence[str | None], sheet: LongSheet, most_cells: int
) -> Halves | None:
    """Begins to parse a sheet, its upper and its lower rows side by side: that runs without Python's lock.

    It is split in front of a row that says its number. A sheet is not split that holds comments or CDATA
    (anything might stand in them), whose tags bear a prefix, or that may be larger than it says.

    Args:
        package: The opened file.
        parts: The paths of its sheets.
        sheet: The sheet.
        most_cells: How many cells it may have.

    Returns:
        None where it cannot be split.
    """
    xml, view = sheet.xml, memoryview(sheet.xml)
    first, middle, end = xml.find(_ROW), xml.find(_NUMBERED_ROW, len(xml) // 2), xml.rfind(_END)
    rows, columns = said_size(xml)
    if rows < last_row(xml) or rows * columns > most_cells:
        return None
    if not 0 <= first < middle < end or (b"!" in xml and b"<!" in xml):
        return None
    others = {part for part in parts if part} - {sheet.part}
    position, threads = parts.index(sheet.part), ThreadPoolExecutor(2)
    upper = threads.submit(_parsed, _with(package, sheet.part, (view[:middle], view[end:])), position)
    lower = _with(package, sheet.part, (view[:first], view[middle:]), without=others)
    return Halves(position, upper, threads.submit(_parsed, lower, position))


def _parsed(package: BinaryIO, position: int) -> tuple[CalamineWorkbook, CalamineSheet]:
    book = CalamineWorkbook.from_filelike(package)
    return book, book.get_sheet_by_index(position)


def _with(
    package: zipfile.ZipFile, part: str, content: Sequence[memoryview], without: Collection[str] = ()
) -> BinaryIO:
    """The package with another content in one of its parts, which is not compressed, and without some others."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as copy:
        for member in package.infolist():
            if member.filename == part:
                with copy.open(part, "w") as stream:
                    for piece in content:
                        stream.write(piece)
            elif member.filename not in without:
                copy.writestr(member.filename, package.read(member))
    made.seek(0)
    return made
