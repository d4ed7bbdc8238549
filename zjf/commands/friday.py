"""`zjf friday`: the whole round of a period, step by step, safe to run again."""

import io
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from zjf import console
from zjf.commands.options import CountyOption, PeriodOption
from zjf.county import County
from zjf.errors import CannotDoError, NothingToPrintError, ZjfError
from zjf.files import write_whole
from zjf.notices.notice import Notice
from zjf.period import OFFICE_TIME, Period
from zjf.services.periods.friday import INTERRUPTED, RoundStep, StepOutcome, record_of, rounds
from zjf.services.periods.next_step import due_lines, reported_line
from zjf.services.periods.remaining_tasks import board_if_readable, remaining_tasks
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
    notice = Notice.in_force(home)
    now = datetime.now(OFFICE_TIME)
    current = notice.calendar.current(now.date())
    round_period = Period.parse(period) if period else current
    _require_returns(home, round_period)
    steps = rounds(home, notice, round_period)
    if dry_run:
        for step in steps:
            console.out().print(f"{step.name}：zjf {escape(' '.join(step.arguments))}")
        return
    title = f"{home.name} {round_period.label}"
    console.out().print(f"[bold]{escape(title)}[/]")
    outcomes = list(_run_steps(context, steps))
    period_board = board_if_readable(home, notice, round_period, now)
    standing = [reported_line(period_board), *due_lines(period_board.due_houses)] if period_board else []
    tasks = remaining_tasks(home, notice, round_period, outcomes, period_board)
    path = home.out(round_period) / "周五.md"
    moment = f"{now:%Y-%m-%d %H:%M} 运行 zjf friday --period {round_period}。"
    record = record_of(title, moment, outcomes, standing, tasks)
    write_whole(path, record.encode(errors="replace"))  # it quotes names of files, which may be no text
    _show(standing, tasks, path)
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
    """Runs the steps one by one, and prints how each went; stops after one that was interrupted by Ctrl+C."""
    for step in steps:
        outcome = _run(context, step)
        console.out().print(f"  {escape(str(outcome))}")
        yield outcome
        if outcome.code == INTERRUPTED:
            return


def _run(context: typer.Context, step: RoundStep) -> StepOutcome:
    """Runs one command as a clerk would type it, and keeps what it prints; an error ends the step, not the round."""
    code, why = INTERRUPTED, ""
    with redirect_stdout(io.StringIO()) as printed:
        try:
            command = context.find_root().command
            code = int(command.main(list(step.arguments), standalone_mode=False, prog_name="zjf") or 0)
        except ZjfError as error:
            code, why = 0 if isinstance(error, NothingToPrintError) else error.exit_code, str(error)
        except (KeyboardInterrupt, typer.Abort):
            pass
    return StepOutcome(step, code, why, printed.getvalue())


def _show(standing: Sequence[str], tasks: Sequence[str], path: Path) -> None:
    out = console.out()
    for line in standing:
        out.print(escape(line))
    out.print("[bold]还要人做的：[/]")
    for line in tasks:
        out.print(f"  {escape(line)}")
    out.print("各步的详细结果：")
    console.show_written([path])
