"""The result of reading one cell, and the tidied text that all readers start from."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple

from zjf.intake.rows.sheet_values import Value
from zjf.unit_names import Roster

_OF_PROGRAMS = frozenset(
    {
        *("NULL", "null", "Null", "(NULL)", "(null)", "(Null)", "<NULL>", "<null>", "\\N"),
        *("NaN", "nan", "NaT", "None", "<NA>", "(空)", "（空）", "(空白)", "（空白）", "(跳过)", "（跳过）"),
    }
)
"""What databases, pandas, pivot tables and questionnaires write for a blank."""
NOTHING = frozenset({"", "/", "／", "\\", "-", "－", "—", "——", "--", "―", "无", "空", "暂无"}) | _OF_PROGRAMS
"""Ways to write a blank (facts.md#four-kinds-of-nothing); in some code lists 无 is a code."""

DITTOS = frozenset(
    {"同上", "同上行", "同前", "如上", "上同", "见上", "↑", "〃", "″", '"', "＂", "”", "“", "''"}
)
"""Ways to write that a cell repeats the one above (`zjf.intake.tables.dittos`)."""

SHOWN = "{shown}"
"""Placeholder in `Reading.what` for the cell's text, which is masked before it is filled in."""

INVISIBLE = (
    r"\u00ad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef"
)
"""Letters that nobody sees, for a class of a pattern: Unicode's Default_Ignorable_Code_Point and a blank of Braille.

A telephone number copied from a list of contacts stands between two of them.
"""
_INVISIBLE = re.compile(f"[{INVISIBLE}]|_x000D_")
_MARKS = "²³¹¼-¾⁰⁴-⁹₀-₉⅐-⅟①-⒛⓪㉑-㉟㊱-㊿"
_MARKED = re.compile(rf"((?<=\d)[{_MARKS}]+|[{_MARKS}]+(?=\d)|[{_MARKS}]{{2,}})")
"""Marks of a note or a power beside a digit: 100① is not 1001. In m² there is no digit before it."""
_FULL_WIDTH = {ord("！") + place: ord("!") + place for place in range(94)}
_WHOLE_DIGITS = 10**15

Cell = tuple[int, str]
"""A filled cell of a row: its column and its text."""


@dataclass(frozen=True)
class Context:
    """What reading a cell depends on besides its field.

    No past event may lie after the `latest_day`; `first_serial` is the day of Excel's number 0 in this workbook.
    """

    roster: Roster
    latest_day: date
    first_serial: date = date(1899, 12, 30)


class Reading(NamedTuple):
    """The result of reading a cell: a typed value or a problem.

    Attributes:
        value: The value; None where the cell is blank.
        code: The problem's code; empty where there is none.
        what: What is wrong, a clause about the cell, with `SHOWN` for its text.
        hint: What to do, where more can be said than the catalogue's remedy.
        quoted: What `SHOWN` stands for where only a part of the text is wrong.
        repaired: Whether the cell was written in an unusual way and read nonetheless (C111).
        standard: The appraisal standard that a grade like Csu implies.
    """

    value: Any = None
    code: str = ""
    what: str = ""
    hint: str = ""
    quoted: str = ""
    repaired: bool = False
    standard: str | None = None

    @property
    def bad(self) -> bool:
        """Whether the cell cannot be read: the value is unknown, and the row is not counted."""
        return bool(self.code) and self.code not in ("C108", "C115", "C116", "C118", "C119")


BLANK = Reading()


def tidy(raw: Value) -> str:
    """Returns a cell's text with compatibility characters folded and spaces trimmed; whole numbers without .0."""
    if isinstance(raw, str):
        if raw.isascii() and raw.isprintable():
            return _INVISIBLE.sub("", raw).strip().strip("'")
        return _folded(_INVISIBLE.sub("", raw)).strip().strip("'’")
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() and abs(raw) < _WHOLE_DIGITS else repr(raw)
    if isinstance(raw, datetime) and raw.time() == time():
        return raw.date().isoformat()
    return str(raw)


def filled_cells(row: Iterable[Value]) -> list[Cell]:
    """Returns the cells of a row that are not blank, with their tidied texts."""
    return [(column, text) for column, value in enumerate(row) if value != "" and (text := tidy(value))]


def _folded(text: str) -> str:
    parts = _MARKED.split(text)
    return "".join(
        part if index % 2 else unicodedata.normalize("NFKC", part) for index, part in enumerate(parts)
    )


def without_invisible(text: str) -> str:
    """Returns a text without invisible characters that a spreadsheet program or a web page left in it."""
    return _INVISIBLE.sub("", text)


def half_width(text: str) -> str:
    """Returns a text with full-width letters, digits and signs made half-width, and nothing else changed."""
    return text.translate(_FULL_WIDTH).replace("\u3000", " ")


def has_lost_digits(raw: Value) -> bool:
    """Whether a number is too long for a spreadsheet to have kept all its digits (C110)."""
    return isinstance(raw, int | float) and abs(raw) >= _WHOLE_DIGITS
