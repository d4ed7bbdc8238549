"""What Typer says of wrong usage, in Chinese: what is wrong, and the word that was meant or what to type."""

import re
from ast import literal_eval
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import typer
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

from zjf.commands.root import CHINESE_NAMES, SUBCOMMANDS, chinese_names
from zjf.commands.words.spoken_words import CHOICES, OPTIONS
from zjf.errors import UsageError

_A_MOMENT = datetime(2024, 6, 7, 11, 30)
_NO_SUCH_COMMAND = re.compile(r"No such command (.*?)\.(?: Did you mean (.*)\?)?")
_TOO_MANY = re.compile(r"Got unexpected extra argument\(s\) \((.*)\)", re.DOTALL)
_CHOICES = re.compile(r" is not one of (.*)\.")
_NEAR = 50


def in_chinese(wrong: typer.TyperException) -> UsageError:
    """What is wrong with a command line that Typer refuses, and what to type instead."""
    context = getattr(wrong, "ctx", None)
    usage = f"用 {context.command_path if context else 'zjf'} --help 查看用法。"
    if option := getattr(wrong, "option_name", None):
        return UsageError(_of_option(option, wrong, context), usage)
    if parameter := getattr(wrong, "param", None):
        return UsageError(_of_value(parameter, wrong), usage)
    if unknown := _NO_SUCH_COMMAND.fullmatch(wrong.message):
        group = getattr(context, "command_path", "").rpartition(" ")[2]
        return _no_such_command(literal_eval(unknown[1]), _literal_names(unknown[2] or ""), usage, group)
    if too_many := _TOO_MANY.fullmatch(wrong.message):
        return UsageError(f"多写了 {too_many[1]}", f"名称中有空格的，请加引号。{usage}")
    return UsageError(f"命令用法不对（{wrong.message}）", usage)


def _literal_names(near: str) -> list[str]:
    """The names that Typer thinks were meant: `'list', 'show'`."""
    return near.replace("'", "").split(", ") if near else []


def _no_such_command(name: str, near: Sequence[str], usage: str, group: str) -> UsageError:
    spoken = SUBCOMMANDS.get(group, CHINESE_NAMES)
    chinese = chinese_names(group)
    known = {**{english: english for english in chinese}, **spoken}
    if not near and (alike := _nearest(name.casefold(), known)):
        near = [known[alike]]
    if near:
        meant = "、".join(
            f"{english}（{chinese[english]}）" if english in chinese else english for english in near
        )
        return UsageError(f"没有 {name} 这个命令，是否为 {meant}", usage)
    if Path(name).exists():
        return UsageError(f"没有 {name} 这个命令", f"要校验这份报表，请写 zjf validate {name}。")
    return UsageError(f"没有 {name} 这个命令", usage)


def _of_option(option: str, wrong: typer.TyperException, context: Any) -> str:
    if not hasattr(wrong, "possibilities"):
        needs_value = "requires" in wrong.message
        return f"{option} 后面要写一个值" if needs_value else f"{option} 后面不用写值"
    near = "、".join(_options_like(option, context) or wrong.possibilities or ())
    return f"没有 {option} 这个选项" + (f"，是否为 {near}" if near else "")


def _options_like(option: str, context: Any) -> list[str]:
    """The option that was meant by one in Chinese, or by the value of one (`--json`)."""
    parameters = context.command.params if context else ()
    known = {name: parameter for parameter in parameters for name in parameter.opts}
    spoken = {chinese: names for chinese, names in OPTIONS.items() if any(name in known for name in names)}
    if not option.isascii() and (alike := _nearest(option, spoken)):
        return [f"{alike}（{next(name for name in spoken[alike] if name in known)}）"]
    value = option.removeprefix("--")
    for name, parameter in known.items():
        if value in map(_value, parameter.type_descriptor.choices or ()) and name.startswith("--"):
            return [f"{name} {value}"]
    return []


def _value(choice: Any) -> str:
    return str(getattr(choice, "value", choice))


def _of_value(parameter: Any, wrong: typer.TyperException) -> str:
    is_option = parameter.param_type_name == "option"
    name = "/".join(parameter.opts) if is_option else parameter.metavar or parameter.name.upper()
    if not wrong.message:
        meaning = (parameter.help or "").split("。")[0].split("；")[0].split("，")[0]
        return f"没有给出 {name}" + (f"（{meaning}）" if meaning else "")
    if not isinstance(wrong.__cause__, ValidationError):
        return f"{name} 的值不对"
    (error, *_) = wrong.__cause__.errors()
    return f"{name} 不能是 '{error['input']}'，{_why(error)}"


def _why(error: ErrorDetails) -> str:
    kind, limits = error["type"], error.get("ctx", {})
    if kind == "greater_than_equal":
        return f"最小是 {limits['ge']:g}"
    if kind == "less_than_equal":
        return f"最大是 {limits['le']:g}"
    if kind.startswith("int_"):
        return "要写整数"
    if kind.startswith("float_"):
        return "要写数"
    if choices := _CHOICES.search(error["msg"]):
        names = _literal_names(choices[1])
        spoken = "、".join(word for word, choice in CHOICES.items() if choice in names)
        also = f"（也可写 {spoken}）" if spoken else ""
        return f"可用的有 {choices[1]}{also}{_meant(str(error['input']), names)}"
    if formats := re.search(r" does not match the formats '(.*?)'", error["msg"]):
        return f"要写成 {_A_MOMENT.strftime(formats[1])} 的样子"
    return "不合要求"


def _meant(written: str, choices: Sequence[str]) -> str:
    spoken = [word for word, choice in CHOICES.items() if choice in choices]
    alike = _nearest(written, (*choices, *spoken))
    return f"。是否为 {alike}" if alike else ""


def _nearest(written: str, known: Iterable[str]) -> str | None:
    """The word most like what was written; None where none is."""
    match = process.extractOne(written, list(known), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return match[0] if match else None
