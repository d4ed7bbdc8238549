"""Where a printed figure comes from: what it counts, how a rate is taken, what must hold of it.

Everything is read from the forms' own declarations, and said in the words of the forms.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

import pandas as pd
from rapidfuzz import fuzz, process

from zjf.counting.tally import Figures
from zjf.schemas import FORMS, Field, Form
from zjf.schemas.form import Identity
from zjf.schemas.headings import circled_mark, plain_heading
from zjf.schemas.house_facts import FACTS
from zjf.schemas.kinds import Kind
from zjf.schemas.terms import Terms

_FIGURES = (Kind.COUNT, Kind.PAIR, Kind.RATE)
_OFFERED = 3
"""How many figures are offered in place of one that is not known."""


@dataclass(frozen=True)
class Counted:
    """What a figure counts of houses.

    Args:
        numerator: The facts of each term that is added up; a count has but these.
        denominator: The facts of each term of a rate's denominator.
        minus: The facts of each term that is taken off the denominator.
    """

    numerator: tuple[tuple[str, ...], ...]
    denominator: tuple[tuple[str, ...], ...] = ()
    minus: tuple[tuple[str, ...], ...] = ()

    @property
    def facts(self) -> dict[str, None]:
        """Every fact that it asks for, each once."""
        return dict.fromkeys(
            fact for term in (*self.numerator, *self.denominator, *self.minus) for fact in term
        )

    def done(self, facts: pd.DataFrame) -> "pd.Series[int]":
        """Returns how often each house stands in the numerator."""
        return _times(self.numerator, facts)

    def owed(self, facts: pd.DataFrame) -> "pd.Series[int] | None":
        """Returns how often each house stands in the denominator; None where the figure is a count."""
        if not self.denominator:
            return None
        return _times(self.denominator, facts) - _times(self.minus, facts)


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
        return rate.figures if rate else self.field.columns

    @property
    def population(self) -> str:
        """Whom it counts: 经营性, 非经营性 or 全部 houses, or by its form's groups."""
        counted = [
            field.counted.facts
            for term in self.terms
            if (field := self.form.by_name.get(term)) and field.counted
        ]
        for fact in ("commercial", "noncommercial"):
            if counted and all(fact in facts for facts in counted):
                return FACTS[fact].says
        if counted:
            return "全部"
        return self.field.heading.groups[0] if self.field.heading.groups else self.form.info.short_title

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
        sides = (rate.numerator, rate.denominator)
        return "÷".join(side.bracketed(say, plus="＋", minus="－", around="（）") for side in sides)

    @property
    def sides(self) -> tuple[Terms, Terms]:
        """The terms above and below the line: a rate's, the two of a pair (3/5); a count has none below."""
        if self.field.rate:
            return self.field.rate.numerator, self.field.rate.denominator
        return Terms.of(*self.terms[:1]), Terms.of(*self.terms[1:])

    def display(self, figures: Figures) -> str:
        """Returns what is printed of it: a count, x/y of a pair, a rate's percentage or —."""
        if self.field.rate:
            return figures.rates[self.field.name].display
        return "/".join(str(figures.counts[term]) for term in self.terms)

    def reckoned(self, figures: Figures) -> str:
        """Returns how it comes about, step by step: ⑦÷①＝45÷60＝75.00%; of a count, the count."""
        if not self.field.rate:
            return self.display(figures)
        rate = figures.rates[self.field.name]
        filled_in = self.formula(lambda term: str(figures.counts[term]))
        divided = f"{rate.numerator}÷{rate.denominator}"
        return "＝".join(dict.fromkeys((self.formula(), filled_in, divided, rate.display)))

    def short_name(self, term: str) -> str:
        """What formulas call a count: ①…⑦ where it has such a mark, else its heading."""
        return _short_name(self.form, term)

    def identities(self) -> list[str]:
        """What must hold of it and of other figures, in words, with the code of the problem."""
        own = set(self.field.columns)
        return [
            _identity(self.form, identity)
            for identity in self.form.identities
            if own.intersection((*identity.left.figures, *identity.right.figures))
        ]

    @property
    def counted(self) -> Counted | None:
        """What it counts of houses; None where a term of it is not counted from houses."""
        facts = {
            term: field.counted.facts
            for term in self.terms
            if (field := self.form.by_name.get(term)) and field.counted
        }
        if facts.keys() != set(self.terms):
            return None
        if not self.field.rate:
            return Counted(tuple(facts.values()))
        above, below = self.field.rate.numerator, self.field.rate.denominator
        return Counted(
            tuple(facts[figure] for figure in above.figures),
            tuple(facts[term.figure] for term in below if not term.subtracted),
            tuple(facts[term.figure] for term in below if term.subtracted),
        )


def figures() -> tuple[Figure, ...]:
    """Every figure of every form, in the official order."""
    return tuple(
        Figure(form, field) for form in FORMS.values() for field in form.fields if field.kind in _FIGURES
    )


def find_figures(text: str) -> list[Figure]:
    """The figures that go by a text: ⑦, 销号率, `closure_rate`, `attachment-2/closed`, 附件2/鉴定率."""
    form, _, rest = text.partition("/")
    meant = {
        known.id
        for known in FORMS.values()
        if form in (known.id, known.info.number, known.info.short_title, known.info.title)
    }
    names = {rest, plain_heading(rest)} if meant else {text, plain_heading(text)}
    return [
        figure
        for figure in figures()
        if (not meant or figure.form.id in meant) and not names.isdisjoint(_names(figure))
    ]


def identities_in_words(form: Form) -> list[str]:
    """Everything that must hold of a form's figures, with the code of the problem."""
    return [_identity(form, identity) for identity in form.identities]


def nearest_figures(text: str) -> list[str]:
    """The figures whose names look most like a text: heading and public name."""
    owners = {name: figure for figure in figures() for name in _names(figure)}
    near = process.extract(text, owners.keys(), scorer=fuzz.ratio, score_cutoff=50, limit=_OFFERED)
    figures_near = dict.fromkeys(owners[name] for name, _, _ in near)
    return [f"{count.field.heading.text.split('（')[0]}（{count.name}）" for count in figures_near]


def _names(figure: Figure) -> frozenset[str]:
    heading = figure.field.heading
    grouped = plain_heading("".join((*heading.groups, heading.text)))
    of_whom = {heading.of_whom, heading.of_whom.replace("自建房", "")}  # as the weekly calls it
    own = {*figure.field.columns, figure.field.name, circled_mark(heading.text), grouped, *of_whom}
    return (figure.field.plain_headings | own) - {""}


def _short_name(form: Form, term: str) -> str:
    own = form.by_name.get(term)
    return (own and circled_mark(own.heading.text)) or form.labels[term]


def _identity(form: Form, identity: Identity) -> str:
    left, right = (side.written(partial(_short_name, form)) for side in (identity.left, identity.right))
    return f"{left} {identity.sign} {right}（{identity.code}）"


def _times(terms: Iterable[tuple[str, ...]], facts: pd.DataFrame) -> "pd.Series[int]":
    """In how many of the terms each house stands: those of which it has all the facts."""
    none = pd.Series(0, index=facts.index)
    return sum((facts[list(term)].all(axis=1).astype(int) for term in terms), start=none)
