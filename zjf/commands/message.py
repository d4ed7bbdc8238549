"""zjf message: what each unit is to be told, ready to be pasted into a chat."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from zjf import console
from zjf.commands.options import CountyOption, JobsOption, PeriodOption
from zjf.county import County
from zjf.errors import UsageError
from zjf.period import Period
from zjf.pipeline.finding import find_returns, returns_lying_in
from zjf.problems import without_stray_numbers
from zjf.services.returns.checking_settings import check_settings
from zjf.services.returns.returns_check import CheckOptions, check_files
from zjf.services.returns.unit_messages import Messages, write_messages

PathsArgument = Annotated[
    list[Path] | None,
    typer.Argument(
        help="报送文件或文件夹；不写则为县文件夹中的 returns/期次。", metavar="[PATH…]", readable=False
    ),
]
UntilOption = Annotated[
    datetime | None,
    typer.Option(
        "--until",
        formats=["%Y-%m-%d", "%Y-%m-%d %H:%M"],
        metavar="TIME",
        help="请各单位何时以前报回，如 '2024-06-08 17:00'；默认本期截止时间，已过的为次日同一时间。",
    ),
]


def message(
    paths: PathsArgument = None,
    period: PeriodOption = None,
    until: UntilOption = None,
    jobs: JobsOption = None,
    county: CountyOption = None,
) -> None:
    """给每个单位写一条不超过 300 字的消息（可贴到微信）：有几处问题、最多的是什么、标注副本在哪里、何时前报回；未报的催报。"""
    if not period:
        raise UsageError("没有写期次", "请加上 --period，如 --period 2024-W23。")
    home, message_period = County.find(county), Period.parse(period)
    settings = check_settings(home, message_period)
    files = find_returns(paths) if paths else returns_lying_in(home.returns(message_period))
    with console.progress_bar("正在检查") as progress:
        options = CheckOptions(jobs, progress=progress, with_overdue_steps=True)
        check = check_files(files, settings, home, message_period, options)
    if check.not_compared:
        console.say_not_compared(check.not_compared)
    with console.progress_bar("正在标注") as progress:
        messages = write_messages(home, message_period, check.returns, until, jobs=jobs, progress=progress)
    _show(messages)


def _show(messages: Messages) -> None:
    out = console.out()
    for unit, path in messages.written.items():
        out.print(f"[bold]{escape(unit)}[/]")
        out.print(f"  {escape(path.read_text('utf-8').strip())}")
    for path in messages.nameless:
        out.print(f"[yellow]不知道是哪个单位的，没有写消息[/]：{escape(without_stray_numbers(path.name))}")
    for what_and_why in messages.copies.failed:
        out.print(f"[yellow]没有标注副本[/]：{escape(what_and_why)}")
    without_message = (
        f"；{len(messages.quiet)} 个单位已报且没有要改、要落实、要核对的，不用写" if messages.quiet else ""
    )
    out.print(f"已写 {len(messages.written)} 条消息{without_message}。")
    console.show_written(list(messages.written.values()))
