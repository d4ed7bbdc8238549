"""zjf: a ledger toolkit for the rectification of unsafe self-built houses (自建房).

    >>> import zjf
    >>> zjf.check("returns/2024-W23", county=".", period="2024-W23")

`check`, `aggregate` and `figures_of` are the functions for programs (`zjf.api`); they are loaded on first use.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zjf.api import aggregate, check, figures_of

__version__ = "0.2.0"
__all__ = ["__version__", "aggregate", "check", "figures_of"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module("zjf.api"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
