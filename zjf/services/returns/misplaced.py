"""Sentences about returns that lie in a wrong place or belong to another period, and what to do about them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from zjf.checking.one_return import CheckedReturn, digest_of
from zjf.county import County
from zjf.errors import UsageError
from zjf.intake.values.dates import read_day
from zjf.ledger import Ledger
from zjf.period import OFFICE_TIME, Period, day_in_words
from zjf.pipeline.finding import returns_lying_in
from zjf.problems import first_few, without_stray_numbers
from zjf.unit_names import Roster

_TABLES = frozenset({".xlsx", ".xls", ".xlsm", ".xlsb", ".et", ".ods", ".csv"})
_NO_RETURN = re.compile(r"名单|空白|模板|清单|^[.~]")
_PERIOD = re.compile(
    r"\d{4}-W\d{2}|(?:\d{4}年?)?第?[\d一二三四五六七八九十]{1,3}周|(?:\d{4}年)?\d{1,2}月份?(?!\d)"
)
_UNDO = "用 zjf backup --list 找到汇总以前的备份，再用 zjf restore 恢复它"
_FEW = 3


def misplaced(home: County, period: Period) -> list[str]:
    """Returns sentences about files of the county's folder that are not among a period's returns."""
    returns = home.folder / "returns"
    place = f"returns/{period}"
    lines = []
    if files := _tables_in(home.folder):
        lines.append(
            f"县文件夹里有 {_files_named(_names_shown(files))}，不会汇总：是报表的，请移到 {place}。"
        )
    if files := _tables_in(returns):
        lines.append(
            f"returns 里有 {_files_named(_names_shown(files))}，没有放进期次文件夹，不会汇总：请移到 {place}。"
        )
    lines += _misnamed_folders(returns)
    if files_in_place := _tables_in(home.returns(period)):
        lines += _of_another_period(((path.name, [path.stem]) for path in files_in_place), period)
    return lines


def periods_with_returns(home: County) -> list[Period]:
    """Returns the periods whose folder is not empty, the latest first."""
    periods = Period.of_folders(home.folder / "returns")
    return [period for period in periods if any(home.returns(period).iterdir())]


def of_another_period(checked: Sequence[CheckedReturn], period: Period) -> list[str]:
    """Returns sentences about returns that were filled in before a period, or name another one."""
    titles = [
        (checked_return.name, [title for table in checked_return.tables for title in table.notes.titles])
        for checked_return in checked
    ]
    lines = [*_from_another_folder(checked, period), *_of_another_period(titles, period)]
    return lines if period.kind == "day" else [*lines, *_filled_in_before(checked, period)]


def _from_another_folder(checked: Sequence[CheckedReturn], period: Period) -> Iterator[str]:
    """Yields a sentence for each period's folder that returns were taken from for another period of its kind."""
    names = (folder.name for checked_return in checked for folder in checked_return.path.parents[:_FEW])
    folders = map(Period.of_folder, dict.fromkeys(names))
    for other in filter(None, folders):
        if other.kind == period.kind and other != period:
            yield (
                f"{other} 文件夹里的表，这次按 {period} 汇总：期次写错了的，请用 --period {other} 重新汇总；"
                f"误收进 {period} 的，{_UNDO}。"
            )


def accepted_from_another_folder(home: County, ledger: Ledger, period: Period) -> Iterator[str]:
    """Yields a sentence for each other period's folder that files lie in which were accepted for a period.

    A file that lies in the period's own folder, too, was sent twice and is in its place. Only files are read whose
    names are those of returns that came after the period, or that its folder lacks.
    """
    here = returns_lying_in(home.returns(period))
    names_here = {path.name for path in here}
    suspects = {
        submission.sha256: submission.file_name
        for submission in ledger.submissions(str(period))
        if submission.file_name not in names_here
        or submission.received_at.astimezone(OFFICE_TIME).date() > period.last
    }
    names = set(suspects.values())
    accepted = suspects.keys() - {digest_of(path) for path in here if path.name in names}
    for other in Period.of_folders(home.folder / "returns") if accepted else ():
        if other.kind == period.kind and other != period:
            lying = (path for path in returns_lying_in(home.returns(other)) if path.name in names)
            if files := [path for path in lying if digest_of(path) in accepted]:
                names_shown = [ledger.people().shown(path.name) for path in files]
                yield (
                    f"{period} 接收的 {_files_named(names_shown)}放在 {other} 文件夹里："
                    f"误收进 {period} 的，{_UNDO}，再汇总以后收到的。"
                )


def _filled_in_before(checked: Sequence[CheckedReturn], period: Period) -> Iterator[str]:
    """Yields who filled in a return before the period; of many returns in one sentence."""
    early: dict[str, date] = {}
    for checked_return in checked:
        days = filter(None, (read_day(table.notes.filled_on) for table in checked_return.tables))
        if day := next((day for day in days if day < period.first), None):
            early[checked_return.name] = day
    if early:
        told = [f"{name} 的填报时间是 {day_in_words(day)}" for name, day in early.items()]
        others = f" 等 {len(early)} 份，" if len(early) > _FEW else "，"
        yield f"{'，'.join(told[:_FEW])}{others}在 {period} 之前：请核对是不是上一期的表。"


def sent_once_more(checked: Sequence[CheckedReturn], ledger: Ledger, period: Period) -> Iterator[str]:
    """Yields a sentence about the files that were accepted for the last period of its kind, byte for byte."""
    periods = map(Period.parse, ledger.periods())
    earlier = [other for other in periods if other.kind == period.kind and other < period]
    if earlier:
        last = max(earlier)
        accepted = {submission.sha256 for submission in ledger.submissions(str(last))}
        if same := [checked_return.name for checked_return in checked if checked_return.sha256 in accepted]:
            yield f"{_files_named(same)}与 {last} 接收的一字不差：请核对是不是错拿了上一期的表。"


def of_another_unit(checked: Sequence[CheckedReturn], roster: Roster) -> Iterator[str]:
    """Yields sentences about returns whose name, or whose folder's, names another unit than their tables."""
    for checked_return in checked:
        units = {unit for table in checked_return.tables for unit in table.units}
        path = checked_return.path
        named = roster.mentioned_in(path.stem) or roster.mentioned_in(path.parent.name)
        if named and units and named not in units:
            whose = "、".join(sorted(units))
            yield (
                f"{checked_return.name} 从文件名或文件夹看是{named}的，表里写的是{whose}，按表里写的算："
                "请核对是不是拿错了表。"
            )


def _of_another_period(texts_by_file: Iterable[tuple[str, Sequence[str]]], period: Period) -> list[str]:
    lines = []
    for name, texts in texts_by_file:
        other_periods = [
            other for text in texts for other in _periods_in(text, period) if other.kind == period.kind
        ]
        if other_periods and period not in other_periods:
            shown = without_stray_numbers(name)
            lines.append(
                f"{shown} 写的是 {other_periods[0]}，放在了 {period}：放错了的，请移到 returns/{other_periods[0]}。"
            )
    return lines


def _periods_in(text: str, period: Period) -> Iterator[Period]:
    """Yields the periods that a text names; one without a year gets that of the given period."""
    for written in _PERIOD.findall(text):
        whole = written if written[:4].isdigit() else f"{_year(period)}年{written}"
        try:
            yield Period.parse(whole)
        except UsageError:
            continue


def _year(period: Period) -> int:
    return period.first.isocalendar().year if period.kind == "week" else period.first.year


def _misnamed_folders(returns: Path) -> Iterator[str]:
    """Yields sentences about folders of returns whose names are no period's."""
    for folder in sorted(returns.iterdir()) if returns.is_dir() else ():
        if not folder.is_dir() or folder.name.startswith(".") or Period.of_folder(folder.name):
            continue
        try:
            right_name = f"{Period.parse(folder.name)}"
        except UsageError:
            right_name = "期次，如 2024-W23"
        if _tables_in(folder):
            yield f"returns/{folder.name} 不是期次的写法，zjf friday 找不到它：请改名为 {right_name}。"


def _tables_in(folder: Path) -> list[Path]:
    try:
        inside = sorted(folder.iterdir())
    except OSError:  # reading the folder reports it
        return []
    return [
        path
        for path in inside
        if path.suffix.lower() in _TABLES and not _NO_RETURN.search(path.name) and path.is_file()
    ]


def _names_shown(files: Sequence[Path]) -> list[str]:
    """Returns the names of files as they may be shown where nobody has read them, and so knows their people."""
    return [without_stray_numbers(path.name) for path in files]


def _files_named(names: Sequence[str]) -> str:
    return f"{len(names)} 个表格文件（{first_few(names, _FEW, ' 等')}）"
