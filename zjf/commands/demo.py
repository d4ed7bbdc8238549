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
from zjf.render.pdf.press import Press
from zjf.resources import sample_data
from zjf.schemas.form_ids import PROGRESS, REVIEWS, SWEEP

Folder = Annotated[Path, typer.Argument(help="放在哪个新文件夹。", metavar="DIR", readable=False)]
_PERIODS = {"2024-W21": "2024-05-24 10:20", "2024-W22": "2024-05-31 09:40", "2024-W23": "2024-06-07 11:05"}
"""The weeks, and when their returns came in."""

_INTERRUPTED = 130
"""What Typer makes of Ctrl+C in a command."""

_FORMS = (REVIEWS, PROGRESS, SWEEP)


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
    shutil.copytree(returns, folder / "returns", copy_function=_copy, dirs_exist_ok=True)
    county_option = ("--county", str(folder))
    last_period = list(_PERIODS)[-1]
    _step(context, "validate", str(folder / "returns" / last_period), "--period", last_period, *county_option)
    for period, arrival in _PERIODS.items():
        _step(
            context,
            "receive",
            str(folder / "returns" / period),
            "--period",
            period,
            "--at",
            arrival,
            *county_option,
        )
        _step(context, "aggregate", str(folder / "returns" / period), "--period", period, *county_option)
    _step(
        context,
        "report",
        *_FORMS,
        "--period",
        last_period,
        "--as",
        _available_styles({"xlsx": None, "pdf": Press}),
        *county_option,
    )
    styles = _available_styles({"md": None, "xlsx": None, "docx": word, "html": charting})
    _step(context, "weekly", "--period", last_period, "--as", styles, *county_option)
    results = (folder / "out" / last_period).resolve()
    console.out().print(f"\n[bold green]演示完成。[/]周报在：{results}，附件表在：{results / '附件'}")


def _copy(source: str, target: str) -> str:
    with replacing(Path(target)) as temporary:
        shutil.copyfile(source, temporary)
    return target


def _available_styles(styles: Mapping[str, Callable[[], object] | None]) -> str:
    """Returns the styles for which this machine has the components and fonts."""
    return ",".join(style for style, check in styles.items() if check is None or _is_available(check))


def _is_available(check: Callable[[], object]) -> bool:
    try:
        check()
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
