"""The commands' options as data: recorded from the commands, and made into a command line again."""

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
    """The arguments are right: the command itself has to be loaded and run."""


def written_down(command: Callable[..., Any] | typer.Typer) -> Usage:
    """Returns the help and options of a command's function, or of a group, as JSON can hold them.

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
    declared, info, *name_kinds = get_args(hint)
    assert isinstance(info, ParameterInfo)
    plain_type, optional, takes_several = _unwrapped(declared)
    settings = {
        name: value
        for name, value in vars(info).items()
        if name not in _NOT_KEPT and value != _UNSET.get(name)
    }
    recorded: Usage = {
        "name": parameter.name,
        "kind": "argument" if isinstance(info, ArgumentInfo) else "option",
        "written": [text for text in (info.default, *(info.param_decls or ())) if isinstance(text, str)],
        "type": "choice" if issubclass(plain_type, StrEnum) else plain_type.__name__,
        "choices": [member.value for member in plain_type] if issubclass(plain_type, StrEnum) else [],
        "optional": optional,
        "many": takes_several,
        "settings": settings,
        "names": next((name.value for name in name_kinds if isinstance(name, NameOf)), None),
    }
    if recorded["type"] != "choice" and recorded["type"] not in _TYPES:
        raise ValueError(f"{parameter.name}: {plain_type} cannot be written down")
    if parameter.default is not inspect.Parameter.empty:
        recorded["default"] = (
            str(parameter.default) if isinstance(parameter.default, Path) else parameter.default
        )
    return recorded


def _unwrapped(declared: Any) -> tuple[type, bool, bool]:
    """Returns a type without `| None` and `list[…]`, and whether it had each of them."""
    optional = get_origin(declared) in (Union, UnionType)
    if optional:
        (declared,) = (argument for argument in get_args(declared) if argument is not NoneType)
    takes_several = get_origin(declared) is list
    return (get_args(declared)[0] if takes_several else declared), optional, takes_several


def add(app: typer.Typer, name: str, usage: Usage) -> None:
    """Adds a recorded command to an application; called with right arguments it raises `UnderstoodError`."""
    if "commands" in usage:
        group = typer.Typer(
            help=usage["help"], cls=group_of(chinese_names(name)), no_args_is_help=True, rich_markup_mode=None
        )
        for inner_name, inner_usage in usage["commands"].items():
            add(group, inner_name, inner_usage)
        app.add_typer(group, name=name)
        return

    def understood(**values: Any) -> None:
        raise UnderstoodError

    parameters = [_declared(parameter) for parameter in usage["parameters"]]
    understood.__doc__ = usage["help"]
    understood.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    understood.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    app.command(name, cls=Command)(understood)


def _declared(recorded: Usage) -> inspect.Parameter:
    choices = {value: value for value in recorded["choices"]}
    declared: Any = StrEnum("Choice", choices) if choices else _TYPES[recorded["type"]]
    default = recorded.get("default", inspect.Parameter.empty)
    if choices and default in choices:
        default = declared(default)
    if recorded["type"] == "Path" and isinstance(default, str):
        default = Path(default)
    declared = list[declared] if recorded["many"] else declared
    declared = declared | None if recorded["optional"] else declared
    kind = typer.Argument if recorded["kind"] == "argument" else typer.Option
    info = kind(*recorded["written"], **recorded["settings"])
    return inspect.Parameter(
        recorded["name"],
        inspect.Parameter.KEYWORD_ONLY,
        default=default,
        annotation=Annotated[declared, info],
    )
