"""The definition of each printed figure: what it counts, the formula of a rate, the identities it is part of.

Everything is read from the forms' declarations, and worded as the forms word it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

import pandas as pd

from zjf.counting.tally import Figures
from zjf.likeness import nearest_words
from zjf.schemas import FORMS, Field, Form
from zjf.schemas.form import Identity
from zjf.schemas.headings import circled_mark, plain_heading
from zjf.schemas.house_facts import FACTS
from zjf.schemas.terms import Terms

_OFFERED = 3
"""How many figures are suggested in place of an unknown one."""


@dataclass(frozen=True)
class Counted:
    """How a figure is counted from houses: each term counts the houses for which all its facts hold.

    Args:
        numerator: The facts of each term of the numerator; a count has only these.
        denominator: The facts of each term added in a rate's denominator.
        subtracted: The facts of each term subtracted from the denominator.
    """

    numerator: tuple[tuple[str, ...], ...]
    denominator: tuple[tuple[str, ...], ...] = ()
    subtracted: tuple[tuple[str, ...], ...] = ()

    @property
    def facts(self) -> dict[str, None]:
        """Every fact that a term names, each once."""
        return dict.fromkeys(
            fact for term in (*self.numerator, *self.denominator, *self.subtracted) for fact in term
        )

    def numerators(self, facts: pd.DataFrame) -> "pd.Series[int]":
        """Returns in how many terms of the numerator each house is counted."""
        return _times(self.numerator, facts)

    def denominators(self, facts: pd.DataFrame) -> "pd.Series[int] | None":
        """Returns in how many terms of the denominator each house is counted; None where the figure is a count."""
        if not self.denominator:
            return None
        return _times(self.denominator, facts) - _times(self.subtracted, facts)


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
        """The houses it counts: 经营性, 非经营性 or 全部; of a figure not counted from houses, its group's name."""
        counted = [facts for term in self.terms if (facts := self.form.counted_by(term))]
        for fact in ("commercial", "noncommercial"):
            if counted and all(fact in facts for facts in counted):
                return FACTS[fact].says
        if counted:
            return "全部"
        return self.field.heading.groups[0] if self.field.heading.groups else self.form.info.short_title

    def conditions(self, term: str) -> tuple[str, ...]:
        """Returns the conditions for a house to be counted in a term; none if it is not counted from houses."""
        return tuple(FACTS[fact].says for fact in self.form.counted_by(term))

    def formula(self, say: Callable[[str], str] | None = None) -> str:
        """Returns the rate's formula with its parentheses (facts.md#formulas), its terms as `say` has them; empty for a count."""
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
        """Returns the figure as printed: a count, x/y for a pair, a percentage or — for a rate."""
        if self.field.rate:
            return figures.rates[self.field.name].display
        return "/".join(str(figures.counts[term]) for term in self.terms)

    def calculation(self, figures: Figures) -> str:
        """Returns the calculation of a rate step by step: ⑦÷①＝45÷60＝75.00%; of a count, the count."""
        if not self.field.rate:
            return self.display(figures)
        rate = figures.rates[self.field.name]
        filled_in = self.formula(lambda term: str(figures.counts[term]))
        divided = f"{rate.numerator}÷{rate.denominator}"
        return "＝".join(dict.fromkeys((self.formula(), filled_in, divided, rate.display)))

    def short_name(self, term: str) -> str:
        """Returns a count's name in formulas: its mark ①…⑦ if it has one, else its heading."""
        return _short_name(self.form, term)

    def identities(self) -> list[str]:
        """Returns the identities it is part of, in words, each with the code of the problem."""
        own_columns = set(self.field.columns)
        return [
            _identity(self.form, identity)
            for identity in self.form.identities
            if own_columns.intersection((*identity.left.figures, *identity.right.figures))
        ]

    @property
    def counted(self) -> Counted | None:
        """How it is counted from houses; None where one of its terms is not."""
        facts = {term: self.form.counted_by(term) for term in self.terms}
        if not all(facts.values()):
            return None
        if not self.field.rate:
            return Counted(tuple(facts.values()))
        numerator, denominator = self.field.rate.numerator, self.field.rate.denominator
        return Counted(
            tuple(facts[figure] for figure in numerator.figures),
            tuple(facts[term.figure] for term in denominator if not term.subtracted),
            tuple(facts[term.figure] for term in denominator if term.subtracted),
        )


def figures() -> tuple[Figure, ...]:
    """Every figure of every form, in the official order."""
    return tuple(Figure(form, field) for form in FORMS.values() for field in form.fields if field.is_figure)


def find_figures(text: str) -> list[Figure]:
    """Returns the figures with a name: ⑦, 销号率, `closure_rate`, `attachment-2/closed`, 附件2/鉴定率."""
    form, _, name = text.partition("/")
    form_ids = {
        candidate.id
        for candidate in FORMS.values()
        if form in (candidate.id, candidate.info.number, candidate.info.short_title, candidate.info.title)
    }
    names = {name, plain_heading(name)} if form_ids else {text, plain_heading(text)}
    return [
        figure
        for figure in figures()
        if (not form_ids or figure.form.id in form_ids) and not names.isdisjoint(_names(figure))
    ]


def identities_in_words(form: Form) -> list[str]:
    """Returns a form's identities in words, each with the code of the problem."""
    return [_identity(form, identity) for identity in form.identities]


def nearest_figures(text: str) -> list[str]:
    """Returns the figures whose names are most like a text, each as heading and public name."""
    figure_of = {name: figure for figure in figures() for name in _names(figure)}
    nearest = dict.fromkeys(figure_of[name] for name in nearest_words(text, figure_of, most=_OFFERED))
    return [f"{figure.field.heading.text.split('（')[0]}（{figure.name}）" for figure in nearest]


def _names(figure: Figure) -> frozenset[str]:
    heading = figure.field.heading
    grouped = plain_heading("".join((*heading.groups, heading.text)))
    of_whom = {heading.of_whom, heading.of_whom.replace("自建房", "")}  # as the weekly calls it
    names = {*figure.field.columns, figure.field.name, circled_mark(heading.text), grouped, *of_whom}
    return (figure.field.plain_headings | names) - {""}


def _short_name(form: Form, term: str) -> str:
    term_field = form.by_name.get(term)
    return (term_field and circled_mark(term_field.heading.text)) or form.labels[term]


def _identity(form: Form, identity: Identity) -> str:
    left, right = (side.written(partial(_short_name, form)) for side in (identity.left, identity.right))
    return f"{left} {identity.sign} {right}（{identity.code}）"


def _times(terms: Iterable[tuple[str, ...]], facts: pd.DataFrame) -> "pd.Series[int]":
    """Returns in how many of the terms each house is counted: the terms all of whose facts hold."""
    none = pd.Series(0, index=facts.index)
    return sum((facts[list(term)].all(axis=1).astype(int) for term in terms), start=none)
