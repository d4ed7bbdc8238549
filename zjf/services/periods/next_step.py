"""Where an office stands in the current period, and the one command to run next."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from zjf.county import County
from zjf.figures.reckoning import Reckoning
from zjf.ledger import Ledger
from zjf.ledger.of_county import find_ledger
from zjf.monitoring.board import Board, board
from zjf.monitoring.due_houses import DueList
from zjf.monitoring.standings import Standing
from zjf.notices.notice import Notice
from zjf.period import Period
from zjf.pipeline.finding import returns_lying_in
from zjf.schemas import FORMS
from zjf.services.periods.last_run import digests_of
from zjf.services.returns.misplaced import misplaced, periods_with_returns
from zjf.services.tables.tables_to_print import printed_since, report_command, units_to_sign


@dataclass(frozen=True)
class OfficeStanding:
    """Where an office stands.

    Args:
        period: The period that is spoken of: the current one, or the last that is on record or came in.
        lines: What is known of the period, one sentence a line.
        next_command: What to run next.
    """

    period: Period
    lines: tuple[str, ...]
    next_command: str


def standing_of(home: County, now: datetime) -> OfficeStanding:
    """Where the office stands.

    Raises:
        CannotDoError: The settings or the ledger cannot be read.
    """
    standing = _standing_of(home, now)
    return replace(standing, lines=(*standing.lines, *misplaced(home, standing.period)))


def _standing_of(home: County, now: datetime) -> OfficeStanding:
    notice, ledger = Notice.load(home.notice, home.folder), find_ledger(home)
    current = notice.calendar.current(now.date())
    period = _period(home, ledger.periods() if ledger else [], current)
    returns, friday = home.returns(period), f"zjf friday --period {period}"
    files = returns_lying_in(returns)
    if ledger is None or not (ledger.submissions(str(period)) or ledger.rejections(str(period))):
        waiting = f"{returns} 中有 {len(files)} 个文件，还没有汇总。"
        none = f"还没有收到报表：请把各单位的报表放进 {returns}，再运行下面的命令。"
        return OfficeStanding(period, (waiting if files else none,), friday)
    reckoning = Reckoning(home, notice, ledger)
    found = board(reckoning, period, now)
    lines = list(_lines(found))
    new = _not_looked_at(files, ledger, period)
    if new:
        lines.append(f"{returns} 中有 {new} 个文件是汇总以后放进来或改过的，还没有汇总。")
        return OfficeStanding(period, tuple(lines), friday)
    command, why = _next(found, reckoning)
    lines += [why] if why else []
    if command.startswith("zjf status") and current.first > period.last:
        lines.append(
            f"{period} 没有要接着做的。{current} 的报表放进 {home.returns(current)}，再运行下面的命令。"
        )
        command = f"zjf friday --period {current}"
    return OfficeStanding(period, tuple(lines), command)


def _period(home: County, on_record: list[str], current: Period) -> Period:
    """The current period where something of it is there, else the last one that is."""
    recorded = [period for name in on_record if (period := Period.of_folder(name))]
    past = [period for period in (*recorded, *periods_with_returns(home)) if period.first <= current.last]
    return max(past, key=lambda period: period.by_end) if past else current


def _not_looked_at(files: list[Path], ledger: Ledger, period: Period) -> int:
    """How many files were, as they are now, neither accepted nor sent back."""
    known = {entry.sha256 for entry in ledger.submissions(str(period), include_superseded=True)}
    known |= {entry.sha256 for entry in ledger.rejections(str(period))}
    try:
        return sum(digest not in known for digest in digests_of(files))
    except OSError:  # what cannot be read is told where it is to be checked
        return 0


def _lines(found: Board) -> Iterator[str]:
    counts = "，".join(
        f"{standing.label} {found.count(standing)}" for standing in Standing if found.count(standing)
    )
    yield f"应报 {len(found.lines)} 个单位：{counts}；截止 {found.deadline:%Y-%m-%d %H:%M}。"
    for standing in (Standing.MISSING, Standing.SENT_BACK):
        if units := found.units(standing):
            yield f"{standing.label}：{'、'.join(units)}。"
    if unmet := found.with_breaches:
        yield f"有未落实事项的 {len(unmet)} 个单位：{'、'.join(unmet)}。"
    yield from _due(found.due_houses)


def _due(due: DueList) -> Iterator[str]:
    """What falls due, and of whom it is not known."""
    for (state, task, until), units in due.groups().items():
        by = f"，{until}" if until else ""
        yield f"{state.label}{by}：{task.name}（{task.whom}）{sum(units.values())} {task.measure}。"
    if due.houses:
        yield "逐栋、逐户的，用 zjf status --due 看。"
    for form, units_unknown in due.silent.items():
        if units_unknown:
            named = "、".join(units_unknown)
            yield f"没有报{FORMS[form].info.title}、有没有到期的不清楚：{named}。"
    for form, parts in due.in_part.items():
        named = "、".join(map(str, parts))
        yield f"{FORMS[form].info.title}只接收了一部分、其余有没有到期的不清楚：{named}。"


def _next(found: Board, reckoning: Reckoning) -> tuple[str, str]:
    """The next command, and the reason for it."""
    period = found.period
    if found.count(Standing.MISSING) or found.count(Standing.SENT_BACK):
        return (
            f"zjf message --period {period}",
            "收到的都已汇总：把消息发给未报、退回的单位（写过的，用 zjf open 消息 打开）。",
        )
    if units := units_to_sign(found):
        whose = f"附件表还没有签字或签后有变的：{len(units)} 个单位"
        if printed_since(reckoning.home, reckoning.ledger, period, units):
            done = "表已出好，打印、签字后用 zjf sign 文件 --by 签字人 登记"
            return f"zjf open --period {period}", f"{whose}；{done}。"
        return report_command(reckoning.notice, period), f"{whose}。"
    return f"zjf status --due --period {period}", ""
