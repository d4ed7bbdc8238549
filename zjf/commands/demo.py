"""zjf demo: the made-up county 云水县, run end to end."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

import typer

from zjf import console
from zjf.errors import CannotDoError, UsageError
from zjf.files import replacing
from zjf.render.docx.letter import word
from zjf.render.html.page import charting
from zjf.render.pdf.attachment import Press
from zjf.resources import sample_data

Folder = Annotated[Path, typer.Argument(help="放在哪个新文件夹。", metavar="DIR", readable=False)]
_PERIODS = {"2024-W21": "2024-05-24 10:20", "2024-W22": "2024-05-31 09:40", "2024-W23": "2024-06-07 11:05"}
"""The weeks, and when their returns came in."""

_INTERRUPTED = 130
"""What Typer makes of Ctrl+C in a command."""

_FORMS = ("attachment-1", "attachment-2", "sweep-table")


def demo(context: typer.Context, folder: Folder = Path("demo")) -> None:
    """用虚构的云水县演示一遍：建文件夹、校验、登记、汇总三周、出附件表和周报。"""
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} 不是空文件夹", "请换一个新的文件夹名。")
    _step(
        context,
        "init",
        str(folder),
        "--from",
        str(sample_data() / "roster.csv"),
        "--name",
        "云水县",
        "--notice",
        "jiaxiang-2024",
    )
    returns = sample_data() / "county" / "returns"
    shutil.copytree(returns, folder / "returns", copy_function=_copied, dirs_exist_ok=True)
    here = ("--county", str(folder))
    last = list(_PERIODS)[-1]
    _step(context, "validate", str(folder / "returns" / last), "--period", last, *here)
    for period, arrival in _PERIODS.items():
        _step(
            context, "receive", str(folder / "returns" / period), "--period", period, "--at", arrival, *here
        )
        _step(context, "aggregate", str(folder / "returns" / period), "--period", period, *here)
    _step(
        context, "report", *_FORMS, "--period", last, "--as", _possible({"xlsx": None, "pdf": Press}), *here
    )
    styles = _possible({"md": None, "xlsx": None, "docx": word, "html": charting})
    _step(context, "weekly", "--period", last, "--as", styles, *here)
    made = (folder / "out" / last).resolve()
    console.out().print(f"\n[bold green]演示完成。[/]周报在：{made}，附件表在：{made / '附件'}")


def _copied(source: str, target: str) -> str:
    with replacing(Path(target)) as temporary:
        shutil.copyfile(source, temporary)
    return target


def _possible(styles: Mapping[str, Callable[[], object] | None]) -> str:
    """The styles that this machine has the components and fonts for."""
    return ",".join(style for style, needs in styles.items() if needs is None or _is_there(needs))


def _is_there(needed: Callable[[], object]) -> bool:
    try:
        needed()
    except CannotDoError:
        return False
    return True


def _step(context: typer.Context, *arguments: str) -> None:
    """Runs one command as a clerk would type it, and shows what was typed."""
    console.out().print(f"\n[bold]$ zjf {' '.join(arguments)}[/]")
    code = context.find_root().command.main(list(arguments), standalone_mode=False, prog_name="zjf")
    if code == _INTERRUPTED:
        raise KeyboardInterrupt
    if code:
        raise CannotDoError(f"演示没有走完：zjf {arguments[0]} 的退出码是 {code}")
