"""Facts about houses that many rules and figures ask for: worked out once, while a table is known not to change."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, TypeAlias, cast

if TYPE_CHECKING:
    import pandas as pd


Houses: TypeAlias = "pd.DataFrame"
FactFunction = Callable[[Houses], "pd.Series[bool]"]
"""A function that gives a boolean for each house."""


@dataclass(frozen=True, eq=False)
class _Shared:
    """The facts worked out so far, by name, of a table that does not change meanwhile."""

    houses: Houses
    facts: dict[str, "pd.Series[bool]"] = field(default_factory=dict)

    def fact(self, name: str, holds: FactFunction) -> "pd.Series[bool]":
        """Returns a fact about each row, worked out now if nobody has asked for it yet."""
        if name not in self.facts:
            self.facts[name] = holds(self.houses)
        return self.facts[name]


_SHARED: ContextVar[_Shared | None] = ContextVar("_SHARED", default=None)


@contextmanager
def sharing_facts(houses: Houses) -> Iterator[None]:
    """While it lasts, each fact about these houses is worked out once, however many rules and figures ask for it.

    Nothing may change the table meanwhile.
    """
    outer = _SHARED.get()
    same = outer is not None and outer.houses is houses
    token = _SHARED.set(outer if same else _Shared(houses))
    try:
        yield
    finally:
        _SHARED.reset(token)


def columns_of(table: Houses) -> Houses:
    """Returns a table as rules ask it where it is small as often as large: its columns as arrays.

    While the facts of these columns are shared they are the same ones.
    """
    from zjf.schemas.arrays.columns import Columns

    of_table = _SHARED.get()
    if of_table and isinstance(of_table.houses, Columns) and of_table.houses.table is table:
        return of_table.houses
    return cast("Houses", Columns(table))


def shared_fact(name: str, holds: FactFunction) -> FactFunction:
    """Returns the function with its results kept, by name, while its table's facts are shared."""

    @wraps(holds)
    def shared(houses: Houses) -> "pd.Series[bool]":
        of_table = _SHARED.get()
        return of_table.fact(name, holds) if of_table and of_table.houses is houses else holds(houses)

    return shared
