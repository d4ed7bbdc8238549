"""Answers (情况说明) that came back with a return: which problem each is about, and how the ledger keeps them."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zjf.checking.one_return import CheckedReturn
from zjf.checking.problem_keys import keys_of, parts_of
from zjf.intake.answers import WHOLE_GROUP
from zjf.problems import Problem, Severity, without_stray_numbers
from zjf.schemas import FORMS
from zjf.schemas.masked_rows import mask_house_id

_WORDS = "answers"
_QUERIES = frozenset({Severity.BREACH, Severity.WARNING})


@dataclass(frozen=True)
class Answer:
    """What a unit wrote behind a problem.

    Attributes:
        code: The problem's code.
        form: The form of its table.
        who: The house it is about, else the cell; `*` for all of one code and field.
        field: The field.
        text: The answer, as it was written but for the names of owners, users and households.
        standing: How many problems it is about that still stand, and that no waiver holds; 0 where they
            were mended or waived.
    """

    code: str
    form: str
    who: str
    field: str
    text: str
    standing: int

    @property
    def of_all(self) -> bool:
        return self.who == WHOLE_GROUP

    @property
    def heading(self) -> str:
        form = FORMS.get(self.form)
        field = form.by_name.get(self.field) if form else None
        return field.heading.text if field else ""

    def __str__(self) -> str:
        who = "全部" if self.of_all else mask_house_id(self.who)
        about = " ".join(filter(None, (self.code, who, self.heading)))
        return f"{about}：{without_stray_numbers(' '.join(self.text.split()))}"

    def as_json(self) -> dict[str, Any]:
        """The public shape, personal data masked."""
        who = None if self.of_all else mask_house_id(self.who)
        said = {"code": self.code, "form": self.form, "about": who, "field": self.field or None}
        return said | {"text": without_stray_numbers(self.text), "standing": self.standing}


def answers_of(checked: CheckedReturn) -> list[Answer]:
    """The answers that came with a return, each held against the problems that it has now."""
    if not checked.answers:
        return []
    keys = zip(checked.problems, keys_of(checked), strict=True)
    standing = Counter(key for problem, both in keys if not problem.waived for key in both)
    return [
        Answer(*parts_of(key), checked.without_names(text), standing[key])
        for key, text in checked.answers.items()
    ]


def unanswered(checked: CheckedReturn) -> list[Problem]:
    """The queries (提醒, 未落实) that the marked copy asked, that still stand, and to which nothing was written.

    An error must be mended; a query must be answered. What was not asked yet is not among them.
    """
    if not checked.unanswered:
        return []
    return [
        problem
        for problem, keys in zip(checked.problems, keys_of(checked), strict=True)
        if problem.severity in _QUERIES
        and not problem.waived
        and not checked.unanswered.isdisjoint(keys)
        and checked.answers.keys().isdisjoint(keys)
    ]


def answer_notes(answers: Iterable[Answer], form: str) -> dict[str, str]:
    """What the ledger keeps with a submission of the answers about its form; nothing where there are none."""
    own = [vars(answer) for answer in answers if answer.form == form]
    return {_WORDS: json.dumps(own, ensure_ascii=False)} if own else {}


def answers_said(notes: Mapping[str, str]) -> Sequence[Answer]:
    """The answers that are kept with a submission."""
    return [Answer(**said) for said in json.loads(notes.get(_WORDS, "[]"))]


def still_standing(answers: Iterable[Answer]) -> Iterator[Answer]:
    """The answers whose problems still stand: it is for the county to say whether they may."""
    return (answer for answer in answers if answer.standing)
