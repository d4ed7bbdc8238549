"""The command line: registers the commands, and maps exceptions to exit codes."""

import re
import sys
from collections.abc import Sequence
from importlib import import_module

import typer

from zjf import __version__
from zjf.errors import CannotDoError, UsageError, ZjfError
from zjf.pipeline import workers

COMMANDS = {
    "init": "init:init",
    "validate": "validate:validate",
    "classify": "classify:classify",
    "receive": "receive:receive",
    "aggregate": "aggregate:aggregate",
    "status": "status:status",
    "diff": "diff:diff",
    "weekly": "weekly:weekly",
    "monthly": "monthly:monthly",
    "export": "export:export",
    "report": "report:report",
    "verify": "verify:verify",
    "sign": "sign:sign",
    "explain": "explain:explain",
    "template": "template:template",
    "sample": "sample:sample",
    "reconcile": "reconcile:reconcile_platform",
    "doctor": "doctor:doctor",
    "demo": "demo:demo",
    "rules": "rules:rules",
}
"""Each command, and the function (or group) in `zjf.commands` that does it."""

_RUNS_OTHERS = "demo"
_READS_RETURNS = frozenset({"validate", "classify", "receive", "aggregate", "reconcile", "diff", "sample"})
INTERRUPTED = 130


def application(arguments: Sequence[str] = ()) -> typer.Typer:
    """The Typer app; with the one command that the arguments name, where they name one.

    A command is imported only when it is used: checking a return need not wait for the ledger or paper.
    """
    wanted = next((each for each in arguments if not each.startswith("-")), None)
    names = [wanted] if wanted in COMMANDS and wanted != _RUNS_OTHERS else list(COMMANDS)
    app = typer.Typer(
        name="zjf",
        help="自建房安全专项整治台账工具：校验、汇总、出表。",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        add_completion=False,
    )
    app.callback(invoke_without_command=True)(_root)
    for name in names:
        module, _, function = COMMANDS[name].partition(":")
        command = getattr(import_module(f"zjf.commands.{module}"), function)
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name)(command)
    return app


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
    if _READS_RETURNS.intersection(arguments[:1]):
        workers.warm_up()
    from zjf import console  # after the workers' server was started, which imports as much meanwhile

    try:
        return int(application(arguments)(arguments, standalone_mode=False) or 0)
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
