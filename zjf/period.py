"""Reporting periods (an ISO week, a month, a quarter, a day) and the calendar that says when they close."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Literal, Self, get_args
from zoneinfo import ZoneInfo

from zjf.errors import UsageError
from zjf.period_words import MONTHS_OF_A_QUARTER, SPELLINGS, Kind, advice, public_spelling, quarter_of, spelt

Weekday = Literal["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)

OFFICE_TIME = ZoneInfo("Asia/Shanghai")
"""Deadlines are by the clock on the office's wall, wherever the server stands."""

_END_OF_DAY = time(23, 59, 59)


def office_today() -> date:
    """The day in the office, wherever the server stands: till eight in the morning it is another one in UTC."""
    return datetime.now(OFFICE_TIME).date()


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

    def current(self, day: date) -> "Period":
        """The period that a day lies in: a month where returns are due by a day of the month, else a week."""
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
        """A period from its public spelling: `2024-W23`, `2024-06`, `2024-Q2` or `2024-06-05`; or as offices write it.

        2024年第23周, 2024年6月, 2024年第2季度, 2024年6月5日, 24年6月 and 2024/6/5 are read too, in numerals (六月) as
        well; 第23周 and 6月 of this year, or of the last where they would lie ahead; 去年第23周; and 本周, 上周, 本月,
        上个月, 本季度, 今天, 昨天 and the like.

        Raises:
            UsageError: The text is none of these, or names a week or day that does not exist.
        """
        today = office_today()
        tidy = public_spelling(text, today)
        if quarter := _PUBLIC_QUARTER.fullmatch(tidy):
            first = date(int(quarter[1]), MONTHS_OF_A_QUARTER * int(quarter[2]) - 2, 1)
            return cls(first, _last(first, "quarter"), "quarter")
        for kind, spelling in SPELLINGS.items():
            try:  # a week is only a day, to strptime, together with its weekday
                first = datetime.strptime(f"{tidy} 1", f"{spelling} %u").date()
                found = cls(first, _last(first, kind), kind)
            except (ValueError, OverflowError):
                continue
            if str(found) == tidy:
                return found
        raise UsageError(
            f"看不懂期次「{text}」",
            f"周填 2024-W23，月填 2024-06，日填 2024-06-05，季度填 2024-Q2。也可写 2024年第23周、2024年6月、2024年6月5日、2024年第2季度、本周、上周。{advice(text, today)}",
        )

    @classmethod
    def of_folder(cls, name: str) -> Self | None:
        """The period whose folder has this name; None where it is the folder of none."""
        try:
            period = cls.parse(name)
        except UsageError:
            return None
        return period if str(period) == name else None

    @classmethod
    def of_folders(cls, parent: Path) -> list[Self]:
        """The periods that the folders within one are named after, the latest first; none where it is no folder."""
        names = [path.name for path in parent.iterdir() if path.is_dir()] if parent.is_dir() else []
        periods = [period for name in names if (period := cls.of_folder(name))]
        return sorted(periods, key=lambda period: period.by_end, reverse=True)

    def __str__(self) -> str:
        return spelt(self.first, self.kind)

    @property
    def by_end(self) -> tuple[date, date]:
        """What sorts periods of any kind: the last day, then the first."""
        return self.last, self.first

    @classmethod
    def around(cls, day: date, kind: Kind) -> Self:
        """The period of a kind that a day lies in."""
        return cls.parse(spelt(day, kind))

    @property
    def label(self) -> str:
        """The period as an office writes it: 2024年第23周（6月3日—6月9日）."""
        if self.kind == "day":
            return _in_words(self.first)
        if self.kind == "month":
            return f"{self.first.year}年{self.first.month}月"
        if self.kind == "quarter":
            return f"{self.first.year}年第{quarter_of(self.first)}季度"
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


def office_moment(moment: datetime | None) -> str | None:
    """A moment by the office's clock, to the second, as the public documents give it; None where there is none."""
    return moment.astimezone(OFFICE_TIME).isoformat(timespec="seconds") if moment else None


def in_order(periods: Iterable[str], calendar: Calendar) -> list[Period]:
    """Periods of any kind, in their public spelling, by the day on which their figures close, the earliest first."""
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
