"""Finding the tables of a sheet, and telling their data rows from everything else."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import lru_cache

from zjf.intake.headers import Header, find_headers, is_row_number
from zjf.intake.notes import Notes, has_label, read_notes
from zjf.intake.workbook import Sheet, Value
from zjf.schemas import Form

NIL_WORDS = frozenset({"无", "零报", "零报告", "无数据", "零上报"})
_TOTAL = re.compile(r"(?:^|.)(?:合计|总计|共计|累计)$")
_SUBTOTAL = re.compile(r"(?:^|.)小计$")
_BRACKETS = re.compile(r"[（(][^（）()]*[)）]")
_FOOTER = re.compile(
    r"^\s*(?:备\s*注|注|说\s*明|填表说明|填报说明|附\s*注)\s*\d?\s*[:：]|签字|盖章|签名|^\s*(?:主管|分管|单位|主要)?(?:领导|负责人|负责同志)"
)
_LISTED = re.compile(r"^\s*[（(]?[\d一二三四五六七八九十]+[)）.、．]\s*\D")
_FEW = 4
_LONG_TEXT = 20


class RowKind(Enum):
    BLANK = auto()
    DATA = auto()
    TOTAL = auto()
    SUBTOTAL = auto()
    NOTE = auto()
    NIL = auto()


@dataclass
class TableArea:
    """One table on a sheet. Rows and columns are counted from 0."""

    header: Header
    notes: Notes
    data: list[int] = field(default_factory=list)
    totals: list[tuple[int, RowKind]] = field(default_factory=list)
    nil: bool = False

    @property
    def form(self) -> Form:
        return self.header.form

    @property
    def columns(self) -> dict[str, int]:
        return self.header.columns


def find_tables(sheet: Sheet, forms: Sequence[Form]) -> list[TableArea]:
    """Every table of the given forms on a sheet, in order."""
    headers = list(find_headers(sheet, forms))
    areas: list[TableArea] = []
    floor = 0
    for position, header in enumerate(headers):
        end = headers[position + 1].top if position + 1 < len(headers) else len(sheet.rows)
        above = range(floor, header.top)
        body = _body(sheet, header, end, last=position + 1 == len(headers))
        again = _repeats(sheet, areas[-1].header, header) if areas else False
        below = [row for row, kind in body if kind is RowKind.NOTE]
        notes = read_notes(sheet, above, below)
        if again and not notes.unit and not notes.titles:
            area = areas[-1]
        else:
            area = TableArea(header, notes)
            areas.append(area)
        _fill(area, body)
        floor = (body[-1][0] if body else header.bottom) + 1
    return areas


def _fill(area: TableArea, body: list[tuple[int, RowKind]]) -> None:
    area.data += [row for row, kind in body if kind is RowKind.DATA]
    area.totals += [(row, kind) for row, kind in body if kind in (RowKind.TOTAL, RowKind.SUBTOTAL)]
    area.nil |= any(kind is RowKind.NIL for _, kind in body)


def _repeats(sheet: Sheet, first: Header, again: Header) -> bool:
    """Whether a header is the first one printed again at the top of a page."""
    return (
        first.form is again.form
        and first.columns == again.columns
        and sheet.rows[first.bottom] == sheet.rows[again.bottom]
    )


def _body(sheet: Sheet, header: Header, end: int, *, last: bool) -> list[tuple[int, RowKind]]:
    """The rows of a table with their kinds; titles and notes of the next table are left out."""
    used = sorted(header.columns.values())
    rows = list(_kinds(sheet, header, used, end))
    if not last:
        while rows and rows[-1][1] in (RowKind.NOTE, RowKind.BLANK):
            rows.pop()
    return [(row, kind) for row, kind in rows if kind is not RowKind.BLANK]


def _kinds(sheet: Sheet, header: Header, used: list[int], end: int) -> Iterator[tuple[int, RowKind]]:
    numbers = {
        column
        for column, text in enumerate(sheet.rows[header.bottom])
        if isinstance(text, str) and is_row_number(text)
    }
    first = header.bottom + 1
    if first < end and _numbers_columns(sheet.rows[first]):
        first += 1
    noted = False
    for row in range(first, end):
        kind = _kind(sheet.rows[row], used, numbers, noted)
        noted |= kind is RowKind.NOTE
        yield row, kind


def _kind(row: list[Value], used: list[int], numbers: set[int], noted: bool) -> RowKind:
    filled = len(row) - row.count("")
    if filled == 0:
        return RowKind.BLANK
    if label := _total_label(row):
        return label
    if filled > 2 * _FEW:
        return RowKind.DATA
    cells = [
        (column, value)
        for column, value in enumerate(row)
        if column not in numbers and not (isinstance(value, str) and not value.strip())
    ]
    if not cells:
        return RowKind.BLANK
    words = [str(value).strip() for _, value in cells]
    if _says_nil(words):
        return RowKind.NIL
    if _is_note(words, noted):
        return RowKind.NOTE
    return RowKind.DATA if any(column in used for column, _ in cells) else RowKind.BLANK


def _says_nil(words: list[str]) -> bool:
    # The unit or village may be written in front: its row then holds one other word, or the nil word repeated.
    said = [word for word in words if word in NIL_WORDS]
    others = [word for word in words if word not in NIL_WORDS and word not in {"/", "-", "—", "0"}]
    return bool(said) and len(others) <= 1 and (len(said) > 1 or len(words) <= 2)


def _is_note(words: list[str], noted: bool) -> bool:
    if len(words) > _FEW:
        return sum(has_label(word) or bool(_FOOTER.search(word)) for word in words) > 1
    first = words[0]
    if _FOOTER.search(first) or has_label(first):
        return True
    if len(words) > 1:
        return any(has_label(word) or _FOOTER.search(word) for word in words)
    return noted or len(first) > _LONG_TEXT or first.endswith("。") or bool(_LISTED.match(first))


def _total_label(row: list[Value]) -> RowKind | None:
    looked = 0
    for value in row:
        if value == "":
            continue
        if isinstance(value, str) and (kind := _labels_total(value)):
            return kind
        looked += 1
        if looked == _FEW:
            return None
    return None


@lru_cache(maxsize=100_000)
def _labels_total(text: str) -> RowKind | None:
    if "计" not in text or len(text) > _LONG_TEXT:
        return None
    bare = re.sub(r"[\s:：]", "", _BRACKETS.sub("", text))
    if _SUBTOTAL.search(bare):
        return RowKind.SUBTOTAL
    return RowKind.TOTAL if _TOTAL.search(bare) else None


def _numbers_columns(row: list[Value]) -> bool:
    """Whether the row under a header numbers its columns: 1 2 3 …, 甲 乙 1 2 …, ① ② ③ …."""
    texts = [str(value).strip().strip("（）()") for value in row if str(value).strip()]
    texts = [text.removesuffix(".0") for text in texts if text not in "甲乙丙丁戊己庚辛"]
    if len(texts) < _FEW:
        return False
    counted = [chr(ord("①") + place) for place in range(min(len(texts), 20))]
    return texts in ([str(place + 1) for place in range(len(texts))], counted)
