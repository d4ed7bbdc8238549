"""The values of a sheet's cells: what python-calamine gives, truth values in words."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

Value = int | float | str | date | datetime | time | timedelta
"""What a cell may hold; a blank is the empty string."""


class TruthValue(str):
    """A truth value, which is read as the word for it: True would be the same key of a dict as 1."""

    __slots__ = ()

    @property
    def holds(self) -> bool:
        return self == "是"


def in_words(given: Iterable[Any]) -> list[Value]:
    """Returns values with truth values as 是 and 否."""
    values = [*given]
    if bool not in set(map(type, values)):
        return values
    return [TruthValue("是" if value else "否") if isinstance(value, bool) else value for value in values]
