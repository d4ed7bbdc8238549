"""The kinds of cell a form may ask for, as pydantic types.

A kind says how a cell's text is read (`zjf.intake.values.cells` has one reader a kind); the pydantic
constraints beside it say which values are allowed.
"""

from datetime import date
from decimal import Decimal
from enum import Enum, auto
from typing import Annotated, NamedTuple

from annotated_types import Ge, Le
from pydantic import StringConstraints

from zjf.schemas.headings import FreeText


class Kind(Enum):
    """How the text of a cell is read."""

    TEXT = auto()
    IDENTIFIER = auto()
    UNIT = auto()
    CODE = auto()
    CODES = auto()
    INTEGER = auto()
    COUNT = auto()
    DECIMAL = auto()
    YEAR = auto()
    DATE = auto()
    DOCUMENTS = auto()
    PHONES = auto()
    RATE = auto()
    PAIR = auto()


class PrintedRate(NamedTuple):
    """A rate as a township printed it: in percentage points, with so many decimals, and what the cell said."""

    percent: Decimal
    decimals: int
    text: str


DIVIDED_BY_ZERO = "#DIV/0!"
"""What a rate's formula shows where its denominator is 0 (`PrintedRate.text`)."""

Text = Annotated[str, Kind.TEXT, StringConstraints(max_length=100)]
LongText = Annotated[str, Kind.TEXT, StringConstraints(max_length=1000)]
Sentences = Annotated[str, Kind.TEXT, FreeText, StringConstraints(max_length=1000)]
Identifier = Annotated[str, Kind.IDENTIFIER, StringConstraints(max_length=40)]
UnitName = Annotated[str, Kind.UNIT, StringConstraints(max_length=40)]
Documents = Annotated[str, Kind.DOCUMENTS, StringConstraints(max_length=200)]
Phones = Annotated[str, Kind.PHONES, StringConstraints(max_length=100)]
Whole = Annotated[int, Kind.INTEGER]
Count = Annotated[int, Kind.COUNT, Ge(0), Le(100_000_000)]
Number = Annotated[Decimal, Kind.DECIMAL]
Year = Annotated[int, Kind.YEAR]
Day = Annotated[date, Kind.DATE, Ge(date(1949, 1, 1))]
Rate = Annotated[PrintedRate, Kind.RATE]
Pair = Annotated[tuple[int, int], Kind.PAIR]
