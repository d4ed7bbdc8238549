"""Reads TOML settings files into checked pydantic models; misfits become one error that says where and what.

Unknown keys are errors that name the nearest key, because a setting that is silently ignored is worse than none.
"""

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from zjf.errors import CannotDoError, refused
from zjf.likeness import nearest_words

_LINE = re.compile(r"at line (\d+)")


_SLIPS = (
    (re.compile(r"[“”‘’＂＝［］，＃]"), "引号、等号、方括号、逗号要用半角的"),
    (re.compile(r"^\s*\[+[^\]]*[^\x00-\x7f]"), "小节的名称是英文的，如 [county]，不能改"),
    (re.compile(r"^\s*[^#\x00-\x7f][^\"]*="), "等号前面的名称是英文的，如 name；要写中文的，两边加半角引号"),
    (re.compile(r"=\s*\d{1,2}:"), "时间要写成 12:00:00，时在 00 到 23 之间"),
    (re.compile(r"=\s*[^\s\x00-\x7f]"), "等号后面的文字，两边要加半角引号"),
)
"""What clerks usually get wrong in a line, the likeliest first, each with what to do about it."""


class Settings(BaseModel):
    """A table of a settings file: strict types, no unknown keys, never changed after reading."""

    # Validators are built on first use: a command uses few of the models that it loads.
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


_Model = TypeVar("_Model", bound=BaseModel)


def load(path: Path, model: type[_Model]) -> _Model:
    """Reads a settings file into a model.

    Raises:
        CannotDoError: The file cannot be read, is no TOML, or does not fit the model.
    """
    return check(read(path), model, path)


def read(path: Path) -> dict[str, Any]:
    """Reads the content of a TOML file: arrays become tuples, fractions `Decimal`.

    Raises:
        CannotDoError: The file cannot be read, is not UTF-8, or is no TOML.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        content: dict[str, Any] = _frozen(tomllib.loads(text, parse_float=Decimal))
    except FileNotFoundError as error:
        raise CannotDoError(f"找不到 {path}", "请核对路径。") from error
    except OSError as error:
        raise refused(f"无法读取 {path}", error, "请检查该文件是否被占用、是否有权限。") from error
    except UnicodeDecodeError as error:
        cure = "请用记事本打开，另存为时编码选 UTF-8。"
        raise CannotDoError(f"{path} 不是 UTF-8 编码", cure) from error
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        position = f"第 {line[1]} 行" if line else "末尾"
        written = text.splitlines()[int(line[1]) - 1] if line else ""
        raise CannotDoError(f"{path} {position}写法有误", _cure(position, written, str(error))) from error
    return content


def _cure(position: str, line: str, message: str) -> str:
    """Returns what to do about a line that is no TOML, by what clerks usually get wrong."""
    if "Cannot" in message:
        return f"{position}的这一项或这一节前面已经写过，请只留一处；各个填报单位都用 [[units]]，两层方括号。"
    cure = next((cure for slip, cure in _SLIPS if slip.search(line)), "引号、等号和方括号是否成对")
    return f"请检查{position}：{cure}。"


def check(content: dict[str, Any], model: type[_Model], path: Path) -> _Model:
    """Turns content into a model.

    Raises:
        CannotDoError: The content does not fit; every misfit is named.
    """
    try:
        return model.model_validate(content)
    except ValidationError as error:
        misfits = "；".join(_misfit(fault, model).strip() for fault in _innermost(error.errors()))
        raise CannotDoError(f"{path}：{misfits}", "请更正后重试。") from error


def _innermost(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """Drops errors that follow from an error inside (a list whose only item does not fit is "too short")."""
    locations = [error["loc"] for error in errors]
    return [
        error
        for error in errors
        if not any(
            len(location) > len(error["loc"]) and location[: len(error["loc"])] == error["loc"]
            for location in locations
        )
    ]


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


_SAYS = {
    "missing": "没有填写",
    "string_type": "应为文字，两边加半角引号",
    "string_too_short": "不能为空",
    "string_too_long": "过长",
    "string_pattern_mismatch": "含有不能使用的符号",
    "int_type": "应为整数，不加引号",
    "bool_type": "应为 true 或 false，不加引号",
    "decimal_type": "应为小数，如 0.10，不加引号",
    "date_type": "应为日期，如 2024-06-05，不加引号",
    "time_type": "应为时间，如 12:00:00，不加引号",
    "tuple_type": '应为列表，如 ["甲", "乙"]',
    "too_short": "至少要有一项",
    "dict_type": "应为一个小节",
    "model_type": "应为一个小节",
}


def _misfit(error: ErrorDetails, model: type[BaseModel]) -> str:
    """Returns one misfit as a clause in Chinese: where it is and what is wrong."""
    location = tuple(step for step in error["loc"] if step != "[key]")
    location_text = _location_text(location)
    match error["type"]:
        case "extra_forbidden":
            return (
                f"没有{location_text}这个设置项，{_advice(str(location[-1]), _keys_at(model, location[:-1]))}"
            )
        case "value_error":
            return f"{location_text}：{error['ctx']['error']}" if location else str(error["ctx"]["error"])
        case "literal_error":
            return f"{location_text}应为 {error['ctx']['expected'].replace(' or ', ', ')} 之一"
        case "greater_than_equal" | "less_than_equal":
            ((kind, limit),) = error["ctx"].items()
            return f"{location_text}最{'小' if kind == 'ge' else '大'}是 {limit}"
        case other:
            return f"{location_text}{_SAYS.get(other, '不合要求')}"


def _advice(key: str, keys: list[str]) -> str:
    near = nearest_words(key, keys)
    return f"最接近的是 {near[0]}" if near else f"可用的有 {'、'.join(keys)}"


def _location_text(location: tuple[str | int, ...]) -> str:
    """Returns a place in Chinese: `("units", 2, "name")` as ` units 第 3 项的 name `."""
    steps = [f"第 {step + 1} 项" if isinstance(step, int) else f" {step} " for step in location]
    return "的".join(steps).replace(" 的第", " 第")


def _keys_at(model: type[BaseModel], location: tuple[str | int, ...]) -> list[str]:
    """Returns the keys that the table at a place of the file may have."""
    for step in location:
        field = next(
            (field for name, field in model.model_fields.items() if (field.alias or name) == step), None
        )
        inner_model = _model_in(field.annotation) if field else None
        model = inner_model or model
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Returns the model that an annotation is, or contains (`tuple[Unit, ...]`, `Weekly | None`)."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for argument in get_args(annotation) if (model := _model_in(argument))), None)
