"""Where an office stands in the current period, and the one command to run next."""

from dataclasses import dataclass, replace
from datetime import datetime

from zjf.county import County
from zjf.figures.reckoning import Reckoning
from zjf.ledger.of_county import find_ledger
from zjf.monitoring.board import Board, board
from zjf.monitoring.standings import Standing
from zjf.notices.notice import Notice
from zjf.period import Period
from zjf.services.misplaced import misplaced


@dataclass(frozen=True)
class OfficeStanding:
    """Where an office stands.

    Args:
        period: The period that is spoken of: the current one, or the last that is on record or came in.
        lines: What is known of it, a sentence a line.
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
    period = _period(home, notice, ledger.periods() if ledger else [], now)
    returns = home.returns(period)
    came_in = sum(path.is_file() and not path.name.startswith(".") for path in returns.rglob("*"))
    if ledger is None or str(period) not in ledger.periods():
        if not came_in:
            return OfficeStanding(
                period,
                (f"还没有收到报表：请把各单位的报表放进 {returns}。",),
                f"zjf friday --period {period}",
            )
        return OfficeStanding(
            period, (f"{returns} 中有 {came_in} 个文件，还没有汇总。",), f"zjf friday --period {period}"
        )
    found = board(Reckoning(home, notice, ledger), period, now)
    return OfficeStanding(period, tuple(_lines(found)), _next(found, period))


def _period(home: County, notice: Notice, on_record: list[str], now: datetime) -> Period:
    """The current period where something of it is there, else the last one that is."""
    current = Period.around(now.date(), "month" if notice.calendar.month_day else "week")
    folder = home.folder / "returns"
    folders = [path.name for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []
    known = [period for name in {*on_record, *folders} if (period := Period.of_folder(name))]
    past = [period for period in known if period.first <= now.date()]
    return max(past, key=lambda period: period.by_end) if past else current


def _lines(found: Board) -> list[str]:
    counts = "，".join(
        f"{standing.label} {found.count(standing)}" for standing in Standing if found.count(standing)
    )
    lines = [f"应报 {len(found.lines)} 个单位：{counts}；截止 {found.deadline:%Y-%m-%d %H:%M}。"]
    for standing in (Standing.MISSING, Standing.SENT_BACK):
        units = [line.unit for line in found.lines if line.standing is standing]
        if units:
            lines.append(f"{standing.label}：{'、'.join(units)}。")
    unsigned = [line.unit for line in found.lines if line.to_sign and not line.signed]
    if unsigned:
        lines.append(f"附件表还没有签字或签后有变的：{len(unsigned)} 个单位。")
    return lines


def _next(found: Board, period: Period) -> str:
    if found.count(Standing.MISSING) or found.count(Standing.SENT_BACK):
        return f"zjf friday --period {period}"
    if any(line.to_sign and not line.signed for line in found.lines):
        return f"zjf report 附件1 附件2 --as pdf --period {period}"
    return f"zjf status --due --period {period}"
