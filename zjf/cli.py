"""The command line: registers the commands, and maps exceptions to exit codes."""

import contextlib
import gc
import logging
import os
import sys
import warnings
from collections.abc import Callable, Sequence
from importlib import import_module

import typer

from zjf import terminal
from zjf.commands.recorded.answers import answered
from zjf.commands.root import COMMANDS, COMPLETION_ASKED, empty_application, in_english, named_command
from zjf.commands.words.help_words import Command
from zjf.commands.words.plain_speech import OPTION as PLAIN
from zjf.commands.words.plain_speech import plain_wanted
from zjf.errors import INTERRUPTED, INTERRUPTED_WORDS, CannotDoError, UsageError, ZjfError, refused
from zjf.files import set_access
from zjf.pipeline import confinement, standby
from zjf.render import chart_process
from zjf.terminal.encoding import prepare_output

_RUN_OTHERS = frozenset({"demo", "friday"})
_ASKS_QUESTIONS = frozenset({"init", "sign", "waive"})
"""The commands that may ask something and wait for an answer."""
_READS_RETURNS = frozenset(
    {"validate", "classify", "receive", "message", "reconcile", "diff", "sample", "verify", "sign"}
)
_MAY_USE_PYARROW = frozenset({"export", "doctor", "demo"})
_ON_A_CLUSTER = "--cluster"
_COLLECTION_THRESHOLDS = (100_000, 50, 100)
"""Thresholds of the garbage collector, set high: a command makes millions of objects, few of them garbage."""
_DRAW_CHARTS = {"weekly": ("docx",), "monthly": ("docx",), "friday": ("docx", "html")}
"""The commands that draw charts, and in which styles unless others are named."""
_READS_LEDGER_TOO = frozenset({"diff"})
"""Of the commands that read returns, those that read only the ledger if no return is named."""
_PACIFIED = "PacifyFlushWrapper"
"""What Typer puts in the place of stdout, before it exits with code 1, when nobody reads the output any more."""


def application(arguments: Sequence[str] = ()) -> typer.Typer:
    """Returns the Typer app, with only the command that the arguments name, if they name one.

    A command is imported only when it is used, so that checking a return does not wait for the other commands.
    """
    command_name = named_command(arguments, COMMANDS)
    app = empty_application()
    for name in [command_name] if command_name and command_name not in _RUN_OTHERS else COMMANDS:
        command = function_of(name)
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name, cls=Command)(command)
    return app


def function_of(command: str) -> Callable[..., None] | typer.Typer:
    """Returns the function (or sub-app) of a command; its module is imported only now."""
    module, _, function = COMMANDS[command].function.partition(":")
    target: Callable[..., None] | typer.Typer = getattr(import_module(f"zjf.commands.{module}"), function)
    return target


def main() -> None:
    """Runs the command line; no traceback reaches a user without `--debug`."""
    prepare_output()
    if COMPLETION_ASKED in os.environ:
        # Imported only here: it takes longer to load than everything that a help page needs.
        from zjf.commands.words import completing

        sys.exit(completing.answer())
    if "--debug" not in sys.argv:
        # Warnings of libraries, in English, are of no use to a clerk.
        logging.getLogger().addHandler(logging.NullHandler())
        warnings.simplefilter("ignore")
    set_access()
    if _MAY_USE_PYARROW.isdisjoint(in_english(sys.argv[1:])):
        confinement.without_pyarrow()
    gc.set_threshold(*_COLLECTION_THRESHOLDS)
    confinement.settle_environment()
    standby.start_for(sys.argv[1:])
    code = run(sys.argv[1:])
    _flush_results()
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Runs one command and returns its exit code."""
    try:
        with standby.dismissed_at_last():
            code = _run(arguments)
    except KeyboardInterrupt:  # while the command was being loaded
        code = INTERRUPTED
    except SystemExit:
        if type(sys.stdout).__name__ != _PACIFIED:
            raise
        code = _left_alone()
    if code == INTERRUPTED:  # Typer returns this code for Ctrl+C in a command, and prints nothing
        typer.echo(INTERRUPTED_WORDS, err=True)
    return code


def _run(arguments: list[str]) -> int:
    debug = "--debug" in arguments
    terminal.speak_plainly(plain_wanted(arguments))
    arguments = in_english([word for word in arguments if word not in ("--debug", PLAIN)])
    try:
        if _will_read(arguments):
            _warm_up(arguments)
        code = _without_command() if not arguments else answered(arguments)
        if code is None:
            code = _load_and_run(arguments)
        sys.stdout.flush()
        return code
    except typer.TyperException as error:
        _report_wrong_usage(error)
        return UsageError.exit_code
    except ZjfError as error:
        terminal.say_error(error)
        return error.exit_code
    except typer.Abort:
        return INTERRUPTED
    except BrokenPipeError:
        return _left_alone()
    except Exception as error:
        if debug:
            raise
        terminal.say_error(_unforeseen_error(error))
        return CannotDoError.exit_code


def _left_alone() -> int:
    """Ends when the program that reads our output (head, less) has ended; nothing is wrong with the data."""
    sys.stdout = None
    return 0


def _report_wrong_usage(error: typer.TyperException) -> None:
    if type(error).__name__ == "NoArgsIsHelpError":
        typer.echo(error.format_message())
        return
    from zjf.commands.words.wrong_usage import in_chinese

    terminal.say_error(in_chinese(error))


def _will_read(arguments: Sequence[str]) -> bool:
    """Returns whether a command line will read returns: it names files or folders, and asks for no help."""
    may_read = bool(_READS_RETURNS.intersection(arguments[:1])) and "--help" not in arguments
    # Neither of these tests raises, whatever the argument is.
    is_named = os.path.isfile if _READS_LEDGER_TOO.intersection(arguments[:1]) else os.path.exists
    return may_read and any(map(is_named, arguments[1:]))


def _styles_with_charts(arguments: Sequence[str]) -> Sequence[str]:
    """Returns the styles with charts that a command line writes; without `--as`, those that the command writes then."""
    styles = _DRAW_CHARTS.get("".join(arguments[:1]), ())
    if not styles or not any(word.startswith("--as") for word in arguments):
        return styles
    return [style for style in chart_process.STYLES if any(style in word for word in arguments)]


def _warm_up(arguments: Sequence[str]) -> None:
    """Starts the server of workers early: it imports its modules while this process imports its own."""
    if standby.is_there() or any(word.startswith(_ON_A_CLUSTER) for word in arguments):
        return
    from zjf.pipeline import workers

    with contextlib.suppress(OSError):  # the command that needs the workers reports the error
        workers.warm_up()


def _without_command() -> int:
    """Runs `zjf` without a command."""
    from zjf.commands.standing import show_standing

    return show_standing()


def _load_and_run(arguments: list[str]) -> int:
    if (_READS_RETURNS - _READS_LEDGER_TOO).intersection(arguments[:1]):
        _warm_up(arguments)
    quiet = "--quiet" in arguments
    with (
        chart_process.standing_by(_styles_with_charts(arguments)),
        terminal.notices(quiet=quiet),
        terminal.waiting(quiet=quiet or not _ASKS_QUESTIONS.isdisjoint(arguments[:1])),
    ):
        return int(_loaded(arguments)(arguments, standalone_mode=False, prog_name="zjf") or 0)


def _loaded(arguments: list[str]) -> typer.Typer:
    gc.disable()  # modules are many objects, none of them garbage
    try:
        return application(arguments)
    finally:
        gc.enable()


def _unforeseen_error(error: Exception) -> CannotDoError:
    if isinstance(error, OSError) and error.errno:
        subject = f"“{error.filename}”" if error.filename else "结果"
        return refused(f"读写{subject}时出错", error, "请核对磁盘空间和权限后重试。")
    return CannotDoError(
        f"程序内部出错（{type(error).__name__}）",  # without its message, which may quote a cell
        "请加 --debug 重新运行，把显示的内容发给维护人员。",
    )


def _flush_results() -> None:
    """Flushes stdout; if that fails, closes it, else Python would print an error in English when it ends."""
    try:
        if sys.stdout:
            sys.stdout.flush()
    except OSError:
        sys.stdout = None


if __name__ == "__main__":
    main()
