"""The command line: registers the commands, and maps exceptions to exit codes."""

import re
import sys

import typer

from zjf import __version__, console
from zjf.commands.aggregate import aggregate
from zjf.commands.classify import classify
from zjf.commands.demo import demo
from zjf.commands.diff import diff
from zjf.commands.doctor import doctor
from zjf.commands.explain import explain
from zjf.commands.export import export
from zjf.commands.init import init
from zjf.commands.monthly import monthly
from zjf.commands.receive import receive
from zjf.commands.reconcile import reconcile_platform
from zjf.commands.report import report
from zjf.commands.rules import diff_rules, list_rules, show_rules
from zjf.commands.sample import sample
from zjf.commands.status import status
from zjf.commands.template import template
from zjf.commands.validate import validate
from zjf.commands.verify import verify
from zjf.commands.weekly import weekly
from zjf.errors import CannotDoError, UsageError, ZjfError

app = typer.Typer(
    name="zjf",
    help="自建房安全专项整治台账工具：校验、汇总、出表。",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)
app.command()(init)
app.command()(validate)
app.command()(classify)
app.command()(receive)
app.command()(aggregate)
app.command()(status)
app.command()(diff)
app.command()(weekly)
app.command()(monthly)
app.command()(export)
app.command()(report)
app.command()(verify)
app.command()(explain)
app.command()(template)
app.command()(sample)
app.command("reconcile")(reconcile_platform)
app.command()(doctor)
app.command()(demo)

rules = typer.Typer(help="各项规则与各份通知的要求。", no_args_is_help=True, rich_markup_mode=None)
rules.command("list")(list_rules)
rules.command("show")(show_rules)
rules.command("diff")(diff_rules)
app.add_typer(rules, name="rules")

INTERRUPTED = 130


@app.callback(invoke_without_command=True)
def _root(
    version: bool = typer.Option(False, "--version", help="显示版本号。"),
    debug: bool = typer.Option(False, "--debug", help="出错时显示程序内部的详细信息。"),
) -> None:
    if version:
        typer.echo(f"zjf {__version__}")
        raise typer.Exit


def main() -> None:
    """Runs the command line; no traceback reaches a user without `--debug`."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Runs one command and returns its exit code."""
    debug = "--debug" in arguments
    arguments = [each for each in arguments if each != "--debug"]
    try:
        return int(app(arguments, standalone_mode=False) or 0)
    except typer.TyperException as wrong:
        if type(wrong).__name__ == "NoArgsIsHelpError":
            typer.echo(wrong.format_message())
            return UsageError.exit_code
        console.say_error(UsageError(_in_chinese(wrong), "用 zjf --help 或 zjf 命令 --help 查看用法。"))
        return UsageError.exit_code
    except ZjfError as known:
        console.say_error(known)
        return known.exit_code
    except (KeyboardInterrupt, typer.Abort):
        console.err().print("已中断，没有留下半成品。")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output (head, less) has left; nothing is wrong with the data.
        sys.stdout = None
        return 0
    except Exception as unforeseen:
        if debug:
            raise
        what = f"{type(unforeseen).__name__}: {unforeseen}"
        console.say_error(
            CannotDoError(f"程序内部出错（{what}）", "请加 --debug 重新运行，把显示的内容发给维护人员。")
        )
        return CannotDoError.exit_code


def _in_chinese(wrong: typer.TyperException) -> str:
    said = wrong.format_message().rstrip(".")
    if option := getattr(wrong, "option_name", None):
        near = getattr(wrong, "possibilities", None)
        return f"没有 {option} 这个选项" + (f"，是否为 {'、'.join(near)}" if near else "")
    if parameter := getattr(wrong, "param", None):
        name = "/".join(parameter.opts) if parameter.param_type_name == "option" else parameter.metavar
        if not wrong.message:
            return f"没有给出 {name}"
        choice = re.search(r"('.*?') is not one of (.*)\.", wrong.message)
        return (
            f"{name} 不能是 {choice.group(1)}，可用的有 {choice.group(2)}"
            if choice
            else f"{name} 的值不对：{wrong.message}"
        )
    if unknown := re.search(r"No such command '(.*?)'\.(?:.*'(.*)')?", said):
        near = f"，是否为 {unknown.group(2)}" if unknown.group(2) else ""
        return f"没有 {unknown.group(1)} 这个命令{near}"
    return f"命令用法不对：{said}"


if __name__ == "__main__":
    main()
