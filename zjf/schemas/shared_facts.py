"""Facts about houses that many rules and figures ask for: worked out once, while a table is known not to change."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import TYPE_CHECKING, TypeAlias, cast

from zjf.schemas.making_columns import column_for

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray


Houses: TypeAlias = "pd.DataFrame"
FactFunction = Callable[[Houses], "pd.Series[bool]"]
"""A function that gives a boolean for each house."""


@dataclass(frozen=True, eq=False)
class _Shared:
    """The facts worked out so far of a table that does not change meanwhile.

    Args:
        houses: The table.
        whole: Those of a larger table that has all its rows, from which its facts are taken; None: of none.
        facts: Each fact, by name.
    """

    houses: Houses
    whole: "_Shared | None" = None
    facts: dict[str, "pd.Series[bool]"] = field(default_factory=dict)

    @cached_property
    def _positions(self) -> "NDArray[np.intp]":
        """Where the table's rows stand in the larger one."""
        assert self.whole is not None
        positions: NDArray[np.intp] = self.whole.houses.index.get_indexer(self.houses.index)
        return positions

    def fact(self, name: str, holds: FactFunction) -> "pd.Series[bool]":
        """Returns a fact about each row, worked out now if nobody has asked for it yet."""
        if name not in self.facts:
            if self.whole is None:
                self.facts[name] = holds(self.houses)
            else:
                with _in_use(self.whole):  # the fact may ask for others
                    of_all_rows = self.whole.fact(name, holds).to_numpy()
                self.facts[name] = column_for(self.houses, of_all_rows[self._positions], bool)
        return self.facts[name]


_SHARED: ContextVar[_Shared | None] = ContextVar("_SHARED", default=None)


@contextmanager
def _in_use(shared: _Shared) -> Iterator[None]:
    outer_token = _SHARED.set(shared)
    try:
        yield
    finally:
        _SHARED.reset(outer_token)


@contextmanager
def sharing_facts(houses: Houses, *, within: bool = False) -> Iterator[None]:
    """While it lasts, each fact about these houses is worked out once, however many rules and figures ask for it.

    Args:
        houses: The table, which nothing may change meanwhile.
        within: Whether its rows, known by their index, are some of the table whose facts are shared already: what is
            worked out for all of these holds for each part. A table of a few rows takes as long as one of hundreds.
    """
    outer = _SHARED.get()
    same = outer is not None and outer.houses is houses
    with _in_use(outer if outer and same else _Shared(houses, outer if within else None)):
        yield


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
