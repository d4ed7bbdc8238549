"""`zjf` itself: what stands above every command."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

import typer

from zjf import __version__
from zjf.commands.help_words import Group

COMPLETION_ASKED = "_ZJF_COMPLETE"
"""The environment variable by which a shell asks what a word may become."""


@dataclass(frozen=True)
class Entry:
    """A command of the program.

    Args:
        chinese: What clerks call it.
        function: The module of `zjf.commands` and the function (or group) there that does it.
    """

    chinese: str
    function: str


COMMANDS = {
    "init": Entry("建县", "init:init"),
    "validate": Entry("校验", "validate:validate"),
    "classify": Entry("分类", "classify:classify"),
    "receive": Entry("登记", "receive:receive"),
    "aggregate": Entry("汇总", "aggregate:aggregate"),
    "status": Entry("状态", "status:status"),
    "diff": Entry("比对", "diff:diff"),
    "repair": Entry("修复", "repair:repair"),
    "message": Entry("消息", "message:message"),
    "waive": Entry("豁免", "waive:waive"),
    "weekly": Entry("周报", "weekly:weekly"),
    "monthly": Entry("月报", "monthly:monthly"),
    "friday": Entry("周五", "friday:friday"),
    "export": Entry("导出", "export:export"),
    "report": Entry("出表", "report:report"),
    "paper": Entry("文书", "paper:paper"),
    "house": Entry("房屋", "house:house"),
    "find": Entry("查找", "find:find"),
    "photos": Entry("照片", "photos:photos"),
    "verify": Entry("核验", "verify:verify"),
    "sign": Entry("签字", "sign:sign"),
    "explain": Entry("解释", "explain:explain"),
    "template": Entry("空白表", "template:template"),
    "sample": Entry("抽查", "sample:sample"),
    "reconcile": Entry("对账", "reconcile:reconcile_platform"),
    "backup": Entry("备份", "backup:backup"),
    "restore": Entry("恢复", "restore:restore"),
    "open": Entry("打开", "open:open_made"),
    "doctor": Entry("体检", "doctor:doctor"),
    "completion": Entry("补全", "completion:completion"),
    "demo": Entry("演示", "demo:demo"),
    "rules": Entry("规则", "rules:rules"),
}
"""Every command, in the order in which help lists them."""

CHINESE_NAMES = {entry.chinese: name for name, entry in COMMANDS.items()}
"""The commands by what clerks call them."""


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
