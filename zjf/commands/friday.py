"""`zjf friday`: the whole round of a period, step by step, safe to run again."""

from datetime import datetime
from typing import Annotated

import typer
from rich.markup import escape

from zjf import console
from zjf.commands.options import CountyOption, PeriodOption
from zjf.county import County
from zjf.errors import CannotDoError
from zjf.files import replacing
from zjf.notices.notice import Notice
from zjf.period import OFFICE_TIME, Period
from zjf.services.friday import Step, left_to_do, record_of, rounds
from zjf.services.misplaced import misplaced

DryRunOption = Annotated[bool, typer.Option("--dry-run", help="只说要做哪些步，不做。")]
_INTERRUPTED = 130
_COULD_NOT = 3


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
    asked = (
        Period.parse(period)
        if period
        else Period.around(now.date(), "month" if notice.calendar.month_day else "week")
    )
    folder = home.returns(asked)
    if not folder.is_dir() or not any(folder.iterdir()):
        astray = "".join(misplaced(home, asked))
        raise CannotDoError(f"{folder} 中没有报表", f"请把各单位 {asked} 的报表放进去。{astray}")
    steps = rounds(home, asked)
    if dry_run:
        for step in steps:
            console.out().print(f"{step.name}：zjf {escape(' '.join(step.arguments))}")
        return
    done = [(step, _run(context, step)) for step in steps]
    report = [f"{step.name}：{step.outcome(code)}" for step, code in done]
    todo = left_to_do(home, asked, {step.name: code for step, code in done})
    said = f"{home.name} {asked.label}"
    text = record_of(said, f"{now:%Y-%m-%d %H:%M}", report, todo)
    path = home.out(asked) / "周五.md"
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")
    console.out().print(f"\n[bold]{escape(said)}[/]")
    for line in report:
        console.out().print(f"  {escape(line)}")
    console.out().print("还要人做的：")
    for line in todo:
        console.out().print(f"  {escape(line)}")
    console.show_written([path])
    raise typer.Exit(max((code for _, code in done), default=0))


def _run(context: typer.Context, step: Step) -> int:
    """Runs one command as a clerk would type it; what it could not do stops only what rests on it."""
    console.out().print(f"\n[bold]$ zjf {escape(' '.join(step.arguments))}[/]")
    try:
        code = int(
            context.find_root().command.main(list(step.arguments), standalone_mode=False, prog_name="zjf")
            or 0
        )
    except CannotDoError as known:
        console.say_error(known)
        return _COULD_NOT
    if code == _INTERRUPTED:
        raise KeyboardInterrupt
    return code
