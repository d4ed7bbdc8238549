"""Facts about houses that many rules and figures ask for: worked out once for a table, while somebody says that it stays as it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import pandas as pd


Houses: TypeAlias = "pd.DataFrame"
Tell = Callable[[Houses], "pd.Series[bool]"]
"""A function that tells for each house whether something is so."""

_SHARED: ContextVar[tuple[Houses, dict[str, "pd.Series[bool]"]] | None] = ContextVar("_SHARED", default=None)


@contextmanager
def facts_shared(houses: Houses) -> Iterator[None]:
    """Within, each fact about these houses is worked out once, however many rules and figures ask for it.

    Args:
        houses: The table. Nothing may change it meanwhile.
    """
    shared = _SHARED.get()
    before = _SHARED.set(shared if shared and shared[0] is houses else (houses, {}))
    try:
        yield
    finally:
        _SHARED.reset(before)


def told_once(name: str, holds: Tell) -> Tell:
    """The same function, which within `facts_shared` tells what it told before."""

    @wraps(holds)
    def told(houses: Houses) -> "pd.Series[bool]":
        table, known = _SHARED.get() or (None, {})
        if table is not houses:
            return holds(houses)
        if name not in known:
            known[name] = holds(houses)
        return known[name]

    return told
