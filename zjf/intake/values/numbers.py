"""Reading figures: counts, measures, years, rates, and the pair "x/y"."""

import math
import re
import unicodedata
from datetime import date, time, timedelta
from decimal import Decimal

from zjf.intake.rows.sheet_values import Value
from zjf.intake.values.dates import read_day, typed_year
from zjf.intake.values.placeholders import UNKNOWN
from zjf.intake.values.readings import BLANK, NOTHING, SHOWN, Context, Reading, tidy
from zjf.schemas import Field
from zjf.schemas.kinds import DIVIDED_BY_ZERO, PrintedRate

_APART = re.compile(r"\d\s+(?!\d{3}(?:\D|$))\d")
_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
_PAIR = re.compile(r"(\d{1,9})[/∕⁄](\d{1,9})")
_PERCENT = re.compile(r"[<>]?(-?\d+(?:\.(\d+))?)%")
_MONTH = re.compile(r"(\d{4})\s*[年/\-]\s*(?:0?[1-9]|1[0-2])\s*月?")
_UNITS = {
    "层": ("层", "楼"),
    "㎡": ("m2", "平方米", "平米", "平方", "平"),
    "人": ("人", "名", "位"),
    "年": ("年",),
    "栋": ("栋", "幢", "座"),
}
"""What may stand behind a figure, by its heading's unit. A household (户) is no house."""

_UNIT_OF_COUNTS = "栋"
_NOT_A_NUMBER = Reading(code="C102", what=f"「{SHOWN}」不是数字")
_NOT_A_RATE = Reading(code="C102", what=f"「{SHOWN}」不是比率")
_SHOWN_FOR_ANY_YEAR = 1905
"""A cell whose format is a date shows every year as a day of 1905; a text file keeps no more than that."""

_HIGHEST_RATE = Decimal(1_000_000)


def read_decimal(field: Field, raw: Value, context: Context) -> Reading:
    """The number in a cell, exactly as it is written there."""
    if isinstance(raw, date | time | timedelta):
        return _NOT_A_NUMBER
    if isinstance(raw, int | float):
        return Reading(_as_displayed(raw)) if math.isfinite(raw) else _NOT_A_NUMBER
    text = tidy(raw)
    if text in NOTHING:
        return BLANK
    if _APART.search(text):  # 1 2 may be twelve, or two figures
        return _NOT_A_NUMBER
    bare = _without_unit("".join(text.split()), field.heading.unit or _UNIT_OF_COUNTS)
    if not _NUMBER.fullmatch(bare):
        return _NOT_A_NUMBER
    return Reading(Decimal(bare.replace(",", "")), repaired=bare != raw.strip())


def _as_displayed(number: float) -> Decimal:
    """A number without the binary tail that no spreadsheet shows: 1.9999999999999998 is 2."""
    return Decimal(repr(float(f"{number:.15g}") if isinstance(number, float) else number))


def _without_unit(text: str, unit: str) -> str:
    for word in _UNITS.get(unit, (unicodedata.normalize("NFKC", unit),)):
        if text.lower().endswith(word):
            return text[: -len(word)]
    return text


def read_whole(field: Field, raw: Value, context: Context) -> Reading:
    reading = read_decimal(field, raw, context)
    if reading.value is None:
        return reading
    if reading.value != reading.value.to_integral_value():
        return Reading(code="C102", what=f"「{SHOWN}」不是整数")
    return reading._replace(value=int(reading.value))


def read_year(field: Field, raw: Value, context: Context) -> Reading:
    """A year; of a day or a month, the year it lies in."""
    text = tidy(raw)
    if text in UNKNOWN:
        return BLANK
    day = read_day(raw)
    month = _MONTH.fullmatch(text)
    if day or month:
        year = typed_year(day, context.first_serial) if day else int(text[:4])
        reading = Reading(year or (day.year if day else None), repaired=True)
    else:
        reading = read_whole(field, raw, context)
    if reading.value is not None and reading.value > context.latest_day.year:
        return Reading(code="C103", what=f"「{SHOWN}」晚于今年")
    if reading.value == _SHOWN_FOR_ANY_YEAR:  # the year that was typed cannot be told any more
        return reading._replace(code="C119", what=f"「{SHOWN}」可能是日期格式造成的", repaired=False)
    return reading


def read_rate(field: Field, raw: Value, context: Context) -> Reading:
    """A rate as printed: a number is a fraction, held to two decimals of a percent (A303)."""
    if isinstance(raw, date | time | timedelta):
        return _NOT_A_RATE
    text = "".join(tidy(raw).split())
    if text.upper() == DIVIDED_BY_ZERO:  # whether there is nothing to divide by, its counts tell (A304)
        return Reading(PrintedRate(Decimal(0), 0, DIVIDED_BY_ZERO))
    if isinstance(raw, int | float):
        return _printed(Decimal(repr(raw)) * 100, 2, text) if math.isfinite(raw) else _NOT_A_RATE
    if text in NOTHING:
        return BLANK
    if match := _PERCENT.fullmatch(text):
        return _printed(Decimal(match.group(1)), len(match.group(2) or ""), text)
    if _NUMBER.fullmatch(text):
        return _printed(Decimal(text.replace(",", "")) * 100, 2, text)
    return _NOT_A_RATE


def _printed(percent: Decimal, decimals: int, text: str) -> Reading:
    if abs(percent) > _HIGHEST_RATE:
        return Reading(code="C103", what=f"「{SHOWN}」超出合理范围")
    return Reading(PrintedRate(percent, decimals, text))


def read_pair(field: Field, raw: Value, context: Context) -> Reading:
    """问题确认/问题: 3/5 as text; Excel makes a date of it (facts.md#pairs)."""
    text = "".join(tidy(raw).split())
    if text in NOTHING and isinstance(raw, str):
        return BLANK
    if isinstance(raw, str) and (match := _PAIR.fullmatch(text)):
        return Reading(
            (int(match.group(1)), int(match.group(2))), repaired="/".join(match.groups()) != raw.strip()
        )
    became_a_day = isinstance(raw, date) or read_day(raw) or "月" in text
    return Reading(
        code="C113", what=f"「{SHOWN}」变成了日期" if became_a_day else f"「{SHOWN}」不是“x/y”的样式"
    )
