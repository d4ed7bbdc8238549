"""zjf repair: a return written as it should be, where that is certain."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from zjf import console
from zjf.commands.options import CountyOption, PersonalOption, out_option
from zjf.commands.unmasked import ReasonOption, record_whole
from zjf.county import County
from zjf.errors import UsageError
from zjf.intake.repairs import Repair
from zjf.problems import first_few, shown, without_stray_numbers
from zjf.services.returns.checking_settings import check_settings
from zjf.services.returns.repairing import PutBack, Repaired, put_back
from zjf.services.returns.repairing import repair as repaired_copy

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="报送文件（.xlsx）。", readable=False)]
OutOption = Annotated[Path | None, out_option("修改后的文件写到哪里；原件不动。", metavar="FIXED")]
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
    home = County.if_any(county)
    record_whole(show_personal, home, "repair", reason)
    intake = check_settings(home, None).intake
    if undo:
        _show_undone(put_back(file, out, intake.limits), out)
    else:
        _show_repaired(repaired_copy(file, out, intake), out, whole=show_personal)


def _show_undone(undone: PutBack, out: Path) -> None:
    say = console.out().print
    say(f"已改回 {len(undone.done)} 格：{escape(str(out))}")
    if undone.left:
        cells = escape(first_few(undone.left, _FEW, " 等", without_stray_numbers))
        say(f"[yellow]后来又改过或已不在的 {len(undone.left)} 格没有动[/]：{cells}")


def _show_repaired(repaired: Repaired, out: Path, *, whole: bool) -> None:
    say = console.out().print
    for repair_ in repaired.done[:_FEW]:
        say(f"  {escape(_in_words(repair_, whole=whole))}")
    if len(repaired.done) > _FEW:
        say(f"  [dim]另有 {len(repaired.done) - _FEW} 格，见修改记录。[/]")
    if repaired.left:
        cells = first_few(repaired.left, _FEW, " 等", lambda repair_: repair_.cell)
        say(f"[yellow]有公式，没有改的 {len(repaired.left)} 格[/]：{cells}")
    record = escape(str(repaired.record))
    say(f"改写 {len(repaired.done)} 格：{escape(str(out))}；修改记录（含个人信息）：{record}")
    say("数据错误、未落实不在此列：请再运行 zjf validate。")


def _in_words(repair: Repair, *, whole: bool) -> str:
    before, after = (shown(repair.field, str(text), whole=whole) for text in (repair.before, repair.after))
    sheet = repair.sheet if whole else repair.sheet_shown
    return f"{sheet} {repair.cell} {repair.field.heading.text}：「{before}」→「{after}」"
