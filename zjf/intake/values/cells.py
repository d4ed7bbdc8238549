"""Reading cells: each kind of field has one reader, and each distinct text of a column is read once.

What can be repaired without loss is repaired; what would be a guess is a problem.
"""

import re
from collections.abc import Callable, Collection, Iterable
from functools import cache
from itertools import repeat
from operator import not_
from typing import Any

from pydantic import TypeAdapter, ValidationError

from zjf.intake.formats.extras import PICTURE, UNCOMPUTED
from zjf.intake.rows.sheet_column import SheetColumn
from zjf.intake.rows.sheet_values import Value
from zjf.intake.values.codes import read_code, read_codes, read_unit
from zjf.intake.values.dates import read_date
from zjf.intake.values.documents import identities_among
from zjf.intake.values.numbers import read_decimal, read_pair, read_rate, read_whole, read_year
from zjf.intake.values.readings import BLANK, DITTOS, SHOWN, Context, Reading
from zjf.intake.values.texts import (
    are_plain,
    read_document_numbers,
    read_identifier,
    read_phone_numbers,
    read_text,
)
from zjf.schemas import Field
from zjf.schemas.kinds import DIVIDED_BY_ZERO, Kind

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_EXCEL_ERROR = re.compile(
    r"#(?:REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|N/A|SPILL!|CALC!|GETTING_DATA"
    r"|FIELD!|BUSY!|BLOCKED!|UNKNOWN!|CONNECT!|PYTHON!|EXTERNAL!|错误)|(?:Err|错误):5\d\d",
    re.IGNORECASE,
)
_SHOWS_PICTURE = re.compile(r"\s*=?\s*(?:_xl\w+\.)*DISPIMG\(|\s*=\s*(?:_xl\w+\.)*IMAGE\(", re.IGNORECASE)
_PICTURE_BESIDE = Reading(code="C118", what="单元格里是图片，不是文字", quoted=PICTURE)
_PICTURE_INSTEAD = Reading(code="C101", what="单元格里是图片，没有文字", quoted=PICTURE)
_READERS: dict[Kind, Callable[[Field, Value, Context], Reading]] = {
    Kind.TEXT: read_text,
    Kind.IDENTIFIER: read_identifier,
    Kind.UNIT: read_unit,
    Kind.CODE: read_code,
    Kind.CODES: read_codes,
    Kind.INTEGER: read_whole,
    Kind.COUNT: read_whole,
    Kind.DECIMAL: read_decimal,
    Kind.YEAR: read_year,
    Kind.DATE: read_date,
    Kind.DOCUMENTS: read_document_numbers,
    Kind.PHONES: read_phone_numbers,
    Kind.RATE: read_rate,
    Kind.PAIR: read_pair,
}
_LIMITED = frozenset(_READERS) - {Kind.UNIT, Kind.CODE, Kind.CODES, Kind.RATE, Kind.PAIR}
_LIMITS = {
    "greater_than_equal": "小于下限",
    "greater_than": "应大于",
    "less_than_equal": "大于上限",
    "less_than": "应小于",
}


def needs_no_reading(field: Field, column: SheetColumn) -> bool:
    """Whether every value of a column is blank or valid as it stands, so that none need be read."""
    if field.kind not in (Kind.TEXT, Kind.IDENTIFIER, Kind.PHONES) or not are_plain(field.kind, column):
        return False
    if any(ditto[0] in column.letters and column.holds(ditto) for ditto in DITTOS):
        return False
    try:
        _whole_column(field.annotation).validate_python([raw for raw in column.distinct if raw])
    except ValidationError:
        return False
    return True


def values_to_read(field: Field, raws: Collection[Value]) -> Iterable[bool]:
    """Returns for each of a column's distinct values whether it has to be read; the others are valid as they stand."""
    if field.kind is not Kind.DOCUMENTS:
        return repeat(True, len(raws))
    return map(not_, identities_among(raws))


def read_column(field: Field, raws: Collection[Value], context: Context) -> list[Reading]:
    """Reads the distinct raw values of a column as its field's kind, within the field's limits."""
    readings = [read_cell(field, raw, context) for raw in raws]
    return _within_limits(field, readings) if field.kind in _LIMITED else readings


def read_cell(field: Field, raw: Value, context: Context) -> Reading:
    """Reads one raw value as its field's kind, however large it is."""
    if isinstance(raw, str):
        if raw == "":
            return BLANK
        if not raw.isprintable() and _CONTROL.search(raw):
            return Reading(code="C112", what="含有不可见的控制字符")
        if raw[0] in "# （=E错" and (fault := _formula_fault(field, raw)):
            return fault
    return _READERS[field.kind](field, raw, context)


def _formula_fault(field: Field, raw: str) -> Reading | None:
    if raw == PICTURE or _SHOWS_PICTURE.match(raw):
        return _PICTURE_INSTEAD if field.required else _PICTURE_BESIDE
    if field.kind is Kind.RATE and raw.strip().upper() == DIVIDED_BY_ZERO:
        return None
    if _EXCEL_ERROR.fullmatch(raw.strip()):
        return Reading(code="C109", what=f"是公式错误值「{SHOWN}」")
    if raw != UNCOMPUTED:
        return None
    # A rate is calculated again from its counts; any other value is lost.
    if field.kind is Kind.RATE:
        return BLANK
    hint = "请用 WPS 或 Excel 打开后保存一次，再重新报送。"
    return Reading(code="C109", what="的公式没有计算结果", hint=hint)


def _within_limits(field: Field, readings: list[Reading]) -> list[Reading]:
    """Returns the readings, with a problem in place of each value that the field's type does not allow."""
    positions = [
        position for position, reading in enumerate(readings) if reading.value is not None and not reading.bad
    ]
    try:
        _whole_column(field.annotation).validate_python([readings[position].value for position in positions])
    except ValidationError as refused:
        for fault in refused.errors(include_url=False, include_input=False):
            position = positions[int(fault["loc"][0])]
            readings[position] = _beyond(fault["type"], fault.get("ctx", {}), readings[position].value)
    return readings


@cache
def _whole_column(annotation: Any) -> TypeAdapter[list[Any]]:
    return TypeAdapter(list[annotation])


def _beyond(fault: str, limits: dict[str, Any], value: object) -> Reading:
    if fault == "string_too_long":
        return Reading(code="C112", what=f"有 {len(str(value))} 个字，超过 {limits['max_length']} 个字")
    bound = next(iter(limits.values()), "")
    return Reading(code="C103", what=f"「{SHOWN}」{_LIMITS.get(fault, '超出范围')} {bound}".rstrip())
