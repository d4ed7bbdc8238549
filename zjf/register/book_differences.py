"""A saved workbook held against the table that it was made from, cell by cell."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

import openpyxl
from xlsxwriter.utility import xl_rowcol_to_cell

from zjf.documents.figure_texts import column_of, figure_fields
from zjf.documents.layout import depth, header_boxes
from zjf.documents.wording import Wording
from zjf.errors import CannotDoError
from zjf.intake.workbook import Limits, Sheet, UnreadableError, Value, open_sheets
from zjf.problems import shown
from zjf.render.xlsx.figure_cells import rate_formula, sum_formula

_ROWS_ABOVE = 40
FOOT = "页脚"
MISSING = "（没有）"


@dataclass(frozen=True)
class Difference:
    """A place where a saved table does not say what the ledger says.

    Args:
        place: The cell (`C9`), or the page of a PDF; empty where there is none.
        row: What the row is called.
        heading: The column's heading, or what else it is.
        printed: What the file says.
        ledger: What the ledger says.
    """

    place: str
    row: str
    heading: str
    printed: str
    ledger: str

    def __str__(self) -> str:
        where = " ".join(filter(None, (self.place, self.row, self.heading)))
        return f"{where}：表上是「{self.printed}」，台账是「{self.ledger}」"


def book_differences(name: str, data: bytes, table: Wording) -> list[Difference]:
    """Where a workbook does not say what the table says.

    It may have been saved by another program, and rows or columns put around the table; what stands
    above it to be filled in by hand (填报人 and the like) may say anything.

    Args:
        name: The file's name.
        data: Its bytes.
        table: What it said when it was made.

    Raises:
        CannotDoError: It is no workbook, damaged, or protected by a password.
    """
    try:
        sheets = open_sheets(name, data, Limits())
    except UnreadableError as unreadable:
        raise CannotDoError(f"{name}：{unreadable.problem.message}") from unreadable
    for sheet in sheets:
        if place := _place_of_header(sheet, table):
            return list(_Compared(data, sheet, table, *place).differences())
    return [Difference("", "", "表头", MISSING, table.columns[0].text)]


def table_differences(then: Wording, now: Wording) -> Iterator[Difference]:
    """Where a table said otherwise once than it says now; the rows are told apart by their names."""
    places = {(each.text, each.groups): at for at, each in enumerate(now.columns)}
    shared = [
        (at, places[each.text, each.groups])
        for at, each in enumerate(then.columns)
        if (each.text, each.groups) in places
    ]
    rows: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for row in now.grid:
        rows.setdefault(row[: now.keys], []).append(row)
    for row in then.grid:
        name = row_said(then, row[: then.keys])
        same_name = rows.get(row[: then.keys])
        if not same_name:
            yield Difference("", name, "整行", row_said(then, row), MISSING)
            continue
        other = same_name.pop(0)
        for at, there in shared:
            if row[at] != other[there]:
                heading = then.columns[at].text.replace("\n", "")
                yield Difference(
                    "", name, heading, cell_said(then, at, row[at]), cell_said(now, there, other[there])
                )
    for left in rows.values():
        for row in left:
            yield Difference("", row_said(now, row[: now.keys]), "整行", MISSING, row_said(now, row))


def _place_of_header(sheet: Sheet, table: Wording) -> tuple[int, int] | None:
    first = next(header_boxes(table.columns)).text
    for row, cells in enumerate(sheet.rows[:_ROWS_ABOVE]):
        for column, cell in enumerate(cells):
            if _plain(cell) == _plain(first):
                return row, column
    return None


class _Compared:
    """One sheet beside one table."""

    def __init__(self, data: bytes, sheet: Sheet, table: Wording, top: int, left: int) -> None:
        self.data, self.sheet, self.table, self.top, self.left = data, sheet, table, top, left
        self.first = top + depth(table.columns)
        self._formulas: Mapping[str, object] | None = None

    def differences(self) -> Iterator[Difference]:
        yield from self._title()
        yield from self._header()
        wanted: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for cells in self.table.grid:
            wanted.setdefault(cells[: self.table.keys], []).append(cells)
        for row in self._rows():
            names = tuple(_plain(self._cell(row, at)) for at in range(self.table.keys))
            found = next((each for each in wanted if tuple(map(_plain, each)) == names), None)
            if found is None:
                said = row_said(self.table, names)
                yield Difference(self._address(row, 0), said, "整行", said, MISSING)
                continue
            expected = wanted[found].pop(0)
            if not wanted[found]:
                del wanted[found]
            yield from self._row(row, expected)
        for rows in wanted.values():
            for each in rows:
                name = row_said(self.table, each[: self.table.keys])
                yield Difference("", name, "整行", MISSING, row_said(self.table, each))

    def _title(self) -> Iterator[Difference]:
        above = [cell for row in self.sheet.rows[: self.top] for cell in row]
        if _plain(self.table.title) not in map(_plain, above):
            yield Difference("", "", "标题", MISSING, self.table.title)

    def _header(self) -> Iterator[Difference]:
        for box in header_boxes(self.table.columns):
            printed = self._cell(self.top + box.top, box.left)
            if _plain(printed) != _plain(box.text):
                yield Difference(
                    self._address(self.top + box.top, box.left), "", "表头", str(printed), box.text
                )

    def _rows(self) -> Iterator[int]:
        """The rows of the table: to the total where it has one, else to the first that is empty."""
        total = self.table.grid[-1][0] if self.table.totalled else None
        for row in range(self.first, len(self.sheet.rows)):
            if not any(_plain(self._cell(row, at)) for at in range(len(self.table.columns))):
                return
            yield row
            if (total and _plain(self._cell(row, 0)) == total) or not self.table.keys:
                return

    def _row(self, row: int, expected: Sequence[str]) -> Iterator[Difference]:
        name = row_said(self.table, expected[: self.table.keys])
        for at in range(self.table.keys, len(expected)):
            value = self._cell(row, at)
            printed = self.sheet.errors.get((row, self.left + at)) or reads(value, expected[at])
            if printed != expected[at] and not (value == "" and self._is_own_formula(row, at)):
                heading = self.table.columns[at].text.replace("\n", "")
                said = (cell_said(self.table, at, text) for text in (printed, expected[at]))
                yield Difference(self._address(row, at), name, heading, *said)

    def _is_own_formula(self, row: int, at: int) -> bool:
        """Whether the cell has its own formula, and no program has worked it out yet."""
        keys, column = self.table.keys, self.left + at
        named = {column_of(each).text: each for each in figure_fields(self.table.form)}
        field = named.get(self.table.columns[at].text)
        if self.table.is_ledger or field is None:
            return False
        own = (
            rate_formula(self.table.form, field, row, self.left + keys)
            if field.rate
            else sum_formula(column, self.first, row - 1)
        )
        return self._formula(xl_rowcol_to_cell(row, column)) == own

    def _formula(self, address: str) -> object:
        if self._formulas is None:
            page = openpyxl.load_workbook(io.BytesIO(self.data))[self.sheet.name]
            self._formulas = {cell.coordinate: cell.value for cells in page.iter_rows() for cell in cells}
        return self._formulas.get(address)

    def _cell(self, row: int, at: int) -> Value:
        cells = self.sheet.rows[row] if row < len(self.sheet.rows) else []
        return cells[self.left + at] if self.left + at < len(cells) else ""

    def _address(self, row: int, at: int) -> str:
        return str(xl_rowcol_to_cell(row, self.left + at))


def cell_said(table: Wording, column: int, text: str) -> str:
    """A cell's text as it may be told: a ledger may stand whole on paper, and not on the screen."""
    if not table.is_ledger or text == MISSING or not 0 <= column < len(table.columns):
        return text
    heading = table.columns[column].text
    field = next((each for each in table.form.fields if each.heading.text == heading), None)
    return shown(field, text) if field else text


def row_said(table: Wording, cells: Sequence[str]) -> str:
    """The first cells of a row, or all of them, in one line."""
    return " ".join(filter(None, (cell_said(table, at, text) for at, text in enumerate(cells))))


def reads(value: Value, expected: str) -> str:
    """How a cell's value reads where the table prints `expected`."""
    if isinstance(value, (bool, str)):
        return str(value).strip()
    if isinstance(value, (date, datetime)):
        return value.isoformat()[:10]
    if not isinstance(value, (int, float)):
        return str(value)
    number = Decimal(repr(value))
    if expected.endswith("%"):
        return f"{(number * 100).quantize(Decimal('0.01'), ROUND_HALF_UP)}%"
    try:
        if Decimal(expected) == number:
            return expected
    except InvalidOperation:
        pass
    return f"{number.normalize():f}"


def _plain(value: object) -> str:
    """A text without its white space: wrapping and spacing say nothing."""
    return "".join(str(value).split())
