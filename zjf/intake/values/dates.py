"""Reading days, however they are written."""

import re
from datetime import date, datetime, time, timedelta

from zjf.intake.rows.sheet_values import Value
from zjf.intake.values.readings import BLANK, NOTHING, SHOWN, Context, Reading, tidy
from zjf.period import OFFICE_TIME
from zjf.schemas import Field

_HOUR = r"(?:[\sT]*(?:[上下]午)?\s*\d{1,2}(?::\d{2}(?::\d{2}(?:\.\d+)?)?|[时点](?:\d{1,2}分?)?)|[.。]|\s*[上下]午|\s*\(?(?:星期|周)[一二三四五六日天]\)?)?"
_BETWEEN = r"./\-–—·、。"
_DAY = re.compile(
    rf"(\d{{4}})\s*[年{_BETWEEN}]\s*(\d{{1,2}})\s*[月{_BETWEEN}]\s*(\d{{1,2}})\s*[日号]?{_HOUR}"
)
_IN_WORDS = re.compile(
    r"([\d〇零○一二三四五六七八九]{4})\s*年\s*([\d一二三四五六七八九十]{1,2})\s*月\s*([\d一二三四五六七八九十廿卅]{1,3})\s*[日号]"
    + _HOUR
)
_DIGITS: dict[str, int] = dict(zip("〇零○一二三四五六七八九", (0, 0, *range(10)), strict=True))
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{5}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})")
_SHORT_OF_MIDNIGHT = re.compile(r"23:59:17(?:\.\d+)?$")
"""Programs that count by Shanghai's old local time (UTC+8:05:43) write midnight 43 seconds short, on the day before.

Another last moment is of its own day: 23:59:59 is how programs write the end of a day.
"""
_SECONDS_A_DAY = 86_400
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
    day = read_day(raw) or _day_of_number(raw, text, context.first_serial)
    if day is None:
        return _NOT_A_DAY
    if typed_year(day, context.first_serial):
        return _A_YEAR
    if day > context.latest_day and not field.may_lie_ahead:
        return Reading(code="C106", what=f"「{day}」晚于截止日 {context.latest_day}")
    is_that_day = isinstance(raw, date) and text.startswith(day.isoformat())
    plain = is_that_day or text in (day.isoformat(), f"{day.year}/{day.month}/{day.day}")
    return Reading(day, repaired=not plain)


def typed_year(day: date, first_serial: date) -> int | None:
    """Returns the year that was typed where a date format made it a day of 1905; else None."""
    number = (day - first_serial).days
    return number if number in _YEARS else None


def became_a_day(raw: Value) -> bool:
    """Whether a text that was typed (3-5, 12-8) was turned into a day by a spreadsheet program."""
    if isinstance(raw, str):
        return bool(SHOWN_AS_A_DAY.fullmatch(raw.strip())) or read_day(raw) is not None
    return isinstance(raw, date | time)


def read_day(raw: Value) -> date | None:
    """Returns a day written in any accepted way; None for anything else."""
    if isinstance(raw, datetime):
        return _completed(raw.date(), str(raw))
    if isinstance(raw, date):
        return raw
    if not isinstance(raw, str):
        return None
    text = tidy(raw)
    try:
        if _MOMENT.fullmatch(text):
            return read_day(datetime.fromisoformat(text).astimezone(OFFICE_TIME).replace(tzinfo=None))
        match = _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text)
        day = date(*map(int, match.groups())) if match else _day_in_words(text)
    except (ValueError, OverflowError):
        return None
    return _completed(day, text) if day else None


def _completed(day: date, written: str) -> date:
    """Returns the day that is meant by a moment on it, which may fall a little short of the next one."""
    return day + timedelta(days=1) if day < date.max and _SHORT_OF_MIDNIGHT.search(written) else day


def _day_in_words(text: str) -> date | None:
    """A day as papers are dated: 二〇二四年六月五日.

    Raises:
        ValueError: It is not in the calendar.
    """
    match = _IN_WORDS.fullmatch(text)
    if not match:
        return None
    year, month, day = match.groups()
    return date(
        int("".join(str(_DIGITS.get(sign, sign)) for sign in year)),
        _number_in_words(month),
        _number_in_words(day),
    )


def _number_in_words(text: str) -> int:
    """Returns a number of one or two digits in words (六, 十二, 二十五, 廿五); 0 for anything else."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.replace("廿", "二十").replace("卅", "三十").partition("十")
    if not {tens, ones} <= {*_DIGITS, ""}:
        return 0
    return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0) if ten else _DIGITS[tens]


def _day_of_number(raw: Value, text: str, first_serial: date) -> date | None:
    """The day behind a bare number."""
    if isinstance(raw, date | time | timedelta):
        return None
    number = float(text) if _SERIAL.fullmatch(text) else raw
    first, last = ((day - first_serial).days for day in (_FIRST, _LAST))
    if isinstance(number, int | float) and first <= number < last + 1:
        moment = datetime.combine(first_serial, time()) + timedelta(seconds=round(number * _SECONDS_A_DAY))
        return read_day(moment)
    return read_day(text)
