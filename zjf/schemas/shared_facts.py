"""Facts about houses that many rules and figures ask for: worked out once, while a table is known not to change."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import pandas as pd


Houses: TypeAlias = "pd.DataFrame"
FactFunction = Callable[[Houses], "pd.Series[bool]"]
"""A function that gives a boolean for each house."""

_SHARED: ContextVar[tuple[Houses, dict[str, "pd.Series[bool]"]] | None] = ContextVar("_SHARED", default=None)


@contextmanager
def sharing_facts(houses: Houses) -> Iterator[None]:
    """While it lasts, each fact about these houses is worked out once, however many rules and figures ask for it.

    Args:
        houses: The table, which nothing may change meanwhile.
    """
    outer = _SHARED.get()
    outer_token = _SHARED.set(outer if outer and outer[0] is houses else (houses, {}))
    try:
        yield
    finally:
        _SHARED.reset(outer_token)


def shared_fact(name: str, holds: FactFunction) -> FactFunction:
    """Returns the function with its results kept, by name, while its table's facts are shared."""

    @wraps(holds)
    def shared(houses: Houses) -> "pd.Series[bool]":
        shared_table, results = _SHARED.get() or (None, {})
        if shared_table is not houses:
            return holds(houses)
        if name not in results:
            results[name] = holds(houses)
        return results[name]

    return shared
