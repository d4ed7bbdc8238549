"""Answers (情况说明) that came with a return: which problem each is about, and how the ledger keeps them."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from zjf.checking.one_return import CheckedReturn
from zjf.checking.problem_keys import keys_of, parts_of
from zjf.intake.answers import WHOLE_GROUP
from zjf.problems import Problem, Severity, without_stray_numbers
from zjf.public_json import parts
from zjf.schemas import FORMS
from zjf.schemas.masked_rows import mask_house_id

_ANSWERS = "answers"
_QUERIES = frozenset({Severity.BREACH, Severity.WARNING})


@dataclass(frozen=True)
class Answer:
    """What a unit wrote about a problem in its marked copy.

    Attributes:
        who: The house it is about, else the cell; `*` for all of one code and field.
        text: The answer as it was written, the names of owners, users and households masked.
        standing: How many of the problems that it is about still stand; 0 where all were mended or waived.
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
        house_or_cell = "全部" if self.of_all else mask_house_id(self.who)
        subject = " ".join(filter(None, (self.code, house_or_cell, self.heading)))
        return f"{subject}：{without_stray_numbers(' '.join(self.text.split()))}"

    def as_json(self) -> parts.AnswerLine:
        """Returns the answer as published, personal data masked."""
        return {
            "code": self.code,
            "form": self.form,
            "about": None if self.of_all else mask_house_id(self.who),
            "field": self.field or None,
            "text": without_stray_numbers(self.text),
            "standing": self.standing,
        }


def answers_of(checked: CheckedReturn) -> list[Answer]:
    """Returns the answers that came with a return, each with how many of its problems still stand."""
    if not checked.answers:
        return []
    keys = zip(checked.problems, keys_of(checked), strict=True)
    standing_counts = Counter(
        key for problem, problem_keys in keys if not problem.waived for key in problem_keys
    )
    return [
        Answer(*parts_of(key), checked.without_names(text), standing_counts[key])
        for key, text in checked.answers.items()
    ]


def unanswered(checked: CheckedReturn) -> list[Problem]:
    """Returns the queries (提醒, 未落实) of the marked copy that still stand and were not answered.

    Errors are left out, which must be mended, and queries that no marked copy has asked yet.
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
    """Returns the answers about a form as the ledger keeps them with its submission; empty where there are none."""
    answers_of_form = [vars(answer) for answer in answers if answer.form == form]
    return {_ANSWERS: json.dumps(answers_of_form, ensure_ascii=False)} if answers_of_form else {}


def answers_on_record(notes: Mapping[str, str]) -> Sequence[Answer]:
    """Returns the answers that are kept with a submission."""
    return [Answer(**fields) for fields in json.loads(notes.get(_ANSWERS, "[]"))]


def still_standing(answers: Iterable[Answer]) -> Iterator[Answer]:
    """Returns the answers whose problems still stand: the county decides whether to waive them."""
    return (answer for answer in answers if answer.standing)
