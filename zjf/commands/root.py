"""`zjf` itself: what stands above every command."""

from collections.abc import Container, Sequence

import typer

from zjf import __version__
from zjf.commands.help_words import Group


def empty_application() -> typer.Typer:
    """The command line, to which commands are added."""
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
    return app


def _root(
    version: bool = typer.Option(False, "--version", help="显示版本号。"),
    debug: bool = typer.Option(False, "--debug", help="出错时显示程序内部的详细信息。"),
) -> None:
    if version:
        typer.echo(f"zjf {__version__}")
        raise typer.Exit


def named_command(arguments: Sequence[str], commands: Container[str]) -> str | None:
    """The command that arguments name; None where they name none that there is."""
    wanted = next((argument for argument in arguments if not argument.startswith("-")), None)
    return wanted if wanted in commands else None
