"""What reading one cell gives, and the text in it as every kind of reader wants it."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple

from zjf.county import Roster
from zjf.intake.sheet_values import Value

NOTHING = frozenset({"", "/", "／", "\\", "-", "－", "—", "——", "--", "―", "无", "空", "暂无"})
"""Ways to write that there is nothing (facts.md#four-kinds-of-nothing); a code list may read 无 as a code instead."""

DITTOS = frozenset(
    {"同上", "同上行", "同前", "如上", "上同", "见上", "↑", "〃", "″", '"', "＂", "”", "“", "''"}
)
"""Ways to write that a cell says what the one above it says (`zjf.intake.dittos`)."""

SHOWN = "{shown}"
"""Stands in `Reading.what` for the cell's own text, which has to be masked before anyone sees it."""

_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]|_x000D_")
_MARKS = "²³¹¼-¾⁰⁴-⁹₀-₉⅐-⅟①-⒛⓪㉑-㉟㊱-㊿"
_MARKED = re.compile(rf"((?<=\d)[{_MARKS}]+|[{_MARKS}]+(?=\d)|[{_MARKS}]{{2,}})")
"""Marks of a note or a power beside a digit: 100① is not 1001. In m² there is no digit before it."""
_FULL_WIDTH = {ord("！") + place: ord("!") + place for place in range(94)}
_WHOLE_DIGITS = 10**15


@dataclass(frozen=True)
class Context:
    """What a cell's reading depends on beside its field.

    Args:
        roster: The county's units.
        latest_day: No past event may lie after it.
        first_serial: The day that Excel's serial number 0 stands for in this workbook.
    """

    roster: Roster
    latest_day: date
    first_serial: date = date(1899, 12, 30)


class Reading(NamedTuple):
    """What one text says: a typed value (None where there is nothing), or a problem.

    `code` is the problem's code; `what` is wrong, said of the cell, with `SHOWN` for its text (or for
    `quoted`, the part of it that is wrong); `hint` says what to do where more can be said than the
    catalogue's remedy. `repaired` says that it was not written as it should be (C111). `standard` is
    the appraisal standard that a grade like Csu gives away.
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
    """A cell's text with compatible letters folded and spaces trimmed; numbers without a useless .0."""
    if isinstance(raw, str):
        if raw.isascii() and raw.isprintable():
            return _INVISIBLE.sub("", raw).strip().strip("'")
        return _folded(_INVISIBLE.sub("", raw)).strip().strip("'’")
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() and abs(raw) < _WHOLE_DIGITS else repr(raw)
    if isinstance(raw, datetime) and raw.time() == time():
        return raw.date().isoformat()
    return str(raw)


def _folded(text: str) -> str:
    parts = _MARKED.split(text)
    return "".join(
        part if place % 2 else unicodedata.normalize("NFKC", part) for place, part in enumerate(parts)
    )


def without_invisible(text: str) -> str:
    """The text without what a spreadsheet program or a web page left in it."""
    return _INVISIBLE.sub("", text)


def half_width(text: str) -> str:
    """The text with full-width letters, digits and signs made half-width, and nothing else changed."""
    return text.translate(_FULL_WIDTH).replace("\u3000", " ")


def has_lost_digits(raw: Value) -> bool:
    """Whether a number is too long for a spreadsheet to have kept all its digits (C110)."""
    return isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) >= _WHOLE_DIGITS
