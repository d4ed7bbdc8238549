"""`zjf` itself: the list of commands, their Chinese names, and the options of the whole program."""

import unicodedata
from collections.abc import Container, Sequence
from dataclasses import dataclass

import typer

from zjf import __version__
from zjf.commands.words.help_words import group_of

COMPLETION_ASKED = "_ZJF_COMPLETE"
"""The environment variable by which a shell asks for completions."""


@dataclass(frozen=True)
class CommandEntry:
    """A command of the program.

    Args:
        function: The module of `zjf.commands`, and the function (or group) in it.
    """

    chinese: str
    function: str


_BY_USE = {
    "每周": {
        "friday": CommandEntry("周五", "friday:friday"),
        "validate": CommandEntry("校验", "validate:validate"),
        "aggregate": CommandEntry("汇总", "aggregate:aggregate"),
        "report": CommandEntry("出表", "report:report"),
        "weekly": CommandEntry("周报", "briefings:weekly"),
        "monthly": CommandEntry("月报", "briefings:monthly"),
        "message": CommandEntry("消息", "message:message"),
        "status": CommandEntry("状态", "status:status"),
        "open": CommandEntry("打开", "open:open_made"),
    },
    "收表、退回": {
        "template": CommandEntry("空白表", "template:template"),
        "receive": CommandEntry("登记", "receive:receive"),
        "diff": CommandEntry("比对", "diff:diff"),
        "repair": CommandEntry("修复", "repair:repair"),
        "waive": CommandEntry("豁免", "waive:waive"),
    },
    "房屋、文书": {
        "paper": CommandEntry("文书", "paper:paper"),
        "house": CommandEntry("房屋", "house:house"),
        "find": CommandEntry("查找", "find:find"),
        "photos": CommandEntry("照片", "photos:photos"),
        "sample": CommandEntry("抽查", "sample:sample"),
        "classify": CommandEntry("分类", "classify:classify"),
        "reconcile": CommandEntry("对账", "reconcile:reconcile_platform"),
    },
    "问数、核对": {
        "explain": CommandEntry("解释", "explain:explain"),
        "verify": CommandEntry("核验", "verify:verify"),
        "sign": CommandEntry("签字", "sign:sign"),
        "export": CommandEntry("导出", "export:export"),
        "rules": CommandEntry("规则", "rules:rules"),
    },
    "设置、保管": {
        "init": CommandEntry("建县", "init:init"),
        "backup": CommandEntry("备份", "backup:backup"),
        "restore": CommandEntry("恢复", "restore:restore"),
        "doctor": CommandEntry("体检", "doctor:doctor"),
        "completion": CommandEntry("补全", "completion:completion"),
        "demo": CommandEntry("演示", "demo:demo"),
    },
}
"""Every command, by what it is for, in the order in which help lists them."""

COMMANDS = {name: entry for entries in _BY_USE.values() for name, entry in entries.items()}

CHINESE_NAMES = {entry.chinese: name for name, entry in COMMANDS.items()}
"""The commands by their Chinese names."""


SUBCOMMANDS = {
    "rules": {"列表": "list", "列出": "list", "查看": "show", "显示": "show", "比较": "diff", "比对": "diff"}
}
"""The commands of a group by their Chinese names; of several, help shows the first."""


def chinese_names(group: str = "") -> dict[str, str]:
    """Returns the Chinese names of a group's commands, by their public names; of `zjf` itself by default."""
    return {name: chinese for chinese, name in reversed(SUBCOMMANDS.get(group, CHINESE_NAMES).items())}


_HELP = frozenset({"-h", "-?", "/?", "--帮助"})
_HELP_WORDS = frozenset({"help", "帮助", "?"})


def in_english(arguments: Sequence[str]) -> list[str]:
    """Returns the arguments with commands under their public names.

    `help` and its like become `--help` after the command that they precede.
    """
    words = ["--help" if _plain(word) in _HELP else word for word in arguments]
    command_position = _first_word(words, 0)
    if command_position is None:
        return words
    name = _plain(words[command_position])
    if name in _HELP_WORDS:
        return [*in_english([*words[:command_position], *words[command_position + 1 :]]), "--help"]
    if name not in CHINESE_NAMES and name not in COMMANDS:
        return words
    words[command_position] = CHINESE_NAMES.get(name, name)
    subcommands = SUBCOMMANDS.get(words[command_position], {})
    if subcommands and (subcommand_position := _first_word(words, command_position + 1)) is not None:
        words[subcommand_position] = subcommands.get(words[subcommand_position], words[subcommand_position])
    return words


def _first_word(words: Sequence[str], start: int) -> int | None:
    """Returns the position of the first word, from `start` on, that is no option."""
    return next(
        (position for position, word in enumerate(words) if position >= start and not word.startswith("-")),
        None,
    )


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().strip()


def empty_application() -> typer.Typer:
    """Returns the application without commands, which the caller adds."""
    app = typer.Typer(
        name="zjf",
        cls=group_of(chinese_names(), _BY_USE),
        help="自建房安全专项整治台账工具：校验、汇总、出表。命令写英文、写中文都可以。",
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
    """Returns the line that `--version` prints."""
    return f"zjf {__version__}"


def named_command(arguments: Sequence[str], commands: Container[str]) -> str | None:
    """Returns the command that arguments name; None where they name none of the given ones."""
    first_word = next((argument for argument in arguments if not argument.startswith("-")), None)
    return first_word if first_word in commands else None
