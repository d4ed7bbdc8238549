"""Telling the rows of a table apart: houses, totals, notes, a nil return, numbers of columns.

A row with a house in it is never taken for anything else: what names the house is looked at first.
"""

import re
from collections.abc import Sequence
from enum import Enum, auto
from functools import lru_cache

from zjf.intake.dates import read_day
from zjf.intake.headers import Header
from zjf.intake.notes import has_label, says_nil
from zjf.intake.readings import NOTHING, tidy
from zjf.intake.workbook import Value
from zjf.schemas.kinds import Kind

_NIL = frozenset({"零报", "零报告", "零上报", "零报送", "无数据"})
_NIL_OR_NOTHING = _NIL | {"无", "没有", "暂无"}
_LABEL_OF_TOTAL = re.compile(r"(.*)(合计|总计|共计|累计|小计)(?:\d+[栋户间处座个]?)?")
_BRACKETED = re.compile(r"[（(][^（）()]*[)）]")
_FIGURE = re.compile(r"[\d.,%+\-—/\s]+\D{0,3}")
_FOOTER = re.compile(
    r"^\s*(?:备\s*注|注|说\s*明|填表说明|填报说明|附\s*注)\s*\d?\s*[:：]|签字|盖章|签名"
    r"|^\s*(?:主管|分管|单位|主要)?(?:领导|负责人|负责同志)|^\s*第\s*\d+\s*页|^\s*[（(]?以下空白"
)
_TITLE = re.compile(
    r"(?:台账|情况表|一览表|统计表|汇总表|明细表|登记表|清单)(?:[（(].*)?$|^附\s*件\s*\d*[:：]?$|^[（(]?续表"
)
_LISTED = re.compile(r"^\s*[（(]?[\d一二三四五六七八九十]+[)）.、．]\s*\D")
_IDENTIFIER = re.compile(r"(?=.*\d)[\w\-/（）()#]*[A-Za-z\d][\w\-/（）()#]*", re.ASCII)
_COUNTED = re.compile(r"[(（]?(\d+)[)）]?(?:[=＝].*)?")
_FORMULA_OF_COLUMNS = re.compile(r"[①-⑳\d＋+－\-—*×÷/／=＝%()（）\s]+")
_NOT_COUNTED = frozenset("甲乙丙丁戊己庚辛") | {"栏次", "列次", "序号"}
_FEW = 4
_LONG_TEXT = 20


class RowKind(Enum):
    """What a row of a table is. `NIL_OF` is a nil return of the unit or village in front."""

    BLANK = auto()
    DATA = auto()
    TOTAL = auto()
    SUBTOTAL = auto()
    NOTE = auto()
    NIL = auto()
    NIL_OF = auto()


Cell = tuple[int, str]
"""A filled cell: its column and its text."""


class RowReader:
    """Tells the kind of each row of one table, from the top down."""

    def __init__(self, header: Header) -> None:
        columns = header.columns
        fields = [header.form.by_name[name] for name in columns]
        keys = [name for name in header.form.info.key if name in columns]
        self._used = set(columns.values())
        self._numbers = header.numbers
        self._first = min(self._used)
        self._personal = {columns[each.name] for each in fields if each.personal}
        self._places = {
            columns[each.name] for each in fields if each.kind is Kind.UNIT or each.name == "village"
        }
        self._key = (
            columns[keys[0]] if keys and header.form.by_name[keys[0]].kind is Kind.IDENTIFIER else None
        )
        self._after_notes = False

    def kind(self, row: Sequence[Value], *, merged_across: bool = False) -> RowKind:
        """What the next row is.

        Args:
            row: Its raw values.
            merged_across: Whether its text runs over many columns.
        """
        filled = len(row) - row.count("")
        if filled > 2 * _FEW and not _needs_a_look(row):
            return RowKind.DATA
        cells = [(column, text) for column, value in enumerate(row) if value != "" and (text := tidy(value))]
        kind = self._kind(cells, merged_across) if cells else RowKind.BLANK
        self._after_notes |= kind is RowKind.NOTE
        return kind

    def _kind(self, cells: list[Cell], merged_across: bool) -> RowKind:
        if len(cells) <= 2 * _FEW and _is_label(cells[0][1]):
            return RowKind.NOTE
        key = next((text for column, text in cells if column == self._key), "")
        total = self._total(cells, key)
        if total:
            return total
        if names_a_row(key) and not (len(cells) == 1 and read_day(key)):
            return RowKind.DATA
        if nil := self._nil(cells):
            return nil
        said = [cell for cell in cells if cell[0] not in self._numbers]
        if not said:
            return RowKind.BLANK
        if len(said) <= 2 * _FEW and self._is_note(said, merged_across):
            return RowKind.NOTE
        return RowKind.DATA if any(column in self._used for column, _ in said) else RowKind.BLANK

    def _total(self, cells: list[Cell], key: str) -> RowKind | None:
        """A row that says 合计 in one of its first cells, and names no house beside it."""
        for column, text in cells[:_FEW]:
            label = _total_label(text, exactly=column in self._personal)
            if label:
                texts = sum(not _FIGURE.fullmatch(other) and other not in NOTHING for _, other in cells)
                named = names_a_row(key) and not _FIGURE.fullmatch(key)
                return None if named or texts >= _FEW else label
        return None

    def _nil(self, cells: list[Cell]) -> RowKind | None:
        if len(cells) == 1 and says_nil(cells[0][1]):
            return RowKind.NIL
        nils = [text for _, text in cells if text in _NIL_OR_NOTHING]
        others = [
            cell
            for cell in cells
            if cell[1] not in _NIL_OR_NOTHING | NOTHING and cell[0] not in self._numbers
        ]
        zeros = any(text == "0" for _, text in others)
        others = [cell for cell in others if cell[1] != "0"]
        if not nils or len(others) > 1 or (zeros and _NIL.isdisjoint(nils)):
            return None
        if not others:
            return RowKind.NIL
        (column, text), alone = others[0], len(nils) == 1 and len(cells) > 2
        at_a_place = column in self._places or column not in self._used or column == self._first
        return None if alone or not at_a_place or _FIGURE.fullmatch(text) else RowKind.NIL_OF

    def _is_note(self, cells: list[Cell], merged_across: bool) -> bool:
        labels = sum(_is_label(text) or read_day(text) is not None for _, text in cells)
        if len(cells) > 1:
            return labels > 1 and 2 * labels >= len(cells)
        column, text = cells[0]
        if labels or merged_across or self._after_notes or _TITLE.search(text) or _LISTED.match(text):
            return True
        return (len(text) > _LONG_TEXT or text.endswith("。")) and column <= self._first


def _needs_a_look(row: Sequence[Value]) -> bool:
    """Whether one of a full row's first cells says that it may be no house."""
    looked_at = 0
    for value in row:
        if value != "":
            if isinstance(value, str) and ("计" in value or value in _NIL_OR_NOTHING):
                return True
            looked_at += 1
            if looked_at == _FEW:
                return False
    return False


def names_a_row(key: str) -> bool:
    """Whether a text looks like the number of a house, a problem, a report."""
    return bool(_IDENTIFIER.fullmatch(key))


def _is_label(text: str) -> bool:
    return has_label(text) or bool(_FOOTER.search(text))


@lru_cache(maxsize=20_000)
def _total_label(text: str, *, exactly: bool) -> RowKind | None:
    if "计" not in text or len(text) > _LONG_TEXT:
        return None
    found = _LABEL_OF_TOTAL.fullmatch(re.sub(r"[\s:：]", "", _BRACKETED.sub("", text)))
    if not found or (exactly and found.group(1)):
        return None
    return RowKind.SUBTOTAL if found.group(2) == "小计" else RowKind.TOTAL


def numbers_the_columns(row: Sequence[Value]) -> bool:
    """Whether the row under a header numbers its columns: 1 2 3 …, 甲 乙 1 2 …, ① ② ④/①-②-③ …."""
    texts = [text for value in row if value != "" and (text := str(value).strip().removesuffix(".0"))]
    texts = [text for text in texts if text not in _NOT_COUNTED]
    if len(texts) < _FEW:
        return False
    counted = [int(found.group(1)) for text in texts if (found := _COUNTED.fullmatch(text))]
    if len(counted) == len(texts):
        return counted == list(range(counted[0], counted[0] + len(counted))) and counted[0] in (0, 1)
    marked = sum("①" <= text[0] <= "⑳" for text in texts)
    return 2 * marked >= len(texts) and all(_FORMULA_OF_COLUMNS.fullmatch(text) for text in texts)
