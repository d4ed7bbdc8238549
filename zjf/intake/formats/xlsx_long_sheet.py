"""A long sheet of an .xlsx: python-calamine parses each distinct cell of it once.

A cell's value depends on its XML and on the parts that all sheets share, and not on its place. So python-calamine is
given the workbook with a short sheet in the place of the long one, which holds each distinct cell once.
"""

import io
import struct
import zipfile
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain

from isal import isal_zlib
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from zjf.intake.formats.extras import OddSheetError, ParsedLongSheet
from zjf.intake.formats.xlsx_cells import has_unknown_text
from zjf.intake.rows.sheet_values import Value, in_words

_TOO_LONG = 256 * 1024 * 1024
"""A longer sheet would take too much memory as a whole."""

_A_ROW = 50
"""How many distinct cells stand in a row of the short sheet."""
_MOST_BLANKS = 50
"""How many distinct blank cells are tested one by one; more are unusual."""
_ROW, _CELL, _END_OF_ROW = b"<row>", b"<c", b"</row>"
_MARK = "|"
_END_MARK = b'<c t="str"><v>|</v></c>' + _END_OF_ROW
"""Ends each row of the short sheet, to check that the row has as many cells as were put there."""

_HEADER = struct.Struct("<26xHH")
"""What stands before a part's content: at its end, how long the part's name and some extras are, which follow it."""
_WITHOUT_HEADER = -15
"""How zlib calls a stream that has no header and no checksum of its own."""


@dataclass(frozen=True)
class LongSheet:
    """The longest sheet of a workbook: where it is in the package, its XML, and its cells if they could be parsed in this way."""

    part: str
    xml: bytes
    parsed: ParsedLongSheet | None = None


class BegunBytes(bytes):
    """The bytes of a workbook whose longest sheet is already unpacked, and perhaps parsed; None where it is not long."""

    begun: LongSheet | None


def begin_long_sheet(
    package: zipfile.ZipFile, data: bytes, parts: Sequence[str | None], most_cells: int, least: int
) -> LongSheet | None:
    """Unpacks and parses the longest sheet of a workbook, if it has at least so many bytes of XML."""
    sizes = {part: package.getinfo(part).file_size for part in parts if part}
    longest = max(sizes, key=sizes.__getitem__, default=None)
    if longest is None or not least <= sizes[longest] < _TOO_LONG:
        return None
    long = LongSheet(longest, unpacked(package, data, longest))
    # Where this fails, reading the sheet the usual way tells what is wrong.
    with suppress(OddSheetError, CalamineError, ValueError, OverflowError):
        return replace(long, parsed=_parsed(package, parts.index(longest), long, most_cells))
    return long


def unpacked(package: zipfile.ZipFile, data: bytes, name: str) -> bytes:
    """Returns the content of a part, unpacked by ISA-L in a third of the time; what is odd or damaged is left to `zipfile`.

    Raises:
        zipfile.BadZipFile: The part is damaged; or what else `zipfile` raises then.
    """
    part = package.getinfo(name)
    package.open(part).close()  # it looks at what the part says of itself
    if part.compress_type == zipfile.ZIP_DEFLATED:
        with suppress(isal_zlib.IsalError, struct.error):  # type: ignore[arg-type] # its stubs call it an exception
            start = part.header_offset + _HEADER.size + sum(_HEADER.unpack_from(data, part.header_offset))
            packed = memoryview(data)[start : start + part.compress_size]
            content: bytes = isal_zlib.decompress(packed, _WITHOUT_HEADER, part.file_size)
            if len(content) == part.file_size and isal_zlib.crc32(content) == part.CRC:
                return content
    return package.read(part)


def _parsed(package: zipfile.ZipFile, position: int, sheet: LongSheet, most_cells: int) -> ParsedLongSheet:
    """Parses the distinct cells of a sheet.

    Raises:
        OddSheetError: It is unusual or too large, or holds comments or CDATA, which may contain anything.
        CalamineError: A cell is faulty.
    """
    from zjf.intake.formats.xlsx_coded_cells import code_cells  # unpacking begins before numpy is imported

    xml = sheet.xml
    if b"!" in xml and b"<!" in xml:  # one letter is found much faster than two
        raise OddSheetError
    before, coded, behind = code_cells(xml)
    if has_unknown_text(_CELL.join(coded.distinct)):
        raise OddSheetError
    others = {name: package.read(name) for name in package.namelist() if name != sheet.part}
    workbook = _Workbook(others, sheet.part, position, before, behind)
    book, parsed, values = workbook.parsed(coded.distinct)
    blanks = {number: coded.distinct[number] for number, value in enumerate(values) if value == ""}
    cells = coded.saying(values, workbook.empty_among(blanks))
    if cells.height * cells.width > most_cells:
        raise OddSheetError
    return ParsedLongSheet(position, book, parsed, cells)


@dataclass(frozen=True)
class _Workbook:
    """A workbook whose long sheet is replaced.

    Args:
        others: Its other parts.
        position: Which of the workbook's sheets it is.
        before: The XML of the sheet before its rows.
        behind: The XML after them.
    """

    others: Mapping[str, bytes]
    part: str
    position: int
    before: bytes
    behind: bytes

    def parsed(self, cells: Sequence[bytes]) -> tuple[CalamineWorkbook, CalamineSheet, list[Value]]:
        """Parses a sheet made of some cells; returns the value of each, too.

        Raises:
            OddSheetError: A piece is no single cell.
            CalamineError: A cell is faulty.
        """
        rows = [
            _ROW + _CELL + _CELL.join(cells[first : first + _A_ROW]) for first in range(0, len(cells), _A_ROW)
        ]
        full = _CELL + b"/>"
        missing = -len(cells) % _A_ROW
        content = _END_MARK.join([*rows[:-1], *(row + full * missing for row in rows[-1:]), b""])
        book, sheet = self._with_sheet(content)
        parsed_rows = sheet.to_python(skip_empty_area=False)
        if len(parsed_rows) != len(rows) or any(
            len(row) != _A_ROW + 1 or row[-1] != _MARK for row in parsed_rows
        ):
            raise OddSheetError
        return book, sheet, in_words(chain.from_iterable(row[:-1] for row in parsed_rows))[: len(cells)]

    def empty_among(self, blanks: Mapping[int, bytes]) -> Collection[int]:
        """Returns which of some blank cells hold nothing; an empty text also extends the sheet, and is no such cell.

        Raises:
            OddSheetError: They are too many.
        """
        if self._are_empty(b"".join(_CELL + cell for cell in blanks.values())):
            return blanks.keys()
        if len(blanks) > _MOST_BLANKS:
            raise OddSheetError
        return [number for number, cell in blanks.items() if self._are_empty(_CELL + cell)]

    def _are_empty(self, cells: bytes) -> bool:
        _, sheet = self._with_sheet(_ROW + cells + _END_OF_ROW)
        return sheet.end is None

    def _with_sheet(self, rows: bytes) -> tuple[CalamineWorkbook, CalamineSheet]:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as package:
            for name, data in self.others.items():
                package.writestr(name, data)
            package.writestr(self.part, self.before + rows + self.behind)
        made.seek(0)
        book = CalamineWorkbook.from_filelike(made)
        return book, book.get_sheet_by_index(self.position)
