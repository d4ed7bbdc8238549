"""A saved workbook compared with the table that it was made from: what a person sees, cell by cell."""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from zjf.documents.figure_texts import column_of, figure_fields
from zjf.documents.layout import depth, header_boxes
from zjf.documents.ledger_table import NOTHING
from zjf.documents.wording import Wording
from zjf.intake.a1 import a1
from zjf.intake.rows.runs import as_runs
from zjf.register.damaged_files import refuse_damaged
from zjf.register.differences import (
    MISSING,
    Comparison,
    Difference,
    DifferenceKind,
    masked_cell_text,
    plain,
    row_label,
)
from zjf.register.readings import number_read, reads_same
from zjf.register.sight.places import columns_label, rows_label
from zjf.register.sight.seen_sheet import SeenSheet, Shown
from zjf.register.sight.whole_sheet import is_called_like, says_file_name, sheet_differences
from zjf.register.sight.workbook import SeenBook
from zjf.render.xlsx.figure_cells import printed_rate_formula, sum_formula

_MOST_ROWS_ABOVE_TABLE = 40
_LONGEST_HANDWRITTEN = 40
_SIMILARITY = 0.6
_OUT_OF_SIGHT = "（藏起来了，看不见）"
_PRINT_LAYOUT = "打印时的大小、折行和分页"


@refuse_damaged("文件已损坏，里面前后不符，不能核对", "请用出表时原来的文件。")
def book_differences(book: SeenBook, table: Wording) -> Comparison:
    """Compares what a workbook shows with the texts of its table.

    No differences are another program's fonts, widths and page settings, rows or columns inserted around the
    table, and what people filled in above and below it, which is reported apart (`Comparison.by_hand`).
    """
    unseen = [_PRINT_LAYOUT, *(f"隐藏的工作表「{name}」" for name in book.hidden)]
    unseen += ["链接通到哪里"] if book.has_links else []
    unseen += book.extra_parts
    unseen += ["页眉页脚里的文件名"] if any(map(says_file_name, book.sheets)) else []
    differences = list(_workbook_differences(book))
    header = _find_header(book.sheets, table)
    if header is None:
        kind = _OUT_OF_SIGHT if book.hidden else MISSING
        differences.append(Difference("", "", "表头", kind, table.columns[0].text))
        return Comparison(tuple(differences), tuple(unseen))
    sheet, header_row, first_column = header
    differences += [
        Difference("", "", "多出的工作表", other_sheet.name, MISSING, DifferenceKind.ADDED)
        for other_sheet in book.sheets
        if other_sheet is not sheet and not other_sheet.is_blank
    ]
    comparison = _SheetComparison(sheet, table, header_row, first_column)
    differences += [*sheet_differences(sheet, table), *comparison.differences()]
    return Comparison(tuple(differences), tuple(unseen), tuple(comparison.by_hand))


def _workbook_differences(book: SeenBook) -> Iterator[Difference]:
    for name in book.others:
        yield Difference("", "", "多出的图表工作表", name, MISSING, DifferenceKind.ADDED)
    if book.has_macros:
        yield Difference("", "", "宏", "（文件带有程序）", MISSING, DifferenceKind.ADDED)
    for oddity in book.strange:
        yield Difference("", "", "文件结构", f"（{oddity}）", MISSING, DifferenceKind.ADDED)
    for seal in book.seals[1:]:
        if seal != book.seals[0]:
            yield Difference("", "", "校验码", str(seal), str(book.seals[0]), DifferenceKind.CODE)


def _find_header(sheets: Sequence[SeenSheet], table: Wording) -> tuple[SeenSheet, int, int] | None:
    """Returns the sheet, the row and the column where the table's header begins, a visible one first."""
    first_heading = plain(next(header_boxes(table.columns)).text)
    headers = [
        (sheet, row, column)
        for sheet in sheets
        for row in range(min(sheet.height, _MOST_ROWS_ABOVE_TABLE))
        for column in range(len(sheet.values.rows[row]))
        if plain(sheet.value(row, column)) == first_heading
    ]
    in_sight = (
        header
        for header in headers
        if header[1] not in header[0].hidden_rows and header[2] not in header[0].hidden_columns
    )
    return next(in_sight, headers[0] if headers else None)


class _SheetComparison:
    """Compares one sheet with one table.

    Args:
        table: The texts of the table when it was made.
        top: The row in which its header begins, counted from 0.
        left: Its first column, counted from 0.
    """

    def __init__(self, sheet: SeenSheet, table: Wording, top: int, left: int) -> None:
        self.sheet, self.table, self.top, self.left = sheet, table, top, left
        self.first_row = top + depth(table.columns)
        self.columns = range(left, left + len(table.columns))
        self.rows = range(top, max([self.first_row, *(row + 1 for row in self._rows())]))
        self.by_hand: list[str] = []

    def differences(self) -> Iterator[Difference]:
        if not is_called_like(self.sheet.name, self.table):
            self.by_hand.append(f"工作表名「{self.sheet.name}」")
        yield from self._out_of_sight()
        yield from self._around()
        yield from self._header()
        expected_rows: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for cells in self._expected():
            expected_rows.setdefault(tuple(map(plain, cells[: self.table.key_columns])), []).append(cells)
        for row in range(self.first_row, self.rows.stop):
            row_names = tuple(
                plain(self.sheet.value(row, self.left + position))
                for position in range(self.table.key_columns)
            )
            if not expected_rows.get(row_names):
                row_name = row_label(self.table, row_names)
                yield Difference(a1(row, self.left), row_name, "整行", row_name, MISSING)
                continue
            yield from self._row(row, expected_rows[row_names].pop(0))
        for rows in expected_rows.values():
            for cells in rows:
                name = row_label(self.table, cells[: self.table.key_columns])
                yield Difference("", name, "整行", MISSING, row_label(self.table, cells))

    def _expected(self) -> Sequence[tuple[str, ...]]:
        return self.table.grid or [(NOTHING, *[""] * (len(self.table.columns) - 1))]

    def _rows(self) -> Iterator[int]:
        """Yields the table's rows: down to its total where it has one, else to the first empty row."""
        total = plain(self.table.grid[-1][0]) if self.table.totalled else None
        for row in range(self.first_row, self.sheet.height):
            if all(self.sheet.value(row, column) == "" for column in self.columns):
                return
            yield row
            if (total and plain(self.sheet.value(row, self.left)) == total) or not self.table.key_columns:
                return

    def _out_of_sight(self) -> Iterator[Difference]:
        """Rows and columns that hold something and cannot be seen, or are not printed."""
        sheet = self.sheet
        rows = [
            row
            for row in sheet.hidden_rows
            if row < sheet.height and any(value != "" for value in sheet.values.rows[row])
        ]
        for span in as_runs(sorted(rows)):
            yield self._hidden(rows_label(*span), "整行")
        columns = [column for column in sheet.hidden_columns if column in self.columns]
        for span in as_runs(sorted(columns)):
            yield self._hidden(columns_label(*span), "整列")
        if not sheet.prints(self.rows, self.columns):
            yield Difference("", "", "打印区域", "（不含整张表）", "整张表", DifferenceKind.HIDDEN)

    def _hidden(self, place: str, heading: str) -> Difference:
        return Difference(place, "", heading, _OUT_OF_SIGHT, "（看得见）", DifferenceKind.HIDDEN)

    def _around(self) -> Iterator[Difference]:
        """Compares the texts around the table: each has to be there, and no other."""
        missing = list(self.table.around)
        unexpected: list[tuple[str, Shown]] = []
        for row, column in self.sheet.filled_cells():
            if row in self.rows and column in self.columns:
                continue
            shown, place = self.sheet.shown(row, column), a1(row, column)
            expected = self._expected_text(shown.text, missing)
            if expected is None or shown.formula:
                unexpected.append((place, shown))
                continue
            missing.remove(expected)
            if shown.hidden or shown.cut:
                reason = f"（{shown.hidden or shown.cut}）"
                yield Difference(place, "", _label(expected), reason, expected, DifferenceKind.HIDDEN)
        yield from _unmatched_texts(unexpected, missing)

    def _expected_text(self, text: str, missing: Sequence[str]) -> str | None:
        """Returns the missing text that a cell shows; None for none. Remembers what was filled in by hand."""
        exact = next((expected for expected in missing if plain(expected) == plain(text)), None)
        if exact is not None:
            return exact
        for expected in missing:
            if expected.endswith("：") and _is_filled_in(plain(text), plain(expected)):
                self.by_hand.append(text)
                return expected
        return None

    def _header(self) -> Iterator[Difference]:
        for box in header_boxes(self.table.columns):
            row, column = self.top + box.top, self.left + box.left
            shown = self.sheet.shown(row, column)
            if plain(shown.text) != plain(box.text):
                yield Difference(a1(row, column), "", "表头", shown.text or MISSING, box.text)
            elif shown.hidden or shown.formula or shown.cut:
                reason = f"（{shown.hidden or shown.formula or shown.cut}）"
                yield Difference(a1(row, column), "", "表头", reason, box.text, DifferenceKind.HIDDEN)

    def _row(self, row: int, expected: Sequence[str]) -> Iterator[Difference]:
        name = row_label(self.table, expected[: self.table.key_columns])
        for position, text in enumerate(expected):
            shown = self.sheet.shown(row, self.left + position, number_read(text))
            difference = self._said_otherwise(shown, text, row, position)
            if difference is None:
                continue
            printed, kind = difference
            heading = self.table.columns[position].text.replace("\n", "")
            printed_text, expected_text = (
                masked_cell_text(self.table, position, value) for value in (printed, text)
            )
            yield Difference(a1(row, self.left + position), name, heading, printed_text, expected_text, kind)

    def _said_otherwise(
        self, shown: Shown, expected: str, row: int, position: int
    ) -> tuple[str, DifferenceKind] | None:
        """Returns what a cell shows instead of the expected text, and what was done; None if nothing was."""
        if shown.formula and not self._is_own(shown.formula, row, position):
            return f"{shown.text}（公式 {shown.formula}）", DifferenceKind.FORMULA
        is_name = position < self.table.key_columns
        if not (plain(shown.text) == plain(expected) if is_name else reads_same(shown.text, expected)):
            return shown.text, DifferenceKind.NUMBER_FORMAT if shown.by_format else DifferenceKind.CONTENT
        hidden = shown.hidden or ("" if self.table.is_ledger else shown.cut)
        if hidden and expected:
            return f"（{hidden}）", DifferenceKind.HIDDEN
        return self._held_otherwise(shown, expected, position)

    def _held_otherwise(
        self, shown: Shown, expected: str, position: int
    ) -> tuple[str, DifferenceKind] | None:
        """Returns the difference where a cell shows the expected text and holds another value: its
        spreadsheet would show that value after a recalculation.
        """
        number = number_read(expected)
        if self.table.is_ledger or shown.formula or number is None or position < self.table.key_columns:
            return None
        if isinstance(shown.value, str):
            return f"{shown.text}（文本，不进合计）", DifferenceKind.CONTENT
        if not expected.endswith("%") and shown.value != number:
            return f"{shown.value}（按格式显示为{shown.text}）", DifferenceKind.NUMBER_FORMAT
        return None

    def _is_own(self, formula: str, row: int, position: int) -> bool:
        """Whether it is the formula that the table was made with; its value then needs no comparison."""
        fields = {column_of(field).text: field for field in figure_fields(self.table.form)}
        field = fields.get(self.table.columns[position].text)
        if self.table.is_ledger or field is None:
            return False
        expected_formula = (
            printed_rate_formula(self.table.form, field, row, self.left + self.table.key_columns)
            if field.rate
            else sum_formula(self.left + position, self.first_row, row - 1)
        )
        is_total = self.table.totalled and row == self.rows.stop - 1
        return (
            expected_formula is not None
            and (bool(field.rate) or is_total)
            and _normalized_formula(formula) == _normalized_formula(expected_formula)
        )


def _unmatched_texts(unexpected: Sequence[tuple[str, Shown]], missing: list[str]) -> Iterator[Difference]:
    """Pairs each unexpected text with the missing one that it replaces; then the other missing ones."""
    for place, shown in unexpected:
        text = f"{shown.text}（公式 {shown.formula}）" if shown.formula else shown.text
        same_label = [expected for expected in missing if _label(expected) == _label(shown.text)]
        counterparts = same_label or get_close_matches(shown.text, missing, 1, _SIMILARITY)
        if counterparts:
            missing.remove(counterparts[0])
            yield Difference(place, "", _label(counterparts[0]), text, counterparts[0])
        else:
            yield Difference(place, "", "多出的内容", text, MISSING, DifferenceKind.ADDED)
    for expected in missing:
        yield Difference("", "", _label(expected), MISSING, expected)


def _is_filled_in(text: str, blank: str) -> bool:
    return text.startswith(blank) and len(text) - len(blank) <= _LONGEST_HANDWRITTEN


def _label(text: str) -> str:
    """Returns the name of a text around the table: the words before its colon, at most 20 letters."""
    return re.split(r"[：（]", text.lstrip("（"), maxsplit=1)[0][:20]


def _normalized_formula(formula: str) -> str:
    return re.sub(r"\s*([-+*/(),])\s*", r"\1", formula.removeprefix("=").strip()).replace("$", "").upper()
