"""A column of a table's rows, with its distinct values numbered."""

from array import array
from collections import defaultdict
from collections.abc import Collection, Hashable, Sequence
from functools import cached_property
from itertools import count
from typing import cast

import numpy as np
from numpy.typing import NDArray

from zjf.intake.rows.sheet_values import Value

Places = NDArray[np.intc]
NUL = "\x00"
_LETTERS = 1 << 16


def numbering() -> defaultdict[Value, int]:
    """Returns a dict that numbers values from 0: asked for a new value, it gives it the next number."""
    return defaultdict(count().__next__)


class SheetColumn:
    """The values of a column, from the top down.

    Most columns of a long table repeat few values, so whatever depends on a value alone is worked out once for each
    of the `distinct` ones.

    Args:
        values: The value of each row; None where `numbered` is given.
        numbered: The distinct values in order of appearance, and for each row the position of its value.
    """

    def __init__(
        self, values: Sequence[Value] | None, numbered: tuple[Sequence[Value], Places] | None = None
    ) -> None:
        self._given, self._given_numbers = values, numbered

    @cached_property
    def values(self) -> Sequence[Value]:
        """The value of each row."""
        if self._given is not None:
            return self._given
        distinct = self.distinct
        return [distinct[place] for place in self.places.tolist()]

    @property
    def distinct(self) -> Sequence[Value]:
        """The distinct values in order of appearance."""
        return self._numbered[0]

    @property
    def places(self) -> Places:
        """For each row, the position of its value in `distinct`."""
        return self._numbered[1]

    @cached_property
    def _numbered(self) -> tuple[Sequence[Value], Places]:
        if self._given_numbers:
            return self._given_numbers
        numbers = numbering()
        found = array("i", map(numbers.__getitem__, self.values))
        return [*numbers], np.frombuffer(found, dtype=np.intc)

    def holds(self, value: Value) -> bool:
        """Whether any row has the value."""
        return value in self._looked_up

    @cached_property
    def _looked_up(self) -> frozenset[Value]:
        return frozenset(self.distinct)

    @cached_property
    def holds_blank(self) -> bool:
        """Whether a cell of it is blank."""
        return "" in self.distinct

    @cached_property
    def _joined(self) -> tuple[str, bool]:
        texts = [*self.distinct]
        if self.holds_blank:
            texts.remove("")
        try:
            joined = NUL.join(cast("list[str]", texts))
        except TypeError:  # numbers or days are among them
            return NUL.join(value for value in texts if isinstance(value, str)), False
        return joined, joined.count(NUL) < max(len(texts), 1)

    @property
    def joined(self) -> str:
        """Its distinct texts joined by NUL, to search all of them at once for what most columns do not have."""
        return self._joined[0]

    @property
    def holds_only_texts(self) -> bool:
        """Whether all values are texts or blank, and none holds NUL, which joins them."""
        return self._joined[1]

    @cached_property
    def letters(self) -> str:
        """Every letter of its texts once, to rule out by one letter what the texts need not be searched for.

        A letter beyond the first 65,536 counts as its two halves in UTF-16.
        """
        letters = np.frombuffer(self.joined.encode("utf-16-le", "surrogatepass"), dtype=np.uint16)
        stands = np.zeros(_LETTERS, dtype=np.bool_)
        stands[letters] = True
        return "".join(map(chr, np.flatnonzero(stands).tolist()))

    def where(self, among: Collection[Hashable]) -> list[int]:
        """Returns the rows, counted from 0, that have one of these values."""
        if not among:
            return []
        numbers = [number for number, value in enumerate(self.distinct) if value in among]
        rows: list[int] = np.flatnonzero(np.isin(self.places, numbers)).tolist()
        return rows

    @property
    def is_blank(self) -> bool:
        return len(self.distinct) == 1 and self.holds_blank
