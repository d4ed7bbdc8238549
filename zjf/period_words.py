"""Turns Chinese words for periods into their public spelling, and gives advice on texts that are no period."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Literal

Kind = Literal["day", "week", "month", "quarter"]

SPELLINGS: dict[Kind, str] = {"week": "%G-W%V", "month": "%Y-%m", "day": "%Y-%m-%d"}
"""Kind of period: its format for `strftime`, which has none for quarters (2020-Q3)."""
MONTHS_OF_A_QUARTER = 3

_YEAR = r"(?:(\d{4}|\d{2})年|(\d{4})-?)"
_WEEK = re.compile(rf"{_YEAR}?(?:第?(\d{{1,2}})周|W(\d\d))(?:\(.*\))?")
_QUARTER = re.compile(rf"{_YEAR}?(?:第?([1-4])季度?|Q([1-4]))")
_DAY = re.compile(r"(?:(\d{4}|\d{2})年)?(\d{1,2})月(?:(\d{1,2})[日号]?|份)?")
_IN_FIGURES = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?|(\d{4})(\d{2})(\d{2})?")
_NUMERAL = re.compile(r"[一二三四五六七八九十]{1,3}(?=[周月日号季年])")
_YEAR_IN_NUMERALS = re.compile(r"[〇○零一二三四五六七八九]{4}(?=年)|[〇○零一二三四五六七八九]{2}(?=年)")
_DIGITS = "零一二三四五六七八九"
_FURTHEST_AHEAD = timedelta(days=31)
"""A period written without its year is last year's if it would begin further ahead than this."""
_RELATIVE_PERIODS: dict[str, tuple[Kind, int]] = {
    "本周": ("week", 0),
    "上周": ("week", 1),
    "本月": ("month", 0),
    "上月": ("month", 1),
    "本季度": ("quarter", 0),
    "上季度": ("quarter", 1),
    "今天": ("day", 0),
    "昨天": ("day", 1),
    "前天": ("day", 2),
}
"""Word: the kind of period, and how many periods back from the present one it is."""
_SYNONYMS = (
    (re.compile(r"星期|礼拜"), "周"),
    (re.compile(r"^[这当](?=[一个]*[周月季])"), "本"),
    (re.compile(r"(?<=[本上])[一个]+(?=[周月季])"), ""),
    (re.compile(r"^([本上])季$"), r"\1季度"),
    (re.compile(r"^今[日]$"), "今天"),
    (re.compile(r"^昨[日]$"), "昨天"),
)


def public_spelling(text: str, today: date) -> str:
    """Returns the public spelling of a period written in Chinese or in figures; other texts only tidied."""
    tidy = _tidy(text, today)
    if tidy in _RELATIVE_PERIODS:
        return _periods_back(today, *_RELATIVE_PERIODS[tidy])
    for pattern, to_spelling in _PATTERNS:
        if match := pattern.fullmatch(tidy):
            return to_spelling(match, today)
    return tidy


def advice(text: str, today: date) -> str:
    """Returns what to write instead of a text that is no period: the valid range, or a near spelling."""
    tidy = public_spelling(text, today)
    for pattern, to_advice in _ADVICE:
        if match := pattern.fullmatch(tidy):
            return to_advice(match)
    near = {"本期": "本周」或「本月", "上期": "上周」或「上月", "今年": "本月", "周五": "本周"}
    return f"是否为「{near[tidy]}」？" if tidy in near else ""


def _last_week_of(year: str) -> int:
    """Returns the number of the last ISO week of a year; 52 for the year 0000, which does not exist."""
    return date(int(year), 12, 28).isocalendar().week if year > "0000" else 52


_ADVICE: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (
        re.compile(r"(\d{4})-W(\d\d)"),
        lambda week: f"{week[1]} 年只有第 1 周到第 {_last_week_of(week[1])} 周。",
    ),
    (
        re.compile(r"(\d{4})-(0[1-9]|1[0-2])-(\d\d)"),
        lambda day: f"{day[1]} 年 {int(day[2])} 月没有 {int(day[3])} 日，请核对日期。",
    ),
    (re.compile(r"\d{4}-\d\d(?:-\d\d)?"), lambda _: "月份是 1 到 12。"),
    (re.compile(r"第?(\d{1,2})[期次]"), lambda number: f"是否为「第{number[1]}周」？"),
    (re.compile(r"(\d{1,2})[-/.](\d{1,2})"), lambda day: f"是否为「{day[1]}月{day[2]}日」？"),
    (re.compile(r"(\d{4})-?W(\d)"), lambda week: f"是否为「{week[1]}-W0{week[2]}」？"),
)
"""Texts that are nearly a period, each with the advice on it; the first that fits is taken."""


def spelling_of(day: date, kind: Kind) -> str:
    """Returns the public spelling of the period of a kind that a day is in."""
    return f"{day.year}-Q{quarter_of(day)}" if kind == "quarter" else day.strftime(SPELLINGS[kind])


def quarter_of(day: date) -> int:
    return (day.month - 1) // MONTHS_OF_A_QUARTER + 1


def _tidy(text: str, today: date) -> str:
    """Returns a text without spaces and quotation marks, half-width, in capitals, with numbers and years in digits."""
    tidy = unicodedata.normalize("NFKC", "".join(text.split())).strip("\"'“”‘’「」《》").upper()
    for pattern, usual in _SYNONYMS:
        tidy = pattern.sub(usual, tidy)
    tidy = _YEAR_IN_NUMERALS.sub(lambda year: "".join(str(_digit(sign)) for sign in year[0]), tidy)
    tidy = _NUMERAL.sub(lambda numeral: str(_number(numeral[0])), tidy)
    for word, years_back in (("今年", 0), ("本年", 0), ("去年", 1), ("上年", 1)):
        if tidy.startswith(word) and tidy != word:
            return f"{today.year - years_back}年{tidy.removeprefix(word)}"
    return tidy


def _periods_back(today: date, kind: Kind, count: int) -> str:
    if kind in ("day", "week"):
        return spelling_of(today - timedelta(days=count * (7 if kind == "week" else 1)), kind)
    months = today.year * 12 + today.month - 1 - count * (MONTHS_OF_A_QUARTER if kind == "quarter" else 1)
    return spelling_of(date(months // 12, months % 12 + 1, 1), kind)


def _week(match: re.Match[str], today: date) -> str:
    number = int(match[3] or match[4])
    this_year = today.isocalendar().year
    year = match[2] or _four_digits(match[1]) or _year_of(this_year, f"W{number:02}-1", "%G-W%V-%u", today)
    return f"{year}-W{number:02}"


def _quarter(match: re.Match[str], today: date) -> str:
    return f"{match[2] or _four_digits(match[1]) or today.year}-Q{match[3] or match[4]}"


def _day(match: re.Match[str], today: date) -> str:
    month = f"{int(match[2]):02}"
    month_and_day = f"{month}-{int(match[3] or 1):02}"
    year = _four_digits(match[1]) or _year_of(today.year, month_and_day, "%Y-%m-%d", today)
    return f"{year}-{month}-{int(match[3]):02}" if match[3] else f"{year}-{month}"


def _in_figures(match: re.Match[str], today: date) -> str:
    year, month, day = match.groups()[:3] if match[1] else match.groups()[3:]
    return f"{year}-{int(month):02}-{int(day):02}" if day else f"{year}-{int(month):02}"


_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], str]], ...] = (
    (_WEEK, _week),
    (_QUARTER, _quarter),
    (_DAY, _day),
    (_IN_FIGURES, _in_figures),
)


def _four_digits(year: str | None) -> str:
    """Returns a year in four digits (24 becomes 2024); empty if none is written."""
    return f"20{year}" if year and len(year) == len("24") else year or ""


def _year_of(this_year: int, without_year: str, spelling: str, today: date) -> int:
    """Returns the year of a period written without one: this year, or the last if it would lie too far ahead."""
    try:
        first = datetime.strptime(f"{this_year}-{without_year}", spelling).date()
    except ValueError:  # there is no such day; the caller reports it
        return this_year
    return this_year - 1 if first > today + _FURTHEST_AHEAD else this_year


def _digit(numeral: str) -> int:
    return 0 if numeral in "〇○" else _DIGITS.index(numeral)


def _number(numeral: str) -> int:
    """Returns a number up to 99 from Chinese numerals."""
    tens, ten, ones = numeral.rpartition("十")
    return (_DIGITS.find(tens) if tens else 1) * (10 if ten else 0) + (_DIGITS.find(ones) if ones else 0)
