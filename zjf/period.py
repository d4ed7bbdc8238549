"""Reporting periods (an ISO week, a month, a quarter, a day) and the calendar that says when they close."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Literal, Self, get_args
from zoneinfo import ZoneInfo

from zjf.errors import CannotDoError, UsageError
from zjf.period_words import (
    MONTHS_OF_A_QUARTER,
    SPELLINGS,
    Kind,
    advice,
    public_spelling,
    quarter_of,
    spelling_of,
)

Weekday = Literal["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)

OFFICE_TIME = ZoneInfo("Asia/Shanghai")
"""Deadlines are in the office's time, wherever the server is."""

_END_OF_DAY = time(23, 59, 59)
_FIRST_YEAR = 2020
"""No returns of self-built houses are older; a clock that nobody set begins at 1970, 1980 or 2000."""


def office_today() -> date:
    """Returns the day in the office, wherever the server is; in UTC it is another day until eight o'clock.

    Raises:
        CannotDoError: The computer's clock is at its beginning: its battery is empty, and papers would bear that day.
    """
    today = datetime.now(OFFICE_TIME).date()
    if today.year < _FIRST_YEAR:
        raise CannotDoError(f"电脑的时间不对：今天不会是 {today}", "请先校准电脑的日期和时间。")
    return today


@dataclass(frozen=True, slots=True)
class Calendar:
    """When returns are due, by the notice or by the county's own settings.

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

    def current(self, day: date) -> "Period":
        """Returns the period that a day is in: a month if returns are due by a day of the month, else a week."""
        return Period.around(day, "month" if self.month_day else "week")


_PUBLIC_QUARTER = re.compile(r"([1-9]\d{3})-Q([1-4])")


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """The stretch of time that a return reports on. Periods of one kind are ordered in time."""

    first: date
    last: date
    kind: Kind

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads a period from its public spelling (`2024-W23`, `2024-06`, `2024-Q2`, `2024-06-05`), or in Chinese.

        Also read are 2024年第23周, 2024年6月, 2024年第2季度, 2024年6月5日, 24年6月 and 2024/6/5, with Chinese numerals
        (六月) as well; 第23周 and 6月 without a year, which mean this year, or the last if they would lie ahead;
        去年第23周; and 本周, 上周, 本月, 上个月, 本季度, 今天, 昨天 and the like.

        Raises:
            UsageError: The text is none of these, or names a week or day that does not exist.
        """
        today = office_today()
        tidy = public_spelling(text, today)
        if quarter := _PUBLIC_QUARTER.fullmatch(tidy):
            first = date(int(quarter[1]), MONTHS_OF_A_QUARTER * int(quarter[2]) - 2, 1)
            return cls(first, _last(first, "quarter"), "quarter")
        for kind, spelling in SPELLINGS.items():
            try:  # strptime turns a week into a day only together with a weekday
                first = datetime.strptime(f"{tidy} 1", f"{spelling} %u").date()
                period = cls(first, _last(first, kind), kind)
            except (ValueError, OverflowError):
                continue
            if str(period) == tidy:
                return period
        raise UsageError(
            f"看不懂期次「{text}」",
            f"周填 2024-W23，月填 2024-06，日填 2024-06-05，季度填 2024-Q2。也可写 2024年第23周、2024年6月、2024年6月5日、2024年第2季度、本周、上周。{advice(text, today)}",
        )

    @classmethod
    def of_folder(cls, name: str) -> Self | None:
        """Returns the period whose folder has this name; None for other folders."""
        try:
            period = cls.parse(name)
        except UsageError:
            return None
        return period if str(period) == name else None

    @classmethod
    def of_folders(cls, parent: Path) -> list[Self]:
        """Returns the periods that a folder has subfolders of, the latest first; none if it does not exist."""
        names = [path.name for path in parent.iterdir() if path.is_dir()] if parent.is_dir() else []
        periods = [period for name in names if (period := cls.of_folder(name))]
        return sorted(periods, key=lambda period: period.by_end, reverse=True)

    def __str__(self) -> str:
        return spelling_of(self.first, self.kind)

    @property
    def by_end(self) -> tuple[date, date]:
        """The key that sorts periods of any kind: the last day, then the first."""
        return self.last, self.first

    @classmethod
    def around(cls, day: date, kind: Kind) -> Self:
        """Returns the period of a kind that a day is in."""
        return cls.parse(spelling_of(day, kind))

    @property
    def label(self) -> str:
        """The period in Chinese: 2024年第23周（6月3日—6月9日）."""
        if self.kind == "day":
            return day_in_words(self.first)
        if self.kind == "month":
            return f"{self.first.year}年{self.first.month}月"
        if self.kind == "quarter":
            return f"{self.first.year}年第{quarter_of(self.first)}季度"
        year, week, _ = self.first.isocalendar()
        days = f"{day_in_words(self.first, known_year=year)}—{day_in_words(self.last, known_year=self.first.year)}"
        return f"{year}年第{week}周（{days}）"

    def closing_day(self, calendar: Calendar) -> date:
        """Returns the day on which the period's figures close: the notice's deadline day, else its last day.

        A holiday does not move it: the figures are as of that day, even if they are due later.
        """
        if self.kind == "week" and calendar.weekday:
            return self.first + timedelta(days=WEEKDAYS.index(calendar.weekday))
        if self.kind == "month" and calendar.month_day:
            return min(self.first + timedelta(days=calendar.month_day - 1), self.last)
        return self.last

    def deadline(self, calendar: Calendar) -> datetime:
        """Returns the moment by which its returns are due, in the office's time."""
        by = calendar.by if self.kind == "week" else _END_OF_DAY
        day = self.closing_day(calendar)
        return datetime.combine(_workday_from(day) if calendar.postponed else day, by, OFFICE_TIME)


def office_moment(moment: datetime) -> str:
    """Returns a moment in the office's time, to the second, as in the public documents."""
    return moment.astimezone(OFFICE_TIME).isoformat(timespec="seconds")


def to_the_minute(moment: datetime) -> str:
    """Returns a moment in the office's time, as people read it."""
    return f"{moment.astimezone(OFFICE_TIME):%Y-%m-%d %H:%M}"


def in_order(periods: Iterable[str], calendar: Calendar) -> list[Period]:
    """Sorts periods of any kind by the day on which their figures close, the earliest first."""
    parsed = (Period.parse(period) for period in periods)
    return sorted(parsed, key=lambda period: (period.closing_day(calendar), period.first))


def _last(first: date, kind: Kind) -> date:
    if kind == "week":
        return first + timedelta(days=6)
    if kind == "quarter":
        first = first.replace(month=first.month + MONTHS_OF_A_QUARTER - 1)
        return first.replace(day=monthrange(first.year, first.month)[1])
    return first.replace(day=monthrange(first.year, first.month)[1]) if kind == "month" else first


def _workday_from(day: date) -> date:
    """Returns the day itself if it is a workday in China, else the next workday."""
    from holidays import country_holidays  # slow to load, and few counties ask for it

    days_off = country_holidays("CN")
    while not days_off.is_working_day(day):
        day += timedelta(days=1)
    return day


def day_in_words(day: date, known_year: int | None = None) -> str:
    """Returns a day in Chinese, 2024年6月5日; without its year if that is the year given."""
    year = "" if day.year == known_year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"
