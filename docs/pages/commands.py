"""Every command's help, as the command line prints it."""

from collections.abc import Iterator

from typer.main import get_command
from typer.testing import CliRunner

from docs import markdown
from zjf.cli import application

_WIDTH = 100


def page() -> str:
    """The text of the page."""
    intro = "每个命令的说明，与 `zjf 命令 --help` 显示的一样。命令和选项用英文，显示的内容用中文。"
    codes = markdown.table(
        ("退出码", "意思"),
        (
            ("0", "做完了，数据没有错误，也没有未落实的事项（加 `--strict` 时也没有提醒）"),
            ("1", "做完了，但数据有错误或未落实的事项；`aggregate`：有单位被退回、只收了一部分或没有报"),
            ("2", "命令用错了"),
            ("3", "做不了：设置读不出、没有报表、磁盘或台账有问题"),
            ("130", "中途停下"),
        ),
    )
    return markdown.page("命令", intro, codes, *(_help(names) for names in _commands()))


def _commands() -> Iterator[tuple[str, ...]]:
    yield ()
    for name, command in get_command(application()).commands.items():  # type: ignore[attr-defined]
        yield (name,)
        for inner in getattr(command, "commands", ()):
            yield name, inner


def _help(names: tuple[str, ...]) -> str:
    ran = CliRunner().invoke(
        application(),
        [*names, "--help"],
        prog_name="zjf",
        terminal_width=_WIDTH,
        env={"COLUMNS": str(_WIDTH), "NO_COLOR": "1"},
        catch_exceptions=False,
    )
    lines = "\n".join(line.rstrip() for line in ran.output.strip().splitlines())
    return f"## {' '.join(('zjf', *names))}\n\n```text\n{lines}\n```"
