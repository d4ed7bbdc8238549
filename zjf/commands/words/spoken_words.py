"""Options, choices, dates and names as clerks write them on a command line, turned into public ones."""

import inspect
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args, get_type_hints

from zjf.naming.kinds import NameOf

OPTIONS = {
    "--期次": ("--period",),
    "--单位": ("--unit",),
    "--表": ("--form",),
    "--通知": ("--notice",),
    "--县": ("--county",),
    "--样式": ("--as", "--format"),
    "--标注": ("--annotate",),
    "--房屋": ("--house",),
    "--下一步": ("--duty",),
    "--清单": ("--from",),
    "--名单": ("--from",),
    "--县名": ("--name",),
    "--照片": ("--photos",),
    "--签字人": ("--by",),
    "--核准人": ("--by",),
    "--抽取人": ("--by",),
    "--日期": ("--on", "--until", "--at"),
    "--时间": ("--at", "--until"),
    "--理由": ("--reason",),
    "--扫描件": ("--scan",),
    "--校验码": ("--code",),
    "--工作表": ("--sheet",),
    "--最多": ("--limit",),
    "--正式": ("--final",),
    "--随文函": ("--cover",),
    "--合订": ("--one-file",),
    "--部分": ("--partial",),
    "--试算": ("--dry-run",),
    "--到期": ("--due",),
    "--种子": ("--seed",),
    "--比例": ("--share",),
    "--收回": ("--returned",),
    "--列出": ("--list",),
    "--放在": ("--out",),
    "--写到": ("--out",),
    "--安静": ("--quiet",),
    "--帮助": ("--help",),
}
"""The Chinese names of options; where one stands for several, the first that the command has is meant."""

CHOICES = {
    "表格": "table",
    "屏幕": "table",
    "excel": "xlsx",
    "程序": "json",
    "标准": "standard",
    "常用": "standard",
    "全部": "all",
    "所有": "all",
}
"""The Chinese names of an option's choices."""

_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]?")
_DASHES = re.compile(r"^(?:－－|——|––|—|–|﹣﹣)(?=[^\W\d_])")
"""What office programs and input methods turn two hyphens into."""
_BETWEEN_NAMES = re.compile("[、，,；;]")
_MOMENTS = ("DATE", "TIME")
_FOLDER = "folder"


def in_public_words(parameters: Sequence[Any], arguments: Sequence[str]) -> list[str]:
    """Returns the arguments with options, choices and dates as the command declares them."""
    by_option = {option: parameter for parameter in parameters for option in parameter.opts}
    return list(_in_public_words(by_option, arguments))


def _in_public_words(by_option: Mapping[str, Any], arguments: Sequence[str]) -> Iterator[str]:
    parameter = None
    remaining = iter(arguments)
    for argument in map(_with_hyphens, remaining):
        if argument == "--":
            yield argument
            break
        if parameter is None and argument.startswith("-"):
            option, equals, value = argument.partition("=")
            option = public_option(option, by_option)
            parameter = by_option.get(option)
            if parameter is not None and getattr(parameter, "is_flag", False):
                parameter = None
            if equals:
                value, parameter = _public_value(parameter, value), None
            yield f"{option}{equals}{value}"
        else:
            yield _public_value(parameter, argument)
            parameter = None
    yield from remaining


def public_option(option: str, known: Mapping[str, object]) -> str:
    """Returns an option's public name, for its Chinese name or a spelling in capitals; else the option itself."""
    normalized = unicodedata.normalize("NFKC", option)
    lower_case = normalized.lower() if normalized.startswith("--") else normalized
    public_names = OPTIONS.get(normalized, (lower_case,))
    return next((name for name in public_names if name in known or name == "--help"), option)


def _with_hyphens(argument: str) -> str:
    """Returns an argument with two hyphens in place of the dashes that it begins with."""
    return _DASHES.sub("--", argument)


def _public_value(parameter: Any, value: str) -> str:
    if parameter is None:
        return value
    if parameter.metavar in _MOMENTS:
        normalized = unicodedata.normalize("NFKC", value)
        return _DATE.sub(lambda day: f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}", normalized)
    choices = choices_of(parameter)
    normalized = unicodedata.normalize("NFKC", value).lower()
    choice = CHOICES.get(normalized.strip(), normalized)
    return choice if choice in choices else value


def choices_of(parameter: Any) -> frozenset[str]:
    """Returns the choices of an option; none for one that takes any value."""
    return frozenset(
        str(getattr(choice, "value", choice)) for choice in parameter.type_descriptor.choices or ()
    )


def in_public_names(callback: Callable[..., Any] | None, values: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the values that are names, as public names.

    Raises:
        UsageError: A name means nothing, or several things.
        CannotDoError: The county's settings cannot be used.
    """
    kinds = (
        {
            name: kind
            for name, kind in names_taken(inspect.unwrap(callback)).items()  # Typer wraps the function
            if values.get(name)
        }
        if callback
        else {}
    )
    if not kinds:
        return {}
    from zjf.naming.resolving import CommandCounty, public_name  # loads the county's settings

    command_county = CommandCounty(_path(values.get("county")), _path(values.get(_FOLDER)))
    return {
        name: [public_name(kind, text, command_county) for text in _each_of(values[name])]
        if isinstance(values[name], list | tuple)
        else public_name(kind, values[name], command_county)
        for name, kind in kinds.items()
    }


def _each_of(texts: Sequence[str]) -> Iterator[str]:
    """Yields the names of a parameter that takes several: 附件1、附件2 are two."""
    for text in texts:
        yield from filter(None, (part.strip() for part in _BETWEEN_NAMES.split(text)))


def names_taken(function: Callable[..., Any]) -> dict[str, NameOf]:
    """Returns the parameters of a command that take names, with the kind of name."""
    hints = get_type_hints(function, include_extras=True)
    return {
        name: kind for name, hint in hints.items() for kind in get_args(hint)[1:] if isinstance(kind, NameOf)
    }


def _path(value: Any) -> Path | None:
    return Path(value) if value else None
