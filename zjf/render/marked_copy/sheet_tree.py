"""The rows of a sheet that is written as few programs write one: it is parsed, marked and written again."""

from collections.abc import Iterator, Mapping

from lxml import etree
from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

from zjf.render.marked_copy.looks import CellStyles
from zjf.render.marked_copy.package import Package, local, parsed, written
from zjf.render.marked_copy.sheet_rows import Marks, UnusualXmlError

_MOST = 48 * 1024 * 1024
"""How much XML is parsed at once: it takes some ten times as much of memory."""

_END = b"sheetData>"


class SheetTree:
    """The rows of one sheet, as elements.

    Args:
        package: The workbook.
        part: The sheet's path inside it.

    Raises:
        UnusualXmlError: They are too many.
    """

    def __init__(self, package: Package, part: str) -> None:
        if package.zip.getinfo(part).file_size > _MOST:
            raise UnusualXmlError
        self._root = parsed(package.zip.read(part))
        self._space = etree.QName(self._root).namespace
        data = next((element for element in self._root if local(element) == "sheetData"), None)
        if data is None:
            raise UnusualXmlError
        self._data = data

    def frame(self) -> tuple[bytes, bytes]:
        """As for `SheetRows`."""
        rows = list(self._data)
        self._data[:] = []
        self._data.text = "\n"
        shell = written(self._root)
        self._data[:] = rows
        at = shell.rindex(_END)
        start = shell.rindex(b"<", 0, at)
        return shell[:start], shell[start:]

    def dressed(self, marks: Marks, looks: CellStyles, columns: Mapping[int, int]) -> Iterator[bytes]:
        """As for `SheetRows`."""
        self._each_in_place(marks, looks, columns)
        for row in self._data:
            yield etree.tostring(row, with_tail=False)

    def _each_in_place(self, marks: Marks, looks: CellStyles, columns: Mapping[int, int]) -> None:
        rows = self._numbered()
        for number in sorted(set(marks) - set(rows)):
            after = [place for place, row in enumerate(self._data) if int(row.get("r", "0")) <= number]
            row = etree.Element(f"{{{self._space}}}row", r=str(number + 1))
            self._data.insert(after[-1] + 1 if after else 0, row)
            rows[number] = row
        for number, row in rows.items():
            wanted, cells = marks.get(number, {}), self._cells(number, row)
            for column in sorted(set(wanted) - set(cells)):
                cells[column] = self._new_cell(number, column, row, cells)
                cells[column].set("s", row.get("s") or str(columns.get(column, 0)))
            for column, cell in cells.items():
                style = int(cell.get("s", "0"))
                own = looks.marked(style, wanted[column]) if column in wanted else looks.unmarked(style)
                if own != style:
                    cell.set("s", str(own))

    def _numbered(self) -> dict[int, etree._Element]:
        """The rows by their numbers, counted from 0; every row says its own from now on."""
        rows, last = {}, 0
        for row in self._data:
            if local(row) == "row":
                last = int(row.get("r", last + 1))
                row.set("r", str(last))
                rows[last - 1] = row
        return rows

    def _cells(self, number: int, row: etree._Element) -> dict[int, etree._Element]:
        cells, column = {}, -1
        for cell in row:
            if local(cell) == "c":
                address = cell.get("r")
                column = xl_cell_to_rowcol(address)[1] if address else column + 1
                cell.set("r", xl_rowcol_to_cell(number, column))
                cells[column] = cell
        return cells

    def _new_cell(
        self, number: int, column: int, row: etree._Element, cells: Mapping[int, etree._Element]
    ) -> etree._Element:
        cell = etree.Element(f"{{{self._space}}}c", r=xl_rowcol_to_cell(number, column))
        before = [cells[other] for other in cells if other < column]
        row.insert(row.index(before[-1]) + 1 if before else 0, cell)
        return cell
