"""Answers from the record: help, messages about wrong usage, and what a code means."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import typer

from zjf import terminal
from zjf.commands.recorded import record
from zjf.commands.recorded.usage import UnderstoodError, Usage, add
from zjf.commands.root import empty_application, named_command, version_line

_SETTINGS, _OWN_NOTICES = "zjf.toml", "notices"


def answered(arguments: Sequence[str]) -> int | None:
    """Answers a command line from the record, if it can.

    Returns:
        The exit code if it was answered; None where the command has to be run.

    Raises:
        TyperException: The arguments make no sense.
    """
    if list(arguments) == ["--version"]:
        terminal.say_text(version_line())
        return 0
    the_record = record()
    if the_record is None:
        return None
    if meaning := _meaning(arguments, the_record["codes"]):
        terminal.say_lines((label, text) for label, text in meaning)
        return 0
    app = application(arguments, the_record["commands"])
    try:
        return int(app(list(arguments), standalone_mode=False, prog_name="zjf") or 0)
    except UnderstoodError:
        return None


def application(arguments: Sequence[str], commands: Mapping[str, Usage]) -> typer.Typer:
    """Returns the recorded Typer app, with only the command that the arguments name, if they name one."""
    command_name = named_command(arguments, commands)
    app = empty_application()
    for name in [command_name] if command_name else commands:
        add(app, name, commands[name])
    return app


def _meaning(arguments: Sequence[str], codes: dict[str, list[list[str]]]) -> list[list[str]] | None:
    """Returns the lines of `explain CODE`; None for other commands, and where own notices may add some."""
    if len(arguments) != 2 or arguments[0] != "explain":
        return None
    current_folder = Path.cwd()
    home = next(
        (folder for folder in (current_folder, *current_folder.parents) if (folder / _SETTINGS).is_file()),
        None,
    )
    return None if home and (home / _OWN_NOTICES).exists() else codes.get(arguments[1].upper())
