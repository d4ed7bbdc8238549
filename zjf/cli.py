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
from zjf.errors import INTERRUPTED, INTERRUPTED_WORDS, CannotDoError, UsageError, ZjfError, cure, reason
from zjf.files import keep_private
from zjf.output_encoding import prepare_output
from zjf.pipeline import confinement, standby

_RUN_OTHERS = frozenset({"demo", "friday"})
_ASK = frozenset({"init", "sign", "waive"})
"""Those that may ask something, and wait for an answer."""
_READS_RETURNS = frozenset(
    {"validate", "classify", "receive", "reconcile", "diff", "sample", "verify", "sign"}
)
_MAY_USE_PYARROW = frozenset({"export", "doctor", "demo"})
_SELDOM = (100_000, 50, 100)
"""How seldom garbage is looked for: a command makes millions of objects, hardly any of them garbage, and ends."""
_READS_LEDGER_TOO = frozenset({"diff"})
"""Those of them that read no return where none is named."""


def application(arguments: Sequence[str] = ()) -> typer.Typer:
    """The Typer app; with the one command that the arguments name, where they name one.

    A command is imported only when it is used: checking a return need not wait for the ledger or paper.
    """
    wanted = named_command(arguments, COMMANDS)
    app = empty_application()
    for name in [wanted] if wanted and wanted not in _RUN_OTHERS else COMMANDS:
        command = function_of(name)
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name, cls=Command)(command)
    return app


def function_of(command: str) -> Callable[..., None] | typer.Typer:
    """What does a command; it is imported only now."""
    module, _, function = COMMANDS[command].function.partition(":")
    found: Callable[..., None] | typer.Typer = getattr(import_module(f"zjf.commands.{module}"), function)
    return found


def main() -> None:
    """Runs the command line; no traceback reaches a user without `--debug`."""
    prepare_output()
    if COMPLETION_ASKED in os.environ:
        # It takes longer to load than all that is needed to say a help.
        from zjf.commands.words import completing

        sys.exit(completing.answer())
    if "--debug" not in sys.argv:
        # What a library grumbles about in English is no help to a clerk.
        logging.getLogger().addHandler(logging.NullHandler())
        warnings.simplefilter("ignore")
    keep_private()
    confinement.leave_main_alone()
    if _MAY_USE_PYARROW.isdisjoint(in_english(sys.argv[1:])):
        confinement.without_pyarrow()
    gc.set_threshold(*_SELDOM)
    confinement.without_plugins()
    standby.start_for(sys.argv[1:])
    code = run(sys.argv[1:])
    _let_go_of_results()
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Runs one command and returns its exit code."""
    try:
        with standby.dismissed_at_last():
            code = _run(arguments)
    except KeyboardInterrupt:  # outside of a command, which takes seconds only to load
        code = INTERRUPTED
    if code == INTERRUPTED:  # Typer makes it of a command's Ctrl+C, and says nothing
        typer.echo(INTERRUPTED_WORDS, err=True)
    return code


def _run(arguments: list[str]) -> int:
    debug = "--debug" in arguments
    terminal.speak_plainly(plain_wanted(arguments))
    arguments = in_english([word for word in arguments if word not in ("--debug", PLAIN)])
    try:
        if _will_read(arguments):
            _warm_up()
        code = _standing() if not arguments else answered(arguments)
        if code is None:
            code = _load_and_run(arguments)
        sys.stdout.flush()
        return code
    except typer.TyperException as wrong:
        if type(wrong).__name__ == "NoArgsIsHelpError":
            typer.echo(wrong.format_message())
            return UsageError.exit_code
        from zjf.commands.words.wrong_usage import in_chinese

        terminal.say_error(in_chinese(wrong))
        return UsageError.exit_code
    except ZjfError as known:
        terminal.say_error(known)
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
        terminal.say_error(_unforeseen(unforeseen))
        return CannotDoError.exit_code


def _will_read(arguments: Sequence[str]) -> bool:
    """Whether a command line that names files or folders is about to have them read, and asks for no help."""
    reads = bool(_READS_RETURNS.intersection(arguments[:1])) and "--help" not in arguments
    named = os.path.isfile if _READS_LEDGER_TOO.intersection(arguments[:1]) else os.path.exists  # never raise
    return reads and any(map(named, arguments[1:]))


def _warm_up() -> None:
    """Starts the server of workers: it imports what they need while this process does the same."""
    if standby.is_there():
        return
    from zjf.pipeline import workers

    with contextlib.suppress(OSError):  # the command that needs it says so
        workers.warm_up()


def _standing() -> int:
    """What `zjf` alone says."""
    from zjf.commands.standing import show_standing

    return show_standing()


def _load_and_run(arguments: list[str]) -> int:
    if (_READS_RETURNS - _READS_LEDGER_TOO).intersection(arguments[:1]):
        _warm_up()
    quiet = "--quiet" in arguments
    with terminal.notices(quiet=quiet), terminal.waiting(quiet=quiet or not _ASK.isdisjoint(arguments[:1])):
        return int(_loaded(arguments)(arguments, standalone_mode=False, prog_name="zjf") or 0)


def _loaded(arguments: list[str]) -> typer.Typer:
    gc.disable()  # modules are many objects, none of them garbage
    try:
        return application(arguments)
    finally:
        gc.enable()


def _unforeseen(error: Exception) -> CannotDoError:
    if isinstance(error, OSError) and error.errno:
        what = f"“{error.filename}”" if error.filename else "结果"
        return CannotDoError(
            f"读写{what}时出错（{reason(error)}）", cure(error, "请核对磁盘空间和权限后重试。")
        )
    return CannotDoError(
        f"程序内部出错（{type(error).__name__}）",  # its own words may quote a cell
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
