"""The notes above and below a table: 填报单位, 填报人, 联系方式, 填报时间, the title, a nil return."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from zjf.intake.rows.sheet_values import Value
from zjf.intake.values.readings import tidy, without_invisible

if TYPE_CHECKING:
    from zjf.intake.workbook import Sheet  # it loads the readers of every format

_LABELS = {
    "unit": ("填报单位", "报送单位", "填表单位", "上报单位", "单位名称", "填报乡镇", "填报镇街"),
    "reporter": ("填报人", "填表人", "制表人", "经办人", "报送人", "上报人"),
    "contact": ("联系方式", "联系电话"),
    "filled_on": (
        *("填报时间", "填报日期", "上报时间", "上报日期", "报送时间", "报送日期"),
        *("填表时间", "填表日期", "制表日期", "制表时间"),
    ),
    "other": (
        *("主要负责同志签字", "主要负责人", "分管负责人", "负责人"),
        *("审核人", "审核", "复核", "制表"),
    ),
    "counted_in": ("计量单位", "单位"),
    # These may stand in a title's own cell: they end what another label says, and make no row a note.
    "aside": ("联系人", "电话"),
    "village": ("村（社区）", "村(社区)", "村（居）", "村(居)", "行政村"),
}
_SHORTEST_BARE = 2
_OFFICE_AND_DAY = 2
_KEPT = ("unit", "reporter", "contact", "filled_on")
_READ = (*_KEPT, "counted_in", "village")
_ASIDE = ("aside", "village")


def _spaced(word: str) -> str:
    return r"\s*".join(map(re.escape, word))


_WORDS = "|".join(f"(?P<{name}>{'|'.join(map(_spaced, words))})" for name, words in _LABELS.items())
_LABEL = re.compile(rf"(?:{_WORDS})\s*(?:[（(][^（）()]*[)）]\s*)?[:：]")
_BARE_LABEL = re.compile(rf"(?:{_WORDS})\s*(?:[（(][^（）()]*[)）])?")
_NIL = re.compile(
    r"(?:[^，,。；;：:请应须填]*[（(]|(?:备注|说明|注|填报情况|本期|本月|本周|无[,，、])?[:：]?[“\"]?)"
    r"[零0]\s*(?:报(?:\s*[告送])?|上报|申报)[”\"]?[)）]?[。.]?"
)
_BLANKS = re.compile(r"^[\s_＿—\-/]*$")
_CLOSING = re.compile(r"\s*(?:[（(]|[（(](?:盖章|公章|章)[)）])\s*$|^([^（(]*)[)）]\s*$")
_SET_APART = ' \t\r\n\u3000_＿,，;；、。|｜“”"「」『』《》【】〔〕[]'
_BEHIND_A_UNIT = re.compile(r"\s*[（(][^（）()]*\d[^（）()]*[)）]$|\s+\d{4}\s*[年./\-].*$")


class PlacedText(NamedTuple):
    """A text around a table: where it stands, counted from 0, and whether 填报单位 stands in front of it."""

    row: int
    column: int
    text: str
    labelled: bool = False


@dataclass
class Notes:
    """The notes around a table, blank where there is none; `cells` tells where each stands.

    `later` are the texts that may name a unit in a row below the header: what 填报单位 says there, and what stands alone;
    `above` are the titles with their places.
    `counted_in` is what stands behind 单位：(栋, 户).
    `signed` are the texts that stand alone below it, or beside a day: one may be the office that signs.
    """

    unit: str = ""
    reporter: str = ""
    contact: str = ""
    filled_on: str = ""
    counted_in: str = ""
    village: str = ""
    nil: bool = False
    titles: list[str] = field(default_factory=list)
    signed: list[str] = field(default_factory=list)
    later: list["PlacedText"] = field(default_factory=list)
    above: list["PlacedText"] = field(default_factory=list)
    cells: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def by_name(self) -> dict[str, str]:
        """The notes by name, as the ledger keeps them."""
        return {name: getattr(self, name) for name in _KEPT}


def read_notes(sheet: "Sheet", above: Iterable[int]) -> Notes:
    """Reads the titles and notes in the rows above a table."""
    notes = Notes()
    for row in above:
        labelled = _read_row(sheet, row, notes)
        titles = [(column, text) for column, text in _texts(sheet, row) if not labelled and len(text) > 1]
        notes.titles += [text for _, text in titles]
        notes.above += [PlacedText(row, column, text) for column, text in titles]
    return notes


def add_notes(notes: Notes, sheet: "Sheet", below: Iterable[int]) -> None:
    """Adds the notes in rows below the header; those above the table win over them."""
    for row in below:
        texts = _texts(sheet, row)
        _read_row(sheet, row, row_notes := Notes())
        if row_notes.unit:
            notes.later.append(PlacedText(*row_notes.cells["unit"], row_notes.unit, labelled=True))
        elif len(texts) == 1:
            notes.later.append(PlacedText(row, *texts[0]))
        if not _read_row(sheet, row, notes) and len(texts) <= _OFFICE_AND_DAY:
            notes.signed += [text for _, text in texts]


def has_label(text: str) -> bool:
    """Whether a text holds a label such as 填报单位： or 负责人：."""
    return bool(_LABEL.search(text))


def is_bare_label(text: str) -> bool:
    """Whether a whole cell is a label such as 填报单位, without the colon, whose answer stands in the next cell."""
    return len(text) > _SHORTEST_BARE and bool(_BARE_LABEL.fullmatch(text))


def says_nil(text: str) -> bool:
    """Whether a note or a title reports that there is nothing (零报), and is no instruction about it."""
    return bool(_NIL.fullmatch(text.strip()))


def _read_row(sheet: "Sheet", row: int, notes: Notes) -> bool:
    labelled = False
    for column, text in _texts(sheet, row):
        notes.nil |= says_nil(text)
        labels = list(_LABEL.finditer(text)) or list(filter(None, [_BARE_LABEL.fullmatch(text)]))
        labelled |= any(match.lastgroup not in _ASIDE for match in labels)
        for position, match in enumerate(labels):
            end = labels[position + 1].start() if position + 1 < len(labels) else len(text)
            name, at = str(match.lastgroup), (row, column)
            value, nil = _answer_of(name, text[match.end() : end])
            if _BLANKS.match(value) and position + 1 == len(labels):
                beside, at = _to_the_right(sheet, row, column)
                value, nil = _answer_of(name, beside)
            notes.nil |= nil
            if name in _READ and not _BLANKS.match(value) and not getattr(notes, name):
                setattr(notes, name, value)
                notes.cells[name] = at
    return labelled


def _answer_of(name: str, text: str) -> tuple[str, bool]:
    """Returns the text after a label without separators, and whether it ends with （零报）."""
    value = _CLOSING.sub(r"\1", text.strip(_SET_APART)).strip(_SET_APART)
    bare, opening, remark = value.rpartition("（" if value.endswith("）") else "(")
    if opening and says_nil(opening + remark):
        return bare.strip(_SET_APART), True
    return (_BEHIND_A_UNIT.sub("", value).strip(_SET_APART) if name == "unit" else value), False


def _to_the_right(sheet: "Sheet", row: int, column: int) -> tuple[str, tuple[int, int]]:
    for right, value in enumerate(sheet.rows[row][column + 1 :], column + 1):
        if value != "":
            text = _written(value)
            return ("" if _LABEL.search(text) or _BARE_LABEL.fullmatch(text) else text), (row, right)
    return "", (row, column)


def _written(value: Value) -> str:
    return without_invisible(value).strip() if isinstance(value, str) else tidy(value)


def _texts(sheet: "Sheet", row: int) -> list[tuple[int, str]]:
    return [
        (column, text)
        for column, value in enumerate(sheet.rows[row])
        if isinstance(value, str) and (text := without_invisible(value).strip())
    ]
