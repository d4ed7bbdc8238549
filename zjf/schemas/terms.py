"""Signed sums of figures, as the forms' formulas have them: ④, or ①－②－③."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Term:
    """A figure of a form, added or subtracted."""

    figure: str
    subtracted: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """A sum of figures, some of them subtracted, in the order in which the form writes it."""

    terms: tuple[Term, ...]

    @classmethod
    def of(cls, *figures: str) -> Self:
        """Returns the sum of figures, given by their columns' names."""
        return cls(tuple(map(Term, figures)))

    def plus(self, *figures: str) -> "Terms":
        """Returns this sum with further figures added."""
        return Terms((*self.terms, *map(Term, figures)))

    def less(self, *figures: str) -> "Terms":
        """Returns this sum with further figures subtracted."""
        return Terms((*self.terms, *(Term(figure, subtracted=True) for figure in figures)))

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    @property
    def figures(self) -> tuple[str, ...]:
        """The figures, whatever their signs."""
        return tuple(term.figure for term in self.terms)

    def known(self, figures: Collection[str]) -> bool:
        """Whether all its figures are among the given ones."""
        return all(figure in figures for figure in self.figures)

    def value(self, figures: Mapping[str, int]) -> int:
        return sum(-figures[term.figure] if term.subtracted else figures[term.figure] for term in self.terms)

    def written(self, say: Callable[[str], str], *, plus: str = "＋", minus: str = "－") -> str:
        """Returns the sum as text."""
        text = ""
        for term in self.terms:
            text += (minus if term.subtracted else plus if text else "") + say(term.figure)
        return text

    def bracketed(self, say: Callable[[str], str], *, plus: str, minus: str, around: str) -> str:
        """Returns the sum as text for one side of ÷: in brackets, unless it is one figure."""
        text = self.written(say, plus=plus, minus=minus)
        return text if len(self) == 1 else f"{around[0]}{text}{around[1]}"
