"""Reading one cell's text as the kind its field asks for.

What can be repaired without loss is repaired; what would be a guess is a problem. Each distinct
text of a column is read once.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from pydantic import ValidationError
from rapidfuzz import process

from zjf.county import Roster
from zjf.intake.documents import read_documents, read_phones
from zjf.intake.unseen import UNCOMPUTED
from zjf.intake.workbook import Value
from zjf.schemas import Field
from zjf.schemas.kinds import Kind, PrintedRate
from zjf.schemas.vocabulary import Alteration, Code, Control, KeyArea, Measure

NOTHING = frozenset({"", "/", "\\", "-", "—", "——", "--", "―", "－", "无", "／", "空", "暂无"})
"""Ways to write that there is nothing (fact 15); a code list may read 无 as a code instead."""

_SAYS_NONE = frozenset({"无", "没有", "/", "-", "—", "——", "／", "－"})
_LISTS_WITH_NONE = (Alteration, Control, KeyArea, Measure)
_SEPARATORS = re.compile(r"[、，,;；\n\r/|+＋]+|\s{2,}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
_SPACES = re.compile(r"\s+")
_DAY = re.compile(
    r"(\d{4})\s*[年./\-]\s*(\d{1,2})\s*[月./\-]\s*(\d{1,2})\s*(?:日|号)?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
)
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?(\d+)")
_PAIR = re.compile(r"(\d+)/(\d+)")
_PERCENT = re.compile(r"[<>＜＞]?\s*(-?\d+(?:\.(\d+))?)\s*%")
_UNITS = {
    "层": ("层", "楼"),
    "㎡": ("㎡", "m2", "m²", "平方米", "平米", "平方"),
    "人": ("人", "名"),
    "年": ("年", "年建", "年代建"),
    "栋": ("栋", "户", "处"),
}
_EXCEL_ERRORS = re.compile(r"#(?:REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|N/A|SPILL!|CALC!)")
_FIRST_SERIAL, _LAST_SERIAL = 18_264, 73_050  # 1950-01-01, 2099-12-31
_EPOCH = date(1899, 12, 30)
_WHOLE_DIGITS = 10**15
_NEAR = 50


@dataclass(frozen=True)
class Context:
    """What a cell's reading depends on beside its field."""

    roster: Roster
    latest_day: date


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text says: a typed value (None where there is nothing), or a problem.

    `code` is the problem's code, with `what` is wrong and, where more can be said than the
    catalogue's remedy, a `hint`. `repaired` says that it was not written as it should be (C111).
    `standard` is the appraisal standard that a grade like Csu gives away.
    """

    value: Any = None
    code: str = ""
    what: str = ""
    hint: str = ""
    repaired: bool = False
    standard: str | None = None

    @property
    def bad(self) -> bool:
        """Whether the cell cannot be read: the value is unknown, and the row is not counted."""
        return bool(self.code) and self.code not in {"C108", "C115"}


Reader = Callable[[Field, Value, Context], Reading]


def read_cell(field: Field, raw: Value, context: Context) -> Reading:
    """Reads one cell's raw value as its field's kind, and holds it against the field's limits."""
    if isinstance(raw, str):
        if raw == UNCOMPUTED:
            return _uncomputed(field)
        if _EXCEL_ERRORS.fullmatch(raw.strip().upper()):
            return Reading(code="C109", what=f"{field.heading.text}是公式错误值「{raw.strip()}」")
        if _CONTROL.search(raw.replace("_x000D_", "")):
            return Reading(code="C112", what=f"{field.heading.text}含有不可见的控制字符")
    reading = _READERS[field.kind](field, raw, context)
    if reading.value is None or reading.bad or field.kind in (Kind.UNIT, Kind.RATE):
        return reading
    return _within_limits(field, reading, raw)


def _uncomputed(field: Field) -> Reading:
    # A rate is worked out anew from its counts; any other value would be lost.
    if field.kind is Kind.RATE:
        return Reading()
    hint = "请用 WPS 或 Excel 打开后保存一次，再重新报送。"
    return Reading(code="C109", what=f"{field.heading.text}的公式没有计算结果", hint=hint)


def tidy(raw: Value) -> str:
    """A cell's text with full-width forms folded and spaces trimmed; numbers without a useless .0."""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() and abs(raw) < _WHOLE_DIGITS else repr(raw)
    if not isinstance(raw, str):
        return str(raw)
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", raw.replace("_x000D_", ""))).strip()
    return text.strip("'’")


def _within_limits(field: Field, reading: Reading, raw: Value) -> Reading:
    try:
        field.adapter.validate_python(reading.value)
    except ValidationError as refused:
        kind = refused.errors()[0]["type"]
        limits = refused.errors()[0].get("ctx", {})
        name = field.heading.text
        if kind == "string_too_long":
            return Reading(
                code="C112", what=f"{name}有 {len(str(reading.value))} 个字，超过 {limits['max_length']} 个字"
            )
        return Reading(code="C103", what=f"{name}「{raw}」{_limit_in_words(kind, limits)}")
    return reading


def _limit_in_words(kind: str, limits: dict[str, Any]) -> str:
    bound = next(iter(limits.values()), "")
    words = {
        "greater_than_equal": "小于下限",
        "greater_than": "应大于",
        "less_than_equal": "大于上限",
        "less_than": "应小于",
    }
    return f"{words.get(kind, '超出范围')} {bound}".rstrip()


def _text(field: Field, raw: Value, context: Context) -> Reading:
    if isinstance(raw, str):
        text = _SPACES.sub(" ", _INVISIBLE.sub("", raw.replace("_x000D_", ""))).strip()
    else:
        text = tidy(raw)
    if text in NOTHING:
        return Reading()
    return Reading(text, repaired=isinstance(raw, str) and text != raw.strip())


def _identifier(field: Field, raw: Value, context: Context) -> Reading:
    text = _SPACES.sub("", tidy(raw)).upper()
    if text in NOTHING:
        return Reading()
    if lost := _lost_digits(field, raw):
        return lost
    return Reading(text, repaired=text != str(raw).strip() and not isinstance(raw, float | int))


def _lost_digits(field: Field, raw: Value) -> Reading | None:
    number = isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) >= _WHOLE_DIGITS
    shown = _SCIENTIFIC.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if number or (shown and int(shown.group(1)) >= 11):
        return Reading(code="C110", what=f"{field.heading.text}被存成了数字，末几位已丢失")
    return None


def _unit(field: Field, raw: Value, context: Context) -> Reading:
    text = tidy(raw)
    if text in NOTHING:
        return Reading()
    unit = context.roster.resolve(text)
    if unit is None:
        near = context.roster.nearest(text)
        hint = (
            f"是否为「{near}」？请按本县名单填写，或在 zjf.toml 中补充别名。"
            if near
            else "请按本县名单填写，或在 zjf.toml 中补充别名。"
        )
        return Reading(code="C104", what=f"{field.heading.text}「{text}」不在本县名单中", hint=hint)
    return Reading(unit, repaired=False)


def _code(field: Field, raw: Value, context: Context) -> Reading:
    assert field.codes is not None
    text = tidy(raw)
    known = _known_code(field.codes, text)
    if known is not None:
        standard = "GB50292" if field.name == "grade" and "SU" in text.upper() else None
        return Reading(
            known, repaired=known != str(raw).strip() and not isinstance(raw, bool), standard=standard
        )
    if text in NOTHING:
        return Reading()
    return _not_a_code(field, text)


@lru_cache(maxsize=50_000)
def _known_code(codes: type[Code], text: str) -> str | None:
    wordings = codes.by_wording()
    bare = _SPACES.sub("", text).upper()
    return wordings.get(text.upper()) or wordings.get(bare) or wordings.get(bare.replace("、", ","))


def _not_a_code(field: Field, text: str) -> Reading:
    assert field.codes is not None
    found = process.extractOne(text, [code.value for code in field.codes], score_cutoff=_NEAR)
    hint = f"是否为「{found[0]}」？请从下拉列表中选择。" if found else ""
    return Reading(code="C104", what=f"{field.heading.text}「{text}」不在可选项中", hint=hint)


def _codes(field: Field, raw: Value, context: Context) -> Reading:
    assert field.codes is not None
    text = tidy(raw)
    whole = _known_code(field.codes, text)
    if whole is not None:
        return Reading((whole,), repaired=whole != str(raw).strip())
    if text in NOTHING:
        explicit = text in _SAYS_NONE and issubclass(field.codes, _LISTS_WITH_NONE)
        return Reading(() if explicit else None)
    values: dict[str, None] = {}
    for part in filter(None, (each.strip() for each in _SEPARATORS.split(text))):
        known = _known_code(field.codes, part)
        if known is None:
            return _not_a_code(field, part)
        values[known] = None
    return Reading(tuple(values), repaired="、".join(values) != str(raw).strip())


def _number(field: Field, raw: Value) -> tuple[Decimal | None, bool, Reading | None]:
    """The number in a cell, whether it had to be repaired, or what is wrong with it."""
    name = field.heading.text
    if isinstance(raw, bool | date | time | timedelta):
        return None, False, Reading(code="C102", what=f"{name}「{tidy(raw)}」不是数字")
    if isinstance(raw, int | float):
        return Decimal(repr(raw) if isinstance(raw, float) else raw), False, None
    text = _SPACES.sub("", tidy(raw))
    if text in NOTHING:
        return None, False, None
    bare = _without_unit(text, field.heading.unit or "栋")
    if not _NUMBER.fullmatch(bare):
        return None, False, Reading(code="C102", what=f"{name}「{str(raw).strip()}」不是数字")
    try:
        return Decimal(bare.replace(",", "")), bare != str(raw).strip(), None
    except InvalidOperation:  # pragma: no cover - the pattern admits only numbers
        return None, False, Reading(code="C102", what=f"{name}「{str(raw).strip()}」不是数字")


def _without_unit(text: str, unit: str) -> str:
    for word in sorted(_UNITS.get(unit, (unit,)), key=len, reverse=True):
        folded = unicodedata.normalize("NFKC", word)
        if text.lower().endswith(folded):
            return text[: -len(folded)]
    return text


def _whole(field: Field, raw: Value, context: Context) -> Reading:
    number, repaired, wrong = _number(field, raw)
    if wrong or number is None:
        return wrong or Reading()
    if number != number.to_integral_value():
        return Reading(code="C102", what=f"{field.heading.text}「{str(raw).strip()}」不是整数")
    return Reading(int(number), repaired=repaired)


def _decimal(field: Field, raw: Value, context: Context) -> Reading:
    number, repaired, wrong = _number(field, raw)
    return wrong or Reading(number, repaired=repaired)


def _year(field: Field, raw: Value, context: Context) -> Reading:
    if isinstance(raw, str) and tidy(raw) in {"不详", "不清", "不明", "未知"}:
        return Reading()
    day = read_day(raw)
    reading = Reading(day.year, repaired=True) if day else _whole(field, raw, context)
    if isinstance(reading.value, int) and reading.value > context.latest_day.year:
        return Reading(code="C103", what=f"{field.heading.text}「{reading.value}」晚于今年")
    return reading


def _date(field: Field, raw: Value, context: Context) -> Reading:
    text = "" if not isinstance(raw, str) else _SPACES.sub(" ", tidy(raw))
    if isinstance(raw, str) and text in NOTHING:
        return Reading()
    day = read_day(raw)
    if day is None and isinstance(raw, int | float) and not isinstance(raw, bool):
        if _FIRST_SERIAL <= raw <= _LAST_SERIAL:
            day = _EPOCH + timedelta(days=int(raw))
        else:
            day = _compact(str(int(raw)))
    if day is None:
        return Reading(code="C105", what=f"{field.heading.text}「{tidy(raw)}」不是日期")
    if day > context.latest_day and not field.may_lie_ahead:
        return Reading(code="C106", what=f"{field.heading.text}「{day}」晚于截止日 {context.latest_day}")
    plain = isinstance(raw, date) or text in {day.isoformat(), f"{day.year}/{day.month}/{day.day}"}
    return Reading(day, repaired=not plain)


def read_day(raw: Value) -> date | None:
    """A day written in any of the accepted ways; None for anything else."""
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if not isinstance(raw, str):
        return None
    text = tidy(raw)
    found = _DAY.fullmatch(text)
    if not found:
        return _compact(text)
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


def _compact(text: str) -> date | None:
    found = _COMPACT_DAY.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _documents(field: Field, raw: Value, context: Context) -> Reading:
    if lost := _lost_digits(field, raw):
        return lost
    text = tidy(raw)
    if text in NOTHING:
        return Reading()
    value, wrong = read_documents(text)
    code = "" if not wrong else wrong.code
    what = f"{field.heading.text}{wrong.what}" if wrong else ""
    return Reading(value, code=code, what=what, repaired=not code and value != str(raw).strip())


def _phones(field: Field, raw: Value, context: Context) -> Reading:
    text = tidy(raw)
    if text in NOTHING:
        return Reading()
    value, understood = read_phones(text)
    if not understood:
        return Reading(value, code="C108", what=f"{field.heading.text}不是电话号码")
    return Reading(value, repaired=isinstance(raw, str) and value != raw.strip())


def _rate(field: Field, raw: Value, context: Context) -> Reading:
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return Reading(PrintedRate(Decimal(repr(raw)) * 100, 2, tidy(raw)))
    text = _SPACES.sub("", tidy(raw))
    if text in NOTHING:
        return Reading()
    if found := _PERCENT.fullmatch(text):
        return Reading(PrintedRate(Decimal(found.group(1)), len(found.group(2) or ""), text))
    if _NUMBER.fullmatch(text):
        return Reading(PrintedRate(Decimal(text.replace(",", "")) * 100, 2, text))
    return Reading(code="C102", what=f"{field.heading.text}「{tidy(raw)}」不是比率")


def _pair(field: Field, raw: Value, context: Context) -> Reading:
    text = _SPACES.sub("", tidy(raw))
    if isinstance(raw, str) and text in NOTHING:
        return Reading()
    found = _PAIR.fullmatch(text)
    if not found:
        became = "变成了日期" if isinstance(raw, date) or read_day(raw) or "月" in text else "不是“x/y”的样式"
        return Reading(code="C113", what=f"{field.heading.text}「{tidy(raw)}」{became}")
    return Reading((int(found.group(1)), int(found.group(2))), repaired=text != str(raw).strip())


_READERS: dict[Kind, Reader] = {
    Kind.TEXT: _text,
    Kind.IDENTIFIER: _identifier,
    Kind.UNIT: _unit,
    Kind.CODE: _code,
    Kind.CODES: _codes,
    Kind.INTEGER: _whole,
    Kind.COUNT: _whole,
    Kind.DECIMAL: _decimal,
    Kind.YEAR: _year,
    Kind.DATE: _date,
    Kind.DOCUMENTS: _documents,
    Kind.PHONES: _phones,
    Kind.RATE: _rate,
    Kind.PAIR: _pair,
}
