"""Kinds of documents, each declared once in a file of its own."""

from collections.abc import Callable
from typing import ParamSpec, Protocol, TypeVar


class _Kind(Protocol):
    @property
    def id(self) -> str: ...


KindT = TypeVar("KindT", bound=_Kind)
Declared = ParamSpec("Declared")


def declaring(kinds: dict[str, KindT], kind: Callable[Declared, KindT]) -> Callable[Declared, KindT]:
    """Returns a function that makes a kind of what a file declares of it, and puts it among the others."""

    def declare(*args: Declared.args, **kwargs: Declared.kwargs) -> KindT:
        declared = kind(*args, **kwargs)
        assert declared.id not in kinds, declared.id
        kinds[declared.id] = declared
        return declared

    return declare
