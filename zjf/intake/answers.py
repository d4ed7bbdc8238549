"""What a unit wrote behind the problems in the list of its marked copy (情况说明), read from what it sends next."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from zjf.intake.sheet_values import Value

if TYPE_CHECKING:
    from zjf.intake.workbook import Sheet  # it loads the readers of every format

LISTING, TITLE = "问题清单", "校验问题清单"
ANSWER, KEY = "情况说明", "标识"
WHOLE_GROUP = "*"
"""Stands in a key for every house: the answer was written behind the line of them all."""

_LONGEST = 500
_HEADER_SOUGHT = 12


def is_problem_list(sheet: "Sheet") -> bool:
    """Whether a sheet is the list that a marked copy begins with, whatever it is called."""
    return any(str(value).strip() == TITLE for row in sheet.rows[:2] for value in row[:2])


def answers_in(sheets: Iterable["Sheet"]) -> dict[str, str]:
    """The answers written in a marked copy's list, by the keys of its lines.

    Args:
        sheets: The sheets of the file; most files have no such list.

    Returns:
        Only what was written: a line without an answer is not among them.
    """
    return {key: answer for key, answer in asked_in(sheets).items() if answer}


def asked_in(sheets: Iterable["Sheet"]) -> dict[str, str]:
    """All that a marked copy's list asks about, by key, with the answer; blank where none was written."""
    answers: dict[str, str] = {}
    for sheet in sheets:
        if is_problem_list(sheet):
            answers |= _answers_on(sheet.rows)
    return answers


def _answers_on(rows: Sequence[Sequence[Value]]) -> dict[str, str]:
    found: dict[str, str] = {}
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
            found[key] = answer[:_LONGEST]
    return found
