"""What Typer says of wrong usage, in Chinese."""

import re
from ast import literal_eval
from datetime import datetime
from typing import Any

import typer
from pydantic import ValidationError
from pydantic_core import ErrorDetails

_A_MOMENT = datetime(2024, 6, 7, 11, 30)
_NO_SUCH_COMMAND = re.compile(r"No such command (.*?)\.(?: Did you mean (.*)\?)?")
_TOO_MANY = re.compile(r"Got unexpected extra argument\(s\) \((.*)\)", re.DOTALL)


def in_chinese(wrong: typer.TyperException) -> str:
    """What is wrong with a command line that Typer refuses."""
    if option := getattr(wrong, "option_name", None):
        return _of_option(option, wrong)
    if parameter := getattr(wrong, "param", None):
        return _of_value(parameter, wrong)
    if unknown := _NO_SUCH_COMMAND.fullmatch(wrong.message):
        name, near = literal_eval(unknown[1]), (unknown[2] or "").replace("'", "").replace(", ", "、")
        return f"没有 {name} 这个命令" + (f"，是否为 {near}" if near else "")
    if too_many := _TOO_MANY.fullmatch(wrong.message):
        return f"多写了 {too_many[1]}"
    return f"命令用法不对（{wrong.message}）"


def _of_option(option: str, wrong: typer.TyperException) -> str:
    if not hasattr(wrong, "possibilities"):
        needs_value = "requires" in wrong.message
        return f"{option} 后面要写一个值" if needs_value else f"{option} 后面不用写值"
    near = "、".join(wrong.possibilities or ())
    return f"没有 {option} 这个选项" + (f"，是否为 {near}" if near else "")


def _of_value(parameter: Any, wrong: typer.TyperException) -> str:
    is_option = parameter.param_type_name == "option"
    name = "/".join(parameter.opts) if is_option else parameter.metavar or parameter.name.upper()
    if not wrong.message:
        return f"没有给出 {name}"
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
    if choices := re.search(r" is not one of (.*)\.", error["msg"]):
        return f"可用的有 {choices[1]}"
    if formats := re.search(r" does not match the formats '(.*?)'", error["msg"]):
        return f"要写成 {_A_MOMENT.strftime(formats[1])} 的样子"
    return "不合要求"
