"""Where a printed figure comes from: what it counts, how a rate is taken, what must hold of it.

Everything is read from the forms' own declarations, and said in the words of the forms.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial, reduce
from operator import add

import pandas as pd
from rapidfuzz import fuzz, process

from zjf.schemas import FORMS, Field, Form
from zjf.schemas.form import Identity, Sum
from zjf.schemas.headings import circled_mark, plain_heading
from zjf.schemas.house_facts import FACTS, facts_of
from zjf.schemas.kinds import Kind

_FIGURES = (Kind.COUNT, Kind.PAIR, Kind.RATE)


@dataclass(frozen=True)
class Figure:
    """One figure of a form: a count, a pair of counts, or a rate."""

    form: Form
    field: Field

    @property
    def name(self) -> str:
        """Its public name (`attachment-2/closed`)."""
        return f"{self.form.id}/{self.field.name}"

    @property
    def title(self) -> str:
        """Its form, groups and heading, as printed."""
        return " / ".join((self.form.info.title, *self.field.heading.groups, self.field.heading.text))

    @property
    def terms(self) -> tuple[str, ...]:
        """The counts it is made of, each once: a rate's terms, a pair's two, else its own."""
        rate = self.field.rate
        if not rate:
            return self.field.columns
        return tuple(dict.fromkeys(term.removeprefix("-") for term in (*rate.numerator, *rate.denominator)))

    def conditions(self, term: str) -> tuple[str, ...]:
        """What a house must be to be counted in a term; empty where that is not counted from houses."""
        own = self.form.by_name.get(term)
        return tuple(FACTS[fact].says for fact in own.counted.facts) if own and own.counted else ()

    def formula(self, say: Callable[[str], str] | None = None) -> str:
        """The rate's formula with its parentheses (facts.md#formulas); empty for a count.

        Args:
            say: What stands for a term: its short name, unless given.
        """
        rate, say = self.field.rate, say or self.short_name
        if not rate:
            return ""
        return "÷".join(_bracketed(say, terms) for terms in (rate.numerator, rate.denominator))

    def short_name(self, term: str) -> str:
        """What formulas call a count: ①…⑦ where it has such a mark, else its heading."""
        return _short_name(self.form, term)

    def identities(self) -> list[str]:
        """What must hold of it and of other figures, in words, with the code of the problem."""
        own = set(self.field.columns)
        return [
            _identity(self.form, each)
            for each in self.form.identities
            if own & {term.removeprefix("-") for side in _sides(each)[:2] for term in side}
        ]

    def holding_back(self, houses: pd.DataFrame) -> list[str]:
        """The houses that a rate's denominator counts and its numerator does not.

        Args:
            houses: Rows of `house-ledger`.

        Returns:
            Their house_ids, in order; none where the figure is no rate of counted houses.
        """
        rate = self.field.rate
        counted = {term: self.form.by_name[term].counted for term in self.terms if term in self.form.by_name}
        if not rate or not all(counted.get(term) for term in self.terms):
            return []
        facts = facts_of(houses)
        holds = {term: facts[list(each.facts)].all(axis=1) for term, each in counted.items() if each}
        owed, done = (_weight(terms, holds) for terms in (rate.denominator, rate.numerator))
        return sorted(houses.house_id[(owed > 0) & (done <= 0)])


def figures() -> tuple[Figure, ...]:
    """Every figure of every form, in the official order."""
    return tuple(
        Figure(form, each) for form in FORMS.values() for each in form.fields if each.kind in _FIGURES
    )


def find_figures(text: str) -> list[Figure]:
    """The figures that go by a text: ⑦, 销号率, `closure_rate`, `attachment-2/closed`, 附件2/鉴定率."""
    form, _, rest = text.partition("/")
    meant = {
        each.id
        for each in FORMS.values()
        if form in (each.id, each.info.number, each.info.short_title, each.info.title)
    }
    said = {rest, plain_heading(rest)} if meant else {text, plain_heading(text)}
    return [
        each
        for each in figures()
        if (not meant or each.form.id in meant) and not said.isdisjoint(_names(each))
    ]


def identities_in_words(form: Form) -> list[str]:
    """Everything that must hold of a form's figures, with the code of the problem."""
    return [_identity(form, each) for each in form.identities]


def nearest_figures(text: str, most: int = 3) -> list[str]:
    """The figures whose names look most like a text: heading and public name."""
    owners = {name: each for each in figures() for name in _names(each)}
    near = process.extract(text, owners.keys(), scorer=fuzz.ratio, score_cutoff=50, limit=most)
    found = dict.fromkeys(owners[name] for name, _, _ in near)
    return [f"{each.field.heading.text.split('（')[0]}（{each.name}）" for each in found]


def _names(figure: Figure) -> frozenset[str]:
    heading = figure.field.heading
    grouped = plain_heading("".join((*heading.groups, heading.text)))
    own = {*figure.field.columns, figure.field.name, circled_mark(heading.text), grouped}
    return (figure.field.plain_headings | own) - {""}


def _short_name(form: Form, term: str) -> str:
    own = form.by_name.get(term)
    return (own and circled_mark(own.heading.text)) or form.labels[term]


def _identity(form: Form, identity: Identity) -> str:
    left, right, sign, code = _sides(identity)
    say = partial(_short_name, form)
    return f"{_sum(say, left)} {sign} {_sum(say, right)}（{code}）"


def _sides(identity: Identity) -> tuple[tuple[str, ...], tuple[str, ...], str, str]:
    if isinstance(identity, Sum):
        return (identity.total,), identity.parts, "＝", "A301"
    return identity.parts, identity.bound, "≤", identity.code


def _sum(say: Callable[[str], str], terms: Iterable[str]) -> str:
    words = ""
    for term in terms:
        sign = "－" if term.startswith("-") else "＋"
        words += f"{sign}{say(term.removeprefix('-'))}" if words else say(term)
    return words


def _bracketed(say: Callable[[str], str], terms: tuple[str, ...]) -> str:
    return _sum(say, terms) if len(terms) == 1 else f"（{_sum(say, terms)}）"


def _weight(terms: Iterable[str], holds: Mapping[str, "pd.Series[bool]"]) -> "pd.Series[int]":
    """How often each house stands in a sum of terms; a leading minus takes it out."""
    signed = (
        -holds[term[1:]].astype(int) if term.startswith("-") else holds[term].astype(int) for term in terms
    )
    return reduce(add, signed)
