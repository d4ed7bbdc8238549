"""What stands in a column of a table's rows, with its distinct values numbered."""

from array import array
from collections import defaultdict
from collections.abc import Collection, Hashable, Sequence
from functools import cached_property
from typing import cast

import numpy as np
from numpy.typing import NDArray

from zjf.intake.sheet_values import Value

Places = NDArray[np.intc]
NUL = "\x00"
_LETTERS = 1 << 16


def numbers_as_they_come() -> defaultdict[Value, int]:
    """What numbers values from 0: one that was not met before gets the next number when it is asked for."""
    numbers: defaultdict[Value, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    return numbers


class SheetColumn:
    """What stands in a column, from the top down.

    Most columns of a long table say the same few things again and again: what depends on a text alone is
    asked once for each of the `distinct` ones.

    Args:
        values: What stands there; None where it is given by numbers.
        numbered: The distinct values, in the order in which they come, and which of them stands in each row.
    """

    def __init__(
        self, values: Sequence[Value] | None, numbered: tuple[Sequence[Value], Places] | None = None
    ) -> None:
        self._given, self._given_numbers = values, numbered

    @cached_property
    def values(self) -> Sequence[Value]:
        """What stands there, row by row."""
        if self._given is not None:
            return self._given
        distinct = self.distinct
        return [distinct[place] for place in self.places.tolist()]

    @property
    def distinct(self) -> Sequence[Value]:
        """Its distinct values in the order in which they come."""
        return self._numbered[0]

    @property
    def places(self) -> Places:
        """Which of the distinct values stands in each row, by its place among them."""
        return self._numbered[1]

    @cached_property
    def _numbered(self) -> tuple[Sequence[Value], Places]:
        if self._given_numbers:
            return self._given_numbers
        numbers = numbers_as_they_come()
        found = array("i", map(numbers.__getitem__, self.values))
        return [*numbers], np.frombuffer(found, dtype=np.intc)

    def holds(self, value: Value) -> bool:
        """Whether a value stands anywhere in it."""
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
        """Its distinct texts as one, parted by NUL: what most columns hold nowhere is looked for in all at once."""
        return self._joined[0]

    @property
    def holds_only_texts(self) -> bool:
        """Whether there is nothing but texts and blanks in it, and none holds the letter that parts them."""
        return self._joined[1]

    @cached_property
    def letters(self) -> str:
        """Each letter of its texts once: what a letter gives away is looked for in them, and then in the texts.

        A letter beyond the first 65,536 counts as the two halves of which UTF-16 makes it.
        """
        letters = np.frombuffer(self.joined.encode("utf-16-le", "surrogatepass"), dtype=np.uint16)
        stands = np.zeros(_LETTERS, dtype=np.bool_)
        stands[letters] = True
        return "".join(map(chr, np.flatnonzero(stands).tolist()))

    @cached_property
    def holds_truth_values(self) -> bool:
        """Whether there are any among its values."""
        if not (self.holds(True) or self.holds(False)):
            return False
        # Given by numbers, no value stands for one that is only equal to it.
        return bool in set(map(type, self.distinct if self._given is None else self._given))

    def where(self, among: Collection[Hashable]) -> list[int]:
        """The rows in which one of some of its distinct values stands, counted from 0."""
        if not among:
            return []
        numbers = [number for number, value in enumerate(self.distinct) if value in among]
        rows: list[int] = np.flatnonzero(np.isin(self.places, numbers)).tolist()
        return rows

    @property
    def is_blank(self) -> bool:
        return len(self.distinct) == 1 and self.holds_blank
