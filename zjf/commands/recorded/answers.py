"""What is answered from the record: help, usage that is refused, and what a code means."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from zjf import terminal
from zjf.commands.recorded import record
from zjf.commands.recorded.usage import UnderstoodError, add
from zjf.commands.root import empty_application, named_command, version_line

_SETTINGS, _OWN_NOTICES = "zjf.toml", "notices"


def answered(arguments: Sequence[str]) -> int | None:
    """The exit code where the record answers a command line; None where the command is to be run.

    Args:
        arguments: The command line.

    Raises:
        TyperException: The arguments make no sense.
    """
    if list(arguments) == ["--version"]:
        terminal.say_text(version_line())
        return 0
    kept = record()
    if kept is None:
        return None
    if meaning := _meaning(arguments, kept["codes"]):
        terminal.say_lines((label, text) for label, text in meaning)
        return 0
    commands = kept["commands"]
    app = empty_application()
    for name in _concerned(arguments, commands):
        add(app, name, commands[name])
    try:
        return int(app(list(arguments), standalone_mode=False, prog_name="zjf") or 0)
    except UnderstoodError:
        return None


def _concerned(arguments: Sequence[str], commands: Iterable[str]) -> Iterable[str]:
    """The commands that are needed to answer: the one that is named, else all of them."""
    name = named_command(arguments, tuple(commands))
    return (name,) if name else commands


def _meaning(arguments: Sequence[str], codes: dict[str, list[list[str]]]) -> list[list[str]] | None:
    """The lines of `explain CODE`, unless a county's own notices may say more."""
    if len(arguments) != 2 or arguments[0] != "explain":
        return None
    here = Path.cwd()
    home = next((folder for folder in (here, *here.parents) if (folder / _SETTINGS).is_file()), None)
    return None if home and (home / _OWN_NOTICES).exists() else codes.get(arguments[1].upper())
