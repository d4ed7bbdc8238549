"""The commands' options as data: written down from the commands, and made into a command line again."""

import inspect
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import typer
from typer.models import ArgumentInfo, ParameterInfo

from zjf.commands.root import chinese_names
from zjf.commands.words.help_words import Command, group_of
from zjf.naming.kinds import NameOf

Usage = dict[str, Any]
_TYPES: dict[str, type] = {kind.__name__: kind for kind in (str, int, float, bool, datetime, Path)}
_NOT_KEPT = frozenset({"default", "param_decls"})
_UNSET: Mapping[str, Any] = vars(typer.Option(None))


class UnderstoodError(Exception):
    """The arguments make sense: the command itself is to be loaded and run."""


def written_down(command: Callable[..., Any] | typer.Typer) -> Usage:
    """A command's help and options, or a group's, as JSON can hold them.

    Args:
        command: The function of a command, or a group of them.

    Raises:
        ValueError: An option has something (a callback, a type) that cannot be written down.
    """
    if isinstance(command, typer.Typer):
        inner = {
            registered.name or "": written_down(registered.callback)
            for registered in command.registered_commands
            if registered.callback
        }
        return {"help": command.info.help, "commands": inner}
    hints = get_type_hints(command, include_extras=True)
    parameters = inspect.signature(command).parameters.values()
    return {
        "help": inspect.getdoc(command),
        "parameters": [
            _parameter(parameter, hints[parameter.name])
            for parameter in parameters
            if hints[parameter.name] is not typer.Context
        ],
    }


def _parameter(parameter: inspect.Parameter, hint: Any) -> Usage:
    declared, info, *names = get_args(hint)
    assert isinstance(info, ParameterInfo)
    plain, optional, many = _unwrapped(declared)
    settings = {
        name: value
        for name, value in vars(info).items()
        if name not in _NOT_KEPT and value != _UNSET.get(name)
    }
    kept: Usage = {
        "name": parameter.name,
        "kind": "argument" if isinstance(info, ArgumentInfo) else "option",
        "written": [text for text in (info.default, *(info.param_decls or ())) if isinstance(text, str)],
        "type": "choice" if issubclass(plain, StrEnum) else plain.__name__,
        "choices": [member.value for member in plain] if issubclass(plain, StrEnum) else [],
        "optional": optional,
        "many": many,
        "settings": settings,
        "names": next((name.value for name in names if isinstance(name, NameOf)), None),
    }
    if kept["type"] != "choice" and kept["type"] not in _TYPES:
        raise ValueError(f"{parameter.name}: {plain} cannot be written down")
    if parameter.default is not inspect.Parameter.empty:
        kept["default"] = str(parameter.default) if isinstance(parameter.default, Path) else parameter.default
    return kept


def _unwrapped(declared: Any) -> tuple[type, bool, bool]:
    """A type without `| None` and `list[…]`, and whether it had them."""
    optional = get_origin(declared) in (Union, UnionType)
    if optional:
        (declared,) = (argument for argument in get_args(declared) if argument is not NoneType)
    many = get_origin(declared) is list
    return (get_args(declared)[0] if many else declared), optional, many


def add(app: typer.Typer, name: str, usage: Usage) -> None:
    """Adds a command that was written down; one whose arguments make sense raises `UnderstoodError`."""
    if "commands" in usage:
        group = typer.Typer(
            help=usage["help"], cls=group_of(chinese_names(name)), no_args_is_help=True, rich_markup_mode=None
        )
        for inner, of_inner in usage["commands"].items():
            add(group, inner, of_inner)
        app.add_typer(group, name=name)
        return

    def understood(**values: Any) -> None:
        raise UnderstoodError

    parameters = [_declared(parameter) for parameter in usage["parameters"]]
    understood.__doc__ = usage["help"]
    understood.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    understood.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    app.command(name, cls=Command)(understood)


def _declared(kept: Usage) -> inspect.Parameter:
    choices = {value: value for value in kept["choices"]}
    declared: Any = StrEnum("Choice", choices) if choices else _TYPES[kept["type"]]
    default = kept.get("default", inspect.Parameter.empty)
    if choices and default in choices:
        default = declared(default)
    if kept["type"] == "Path" and isinstance(default, str):
        default = Path(default)
    declared = list[declared] if kept["many"] else declared
    declared = declared | None if kept["optional"] else declared
    kind = typer.Argument if kept["kind"] == "argument" else typer.Option
    info = kind(*kept["written"], **kept["settings"])
    return inspect.Parameter(
        kept["name"], inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[declared, info]
    )
