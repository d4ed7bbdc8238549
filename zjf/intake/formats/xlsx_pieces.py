"""A long sheet of an .xlsx parsed in pieces: python-calamine is given the package again and again, each time with some of its rows."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

from python_calamine import CalamineSheet, CalamineWorkbook

from zjf.intake.formats.extras import Pieces
from zjf.intake.formats.xlsx_size import last_row, said_size

_TOO_LONG = 256 * 1024 * 1024
"""From here on unpacking a sheet as a whole would cost more memory than two cores are worth."""

_AT_ONCE = 2
_FEW, _MANY, _LITTLE = 2, 8, 100
"""Into so many pieces a sheet is cut: many can be gone on with sooner, but what all sheets share is parsed with each."""

_ROW, _NUMBERED_ROW, _END = b"<row ", b'<row r="', b"</sheetData>"


@dataclass(frozen=True)
class LongSheet:
    """A sheet worth cutting: where it is in the package, and its XML."""

    part: str
    xml: bytes


Begun = tuple[LongSheet | None, Pieces | None]
"""The longest sheet of a workbook, where that is long, and its pieces, where it can be cut."""


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
    return long, _in_pieces(package, parts, long, most_cells) if long else None


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


def _in_pieces(
    package: zipfile.ZipFile, parts: Sequence[str | None], sheet: LongSheet, most_cells: int
) -> Pieces | None:
    """Begins to parse a sheet, two pieces of its rows at a time: that runs without Python's lock.

    It is cut in front of rows that say their numbers. A sheet is not cut that holds comments or CDATA
    (anything might stand in them), whose tags bear a prefix, or that may be larger than it says.

    Args:
        package: The opened file.
        parts: The paths of its sheets.
        sheet: The sheet.
        most_cells: How many cells it may have.

    Returns:
        None where it cannot be cut.
    """
    xml = sheet.xml
    first, end = xml.find(_ROW), xml.rfind(_END)
    rows, columns = said_size(xml)
    if rows < last_row(xml) or rows * columns > most_cells or (b"!" in xml and b"<!" in xml):
        return None
    members = {name: package.read(name) for name in package.namelist() if name != sheet.part}
    common = {name: data for name, data in members.items() if name not in parts}
    seams = _seams(xml, _MANY if sum(map(len, common.values())) * _LITTLE < len(xml) else _FEW)
    if not seams or not 0 <= first < seams[0] <= seams[-1] < end:
        return None
    view = memoryview(xml)
    contents = [(view[:first], view[top:bottom], view[end:]) for top, bottom in pairwise([*seams, end])]
    threads, position = ThreadPoolExecutor(_AT_ONCE), parts.index(sheet.part)
    whole = threads.submit(_parsed, members, sheet.part, (view[: seams[0]], view[end:]), position)
    others = [threads.submit(_parsed, common, sheet.part, content, position) for content in contents]
    return Pieces(position, [whole, *others])


def _seams(xml: bytes, pieces: int) -> list[int]:
    """Where a sheet is cut into so many pieces of about the same length, or fewer."""
    seams = {xml.find(_NUMBERED_ROW, len(xml) * number // pieces) for number in range(1, pieces)}
    return sorted(seams - {-1})


def _parsed(
    members: Mapping[str, bytes], part: str, content: Sequence[memoryview], position: int
) -> tuple[CalamineWorkbook, CalamineSheet]:
    """Parses a package that holds some parts and, not compressed, another content in the one of a sheet."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)
        with package.open(part, "w") as stream:
            for piece in content:
                stream.write(piece)
    made.seek(0)
    book = CalamineWorkbook.from_filelike(made)
    return book, book.get_sheet_by_index(position)
