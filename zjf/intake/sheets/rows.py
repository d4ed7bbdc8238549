"""The kind of each row of a table: a house, a total, a note, a nil return.

A row that names a house is never taken for anything else, so that is tested first.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from functools import lru_cache

from zjf.intake.rows.coded_rows import SheetRows
from zjf.intake.rows.sheet_values import Value
from zjf.intake.sheets import remarks
from zjf.intake.sheets.headers import Header
from zjf.intake.sheets.notes import says_nil
from zjf.intake.sheets.row_signs import RowSigns
from zjf.intake.values.dates import read_day
from zjf.intake.values.readings import NOTHING, Cell, filled_cells
from zjf.intake.values.simplified import simplified
from zjf.schemas.kinds import Kind

_NIL = frozenset({"零报", "零报告", "零上报", "零报送", "无数据"})
_NIL_OR_NOTHING = _NIL | {"无", "没有", "暂无"}
# Few texts need these: `re` compiles and keeps each when it is first asked for.
_LABEL_OF_TOTAL = (
    r"(.*)(合计|总计|共计|累计|汇总|小计|(?<![合总共累])计数|总数|总和|总量|总共|总(?=[栋户间处幢座个]数)"
    r"|过次页|转次页|转下页|承前页|接上页)(?:[栋户间处幢座个]?数|/?[栋户间处幢座个])?(?:\d+[栋户间处幢座个]?村?)?"
    r"|()((?:全|本)(?:[镇乡县区市部]|街道|办事处)|[计总合共]|[Σ∑]|(?i:total|sum)|(?:以上|本页)?共\d+[栋户间处幢座个]村?)"
)
"""Labels of totals, with or without a village or unit in front, and words that are such a label alone."""
_DERIVED = (
    r"其中.*|平均[数值]?|均值|比例|(?:环比|同比)?增[减长][数额率幅情况]*|[占环同]比|百分比|.{0,6}率"
    r"|[较比与]?[上去往][期周旬月年次](?:同期)?(?:数|合计|总计|累计|增减.*)?"
)
"""Labels of rows of figures that count nothing of their own."""
_BEGIN_DERIVED = frozenset("其平均占比百环同增较与上去往")
_BRACKETED = re.compile(r"[（(【〔\[][^（）()【】〔〕\[\]]*[)）】〕\]]")
_AROUND = re.compile(r"^[^\wΣ∑]+|[^\wΣ∑]+$|[\s:：]")
_BEGIN_TOTAL = frozenset("全本合共以Σ∑TtSs計總")
_OF_A_PART = frozenset({"小计", "计数", "过次页", "转次页", "转下页", "承前页", "接上页"})
_PLACES = ("村", "社区", "组", "镇", "乡", "街道", "片区", "页")
_ABOVE_VILLAGES = re.compile(r".{2,}(?:街道|街道办事处|镇|乡)|.+片区")
"""A name that stands above villages and is none's: 西乡 may be one."""
_STROKES = NOTHING - {"无", "空", "暂无"}
"""Strokes that cross a cell out; a row with nothing else is blank."""
_A_LINE = re.compile(r"[-—–―_=*.…·~]{2,}")
_FIGURE = re.compile(r"[\d.,%+\-—/\s]+\D{0,3}")
_FEW = 4
_LONGEST_LABEL = 20
_LONGEST_NAME = 4


class RowKind(Enum):
    """The kind of a row of a table.

    `REMARK` is a text alone that reads like a note and might be a house number. `NIL_OF` is a nil return of the unit
    or village in the row. `APART` is a row of a table of another kind below the list.
    """

    BLANK = auto()
    DATA = auto()
    TOTAL = auto()
    SUBTOTAL = auto()
    NOTE = auto()
    REMARK = auto()
    NIL = auto()
    NIL_OF = auto()
    APART = auto()


class RowReader:
    """Tells the kind of each row of one table, from the top down.

    `naming` are the columns in which a house is named: by its number, by whose it is.
    """

    def __init__(self, header: Header) -> None:
        fields, number = header.fields, header.form.number_field
        self._used = set(fields)
        self._numbers = header.numbers
        self._first = min(self._used)
        self._signs = RowSigns(fields)
        self._personal = {column for column, field in fields.items() if field.personal}
        self._places = {
            column for column, field in fields.items() if field.kind is Kind.UNIT or field.name == "village"
        }
        self._key = header.columns.get(number.name) if number else None
        self._village = header.columns.get("village")
        self._after_notes = False
        self.naming = self._personal if self._key is None else self._personal | {self._key}

    def kind(
        self, row: Sequence[Value], *, merged_across: bool = False, named_above: bool = False
    ) -> RowKind:
        """Returns the kind of the next row that is to be judged (`rows_to_judge`).

        Args:
            merged_across: Whether its text is merged over many columns.
            named_above: Whether a cell that names the house above is merged down over it.
        """
        cells = filled_cells(row)
        kind = self._kind(cells, merged_across, named_above) if cells else RowKind.BLANK
        self._after_notes |= kind in (RowKind.NOTE, RowKind.REMARK)
        return kind

    def may_be_title(self, row: Sequence[Value]) -> bool:
        """Whether a row right above the next header is a single text that names no house."""
        cells = filled_cells(row)
        if len(cells) != 1 or not isinstance(row[cells[0][0]], str):
            return False
        return not (remarks.names_a_row(cells[0][1]) or self._names_a_house(*cells[0]))

    def _names_a_house(self, column: int, text: str) -> bool:
        if column == self._key:
            return remarks.may_name_a_house(text)
        return self._signs.names_a_house(column, text)

    def _kind(self, cells: list[Cell], merged_across: bool, named_above: bool) -> RowKind:
        few = len(cells) <= 2 * _FEW
        if few and remarks.is_label(cells[0][1]) and self._signs.of_a_note(cells, led_by_label=True):
            return RowKind.NOTE
        key = next((text for column, text in cells if column == self._key), "")
        if total := self._total(cells, key):
            return total
        if remarks.names_a_row(key) and not (len(cells) == 1 and read_day(key)):
            return RowKind.DATA
        texts = [cell for cell in cells if cell[0] not in self._numbers]
        if not named_above:
            if nil := self._nil(cells, texts):
                return nil
            if all(text in _STROKES or _A_LINE.fullmatch(text) for _, text in texts):
                return RowKind.NOTE if any(map(_is_set_above, cells)) else RowKind.BLANK
            if few and (note := self._note(texts, merged_across)):
                return note
        return RowKind.BLANK if self._used.isdisjoint(column for column, _ in texts) else RowKind.DATA

    def _total(self, cells: list[Cell], key: str) -> RowKind | None:
        """Returns the kind of total of a row with 合计 or the like in its first cells and no house beside it; else None."""
        for column, text in cells[:_FEW]:
            label = _total_label(text, exactly=column in self._personal)
            if label:
                texts = sum(not _FIGURE.fullmatch(other) and other not in NOTHING for _, other in cells)
                named = (remarks.names_a_row(key) and not _FIGURE.fullmatch(key)) or any(
                    other in self._personal and other != column and not _is_no_name(name)
                    for other, name in cells
                )
                return None if named or texts >= _FEW else label
        return None

    def _nil(self, cells: list[Cell], texts: list[Cell]) -> RowKind | None:
        """Returns NIL or NIL_OF for a row that says 零报 or 无, and besides it at most zeros and a place; else None."""
        if len(cells) == 1 and says_nil(cells[0][1]):
            return RowKind.NIL
        nils = [text for _, text in cells if text in _NIL_OR_NOTHING]
        said = [cell for cell in texts if cell[1] not in _NIL_OR_NOTHING | NOTHING]
        besides = [cell for cell in said if cell[1] != "0"]
        has_zeros = len(besides) < len(said)
        if not nils or (has_zeros and _NIL.isdisjoint(nils)):  # 无 among figures is a cell like others
            return None
        if not besides:
            return RowKind.NIL
        is_of_place = len(besides) == 1 and self._may_be_place(*besides[0])
        return RowKind.NIL_OF if is_of_place and (len(nils) > 1 or len(cells) == 2) else None

    def _may_be_place(self, column: int, text: str) -> bool:
        at_a_place = column in self._places or column not in self._used or column == self._first
        return at_a_place and not _FIGURE.fullmatch(text)

    def _note(self, cells: list[Cell], merged_across: bool) -> RowKind | None:
        """Returns NOTE or REMARK for a row of few cells that is no house, or may be none; else None."""
        if len(cells) > 1:
            return RowKind.NOTE if self._signs.of_a_note(cells) or self._signs_off(cells) else None
        column, text = cells[0]
        if merged_across or remarks.is_label(text) or remarks.is_title(text):
            return RowKind.NOTE
        if self._after_notes:
            return RowKind.REMARK if self._names_a_house(column, text) else RowKind.NOTE
        if read_day(text):
            # Below a signature, a day is written in words.
            return None if self._signs.is_dated(column) and "年" not in text else RowKind.NOTE
        if remarks.is_office(text) and column not in self.naming | self._places:
            return RowKind.NOTE
        if column == self._village and _ABOVE_VILLAGES.fullmatch(text):
            return RowKind.NOTE
        if column <= self._first and (remarks.is_sentence(text) or remarks.is_remark(text)):
            return RowKind.NOTE
        return self._alone_in_the_key(text) if column == self._key else None

    def _signs_off(self, cells: Sequence[Cell]) -> bool:
        """Whether a row is an office and a day, as they stand below a list."""
        offices = [column for column, text in cells if remarks.is_office(text)]
        days = [column for column, text in cells if read_day(text)]
        return (
            len(offices) + len(days) == len(cells)
            and bool(offices)
            and self._places.isdisjoint(offices)
            and not any(map(self._signs.is_dated, days))
        )

    @staticmethod
    def _alone_in_the_key(text: str) -> RowKind | None:
        if remarks.is_remark(text) or remarks.is_office(text):
            return RowKind.NOTE
        return None if remarks.may_name_a_house(text) else RowKind.REMARK


def _is_set_above(cell: Cell) -> bool:
    """Whether a cell, which may stand in the column of row numbers, is an office's name or a title."""
    return remarks.is_office(cell[1]) or remarks.is_title(cell[1])


def _is_no_name(text: str) -> bool:
    """Whether a text in a column of names names nobody: a figure, a stroke, a label."""
    return bool(_FIGURE.fullmatch(text)) or text in NOTHING or len(text) > _LONGEST_NAME


def rows_to_judge(rows: SheetRows, within: range) -> Iterator[int]:
    """Yields the rows whose kind has to be worked out; all others are data at first sight."""
    return rows.worth_a_look(within, 2 * _FEW, _FEW, _may_be_no_house)


def _may_be_no_house(value: Value) -> bool:
    return isinstance(value, str) and (
        _may_be_total(value)
        or value in _NIL_OR_NOTHING
        or value in _STROKES
        or value.isspace()
        or _is_derived(value)
    )


def _may_be_total(text: str) -> bool:
    """Whether a text may match `_LABEL_OF_TOTAL`; a quick test, as it is made for every row."""
    return "计" in text or "总" in text or "页" in text or "汇" in text or text[:1] in _BEGIN_TOTAL


def _is_derived(text: str) -> bool:
    """Whether a label says that its figures are derived from the others, or are of another period."""
    if text[:1] not in _BEGIN_DERIVED and "率" not in text:
        return False
    bare = _AROUND.sub("", _BRACKETED.sub("", text))
    return len(bare) <= _LONGEST_LABEL and bool(re.fullmatch(_DERIVED, bare))


def _names_nobody(label: re.Match[str]) -> bool:
    """Whether a label of a total is no person's name: 小计, 东村小计."""
    return not label.group(4) and (not label.group(1) or label.group(1).endswith(_PLACES))


@lru_cache(maxsize=20_000)
def _total_label(text: str, *, exactly: bool) -> RowKind | None:
    if not exactly and _is_derived(text):
        return RowKind.SUBTOTAL
    label = simplified(text)
    if not _may_be_total(label) or len(label) > _LONGEST_LABEL:
        return None
    match = re.fullmatch(_LABEL_OF_TOTAL, _AROUND.sub("", _BRACKETED.sub("", label)))
    if not match or (exactly and not _names_nobody(match)):
        return None
    return RowKind.SUBTOTAL if match.group(2) in _OF_A_PART else RowKind.TOTAL
