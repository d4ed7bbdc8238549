"""The rows of a sheet whose XML is unusual: it is parsed, marked and written again."""

from collections.abc import Iterator, Mapping

from lxml import etree
from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

from zjf.render.marked_copy.looks import CellStyles
from zjf.render.marked_copy.package import Package, local_name, parse_xml, serialize_xml
from zjf.render.marked_copy.sheet_rows import Marks, UnusualXmlError

_LARGEST_PART = 48 * 1024 * 1024
"""The largest part that is parsed, in bytes: it takes about ten times as much memory."""

_END = b"sheetData>"


class SheetTree:
    """The rows of one sheet, as elements.

    Raises:
        UnusualXmlError: They are too many.
    """

    def __init__(self, package: Package, part: str) -> None:
        if package.zip.getinfo(part).file_size > _LARGEST_PART:
            raise UnusualXmlError
        self._root = parse_xml(package.zip.read(part))
        self._space = etree.QName(self._root).namespace
        data = next((element for element in self._root if local_name(element) == "sheetData"), None)
        if data is None:
            raise UnusualXmlError
        self._data = data

    def frame(self) -> tuple[bytes, bytes]:
        """As for `RowSource`."""
        rows = list(self._data)
        self._data[:] = []
        self._data.text = "\n"
        xml = serialize_xml(self._root)
        self._data[:] = rows
        end_position = xml.rindex(_END)
        start = xml.rindex(b"<", 0, end_position)
        return xml[:start], xml[start:]

    def dressed(self, marks: Marks, styles: CellStyles, columns: Mapping[int, int]) -> Iterator[bytes]:
        """As for `RowSource`."""
        self._each_in_place(marks, styles, columns)
        for row in self._data:
            yield etree.tostring(row, with_tail=False)

    def _each_in_place(self, marks: Marks, styles: CellStyles, columns: Mapping[int, int]) -> None:
        rows = self._numbered()
        for number in sorted(set(marks) - set(rows)):
            positions_before = [
                position for position, row in enumerate(self._data) if int(row.get("r", "0")) <= number
            ]
            row = etree.Element(f"{{{self._space}}}row", r=str(number + 1))
            self._data.insert(positions_before[-1] + 1 if positions_before else 0, row)
            rows[number] = row
        for number, row in rows.items():
            row_marks, cells = marks.get(number, {}), self._cells(number, row)
            for column in sorted(set(row_marks) - set(cells)):
                cells[column] = self._new_cell(number, column, row, cells)
                cells[column].set("s", row.get("s") or str(columns.get(column, 0)))
            for column, cell in cells.items():
                style = int(cell.get("s", "0"))
                new_style = (
                    styles.marked(style, row_marks[column]) if column in row_marks else styles.unmarked(style)
                )
                if new_style != style:
                    cell.set("s", str(new_style))

    def _numbered(self) -> dict[int, etree._Element]:
        """Returns the rows by number, counted from 0; writes its number into every row that lacks it."""
        rows, last_number = {}, 0
        for row in self._data:
            if local_name(row) == "row":
                last_number = int(row.get("r", last_number + 1))
                row.set("r", str(last_number))
                rows[last_number - 1] = row
        return rows

    def _cells(self, number: int, row: etree._Element) -> dict[int, etree._Element]:
        cells, column = {}, -1
        for cell in row:
            if local_name(cell) == "c":
                address = cell.get("r")
                column = xl_cell_to_rowcol(address)[1] if address else column + 1
                cell.set("r", xl_rowcol_to_cell(number, column))
                cells[column] = cell
        return cells

    def _new_cell(
        self, number: int, column: int, row: etree._Element, cells: Mapping[int, etree._Element]
    ) -> etree._Element:
        cell = etree.Element(f"{{{self._space}}}c", r=xl_rowcol_to_cell(number, column))
        cells_before = [cells[other] for other in cells if other < column]
        row.insert(row.index(cells_before[-1]) + 1 if cells_before else 0, cell)
        return cell
