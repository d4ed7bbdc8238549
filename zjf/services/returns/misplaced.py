"""Returns in a wrong place, or among those of another period; each with what to do about it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from zjf.checking.one_return import CheckedReturn
from zjf.county import County
from zjf.errors import UsageError
from zjf.intake.values.cells import read_day
from zjf.period import Period
from zjf.problems import without_stray_numbers

_TABLES = frozenset({".xlsx", ".xls", ".xlsm", ".xlsb", ".et", ".ods", ".csv"})
_NO_RETURN = re.compile(r"名单|空白|模板|清单|^[.~]")
_PERIOD = re.compile(
    r"\d{4}-W\d{2}|(?:\d{4}年?)?第?[\d一二三四五六七八九十]{1,3}周|(?:\d{4}年)?\d{1,2}月份?(?!\d)"
)
_FEW = 3


def misplaced(home: County, period: Period) -> list[str]:
    """Returns sentences about files of the county's folder that are not among a period's returns.

    Args:
        home: The county.
        period: The period to whose folder they should go.
    """
    returns = home.folder / "returns"
    place = f"returns/{period}"
    lines = []
    if loose := _tables_in(home.folder):
        lines.append(f"县文件夹里有 {_named(loose)}，不会汇总：是报表的，请移到 {place}。")
    if loose := _tables_in(returns):
        lines.append(f"returns 里有 {_named(loose)}，没有放进期次文件夹，不会汇总：请移到 {place}。")
    lines += _folders(returns)
    if within := _tables_in(home.returns(period)):
        lines += _of_another_period(((path.name, [path.stem]) for path in within), period)
    return lines


def periods_with_returns(home: County) -> list[Period]:
    """The periods whose folder holds something, the latest first."""
    periods = Period.of_folders(home.folder / "returns")
    return [period for period in periods if any(home.returns(period).iterdir())]


def of_another_period(checked: Sequence[CheckedReturn], period: Period) -> list[str]:
    """Returns sentences about returns that were filled in before a period, or name another one.

    Args:
        checked: The returns, read.
        period: The period that they were handed in for.
    """
    titles = [
        (checked_return.name, [title for table in checked_return.tables for title in table.notes.titles])
        for checked_return in checked
    ]
    lines = _of_another_period(titles, period)
    if period.kind == "day":
        return lines
    for checked_return in checked:
        days = filter(None, (read_day(table.notes.filled_on) for table in checked_return.tables))
        early = next((day for day in days if day < period.first), None)
        if early:
            lines.append(
                f"{checked_return.name} 的填报时间是 {early.year}年{early.month}月{early.day}日，在 {period} 之前："
                "请核对是不是上一期的表。"
            )
    return lines


def _of_another_period(named: Iterable[tuple[str, Sequence[str]]], period: Period) -> list[str]:
    lines = []
    for name, texts in named:
        others = [other for text in texts for other in _periods_in(text, period) if other.kind == period.kind]
        if others and period not in others:
            shown = without_stray_numbers(name)
            lines.append(
                f"{shown} 写的是 {others[0]}，放在了 {period}：放错了的，请移到 returns/{others[0]}。"
            )
    return lines


def _periods_in(text: str, period: Period) -> Iterator[Period]:
    """The periods that a text names; one without its year is of the year of the period it was handed in for."""
    for written in _PERIOD.findall(text):
        whole = written if written[:4].isdigit() else f"{_year(period)}年{written}"
        try:
            yield Period.parse(whole)
        except UsageError:
            continue


def _year(period: Period) -> int:
    return period.first.isocalendar().year if period.kind == "week" else period.first.year


def _folders(returns: Path) -> Iterator[str]:
    """Folders of returns that are named like no period."""
    for folder in sorted(returns.iterdir()) if returns.is_dir() else ():
        if not folder.is_dir() or folder.name.startswith(".") or Period.of_folder(folder.name):
            continue
        try:
            right = f"{Period.parse(folder.name)}"
        except UsageError:
            right = "期次，如 2024-W23"
        if _tables_in(folder):
            yield f"returns/{folder.name} 不是期次的写法，zjf friday 找不到它：请改名为 {right}。"


def _tables_in(folder: Path) -> list[Path]:
    try:
        inside = sorted(folder.iterdir())
    except OSError:  # what cannot be looked into is told where it is to be read
        return []
    return [
        path
        for path in inside
        if path.suffix.lower() in _TABLES and not _NO_RETURN.search(path.name) and path.is_file()
    ]


def _named(paths: Sequence[Path]) -> str:
    first = "、".join(without_stray_numbers(path.name) for path in paths[:_FEW])
    return f"{len(paths)} 个表格文件（{first}{' 等' if len(paths) > _FEW else ''}）"
