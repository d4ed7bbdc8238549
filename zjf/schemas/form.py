"""Forms as pydantic models, and what their declarations say.

Declaring a model registers its form: `class House(Row, form=FormInfo("house-ledger", …))`.
"""

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import UnionType
from typing import Annotated, Any, ClassVar, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict

from zjf.schemas.conditions import RequiredWhen
from zjf.schemas.form_info import FormInfo
from zjf.schemas.headings import (
    CountOf,
    FreeText,
    Heading,
    Mark,
    MayLieAhead,
    MustHaveColumn,
    Numbered,
    OnDemand,
    PairOf,
    Personal,
    RateOf,
    RollUpOnly,
    plain_heading,
)
from zjf.schemas.kinds import Kind
from zjf.schemas.terms import Terms
from zjf.schemas.vocabulary import CodeList


@dataclass(frozen=True)
class Sum:
    """Identity: a total is the sum of its parts (A301), and is marked when it is not."""

    at: str
    right: Terms
    sign: ClassVar[str] = "＝"
    code: ClassVar[str] = "A301"

    @property
    def left(self) -> Terms:
        return Terms.of(self.at)

    def holds(self, figures: Mapping[str, int]) -> bool:
        """Whether the identity holds for the given figures, which must all be known."""
        return self.left.value(figures) == self.right.value(figures)


@dataclass(frozen=True)
class AtMost:
    """Identity: a figure, or a sum of figures, exceeds no bound.

    Args:
        at: The field that is marked when it fails.
        code: A302, or A305 for the bound on ⑦ (facts.md#closed-bound).
    """

    left: Terms
    right: Terms
    at: str
    code: str = "A302"
    sign: ClassVar[str] = "≤"

    def holds(self, figures: Mapping[str, int]) -> bool:
        """Whether the identity holds for the given figures, which must all be known."""
        return self.left.value(figures) <= self.right.value(figures)


Identity = Sum | AtMost


@dataclass(frozen=True)
class Field:
    """One column of a form, as its declaration says."""

    name: str
    heading: Heading
    kind: Kind
    annotation: Any
    required: bool
    codes: type[CodeList] | None = None
    marks: frozenset[Mark] = frozenset()
    required_when: RequiredWhen | None = None
    counted: CountOf | None = None
    rate: RateOf | None = None
    pair: PairOf | None = None

    @property
    def personal(self) -> bool:
        return Personal in self.marks

    @property
    def names_people(self) -> bool:
        return self.personal and self.kind is Kind.TEXT

    @property
    def is_figure(self) -> bool:
        """Whether its cells are counts or rates of an aggregate table."""
        return self.kind in (Kind.COUNT, Kind.PAIR, Kind.RATE)

    @property
    def numbered(self) -> bool:
        """Whether long numbers in it are its own (a report's), and not a person's that strayed into it."""
        return self.kind is Kind.IDENTIFIER or Numbered in self.marks

    @property
    def free_text(self) -> bool:
        return FreeText in self.marks

    @property
    def roll_up_only(self) -> bool:
        return RollUpOnly in self.marks

    @property
    def may_lie_ahead(self) -> bool:
        return MayLieAhead in self.marks

    @property
    def on_demand(self) -> bool:
        """Whether the column is optional: left out of blank forms, and of printed ledgers where it is empty."""
        return OnDemand in self.marks

    @property
    def column_required(self) -> bool:
        """Whether a return's header must have the column (F005)."""
        return self.required or MustHaveColumn in self.marks

    @property
    def columns(self) -> tuple[str, ...]:
        """The typed columns the field fills: two for a pair, else its own name."""
        return (self.pair.first, self.pair.second) if self.pair else (self.name,)

    @cached_property
    def plain_headings(self) -> frozenset[str]:
        """Every accepted spelling of the heading, folded for comparison."""
        return frozenset(plain_heading(text) for text in (self.heading.text, *self.heading.aliases))


class Row(BaseModel):
    """A row of a form. Subclasses name their form and declare its columns."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    form: ClassVar[FormInfo]
    identities: ClassVar[tuple[Identity, ...]] = ()

    @classmethod
    def __pydantic_init_subclass__(cls, form: FormInfo | None = None, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        if form is not None:
            cls.form = form
            _register(Form(form, cls, tuple(_fields(cls))))

    def __init_subclass__(cls, form: FormInfo | None = None, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)


@dataclass(frozen=True, eq=False)
class Form:
    """A registered form: its declaration, read once."""

    info: FormInfo
    model: type[Row]
    fields: tuple[Field, ...]
    by_name: dict[str, Field] = dataclasses.field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {field.name: field for field in self.fields})

    def __reduce__(self) -> tuple[Any, ...]:
        # Sent to another process by its name: there it is looked up in FORMS.
        return _form_named, (self.info.id,)

    @property
    def id(self) -> str:
        return self.info.id

    @cached_property
    def standard_fields(self) -> tuple[Field, ...]:
        """The columns that every return may be asked for: all but the optional ones."""
        return tuple(field for field in self.fields if not field.on_demand)

    @property
    def identities(self) -> tuple[Identity, ...]:
        return self.model.identities

    @cached_property
    def unit_field(self) -> Field:
        """The column that names the reporting unit: every form has one."""
        return next(field for field in self.fields if field.kind is Kind.UNIT)

    @property
    def number_field(self) -> Field | None:
        """The column that numbers what a row is about, a house mostly; None where rows are villages or units."""
        key = self.by_name[self.info.key[0]] if self.info.key else None
        return key if key and key.kind is Kind.IDENTIFIER else None

    @cached_property
    def naming_fields(self) -> tuple[Field, ...]:
        """The columns in which a row names what it is about, and people."""
        return tuple(field for field in self.fields if field.name in self.info.key or field.personal)

    @cached_property
    def counts(self) -> tuple[str, ...]:
        """The names of the counts, pairs split, in the official order."""
        return tuple(
            column
            for field in self.fields
            if field.kind in (Kind.COUNT, Kind.PAIR)
            for column in field.columns
        )

    @cached_property
    def labels(self) -> dict[str, str]:
        """The name of each column in a sentence: its heading without formula, with its group where another
        column has the same heading.
        """
        short = {field.name: field.heading.text.split("（")[0] or field.heading.text for field in self.fields}
        repeated = Counter(short.values())
        labels: dict[str, str] = {}
        for field in self.fields:
            group = (
                field.heading.groups[0] if repeated[short[field.name]] > 1 and field.heading.groups else ""
            )
            labels[field.name] = group + short[field.name]
            if field.pair:
                labels |= zip(field.columns, field.pair.says, strict=True)
        return labels

    def counted_by(self, figure: str) -> tuple[str, ...]:
        """Returns the facts of the houses that a figure counts; none where it is not counted from houses."""
        field = self.by_name.get(figure)
        return field.counted.facts if field and field.counted else ()

    @cached_property
    def rates(self) -> dict[str, RateOf]:
        return {field.name: field.rate for field in self.fields if field.rate}


FORMS: dict[str, Form] = {}
"""Every form, by its public name and in the order of these names."""


def _register(form: Form) -> None:
    """Adds a form and sorts all by name, so that their order does not depend on that of the imports."""
    forms = {**FORMS, form.id: form}
    FORMS.clear()
    FORMS.update((name, forms[name]) for name in sorted(forms))


def _form_named(form_id: str) -> Form:
    return FORMS[form_id]


def _fields(model: type[Row]) -> Iterator[Field]:
    for name, annotation in get_type_hints(model, include_extras=True).items():
        if get_origin(annotation) is not ClassVar:
            yield _field(name, annotation)


def _field(name: str, annotation: Any) -> Field:
    marks, declared = annotation.__metadata__, annotation.__origin__
    optional = get_origin(declared) in (Union, UnionType)
    inner = next(arg for arg in get_args(declared) if arg is not type(None)) if optional else declared
    base, *of_type = get_args(inner) if get_origin(inner) is Annotated else (inner,)
    # What a field declares itself wins over what its type does.
    by_type: dict[type, Any] = {type(mark): mark for mark in (*of_type, *marks)}
    return Field(
        name=name,
        heading=by_type.get(Heading, Heading(name)),
        kind=by_type.get(Kind, Kind.CODES if get_origin(base) is tuple else Kind.CODE),
        annotation=annotation,
        required=not optional,
        codes=_codes(base),
        marks=frozenset(mark for mark in (*marks, *of_type) if isinstance(mark, Mark)),
        required_when=by_type.get(RequiredWhen),
        counted=by_type.get(CountOf),
        rate=by_type.get(RateOf),
        pair=by_type.get(PairOf),
    )


def _codes(base: Any) -> type[CodeList] | None:
    code_type = get_args(base)[0] if get_origin(base) is tuple else base
    return code_type if isinstance(code_type, type) and issubclass(code_type, CodeList) else None
