"""Typer's messages about wrong usage, in Chinese: what is wrong, and the word that was meant or what to type."""

import re
from ast import literal_eval
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

import typer
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

from zjf.commands.root import CHINESE_NAMES, SUBCOMMANDS, chinese_names
from zjf.commands.words.spoken_words import CHOICES, OPTIONS, choices_of
from zjf.errors import UsageError
from zjf.files import is_there
from zjf.period import Period

_A_MOMENT = datetime(2024, 6, 7, 11, 30)
_NO_SUCH_COMMAND = re.compile(r"No such command (.*?)\.(?: Did you mean (.*)\?)?")
_TOO_MANY = re.compile(r"Got unexpected extra argument\(s\) \((.*)\)", re.DOTALL)
_CHOICES = re.compile(r" is not one of (.*)\.")
_LEAST_SIMILARITY, _LEAST_SIMILARITY_OF_OPTIONS = 50, 75
_PERIOD, _COUNTY, _UNIT = "--period", "--county", "--unit"


def in_chinese(refusal: typer.TyperException) -> UsageError:
    """Returns the message about a command line that Typer refuses: what is wrong, and what to type instead."""
    context = getattr(refusal, "ctx", None)
    usage = f"用 {context.command_path if context else 'zjf'} --help 查看用法。"
    if option := getattr(refusal, "option_name", None):
        return UsageError(_wrong_option(option, refusal, context), usage)
    if parameter := getattr(refusal, "param", None):
        return UsageError(_wrong_value(parameter, refusal), usage)
    if no_such_command := _NO_SUCH_COMMAND.fullmatch(refusal.message):
        group = getattr(context, "command_path", "").rpartition(" ")[2]
        return _no_such_command(
            literal_eval(no_such_command[1]), _literal_names(no_such_command[2] or ""), usage, group
        )
    if too_many := _TOO_MANY.fullmatch(refusal.message):
        return UsageError(f"多写了 {too_many[1]}", f"{_meant_by_extra(too_many[1], context)}{usage}")
    return UsageError(f"命令用法不对（{refusal.message}）", usage)


def _meant_by_extra(words: str, context: Any) -> str:
    """Returns what to do about words that no argument takes: a period, folder or unit is the value of an option."""
    options = {name for parameter in context.command.params for name in parameter.opts}
    if _PERIOD in options:
        with suppress(UsageError):
            return f"期次要写成 {_PERIOD} {Period.parse(words)}。"
    if _COUNTY in options and is_there(words):
        return (
            "这个命令只看县文件夹：报表要先放进县文件夹的 returns/期次（如 returns/2024-W23）；"
            f"写的就是县文件夹的，请写 {_COUNTY} {words}。"
        )
    unit = f"写的是单位的，请写 {_UNIT} {words}。" if _UNIT in options else ""
    return f"{unit}名称中有空格的，请加引号。"


def _literal_names(quoted: str) -> list[str]:
    """Returns the names that Typer suggests: `'list', 'show'`."""
    return quoted.replace("'", "").split(", ") if quoted else []


def _no_such_command(name: str, suggestions: Sequence[str], usage: str, group: str) -> UsageError:
    english_of = SUBCOMMANDS.get(group, CHINESE_NAMES)
    chinese = chinese_names(group)
    commands = {**{english: english for english in chinese}, **english_of}
    if not suggestions and (nearest := _nearest(name.casefold(), commands)):
        suggestions = [commands[nearest]]
    if suggestions:
        suggested = "、".join(
            f"{english}（{chinese[english]}）" if english in chinese else english for english in suggestions
        )
        return UsageError(f"没有 {name} 这个命令，是否为 {suggested}", usage)
    if is_there(name):
        return UsageError(f"没有 {name} 这个命令", f"要校验这份报表，请写 zjf validate {name}。")
    return UsageError(f"没有 {name} 这个命令", usage)


def _wrong_option(option: str, refusal: typer.TyperException, context: Any) -> str:
    if not hasattr(refusal, "possibilities"):
        needs_value = "requires" in refusal.message
        return f"{option} 后面要写一个值" if needs_value else f"{option} 后面不用写值"
    similar = [
        name
        for name in refusal.possibilities or ()
        if fuzz.ratio(name, option) >= _LEAST_SIMILARITY_OF_OPTIONS
    ]
    if suggestions := "、".join(_options_like(option, context) or similar):
        return f"没有 {option} 这个选项，是否为 {suggestions}"
    if context and context.parent is None:
        return f"命令前面不能写 {option}：命令的选项写在命令后面，如 zjf status {_PERIOD} 2024-W23"
    return f"没有 {option} 这个选项"


def _options_like(option: str, context: Any) -> list[str]:
    """Returns the option that a Chinese one, or a value written as an option (`--json`), resembles."""
    parameters = context.command.params if context else ()
    parameters_by_name = {name: parameter for parameter in parameters for name in parameter.opts}
    chinese_options = {
        chinese: names
        for chinese, names in OPTIONS.items()
        if any(name in parameters_by_name for name in names)
    }
    if not option.isascii() and (nearest := _nearest(option, chinese_options)):
        return [
            f"{nearest}（{next(name for name in chinese_options[nearest] if name in parameters_by_name)}）"
        ]
    if not option.startswith("--"):  # `-period`, of which only `-p` is left
        return [name for name in parameters_by_name if name.startswith(f"-{option}")]
    value = option.removeprefix("--")
    for name, parameter in parameters_by_name.items():
        if value in choices_of(parameter) and name.startswith("--"):
            return [f"{name} {value}"]
    return []


def _wrong_value(parameter: Any, refusal: typer.TyperException) -> str:
    is_option = parameter.param_type_name == "option"
    name = "/".join(parameter.opts) if is_option else parameter.metavar or parameter.name.upper()
    if not refusal.message:
        meaning = re.split("[。；，]", parameter.help or "")[0]
        return f"没有写 {name}（{meaning}）" if is_option else f"没有写{meaning}"
    if not isinstance(refusal.__cause__, ValidationError):
        return f"{name} 的值不对"
    (error, *_) = refusal.__cause__.errors()
    return f"{name} 不能是 '{error['input']}'，{_reason(error)}"


def _reason(error: ErrorDetails) -> str:
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
        chinese_choices = "、".join(word for word, choice in CHOICES.items() if choice in names)
        alternatives = f"（也可写 {chinese_choices}）" if chinese_choices else ""
        return f"可用的有 {choices[1]}{alternatives}{_suggestion(str(error['input']), names)}"
    if formats := re.search(r" does not match the formats '(.*?)'", error["msg"]):
        return f"要写成 {_A_MOMENT.strftime(formats[1])} 的样子"
    return "不合要求"


def _suggestion(given: str, choices: Sequence[str]) -> str:
    chinese_choices = [word for word, choice in CHOICES.items() if choice in choices]
    nearest = _nearest(given, (*choices, *chinese_choices))
    return f"。是否为 {nearest}" if nearest else ""


def _nearest(given: str, choices: Iterable[str]) -> str | None:
    """Returns the choice most similar to the given word; None where none is similar enough.

    Of those equally similar it is one that begins alike: 导出表 is 导出 rather than 出表.
    """
    matches = process.extract(given, list(choices), scorer=fuzz.ratio, score_cutoff=_LEAST_SIMILARITY)
    best = max(matches, key=lambda match: (match[1], match[0][:1] == given[:1]), default=None)
    return best[0] if best else None
