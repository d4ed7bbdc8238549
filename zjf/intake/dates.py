"""Reading days, in every way that they are written."""

import re
from datetime import date, datetime, time, timedelta

from zjf.intake.readings import BLANK, NOTHING, SHOWN, Context, Reading, tidy
from zjf.intake.sheet_values import Value
from zjf.schemas import Field

_DAY = re.compile(
    r"(\d{4})\s*[年./\-]\s*(\d{1,2})\s*[月./\-]\s*(\d{1,2})\s*[日号]?"
    r"(?:[\sT]*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{5}")
_FIRST, _LAST = date(1950, 1, 1), date(2099, 12, 31)
_NOT_A_DAY = Reading(code="C105", what=f"「{SHOWN}」不是日期")
_A_YEAR = Reading(
    code="C105",
    what=f"「{SHOWN}」是年份被显示成了日期",
    hint="单元格是日期格式，只填年份会变成 1905 年：请按 2024-06-05 的样式填写年月日。",
)
_YEARS = range(1900, 2101)
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
SHOWN_AS_A_DAY = re.compile(
    rf"\d{{1,2}}月\d{{1,2}}日|\d{{4}}年\d{{1,2}}月|\d{{1,2}}-(?:{_MONTHS})|(?:{_MONTHS})-\d{{2}}"
)
"""What a spreadsheet program makes of 3-5 or 3-2005, as a text file keeps it."""


def read_date(field: Field, raw: Value, context: Context) -> Reading:
    """A day; a number is Excel's serial number, or 20240305."""
    text = tidy(raw)
    if text in NOTHING and isinstance(raw, str):
        return BLANK
    day = read_day(raw) or _numbered_day(raw, text, context.first_serial)
    if day is None:
        return _NOT_A_DAY
    if typed_year(day, context.first_serial):
        return _A_YEAR
    if day > context.latest_day and not field.may_lie_ahead:
        return Reading(code="C106", what=f"「{day}」晚于截止日 {context.latest_day}")
    plain = isinstance(raw, date) or text in (day.isoformat(), f"{day.year}/{day.month}/{day.day}")
    return Reading(day, repaired=not plain)


def typed_year(day: date, first_serial: date) -> int | None:
    """The year that was typed, where a cell's date format shows it as a day of 1905."""
    number = (day - first_serial).days
    return number if number in _YEARS else None


def became_a_day(raw: Value) -> bool:
    """Whether what was typed as text (3-5, 12-8) was made a day of by a spreadsheet program."""
    if isinstance(raw, str):
        return bool(SHOWN_AS_A_DAY.fullmatch(raw.strip())) or read_day(raw) is not None
    return isinstance(raw, date | time)


def read_day(raw: Value) -> date | None:
    """A day written in any of the accepted ways; None for anything else."""
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if not isinstance(raw, str):
        return None
    text = tidy(raw)
    found = _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _numbered_day(raw: Value, text: str, first_serial: date) -> date | None:
    """The day behind a bare number."""
    if isinstance(raw, bool | date | time | timedelta):
        return None
    number = float(text) if _SERIAL.fullmatch(text) else raw
    first, last = ((day - first_serial).days for day in (_FIRST, _LAST))
    if isinstance(number, int | float) and first <= number < last + 1:
        return first_serial + timedelta(days=int(number))
    return read_day(text)
