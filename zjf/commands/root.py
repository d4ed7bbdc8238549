"""`zjf` itself: what stands above every command."""

from collections.abc import Container, Sequence

import typer

from zjf import __version__
from zjf.commands.help_words import Group

COMPLETION_ASKED = "_ZJF_COMPLETE"
"""The environment variable by which a shell asks what a word may become."""

CHINESE_NAMES = {
    "建县": "init",
    "校验": "validate",
    "分类": "classify",
    "登记": "receive",
    "汇总": "aggregate",
    "状态": "status",
    "比对": "diff",
    "消息": "message",
    "豁免": "waive",
    "周报": "weekly",
    "月报": "monthly",
    "导出": "export",
    "出表": "report",
    "文书": "paper",
    "房屋": "house",
    "查找": "find",
    "照片": "photos",
    "核验": "verify",
    "签字": "sign",
    "解释": "explain",
    "空白表": "template",
    "修复": "repair",
    "抽查": "sample",
    "对账": "reconcile",
    "备份": "backup",
    "恢复": "restore",
    "周五": "friday",
    "打开": "open",
    "体检": "doctor",
    "补全": "completion",
    "演示": "demo",
    "规则": "rules",
}
"""What clerks call the commands."""


def in_english(arguments: Sequence[str]) -> list[str]:
    """The arguments with the command under its public name, where it was called by its Chinese one."""
    at = next((place for place, argument in enumerate(arguments) if not argument.startswith("-")), None)
    if at is None or arguments[at] not in CHINESE_NAMES:
        return list(arguments)
    return [*arguments[:at], CHINESE_NAMES[arguments[at]], *arguments[at + 1 :]]


def empty_application() -> typer.Typer:
    """The command line, to which commands are added."""
    app = typer.Typer(
        name="zjf",
        cls=Group,
        help="自建房安全专项整治台账工具：校验、汇总、出表。命令可写中文："
        + "、".join(f"{chinese}＝{name}" for chinese, name in CHINESE_NAMES.items())
        + "。",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        add_completion=False,
    )
    app.callback(invoke_without_command=True)(_root)
    return app


def _root(
    version: bool = typer.Option(False, "--version", help="显示版本号。"),
    plain: bool = typer.Option(
        False, "--plain", help="读屏用：不画框、不用颜色和进度条，一行一件事（也可设环境变量 ZJF_PLAIN=1）。"
    ),
    debug: bool = typer.Option(False, "--debug", help="出错时显示程序内部的详细信息。"),
) -> None:
    if version:
        typer.echo(version_line())
        raise typer.Exit


def version_line() -> str:
    """What `--version` says."""
    return f"zjf {__version__}"


def named_command(arguments: Sequence[str], commands: Container[str]) -> str | None:
    """The command that arguments name; None where they name none that there is."""
    wanted = next((argument for argument in arguments if not argument.startswith("-")), None)
    return wanted if wanted in commands else None
