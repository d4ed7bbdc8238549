"""What Typer makes of a command's declaration, kept from one command of a test to the next.

A clerk's program runs one command and ends. Tests run thousands in one process, where this takes as long as all else
that a small command does. Programs of their own make it anew.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache

import pytest
import typer.main

from zjf import cli
from zjf.commands.recorded import answers
from zjf.commands.root import COMMANDS, named_command

Application = Callable[..., typer.Typer]


@contextmanager
def for_many_commands() -> Iterator[None]:
    """Has an application serve all command lines that name the same command."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(typer.main, "get_command", cache(typer.main.get_command))
        for module in (cli, answers):
            patched.setattr(module, "application", _kept_by_command(module.application))
        yield


def _kept_by_command(made: Application) -> Application:
    kept: dict[str | None, typer.Typer] = {}

    def application(arguments: Sequence[str] = (), *recorded: object) -> typer.Typer:
        name = named_command(arguments, COMMANDS)
        if name not in kept:
            kept[name] = made(arguments, *recorded)
        return kept[name]

    return application
