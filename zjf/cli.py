"""The command line: registers the commands, and maps exceptions to exit codes."""

import logging
import sys
import warnings
from collections.abc import Sequence
from importlib import import_module

import typer

from zjf import __version__
from zjf.commands.help_words import Command, Group
from zjf.errors import CannotDoError, UsageError, ZjfError, reason
from zjf.pipeline import workers

COMMANDS = {
    "init": "init:init",
    "validate": "validate:validate",
    "classify": "classify:classify",
    "receive": "receive:receive",
    "aggregate": "aggregate:aggregate",
    "status": "status:status",
    "diff": "diff:diff",
    "message": "message:message",
    "waive": "waive:waive",
    "weekly": "weekly:weekly",
    "monthly": "monthly:monthly",
    "export": "export:export",
    "report": "report:report",
    "paper": "paper:paper",
    "house": "house:house",
    "find": "find:find",
    "photos": "photos:photos",
    "verify": "verify:verify",
    "sign": "sign:sign",
    "explain": "explain:explain",
    "template": "template:template",
    "sample": "sample:sample",
    "reconcile": "reconcile:reconcile_platform",
    "backup": "backup:backup",
    "restore": "restore:restore",
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
        cls=Group,
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
            app.command(name, cls=Command)(command)
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
    if "--debug" not in sys.argv:
        # What a library grumbles about in English is no help to a clerk.
        logging.getLogger().addHandler(logging.NullHandler())
        warnings.simplefilter("ignore")
    code = run(sys.argv[1:])
    _let_go_of_results()
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Runs one command and returns its exit code."""
    try:
        code = _run(arguments)
    except KeyboardInterrupt:  # outside of a command, which takes seconds only to load
        code = INTERRUPTED
    if code == INTERRUPTED:  # Typer makes it of a command's Ctrl+C, and says nothing
        typer.echo("已中断，没有留下半成品。", err=True)
    return code


def _run(arguments: list[str]) -> int:
    debug = "--debug" in arguments
    arguments = [each for each in arguments if each != "--debug"]
    if _READS_RETURNS.intersection(arguments[:1]):
        workers.warm_up()
    from zjf import console  # after the workers' server was started, which imports as much meanwhile

    try:
        with console.notices(quiet="--quiet" in arguments):
            code = int(application(arguments)(arguments, standalone_mode=False) or 0)
        sys.stdout.flush()
        return code
    except typer.TyperException as wrong:
        if type(wrong).__name__ == "NoArgsIsHelpError":
            typer.echo(wrong.format_message())
            return UsageError.exit_code
        from zjf.commands.wrong_usage import in_chinese

        console.say_error(UsageError(in_chinese(wrong), "用 zjf --help 或 zjf 命令 --help 查看用法。"))
        return UsageError.exit_code
    except ZjfError as known:
        console.say_error(known)
        return known.exit_code
    except typer.Abort:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output (head, less) has left; nothing is wrong with the data.
        sys.stdout = None
        return 0
    except Exception as unforeseen:
        if debug:
            raise
        console.say_error(_unforeseen(unforeseen))
        return CannotDoError.exit_code


def _unforeseen(error: Exception) -> CannotDoError:
    if isinstance(error, OSError) and error.errno:
        what = f"“{error.filename}”" if error.filename else "结果"
        return CannotDoError(f"读写{what}时出错（{reason(error)}）", "请核对磁盘空间和权限后重试。")
    return CannotDoError(
        f"程序内部出错（{type(error).__name__}: {error}）",
        "请加 --debug 重新运行，把显示的内容发给维护人员。",
    )


def _let_go_of_results() -> None:
    """What cannot be written now would fail once more, in English, when Python ends."""
    try:
        if sys.stdout:
            sys.stdout.flush()
    except OSError:
        sys.stdout = None


if __name__ == "__main__":
    main()
