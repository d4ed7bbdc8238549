"""A unit's answers (情况说明) in the problem list of its marked copy, read from the return that it sends next."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from zjf.intake.rows.sheet_values import Value

if TYPE_CHECKING:
    from zjf.intake.workbook import Sheet  # it loads the readers of every format

LISTING, TITLE = "问题清单", "校验问题清单"
ANSWER, KEY = "情况说明", "标识"
WHOLE_GROUP = "*"
"""Stands in a key for all houses of a group: the answer stands in the line of the group."""

_LONGEST = 500
_HEADER_SOUGHT = 12


def is_problem_list(sheet: "Sheet") -> bool:
    """Whether a sheet is the problem list of a marked copy, whatever its name is."""
    return any(str(value).strip() == TITLE for row in sheet.rows[:2] for value in row[:2])


def answers_in(sheets: Iterable["Sheet"]) -> dict[str, str]:
    """Returns the answers in a marked copy's list by the keys of its lines, without lines that have no answer."""
    return {key: answer for key, answer in questions_in(sheets).items() if answer}


def questions_in(sheets: Iterable["Sheet"]) -> dict[str, str]:
    """Returns the answer to each line of a marked copy's list, by key; blank where there is none."""
    answers: dict[str, str] = {}
    for sheet in sheets:
        if is_problem_list(sheet):
            answers |= _answers_on(sheet.rows)
    return answers


def _answers_on(rows: Sequence[Sequence[Value]]) -> dict[str, str]:
    answers: dict[str, str] = {}
    columns: tuple[int, int] | None = None
    for number, row in enumerate(rows):
        texts = [str(value).strip() for value in row]
        if columns is None:
            if ANSWER in texts and KEY in texts:
                columns = texts.index(ANSWER), texts.index(KEY)
            elif number > _HEADER_SOUGHT:
                break
            continue
        answer, key = (texts[column] if column < len(texts) else "" for column in columns)
        if key:
            answers[key] = answer[:_LONGEST]
    return answers
