"""Reporting periods (an ISO week, a month, a quarter, a day) and the calendar that says when they close."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal, Self, get_args
from zoneinfo import ZoneInfo

from zjf.errors import UsageError

Weekday = Literal["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
Kind = Literal["day", "week", "month", "quarter"]

OFFICE_TIME = ZoneInfo("Asia/Shanghai")
"""Deadlines are by the clock on the office's wall, wherever the server stands."""

_END_OF_DAY = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Calendar:
    """When returns are due, as a notice says it (or a county's own settings, where they differ).

    Args:
        weekday: The day of the week on which a weekly return is due; None: its last day.
        by: The hour by which a weekly return is due on that day.
        month_day: The day by which a monthly return is due; None: the month's last day.
        postponed: Whether a deadline that falls on a day off moves to the next workday.
    """

    weekday: Weekday | None = None
    by: time = _END_OF_DAY
    month_day: int | None = None
    postponed: bool = False


_WEEK = re.compile(r"(?:(\d{4})年?)?第?(\d{1,2})周(?:\(.*\))?")
_QUARTER = re.compile(r"(?:(\d{4})年)?第?([1-4一二三四])季度?")
_PUBLIC_QUARTER = re.compile(r"([1-9]\d{3})-Q([1-4])")
_DAY = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(?:(\d{1,2})(日|号))?(份)?")
_DAY_IN_FIGURES = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMERAL = re.compile(r"[一二三四五六七八九十]{1,3}(?=[周月日号])")
_DIGITS = "零一二三四五六七八九"
_AHEAD = timedelta(days=31)
"""How far a period may lie ahead that is named without its year; one further ahead is last year's."""
_BESIDE_TODAY: dict[str, tuple[Kind, int]] = {
    "本周": ("week", 0),
    "上周": ("week", 7),
    "本月": ("month", 0),
    "上月": ("month", 1),
    "今天": ("day", 0),
    "昨天": ("day", 1),
}
"""Periods by how many days they lie before today, or before the month's first day."""

_SPELLINGS: dict[Kind, str] = {"week": "%G-W%V", "month": "%Y-%m", "day": "%Y-%m-%d"}
"""How `strftime` writes a kind of period; it does not know quarters (2020-Q3)."""

_MONTHS_OF_A_QUARTER = 3


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """The stretch of time that a return reports on. Periods of one kind are ordered in time."""

    first: date
    last: date
    kind: Kind

    @classmethod
    def parse(cls, text: str) -> Self:
        """A period from its public spelling: `2024-W23`, `2024-06`, `2024-Q2` or `2024-06-05`; or as offices write it.

        2024年第23周, 2024年6月, 2024年第2季度, 2024年6月5日 and 2024/6/5 are read too, in numerals (六月) as well; 第23周
        and 6月 of this year, or of the last where they would lie ahead; and 本周, 上周, 本月, 上月, 今天, 昨天.

        Raises:
            UsageError: The text is none of these, or names a week or day that does not exist.
        """
        tidy = _public_spelling(text, date.today()) or text.strip().upper()
        if quarter := _PUBLIC_QUARTER.fullmatch(tidy):
            first = date(int(quarter[1]), _MONTHS_OF_A_QUARTER * int(quarter[2]) - 2, 1)
            return cls(first, _last(first, "quarter"), "quarter")
        for kind, spelling in _SPELLINGS.items():
            try:  # a week is only a day, to strptime, together with its weekday
                first = datetime.strptime(f"{tidy} 1", f"{spelling} %u").date()
                found = cls(first, _last(first, kind), kind)
            except (ValueError, OverflowError):
                continue
            if str(found) == tidy:
                return found
        raise UsageError(
            f"看不懂期次「{text}」",
            "周填 2024-W23，月填 2024-06，日填 2024-06-05，季度填 2024-Q2。也可写 2024年第23周、2024年6月、2024年6月5日、2024年第2季度、本周、上周。",
        )

    @classmethod
    def of_folder(cls, name: str) -> Self | None:
        """The period whose folder has this name; None where it is the folder of none."""
        try:
            period = cls.parse(name)
        except UsageError:
            return None
        return period if str(period) == name else None

    def __str__(self) -> str:
        return _spelt(self.first, self.kind)

    @property
    def by_end(self) -> tuple[date, date]:
        """What sorts periods of any kind: the last day, then the first."""
        return self.last, self.first

    @classmethod
    def around(cls, day: date, kind: Kind) -> Self:
        """The period of a kind that a day lies in."""
        return cls.parse(_spelt(day, kind))

    @property
    def label(self) -> str:
        """The period as an office writes it: 2024年第23周（6月3日—6月9日）."""
        if self.kind == "day":
            return _in_words(self.first)
        if self.kind == "month":
            return f"{self.first.year}年{self.first.month}月"
        if self.kind == "quarter":
            return f"{self.first.year}年第{_quarter_of(self.first)}季度"
        year, week, _ = self.first.isocalendar()
        days = f"{_in_words(self.first, beside=year)}—{_in_words(self.last, beside=self.first.year)}"
        return f"{year}年第{week}周（{days}）"

    def closing_day(self, calendar: Calendar) -> date:
        """The day on which the period's figures close: the notice's deadline day, else its last day.

        A holiday does not move it: the figures are as of that day, whenever they are due.
        """
        if self.kind == "week" and calendar.weekday:
            return self.first + timedelta(days=WEEKDAYS.index(calendar.weekday))
        if self.kind == "month" and calendar.month_day:
            return min(self.first + timedelta(days=calendar.month_day - 1), self.last)
        return self.last

    def deadline(self, calendar: Calendar) -> datetime:
        """The moment by which its returns are due, by the office's clock."""
        by = calendar.by if self.kind == "week" else _END_OF_DAY
        day = self.closing_day(calendar)
        return datetime.combine(_workday_from(day) if calendar.postponed else day, by, OFFICE_TIME)


def _public_spelling(text: str, today: date) -> str | None:
    """The public spelling of a period as offices write it; None where it is written otherwise."""
    tidy = unicodedata.normalize("NFKC", "".join(text.split()))
    if tidy in _BESIDE_TODAY:
        kind, days = _BESIDE_TODAY[tidy]
        start = today.replace(day=1) if kind == "month" else today
        return _spelt(start - timedelta(days=days), kind)
    tidy = _NUMERAL.sub(lambda numeral: str(_number(numeral[0])), tidy)
    if week := _WEEK.fullmatch(tidy):
        year = week[1] or _year_of(today.isocalendar().year, f"W{int(week[2]):02}-1", "%G-W%V-%u", today)
        return f"{year}-W{int(week[2]):02}"
    if quarter := _QUARTER.fullmatch(tidy):
        number = " 1234".find(quarter[2]) if quarter[2].isascii() else " 一二三四".find(quarter[2])
        return f"{quarter[1] or today.year}-Q{number}"
    if day := _DAY.fullmatch(tidy):
        month = f"{int(day[2]):02}"
        year = day[1] or _year_of(today.year, f"{month}-{int(day[3] or 1):02}", "%Y-%m-%d", today)
        return f"{year}-{month}-{int(day[3]):02}" if day[3] else f"{year}-{month}"
    if day := _DAY_IN_FIGURES.fullmatch(tidy):
        return f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}"
    return None


def _spelt(day: date, kind: Kind) -> str:
    """The public spelling of the period of a kind that a day lies in."""
    return f"{day.year}-Q{_quarter_of(day)}" if kind == "quarter" else day.strftime(_SPELLINGS[kind])


def _quarter_of(day: date) -> int:
    return (day.month - 1) // _MONTHS_OF_A_QUARTER + 1


def _year_of(this_year: int, rest: str, spelling: str, today: date) -> int:
    """The year meant where none is written: this one, or the last where that would lie ahead."""
    try:
        first = datetime.strptime(f"{this_year}-{rest}", spelling).date()
    except ValueError:  # there is no such day; the caller says so
        return this_year
    return this_year - 1 if first > today + _AHEAD else this_year


def _number(numeral: str) -> int:
    """A number up to 99 in Chinese numerals."""
    tens, ten, ones = numeral.rpartition("十")
    return (_DIGITS.find(tens) if tens else 1) * (10 if ten else 0) + (_DIGITS.find(ones) if ones else 0)


def _last(first: date, kind: Kind) -> date:
    if kind == "week":
        return first + timedelta(days=6)
    if kind == "quarter":
        first = first.replace(month=first.month + _MONTHS_OF_A_QUARTER - 1)
        return first.replace(day=monthrange(first.year, first.month)[1])
    return first.replace(day=monthrange(first.year, first.month)[1]) if kind == "month" else first


def _workday_from(day: date) -> date:
    """The day itself, or the next that is neither a holiday nor a weekend that is not worked."""
    from holidays import country_holidays  # slow to load, and few counties ask for it

    days_off = country_holidays("CN")
    while not days_off.is_working_day(day):
        day += timedelta(days=1)
    return day


def _in_words(day: date, beside: int | None = None) -> str:
    """The day in Chinese, without its year where that stands beside it."""
    year = "" if day.year == beside else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"
