"""The notes above and below a table: 填报单位 填报人 联系方式 填报时间, and the title."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from zjf.intake.workbook import Sheet

_LABELS = {
    "unit": ("填报单位", "报送单位", "填表单位", "上报单位", "单位名称", "填报乡镇", "填报镇街"),
    "reporter": ("填报人", "填表人", "制表人", "经办人"),
    "contact": ("联系方式", "联系电话"),
    "filled_on": (
        *("填报时间", "填报日期", "上报时间", "上报日期", "报送时间", "报送日期"),
        *("填表时间", "填表日期", "制表日期"),
    ),
    "other": ("单位（盖章）", "单位(盖章)", "主要负责同志签字", "负责人", "审核人", "单位"),
}


def _spaced(word: str) -> str:
    return r"\s*".join(map(re.escape, word))


_LABEL = re.compile(
    "(?:"
    + "|".join(f"(?P<{name}>{'|'.join(map(_spaced, words))})" for name, words in _LABELS.items())
    + r")\s*[:：]"
)
_BLANKS = re.compile(r"^[\s_＿—\-/]*$")
_CLOSING = re.compile(r"[\s（(]+$")


@dataclass
class Notes:
    """What stands around a table. Blank where it is not said; `cells` tells where each was found."""

    unit: str = ""
    reporter: str = ""
    contact: str = ""
    filled_on: str = ""
    titles: list[str] = field(default_factory=list)
    cells: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def said(self) -> dict[str, str]:
        """The notes by name, as the ledger keeps them."""
        return {name: getattr(self, name) for name in ("unit", "reporter", "contact", "filled_on")}


def read_notes(sheet: Sheet, above: Iterable[int], below: Iterable[int]) -> Notes:
    """Reads the notes in the given rows; those above the table win over those below."""
    notes = Notes()
    for row in above:
        texts = _texts(sheet, row)
        labelled = _read_row(sheet, row, notes)
        notes.titles += [text.strip() for _, text in texts if not labelled and len(text.strip()) > 1]
    for row in below:
        _read_row(sheet, row, notes)
    return notes


def has_label(text: str) -> bool:
    return bool(_LABEL.search(text))


def _read_row(sheet: Sheet, row: int, notes: Notes) -> bool:
    labelled = False
    for column, text in _texts(sheet, row):
        found = list(_LABEL.finditer(text))
        labelled |= bool(found)
        for position, match in enumerate(found):
            end = found[position + 1].start() if position + 1 < len(found) else len(text)
            value = _CLOSING.sub("", text[match.end() : end]).strip()
            name, at = str(match.lastgroup), (row, column)
            if _BLANKS.match(value) and position + 1 == len(found):
                value, at = _to_the_right(sheet, row, column)
            if name != "other" and not _BLANKS.match(value) and not getattr(notes, name):
                setattr(notes, name, value)
                notes.cells[name] = at
    return labelled


def _to_the_right(sheet: Sheet, row: int, column: int) -> tuple[str, tuple[int, int]]:
    for right, value in enumerate(sheet.rows[row][column + 1 :], column + 1):
        if value != "":
            text = str(value).strip()
            return ("" if _LABEL.search(text) else text), (row, right)
    return "", (row, column)


def _texts(sheet: Sheet, row: int) -> list[tuple[int, str]]:
    return [
        (column, value)
        for column, value in enumerate(sheet.rows[row])
        if isinstance(value, str) and value.strip()
    ]
