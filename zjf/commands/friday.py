"""`zjf friday`: the whole round of a period, step by step, safe to run again."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from zjf import console
from zjf.commands.options import CountyOption, PeriodOption
from zjf.county import County
from zjf.errors import CannotDoError, ZjfError
from zjf.files import write_whole
from zjf.notices.notice import Notice
from zjf.period import OFFICE_TIME, Period
from zjf.services.periods.friday import INTERRUPTED, RoundStep, StepOutcome, record_of, rounds
from zjf.services.periods.remaining_tasks import remaining_tasks
from zjf.services.returns.misplaced import misplaced, periods_with_returns

DryRunOption = Annotated[bool, typer.Option("--dry-run", help="只说要做哪些步，不做。")]


def friday(
    context: typer.Context,
    period: PeriodOption = None,
    dry_run: DryRunOption = False,
    county: CountyOption = None,
) -> None:
    """周五一条龙：登记、校验、标注退回、消息、汇总、出表、周报、状态；可重复运行。"""
    home = County.find(county)
    notice = Notice.load(home.notice, home.folder)
    now = datetime.now(OFFICE_TIME)
    current = notice.calendar.current(now.date())
    round_period = Period.parse(period) if period else current
    _require_returns(home, round_period)
    steps = rounds(home, notice, round_period)
    if dry_run:
        for step in steps:
            console.out().print(f"{step.name}：zjf {escape(' '.join(step.arguments))}")
        return
    outcomes = list(_run_steps(context, steps))
    tasks = remaining_tasks(home, notice, round_period, outcomes, now)
    title = f"{home.name} {round_period.label}"
    report = [str(outcome) for outcome in outcomes]
    path = home.out(round_period) / "周五.md"
    write_whole(path, record_of(title, f"{now:%Y-%m-%d %H:%M}", round_period, report, tasks))
    _show(title, report, tasks, path)
    if outcomes[-1].code == INTERRUPTED:
        raise KeyboardInterrupt
    raise typer.Exit(max(outcome.code for outcome in outcomes))


def _require_returns(home: County, period: Period) -> None:
    folder = home.returns(period)
    if folder.is_dir() and any(folder.iterdir()):
        return
    other_commands = [
        f"zjf friday --period {other_period}" for other_period in periods_with_returns(home)[:1]
    ]
    suggestion = "".join(f"要做已有报表的那一期，请写 {other_period}。" for other_period in other_commands)
    misplaced_returns = "".join(misplaced(home, period))
    raise CannotDoError(
        f"{folder} 中没有报表", f"请把各单位 {period} 的报表放进去。{suggestion}{misplaced_returns}"
    )


def _run_steps(context: typer.Context, steps: Sequence[RoundStep]) -> Iterator[StepOutcome]:
    """Runs the steps one by one; stops after a step that was interrupted by Ctrl+C."""
    for step in steps:
        outcome = _run(context, step)
        yield outcome
        if outcome.code == INTERRUPTED:
            return


def _run(context: typer.Context, step: RoundStep) -> StepOutcome:
    """Runs one command as a clerk would type it; an error ends the step, not the round."""
    console.out().print(f"\n[bold]$ zjf {escape(' '.join(step.arguments))}[/]")
    try:
        code = context.find_root().command.main(list(step.arguments), standalone_mode=False, prog_name="zjf")
        return StepOutcome(step, int(code or 0))
    except ZjfError as error:
        console.say_error(error)
        return StepOutcome(step, error.exit_code, str(error))
    except (KeyboardInterrupt, typer.Abort):
        return StepOutcome(step, INTERRUPTED)


def _show(title: str, report: Sequence[str], tasks: Sequence[str], path: Path) -> None:
    out = console.out()
    out.print(f"\n[bold]{escape(title)}[/]")
    for line in report:
        out.print(f"  {escape(line)}")
    out.print("还要人做的：")
    for line in tasks:
        out.print(f"  {escape(line)}")
    console.show_written([path])
