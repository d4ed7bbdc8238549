"""A saved workbook compared with the table that it was made from: what a person sees, cell by cell."""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from zjf.documents.figure_texts import column_of, figure_fields
from zjf.documents.layout import depth, header_boxes
from zjf.documents.ledger_table import NOTHING
from zjf.documents.wording import Wording
from zjf.register.differences import (
    MISSING,
    Comparison,
    Difference,
    DifferenceKind,
    cell_said,
    plain,
    row_said,
)
from zjf.register.readings import number_read, reads_same
from zjf.register.sight.places import address, columns_said, rows_said, spans_of
from zjf.register.sight.seen_sheet import SeenSheet, Shown
from zjf.register.sight.whole_sheet import is_called_like, says_file_name, sheet_differences
from zjf.register.sight.workbook import SeenBook
from zjf.render.xlsx.figure_cells import printed_rate_formula, sum_formula

_ROWS_ABOVE = 40
_LONGEST_BY_HAND = 40
_LIKE = 0.6
_OUT_OF_SIGHT = "（藏起来了，看不见）"
_AS_PRINTED = "打印时的大小、折行和分页"


def book_differences(book: SeenBook, table: Wording) -> Comparison:
    """Compares what a workbook shows with the texts of its table.

    It may have been saved by another program, given other fonts, widths and page settings, and rows or
    columns may have been put around the table; what is filled in by hand above it and behind the signature
    line is reported, and is no difference.

    Args:
        book: The workbook.
        table: The texts of the table when it was made.
    """
    unseen = [_AS_PRINTED, *(f"隐藏的工作表「{name}」" for name in book.hidden)]
    unseen += ["链接通到哪里"] if book.has_links else []
    unseen += ["页眉页脚里的文件名"] if any(map(says_file_name, book.sheets)) else []
    differences = list(_of_book(book))
    place = _place_of_table(book.sheets, table)
    if place is None:
        kind = _OUT_OF_SIGHT if book.hidden else MISSING
        differences.append(Difference("", "", "表头", kind, table.columns[0].text))
        return Comparison(tuple(differences), tuple(unseen))
    sheet, top, left = place
    differences += [
        Difference("", "", "多出的工作表", other.name, MISSING, DifferenceKind.ADDED)
        for other in book.sheets
        if other is not sheet and not other.is_blank
    ]
    compared = _Compared(sheet, table, top, left)
    differences += [*sheet_differences(sheet, table), *compared.differences()]
    return Comparison(tuple(differences), tuple(unseen), tuple(compared.by_hand))


def _of_book(book: SeenBook) -> Iterator[Difference]:
    for name in book.others:
        yield Difference("", "", "多出的图表工作表", name, MISSING, DifferenceKind.ADDED)
    if book.has_macros:
        yield Difference("", "", "宏", "（文件带有程序）", MISSING, DifferenceKind.ADDED)
    for part in book.strange:
        yield Difference("", "", "文件结构", f"（{part}）", MISSING, DifferenceKind.ADDED)
    for seal in book.seals[1:]:
        if seal != book.seals[0]:
            yield Difference("", "", "校验码", str(seal), str(book.seals[0]), DifferenceKind.CODE)


def _place_of_table(sheets: Sequence[SeenSheet], table: Wording) -> tuple[SeenSheet, int, int] | None:
    """The sheet, the row and the column where the header begins: one in sight, if there is one."""
    first = plain(next(header_boxes(table.columns)).text)
    places = [
        (sheet, row, column)
        for sheet in sheets
        for row in range(min(sheet.height, _ROWS_ABOVE))
        for column in range(len(sheet.values.rows[row]))
        if plain(sheet.value(row, column)) == first
    ]
    in_sight = (
        place
        for place in places
        if place[1] not in place[0].hidden_rows and place[2] not in place[0].hidden_columns
    )
    return next(in_sight, places[0] if places else None)


class _Compared:
    """One sheet beside one table."""

    def __init__(self, sheet: SeenSheet, table: Wording, top: int, left: int) -> None:
        self.sheet, self.table, self.top, self.left = sheet, table, top, left
        self.first = top + depth(table.columns)
        self.columns = range(left, left + len(table.columns))
        self.rows = range(top, max([self.first, *(row + 1 for row in self._rows())]))
        self.by_hand: list[str] = []

    def differences(self) -> Iterator[Difference]:
        if not is_called_like(self.sheet.name, self.table):
            self.by_hand.append(f"工作表名「{self.sheet.name}」")
        yield from self._out_of_sight()
        yield from self._around()
        yield from self._header()
        wanted: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for cells in self._expected():
            wanted.setdefault(tuple(map(plain, cells[: self.table.keys])), []).append(cells)
        for row in range(self.first, self.rows.stop):
            names = tuple(plain(self.sheet.value(row, self.left + at)) for at in range(self.table.keys))
            if not wanted.get(names):
                row_name = row_said(self.table, names)
                yield Difference(address(row, self.left), row_name, "整行", row_name, MISSING)
                continue
            yield from self._row(row, wanted[names].pop(0))
        for rows in wanted.values():
            for cells in rows:
                name = row_said(self.table, cells[: self.table.keys])
                yield Difference("", name, "整行", MISSING, row_said(self.table, cells))

    def _expected(self) -> Sequence[tuple[str, ...]]:
        return self.table.grid or [(NOTHING, *[""] * (len(self.table.columns) - 1))]

    def _rows(self) -> Iterator[int]:
        """The rows of the table: to the total where it has one, else to the first that is empty."""
        total = plain(self.table.grid[-1][0]) if self.table.totalled else None
        for row in range(self.first, self.sheet.height):
            if all(self.sheet.value(row, column) == "" for column in self.columns):
                return
            yield row
            if (total and plain(self.sheet.value(row, self.left)) == total) or not self.table.keys:
                return

    def _out_of_sight(self) -> Iterator[Difference]:
        """Rows and columns that hold something and cannot be seen, or are not printed."""
        sheet = self.sheet
        rows = [
            row
            for row in sheet.hidden_rows
            if row < sheet.height and any(value != "" for value in sheet.values.rows[row])
        ]
        for span in spans_of(rows):
            yield self._hidden(rows_said(*span), "整行")
        columns = [column for column in sheet.hidden_columns if column in self.columns]
        for span in spans_of(columns):
            yield self._hidden(columns_said(*span), "整列")
        if not sheet.prints(self.rows, self.columns):
            yield Difference("", "", "打印区域", "（不含整张表）", "整张表", DifferenceKind.HIDDEN)

    def _hidden(self, place: str, what: str) -> Difference:
        return Difference(place, "", what, _OUT_OF_SIGHT, "（看得见）", DifferenceKind.HIDDEN)

    def _around(self) -> Iterator[Difference]:
        """What stands outside the table: every text of it, and nothing else."""
        missing = list(self.table.around)
        strange: list[tuple[str, Shown]] = []
        for row in range(self.sheet.height):
            inside = row in self.rows
            for column, value in enumerate(self.sheet.values.rows[row]):
                if value == "" or (inside and column in self.columns):
                    continue
                shown, place = self.sheet.shown(row, column), address(row, column)
                expected = self._expected_text(shown.text, missing)
                if expected is None or shown.formula:
                    strange.append((place, shown))
                    continue
                missing.remove(expected)
                if shown.hidden or shown.cut:
                    reason = f"（{shown.hidden or shown.cut}）"
                    yield Difference(place, "", _label(expected), reason, expected, DifferenceKind.HIDDEN)
        yield from _strange_and_missing(strange, missing)

    def _expected_text(self, text: str, missing: Sequence[str]) -> str | None:
        """Which of the texts that are still missing this is; what is filled in by hand is kept in mind."""
        exact = next((expected for expected in missing if plain(expected) == plain(text)), None)
        if exact is not None:
            return exact
        for expected in missing:
            if expected.endswith("：") and _filled_in(plain(text), plain(expected)):
                self.by_hand.append(text)
                return expected
        return None

    def _header(self) -> Iterator[Difference]:
        for box in header_boxes(self.table.columns):
            row, column = self.top + box.top, self.left + box.left
            shown = self.sheet.shown(row, column)
            if plain(shown.text) != plain(box.text):
                yield Difference(address(row, column), "", "表头", shown.text or MISSING, box.text)
            elif shown.hidden or shown.formula or shown.cut:
                reason = f"（{shown.hidden or shown.formula or shown.cut}）"
                yield Difference(address(row, column), "", "表头", reason, box.text, DifferenceKind.HIDDEN)

    def _row(self, row: int, expected: Sequence[str]) -> Iterator[Difference]:
        name = row_said(self.table, expected[: self.table.keys])
        for at, text in enumerate(expected):
            shown = self.sheet.shown(row, self.left + at, number_read(text))
            difference = self._said_otherwise(shown, text, row, at)
            if difference is None:
                continue
            printed, kind = difference
            heading = self.table.columns[at].text.replace("\n", "")
            seen, known = (cell_said(self.table, at, words) for words in (printed, text))
            yield Difference(address(row, self.left + at), name, heading, seen, known, kind)

    def _said_otherwise(
        self, shown: Shown, expected: str, row: int, at: int
    ) -> tuple[str, DifferenceKind] | None:
        """The difference between what a cell shows and what is expected; None where they are the same."""
        if shown.formula and not self._is_own(shown.formula, row, at):
            return f"{shown.text}（公式 {shown.formula}）", DifferenceKind.FORMULA
        same = (
            plain(shown.text) == plain(expected) if at < self.table.keys else reads_same(shown.text, expected)
        )
        if not same:
            by_format = DifferenceKind.NUMBER_FORMAT if shown.by_format else DifferenceKind.CONTENT
            return shown.text, by_format
        hidden = shown.hidden or ("" if self.table.is_ledger else shown.cut)
        if hidden and expected:
            return f"（{hidden}）", DifferenceKind.HIDDEN
        return self._held_otherwise(shown, expected, at)

    def _held_otherwise(self, shown: Shown, expected: str, at: int) -> tuple[str, DifferenceKind] | None:
        """The difference where a cell shows the expected text and holds another value, which a
        recalculation would show.
        """
        number = number_read(expected)
        if self.table.is_ledger or shown.formula or number is None or at < self.table.keys:
            return None
        if isinstance(shown.value, str):
            return f"{shown.text}（文本，不进合计）", DifferenceKind.CONTENT
        if not expected.endswith("%") and shown.value != number:
            return f"{shown.value}（按格式显示为{shown.text}）", DifferenceKind.NUMBER_FORMAT
        return None

    def _is_own(self, formula: str, row: int, at: int) -> bool:
        """Whether it is the formula that the table was made with: worked out again, it gives the same."""
        fields = {column_of(field).text: field for field in figure_fields(self.table.form)}
        field = fields.get(self.table.columns[at].text)
        if self.table.is_ledger or field is None:
            return False
        own = (
            printed_rate_formula(self.table.form, field, row, self.left + self.table.keys)
            if field.rate
            else sum_formula(self.left + at, self.first, row - 1)
        )
        is_total = self.table.totalled and row == self.rows.stop - 1
        return own is not None and (bool(field.rate) or is_total) and _bare(formula) == _bare(own)


def _strange_and_missing(strange: Sequence[tuple[str, Shown]], missing: list[str]) -> Iterator[Difference]:
    """Texts that do not belong outside the table, each beside the one that it seems to stand for."""
    for place, shown in strange:
        text = f"{shown.text}（公式 {shown.formula}）" if shown.formula else shown.text
        same_label = [expected for expected in missing if _label(expected) == _label(shown.text)]
        like = same_label or get_close_matches(shown.text, missing, 1, _LIKE)
        if like:
            missing.remove(like[0])
            yield Difference(place, "", _label(like[0]), text, like[0])
        else:
            yield Difference(place, "", "多出的内容", text, MISSING, DifferenceKind.ADDED)
    for expected in missing:
        yield Difference("", "", _label(expected), MISSING, expected)


def _filled_in(text: str, blank: str) -> bool:
    return text.startswith(blank) and len(text) - len(blank) <= _LONGEST_BY_HAND


def _label(text: str) -> str:
    """What a note is called: the words before its colon, or its first ones."""
    return re.split(r"[：（]", text.lstrip("（"), maxsplit=1)[0][:20]


def _bare(formula: str) -> str:
    return re.sub(r"[\s$=]", "", formula).upper()
