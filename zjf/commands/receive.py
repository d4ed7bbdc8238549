"""zjf receive: the arrival of returns, recorded before anybody has checked them."""

from datetime import datetime
from typing import Annotated

import typer
from rich.markup import escape

from zjf import console
from zjf.acceptance import sightings, units_of
from zjf.checking.one_return import CheckedReturn
from zjf.commands.options import CountyOption, JobsOption, Paths, PeriodOption
from zjf.county import County
from zjf.errors import UsageError
from zjf.intake.values.dates import read_day
from zjf.ledger import Ledger
from zjf.ledger.of_county import open_ledger
from zjf.monitoring.attendance import why_not_judged
from zjf.monitoring.punctuality import is_late
from zjf.notices.notice import Notice
from zjf.period import OFFICE_TIME, Period
from zjf.pipeline.finding import find_returns
from zjf.pipeline.returns import check_returns
from zjf.services.returns.checking_settings import check_settings

AtOption = Annotated[
    datetime | None,
    typer.Option(
        "--at",
        formats=[
            f"%Y-%m-%d{between}%H:%M{rest}" for between in (" ", "T") for rest in ("", ":%S", "%z", ":%S%z")
        ],
        metavar="TIME",
        help="收到的时间，如 '2024-06-07 11:30' 或 '2024-06-07 11:59:59'；没有写时区的按北京时间；默认现在。",
    ),
]


def receive(
    paths: Paths,
    period: PeriodOption = None,
    at: AtOption = None,
    jobs: JobsOption = None,
    county: CountyOption = None,
) -> None:
    """登记报表的收到时间（按时还是迟报由它定），不检查、不接收。"""
    home = County.find(county)
    notice = Notice.in_force(home)
    received_for = Period.parse(period) if period else None
    now = datetime.now(OFFICE_TIME)
    moment = now if at is None else at if at.tzinfo else at.replace(tzinfo=OFFICE_TIME)
    if moment > now:
        raise UsageError(f"--at {moment:%Y-%m-%d %H:%M:%S} 还没有到", "请填写实际收到的时间。")
    files = find_returns(paths)
    ledger = open_ledger(home)
    with console.progress_bar("正在登记") as progress:
        checked = check_returns(files, check_settings(home, received_for), jobs=jobs, progress=progress)
    # A file is recorded by the digest of its bytes; without one it could not be opened.
    opened = [checked_return for checked_return in checked if checked_return.sha256]
    arrivals = [
        (checked_return, received_for or _period_of(checked_return, moment, notice))
        for checked_return in opened
    ]
    arrived = [
        sighting
        for checked_return, arrival_period in arrivals
        for sighting in sightings(checked_return, str(arrival_period), units_of(checked_return, home.roster))
    ]
    ledger.record_seen(arrived, at=moment, corrects=at is not None)
    _show(arrivals, home, notice, ledger, said=moment if at else None)
    if not_opened := [checked_return for checked_return in checked if not checked_return.sha256]:
        for checked_return in not_opened:
            console.out().print(
                f"[red]没有登记[/] {escape(str(checked_return.path))}：{escape(checked_return.problems[0].message)}"
            )
        raise typer.Exit(1)


def _period_of(checked: CheckedReturn, moment: datetime, notice: Notice) -> Period:
    """Returns the period of a return: that of its folder's name, else of its 填报时间, else of its arrival."""
    for folder in checked.path.resolve().parents:
        try:
            return Period.parse(folder.name)
        except UsageError:
            continue
    days = (read_day(table.notes.filled_on) for table in checked.tables)
    day = next(filter(None, days), moment.date())
    cadences = {cadence.every for cadence in notice.cadences if cadence.kind == "return"}
    return Period.around(day, "month" if cadences == {"month"} else "week")


def _show(
    arrivals: list[tuple[CheckedReturn, Period]],
    home: County,
    notice: Notice,
    ledger: Ledger,
    *,
    said: datetime | None,
) -> None:
    out = console.out()
    for checked_return, period in arrivals:
        forms = (
            "、".join(dict.fromkeys(table.form.info.short_title for table in checked_return.tables))
            or "读不出表"
        )
        units = "、".join(units_of(checked_return, home.roster)) or "单位不明"
        arrived = ledger.first_seen(checked_return.sha256, str(period))
        assert arrived is not None  # it was recorded a moment ago
        calendar = home.calendar(notice.calendar)
        deadline = period.deadline(calendar)
        punctuality = (
            f"[yellow]迟报[/]（{deadline:%m-%d %H:%M} 截止）"
            if is_late(arrived, deadline)
            else "[green]按时[/]"
        )
        if reason := why_not_judged(notice, period, period.closing_day(calendar)):
            punctuality = f"[dim]{reason}，不评迟报[/]"
        out.print(
            f"{escape(checked_return.name)}（{escape(units)}，{forms}）{period}："
            f"{arrived.astimezone(OFFICE_TIME):%Y-%m-%d %H:%M:%S} 收到，{punctuality}"
            + ("；早先登记过，以早的为准" if said and arrived < said else "")
        )
    out.print(f"共登记 {len(arrivals)} 个文件。")
