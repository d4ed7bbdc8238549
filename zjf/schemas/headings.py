"""The declarations of a form's field besides its type: heading, counting, marks.

A form is a pydantic model; its fields carry these in `Annotated`. Reading, checking, blank
templates, the documents and the ledger's columns are all made from them.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache

from zjf.schemas.terms import Terms

_BRACKETED = re.compile(r"[(\[【〔](?:[^()\[\]【】〔〕]|[(\[【〔][^()\[\]【】〔〕]*[)\]】〕])*[)\]】〕]")
"""What stands in brackets, also with brackets in it: （云建〔2024〕12号）."""
_IN_ANOTHER_LANGUAGE = re.compile(
    "[\u0400-\u1fff\ua000-\ua4cf\uac00-\ud7af\ufb50-\ufdff\ufe70-\ufefc]"
    "|^(?=.*[A-Za-z]{2})[^\u3400-\u9fff\n]*$",
    re.MULTILINE,
)
"""The same heading beside the Chinese one: in another script (Tibetan, Mongolian, Uyghur, Yi …), or on a line in Latin letters."""
_CIRCLED = re.compile(r"[①-⑳]")
_SET_HIGH_OR_LOW = re.compile(r"(?<=[\u3400-\u9fff)])[¹²³⁰⁴-⁹₀-₉]+")
"""The number of a note behind a heading; behind a letter it is a power (m²)."""
_NUMBER_IN_FRONT = re.compile(
    r"^[\W_]*(?:第?(?:\d{1,2}|[一二三四五六七八九十]{1,3})题?\s*[.、):]|\d{1,2}(?=\s)|[Qq]\d{1,2}[.、:_])\s*(?=\D)"
)
_PUNCTUATION = re.compile(r"[\W_]+")
_OF_A_QUESTIONNAIRE = re.compile(r"必填|选填|^请(?:如实)?(?:填写|输入|选择|勾选|填)")
"""What a questionnaire adds to a heading."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The column heading of a field.

    Args:
        text: The heading as the official form prints it.
        aliases: Other headings that townships write for the same column.
        groups: Headings of the merged groups above it, outermost first.
        unit: The unit of its figures (层, ㎡, 栋), when it has one.
        width: Column width in characters.
    """

    text: str
    aliases: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    unit: str = ""
    width: int = 12

    def __init__(
        self, text: str, *aliases: str, groups: tuple[str, ...] = (), unit: str = "", width: int = 12
    ) -> None:
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "aliases", aliases)
        object.__setattr__(self, "groups", groups)
        object.__setattr__(self, "unit", unit)
        object.__setattr__(self, "width", width)

    @property
    def of_whom(self) -> str:
        """The heading with its population (its outermost group) in front, without formula: 非经营性自建房鉴定率."""
        return f"{''.join(self.groups[:1])}{self.text.partition('（')[0]}"


@dataclass(frozen=True, slots=True)
class Mark:
    """A property that a field has or has not."""

    name: str = field(default="")


Personal = Mark("personal")
"""Personal data: printed masked everywhere but in the merged ledger and returns sent back."""

Numbered = Mark("numbered")
"""Text with long numbers of its own (a report's), which are no person's and not masked."""

MustHaveColumn = Mark("must_have_column")
"""Figures are counted from this column: it must be in the header, though its cells may be blank."""

MayLieAhead = Mark("may_lie_ahead")
"""A date that may lie after the period's closing day (a deadline)."""

OnDemand = Mark("on_demand")
"""An optional column: a return may lack it, which is no problem; a blank form has it only when
asked for, and a printed ledger leaves it out where nobody filled it in."""

FreeText = Mark("free_text")
"""Sentences: a question mark in it, or a day alone, is ordinary text."""

RollUpOnly = Mark("roll_up_only")
"""A column that only the county's roll-up has, not the notice's own sheet."""


@dataclass(frozen=True, slots=True)
class CountOf:
    """The figure is the count of houses for which all the named facts hold (`zjf.schemas.house_facts`)."""

    facts: tuple[str, ...]

    def __init__(self, *facts: str) -> None:
        object.__setattr__(self, "facts", facts)


@dataclass(frozen=True, slots=True)
class RateOf:
    """The figure is a rate of other figures, each side a signed sum."""

    numerator: Terms
    denominator: Terms

    @property
    def figures(self) -> tuple[str, ...]:
        """The figures that it is made of, each once."""
        return tuple(dict.fromkeys((*self.numerator.figures, *self.denominator.figures)))

    def known(self, figures: Collection[str]) -> bool:
        """Whether all its figures are among the given ones."""
        return self.numerator.known(figures) and self.denominator.known(figures)


@dataclass(frozen=True, slots=True)
class PairOf:
    """One cell "x/y" that holds two figures (facts.md#pairs); `says` names the two in words."""

    first: str
    second: str
    says: tuple[str, str]


@lru_cache(maxsize=200_000)
def plain_heading(text: str) -> str:
    """Returns a heading without line breaks, spaces, punctuation, bracketed units, ①…⑦, numbers of notes, other languages.

    Two spellings of one heading have the same plain heading.
    """
    folded = _CIRCLED.sub("", text).replace("（", "(").replace("）", ")")
    folded = _SET_HIGH_OR_LOW.sub("", folded)
    bare = _BRACKETED.sub("", folded)
    return _letters(_IN_ANOTHER_LANGUAGE.sub("", bare)) or _letters(bare) or _letters(folded)


@lru_cache(maxsize=10_000)
def circled_mark(text: str) -> str:
    """Returns the circled digit at the end of a heading (`①`…), or the empty string."""
    circled_digits = _CIRCLED.findall(_BRACKETED.sub("", text.replace("（", "(").replace("）", ")")))
    return circled_digits[-1] if circled_digits else ""


@lru_cache(maxsize=10_000)
def bracketed_texts(text: str) -> tuple[str, ...]:
    """Returns the texts in a heading's brackets, which its plain spelling leaves out: 计划 in 整治完成日期（计划）."""
    return tuple(
        bracketed.strip("()[]【】〔〕（） ")
        for bracketed in _BRACKETED.findall(text.replace("（", "(").replace("）", ")"))
    )


def _letters(text: str) -> str:
    folded = _NUMBER_IN_FRONT.sub("", unicodedata.normalize("NFKC", text))
    return _OF_A_QUESTIONNAIRE.sub("", _PUNCTUATION.sub("", folded)).lower()
