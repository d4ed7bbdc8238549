"""An .xlsx of which openpyxl is shown all but the cells.

openpyxl makes an object of every cell, of empty ones with a border too: for fifty thousand rows that takes
most of a minute and gigabytes. A copy that is marked changes a cell here and there. So openpyxl is handed
the sheets hollow, and knows of the cells that are to be marked; it keeps what it keeps of a workbook, and
the rows are put back as they stood in the file.
"""

import io
import re
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from copy import copy
from typing import IO, Any, Self

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from zjf.intake.formats.xlsx import shared_strings, worksheets
from zjf.render.marked_copy.sheet_rows import SheetRows, Styles, UnusualXmlError

_STRINGS = "xl/sharedStrings.xml"
_NO_STRINGS = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
_WITH_STRINGS = {
    "[Content_Types].xml": (
        b"</Types>",
        b'<Override PartName="/xl/sharedStrings.xml" ContentType='
        b'"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>',
    ),
    "xl/_rels/workbook.xml.rels": (
        b"</Relationships>",
        b'<Relationship Id="strings" Target="/xl/sharedStrings.xml" Type='
        b'"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/>',
    ),
}
"""Where a workbook says that it has a part of shared texts: before which tag, and in which words."""

_ROWS = re.compile(rb"<sheetData\s*/>|<sheetData>.*</sheetData>", re.DOTALL)
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"\s*/>')
_MOST_SEEN = 16 * 1024 * 1024
"""How much XML openpyxl may be shown: it makes some twenty-five times as much of it in memory."""

_COMPRESSION = 4
"""Half the time of the usual level, for a twentieth more bytes."""


class HollowBook:
    """A workbook to be marked: `book` is what openpyxl sees of it."""

    def __init__(
        self,
        package: zipfile.ZipFile,
        rows: dict[str, SheetRows],
        shells: Mapping[str, bytes],
        book: Workbook,
    ) -> None:
        self.book = book
        self._package, self._rows = package, rows
        self._reach = {name: _DIMENSION.search(shells[each.part]) for name, each in rows.items()}
        self._touched: dict[str, set[str]] = defaultdict(set)

    @classmethod
    def opened(
        cls, data: bytes, *, hollow: bool = True, whole: Collection[str] = (), macros: bool = False
    ) -> Self:
        """Opens an .xlsx.

        Args:
            data: Its bytes.
            hollow: Whether the sheets are hollow at all.
            whole: The sheets that are not.
            macros: Whether its macros are kept.

        Raises:
            UnusualXmlError: The rows of a sheet cannot be told apart, or they are too many to be seen.
            Exception: openpyxl cannot follow it; its parsers raise whatever they stumble over.
        """
        package = zipfile.ZipFile(io.BytesIO(data))
        sheets = worksheets(package)
        if not hollow and sum(package.getinfo(each).file_size for each in sheets.values()) > _MOST_SEEN:
            raise UnusualXmlError
        named = {name: part for name, part in sheets.items() if hollow and name not in whole}
        rows = {name: SheetRows(package, part) for name, part in named.items()}
        shells = {each.part: each.hollow() for each in rows.values()}
        if len(rows) == len(sheets) and (strings := shared_strings(package)):
            shells[strings] = _NO_STRINGS  # nobody asks for them, and they are as many as the cells
        shell = io.BytesIO()
        with zipfile.ZipFile(shell, "w") as seen:
            for name in package.namelist():
                seen.writestr(name, shells[name] if name in shells else package.read(name))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it tells of every part that it will drop
            book = openpyxl.load_workbook(shell, rich_text=True, keep_vba=macros)
        book.template = False
        return cls(package, rows, shells, book)

    def touch(
        self, page: Worksheet, addresses: Iterable[str] = (), *, filled: Collection[str] = ()
    ) -> list[Cell]:
        """Lets openpyxl see cells of a hollow sheet, as to their looks; on a whole one it sees them all.

        Args:
            page: The sheet.
            addresses: The cells; of merged ones the first.
            filled: Colours; every cell that is filled with one of them is touched, too.

        Returns:
            All the cells of the sheet that openpyxl sees.
        """
        if rows := self._rows.get(page.title):
            wanted, worn = set(addresses), self._styles_filled(filled)
            for address, style in rows.styles(wanted, worn).items():
                cell = page[address]
                if isinstance(cell, Cell):  # and not one of a merged range that is not seen
                    cell._style = copy(self.book._cell_styles[style])  # type: ignore[attr-defined]
                    wanted.add(address)
            self._touched[page.title] |= wanted
        return [each for each in page._cells.values() if isinstance(each, Cell)]

    def _styles_filled(self, colours: Collection[str]) -> set[int]:
        fills = {at for at, each in enumerate(self.book._fills) if colour_of(each) in colours}  # type: ignore[attr-defined]
        return {at for at, each in enumerate(self.book._cell_styles) if each.fillId in fills}  # type: ignore[attr-defined]

    def save(self, file: IO[bytes]) -> None:
        """Writes the workbook, with its rows.

        Raises:
            UnusualXmlError: The rows of a sheet cannot be told apart.
        """
        styles = {
            title: {address: self.book[title][address].style_id for address in addresses}
            for title, addresses in self._touched.items()
        }
        shell = io.BytesIO()
        self.book.save(shell)
        strings = shared_strings(self._package) if self._rows else None
        with (
            zipfile.ZipFile(shell) as made,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_COMPRESSION) as final,
        ):
            hollow = {self.book[title].path.lstrip("/"): title for title in self._rows}
            for name in made.namelist():
                text = made.read(name)
                if title := hollow.get(name):
                    self._put_rows(final, name, text, title, styles.get(title, {}))
                elif strings and name in _WITH_STRINGS:
                    end, words = _WITH_STRINGS[name]
                    final.writestr(name, text.replace(end, words + end))
                else:
                    final.writestr(name, text)
            if strings:
                final.writestr(_STRINGS, self._package.read(strings))

    def _put_rows(self, final: zipfile.ZipFile, name: str, sheet: bytes, title: str, styles: Styles) -> None:
        before, after = _ROWS.split(sheet, maxsplit=1)
        reach = self._reach[title]
        before = _DIMENSION.sub(reach.group() if reach else b"", before)
        with final.open(name, "w") as part:
            part.write(before + b"<sheetData>")
            for piece in self._rows[title].dressed(styles):
                part.write(piece)
            part.write(b"</sheetData>" + after)


def colour_of(fill: Any) -> str:
    """What a cell is filled with; empty where that is no one colour."""
    rgb = getattr(getattr(fill, "fgColor", None), "rgb", None)
    return rgb if isinstance(rgb, str) else ""
