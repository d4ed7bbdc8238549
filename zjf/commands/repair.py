"""zjf repair: a return written as it should be, where that is certain."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from zjf import console
from zjf.commands.options import CountyOption, PersonalOption
from zjf.commands.unmasked import ReasonOption, record_whole
from zjf.county import County
from zjf.errors import UsageError
from zjf.intake.repairs import Repair, Written
from zjf.problems import shown
from zjf.services.returns.checking_settings import check_settings
from zjf.services.returns.repairing import put_back
from zjf.services.returns.repairing import repair as repaired_copy

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="报送文件（.xlsx）。", readable=False)]
OutOption = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--out",
        metavar="FIXED",
        help="修改后的文件写到哪里；原件不动。",
        show_default=False,
        readable=False,
    ),
]
UndoOption = Annotated[
    bool, typer.Option("--undo", help="FILE 是修改后的文件：按旁边的修改记录逐格改回，写到 -o。")
]
_FEW = 10


def repair(
    file: FileArgument,
    out: OutOption = None,
    undo: UndoOption = False,
    show_personal: PersonalOption = False,
    reason: ReasonOption = "",
    county: CountyOption = None,
) -> None:
    """只改有把握的写法（全角数字、“3层”、日期写法等，即 C111 所说的），逐格记录，可以改回；含义一律不动。"""
    if out is None:
        raise UsageError("没有写 -o", "请写明修改后的文件，如 -o 改好.xlsx。")
    if out.resolve() == file.resolve():
        raise UsageError("-o 就是原件", "原件不改动，请另起一个名字。")
    home = County.find(county) if county else County.around(Path.cwd())
    record_whole(show_personal, home, "repair", reason)
    intake = check_settings(home, None).intake
    say = console.out().print
    if undo:
        back = put_back(file, out, intake.limits)
        say(f"已改回 {len(back.done)} 格：{escape(str(out))}")
        if back.left:
            say(
                f"[yellow]后来又改过或已不在的 {len(back.left)} 格没有动[/]：{escape('、'.join(back.left[:_FEW]))}"
            )
        return
    result = repaired_copy(file, out, intake)
    for repaired in result.done[:_FEW]:
        say(f"  {escape(_told(repaired, show_personal))}")
    if len(result.done) > _FEW:
        say(f"  [dim]另有 {len(result.done) - _FEW} 格，见修改记录。[/]")
    if result.left:
        say(
            f"[yellow]有公式，没有改的 {len(result.left)} 格[/]：{'、'.join(repaired.cell for repaired in result.left[:_FEW])}"
        )
    say(
        f"改写 {len(result.done)} 格：{escape(str(out))}；修改记录（含个人信息）：{escape(str(result.record))}"
    )
    say("数据错误、未落实不在此列：请再运行 zjf validate。")


def _told(repair: Repair, show_personal: bool) -> str:
    before, after = (_shown(repair, value, show_personal) for value in (repair.before, repair.after))
    return f"{repair.sheet} {repair.cell} {repair.field.heading.text}：「{before}」→「{after}」"


def _shown(repair: Repair, value: Written, show_personal: bool) -> str:
    return shown(repair.field, str(value), whole=show_personal)
