"""How far an office has come in the current period, and the next command."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from zjf.county import County
from zjf.figures.reckoning import Reckoning
from zjf.figures.summary import incomplete_in_words
from zjf.ledger.of_county import ledger_to_read
from zjf.monitoring.attendance import silence_in_words, silent_since
from zjf.monitoring.board import Board, board
from zjf.monitoring.due_houses import DueList
from zjf.monitoring.standings import Standing
from zjf.notices.notice import Notice
from zjf.period import Period
from zjf.services.returns.misplaced import accepted_from_another_folder, misplaced, periods_with_returns
from zjf.services.returns.waiting_returns import waiting_returns
from zjf.services.tables.tables_to_print import printed_since, report_command, units_to_sign


@dataclass(frozen=True)
class OfficeStanding:
    """How far an office has come.

    Args:
        period: The current period, or the last of which there are returns or records.
        lines: What is known of the period, in sentences.
    """

    period: Period
    lines: tuple[str, ...]
    next_command: str


def standing_of(home: County, now: datetime) -> OfficeStanding:
    """Returns how far the office has come.

    Raises:
        CannotDoError: The settings or the ledger cannot be read.
    """
    standing = _standing_by_ledger(home, now)
    return replace(standing, lines=(*standing.lines, *misplaced(home, standing.period)))


def _standing_by_ledger(home: County, now: datetime) -> OfficeStanding:
    notice, ledger = Notice.in_force(home), ledger_to_read(home)
    current = notice.calendar.current(now.date())
    period = _period(home, ledger.periods(), current)
    returns, friday = home.returns(period), f"zjf friday --period {period}"
    waiting = waiting_returns(home, ledger, period)
    if not (ledger.submissions(str(period)) or ledger.rejections(str(period))):
        no_files = f"还没有收到报表：请把各单位的报表放进 {returns}，再运行下面的命令。"
        return OfficeStanding(period, (waiting or no_files,), friday)
    reckoning = Reckoning(home, notice, ledger)
    period_board = board(reckoning, period, now)
    lines = [*_lines(period_board), *accepted_from_another_folder(home, ledger, period)]
    if waiting:
        return OfficeStanding(period, (*lines, waiting), friday)
    silent = silent_since(reckoning, period, now)
    lines += [silence_in_words(silent)] if silent else []
    command, reason = _next_command(period_board, reckoning, silent)
    lines += [reason] if reason else []
    if command.startswith("zjf status") and current.first > period.last:
        lines.append(
            f"{period} 没有未报、退回、待签字的。{current} 的报表放进 {home.returns(current)}，再运行下面的命令。"
        )
        command = f"zjf friday --period {current}"
    return OfficeStanding(period, tuple(lines), command)


def _period(home: County, on_record: list[str], current: Period) -> Period:
    """Returns the last period, up to the current one, of which there are returns or records; else the current."""
    recorded = [period for name in on_record if (period := Period.of_folder(name))]
    past = [period for period in (*recorded, *periods_with_returns(home)) if period.first <= current.last]
    return max(past, key=lambda period: period.by_end) if past else current


def _lines(period_board: Board) -> Iterator[str]:
    yield reported_line(period_board)
    for standing in (Standing.MISSING, Standing.SENT_BACK):
        if units := period_board.units(standing):
            yield f"{standing.label}：{'、'.join(units)}。"
    yield from incomplete_in_words(period_board.incomplete, of=period_board.units(Standing.MISSING))
    if units_with_breaches := period_board.with_breaches:
        yield f"有未落实事项的 {len(units_with_breaches)} 个单位：{'、'.join(units_with_breaches)}。"
    yield from due_lines(period_board.due_houses)


def reported_line(period_board: Board) -> str:
    """Returns how many units stand in which way."""
    counts = "，".join(
        f"{standing.label} {period_board.count(standing)}"
        for standing in Standing
        if period_board.count(standing)
    )
    return f"应报 {len(period_board.lines)} 个单位：{counts}；截止 {period_board.deadline:%Y-%m-%d %H:%M}。"


def due_lines(due: DueList) -> Iterator[str]:
    """Yields what falls due, and for which units it is not known."""
    for (state, task, until), units in due.groups.items():
        due_date = f"，{until}" if until else ""
        yield f"{state.label}{due_date}：{task.name}（{task.whom}）{sum(units.values())} {task.measure}。"
    if due.houses:
        yield "逐栋、逐户的，用 zjf status --due 看。"
    yield from due.unknown_in_words("有没有到期的不清楚")


def _next_command(period_board: Board, reckoning: Reckoning, silent: Sequence[Period]) -> tuple[str, str]:
    period = period_board.period
    if period_board.count(Standing.MISSING) or period_board.count(Standing.SENT_BACK):
        return (
            f"zjf message --period {silent[-1] if silent else period}",
            "收到的都已汇总：把消息发给未报、退回的单位（写过的，用 zjf open 消息 打开）。",
        )
    if units := units_to_sign(period_board, reckoning.notice):
        unsigned = f"附件表还没有签字或签后有变的：{len(units)} 个单位"
        if printed_since(reckoning.home, reckoning.ledger, period, units):
            instruction = "表已出好，打印、签字后用 zjf sign 文件 --by 签字人 登记"
            return f"zjf open --period {period}", f"{unsigned}；{instruction}。"
        return report_command(reckoning.notice, period), f"{unsigned}。"
    return f"zjf status --due --period {period}", ""
