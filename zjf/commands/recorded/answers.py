"""Answers from the record: help, messages about wrong usage, and what a code means."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from zjf import terminal
from zjf.commands.recorded import record
from zjf.commands.recorded.usage import UnderstoodError, add
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
    commands = the_record["commands"]
    app = empty_application()
    for name in _commands_needed(arguments, commands):
        add(app, name, commands[name])
    try:
        return int(app(list(arguments), standalone_mode=False, prog_name="zjf") or 0)
    except UnderstoodError:
        return None


def _commands_needed(arguments: Sequence[str], commands: Iterable[str]) -> Iterable[str]:
    """Returns the commands needed for the answer: the one that is named, else all."""
    name = named_command(arguments, tuple(commands))
    return (name,) if name else commands


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
