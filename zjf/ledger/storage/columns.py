"""How each kind of cell is kept in a database column, exactly, on SQLite and PostgreSQL alike."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Column, Date, DateTime, Dialect, Text
from sqlalchemy.dialects.sqlite import dialect as any_dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from zjf.schemas.form import Field
from zjf.schemas.kinds import Kind, PrintedRate

SEPARATOR = "、"
_ANY_DIALECT = any_dialect()
EXPLICIT_NONE = "无"
"""What a list column holds where the unit wrote that there is none; NULL is a blank cell."""


class StoredCodes(TypeDecorator[tuple[str, ...]]):
    """A tuple of codes, kept as text that a person can read."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        return None if value is None else SEPARATOR.join(value) or EXPLICIT_NONE

    def process_result_value(self, value: Any | None, dialect: Dialect) -> tuple[str, ...] | None:
        return None if value is None else _codes(value)


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal number with the digits it was written with: SQLite would make a float of it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class Printed(TypeDecorator[PrintedRate]):
    """A rate as it was printed: percentage points, printed decimals, the cell's text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: PrintedRate | None, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(value, default=str, ensure_ascii=False)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> PrintedRate | None:
        if value is None:
            return None
        percent, decimals, text = json.loads(value)
        return PrintedRate(Decimal(percent), decimals, text)


class UtcTime(TypeDecorator[datetime]):
    """A moment, always UTC: SQLite keeps no time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


TYPES: dict[Kind, TypeEngine[Any]] = {
    Kind.TEXT: Text(),
    Kind.IDENTIFIER: Text(),
    Kind.UNIT: Text(),
    Kind.CODE: Text(),
    Kind.CODES: StoredCodes(),
    Kind.INTEGER: BigInteger(),  # what a clerk mistypes may be long
    Kind.COUNT: BigInteger(),
    Kind.DECIMAL: ExactDecimal(),
    Kind.YEAR: BigInteger(),
    Kind.DATE: Date(),
    Kind.DOCUMENTS: Text(),
    Kind.PHONES: Text(),
    Kind.RATE: Printed(),
    Kind.PAIR: BigInteger(),
}


WRITTEN_OTHERWISE = (ExactDecimal, Printed)
"""Types of which two equal cells may be written differently (1.0 and 1.00)."""


def as_text(kind: TypeEngine[Any]) -> Callable[[Any], str]:
    """Returns the function that writes a cell as the database would, so that equal texts mean equal stored cells."""
    if isinstance(kind, TypeDecorator) and not isinstance(kind, ExactDecimal):
        return lambda cell: str(kind.process_bind_param(cell, _ANY_DIALECT))
    if isinstance(kind, BigInteger):
        return lambda cell: str(cell if cell is None else int(cell))
    # Texts, dates and decimals are written as Python does.
    return str


def from_text(kind: TypeEngine[Any]) -> Callable[[str], Any]:
    """Returns the function that reads what `as_text` wrote."""
    if isinstance(kind, TypeDecorator):
        return lambda text: kind.process_result_value(text, _ANY_DIALECT)
    if isinstance(kind, BigInteger):
        return int
    return date.fromisoformat if isinstance(kind, Date) else str


def columns_of(field: Field) -> list[Column[Any]]:
    """The database columns of a form's field: two for a pair, else one."""
    return [Column(name, TYPES[field.kind]) for name in field.columns]


@lru_cache(maxsize=10_000)
def _codes(text: str) -> tuple[str, ...]:
    return () if text == EXPLICIT_NONE else tuple(text.split(SEPARATOR))
