"""A unit's answers (情况说明) in the problem list of its marked copy, read from the return that it sends next."""

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from zjf.intake.a1 import a1
from zjf.intake.rows.sheet_values import Value
from zjf.intake.table import CELLS_NAMED, places_listed
from zjf.intake.values.readings import DITTOS, tidy
from zjf.problems import Problem, problem

if TYPE_CHECKING:
    from zjf.intake.workbook import Sheet  # it loads the readers of every format

LISTING, TITLE = "问题清单", "校验问题清单"
ANSWER, KEY = "情况说明", "标识"
HEADINGS = ("序号", "级别", "代码", "工作表", "单元格", "处数", "栏目", "填写内容", "问题说明", ANSWER, KEY)
NOTHING_FOUND = "没有发现问题。"
WHOLE_GROUP = "*"
"""Stands in a key for all houses of a group: the answer stands in the line of the group."""

_CHECKED = ("填写内容", "问题说明")
"""Columns over whose words units write what belongs elsewhere: a line's key ends with a check of each."""
_CHECKS = re.compile("#([0-9a-f]{4})([0-9a-f]{4})$")
_LONGEST = 500
_HEADER_SOUGHT = 12
_BEGINS_AS_HEADING = re.compile("|".join(HEADINGS))
_ENOUGH_HEADINGS = 6


@dataclass(frozen=True)
class _Listing:
    """The problem list of a marked copy: the row of its headings, and their columns."""

    sheet: "Sheet"
    header: int
    columns: Mapping[str, int]

    def lines(self) -> Iterator[tuple[int, str, str]]:
        """Yields each row below the headings with its key and its answer; 同上 is the answer above."""
        anchors = {
            (row, left): top
            for top, left, bottom, _ in self.sheet.merges
            if left == self.columns[ANSWER] and top > self.header
            for row in range(top + 1, bottom + 1)
        }
        above = ""
        for row in range(self.header + 1, len(self.sheet.rows)):
            answer = self._text(anchors.get((row, self.columns[ANSWER]), row), ANSWER)
            above = above if answer in DITTOS else answer
            yield row, _CHECKS.sub("", self._text(row, KEY)), above

    def words_elsewhere(self) -> list[tuple[int, int]]:
        """Returns where words of the unit stand that are no answer of a line: beside it, below, over what was sent."""
        known, places = {*self.columns.values()}, [*self.sheet.extras.comments]
        for row, key, answer in self.lines():
            filled = [column for column, value in enumerate(self.sheet.rows[row]) if _text(value)]
            number = self._text(row, "序号")
            if not key and not self._text(row, "代码") and not number.isdigit() and number != NOTHING_FOUND:
                places += [(row, column) for column in filled[:1]]  # below the lines
                continue
            places += [(row, column) for column in filled if column not in known]
            places += self._written_over(row)
            if answer and not key:
                places.append((row, self.columns[ANSWER]))
        return sorted({*places})

    def _written_over(self, row: int) -> Iterator[tuple[int, int]]:
        """Yields the filled cells of a line that do not say any more what was sent back."""
        if checks := _CHECKS.search(self._text(row, KEY)):
            for heading, check in zip(_CHECKED, checks.groups(), strict=True):
                text = self._text(row, heading)
                if text and _check(text) != check:
                    yield row, self.columns[heading]

    def _text(self, row: int, heading: str) -> str:
        column, values = self.columns.get(heading), self.sheet.rows[row]
        return _text(values[column]) if column is not None and column < len(values) else ""


def _text(value: Value) -> str:
    return value.strip() if isinstance(value, str) else tidy(value)


def key_with_check(key: str, value: str, message: str) -> str:
    """Returns a line's key as it is written into a list, with what tells whether the line was written over."""
    return f"{key}#{_check(value)}{_check(message)}" if key else ""


def _check(text: str) -> str:
    return f"{zlib.crc32(''.join(text.split()).encode()) & 0xFFFF:04x}"


def is_problem_list(sheet: "Sheet") -> bool:
    """Whether a sheet is the problem list of a marked copy, whatever its name is."""
    return _listing(sheet) is not None


def _listing(sheet: "Sheet") -> _Listing | None:
    for number, row in enumerate(sheet.rows[:_HEADER_SOUGHT]):
        if (columns := _headings_in(row)) is not None:
            return _Listing(sheet, number, columns)
    return None


def _headings_in(row: Sequence[Value]) -> dict[str, int] | None:
    """Returns the columns of the list's headings in a row; a unit may have written something behind one."""
    columns: dict[str, int] = {}
    for column, value in enumerate(row):
        if heading := _BEGINS_AS_HEADING.match(_text(value)):
            columns.setdefault(heading.group(), column)
    return columns if ANSWER in columns and len(columns) >= _ENOUGH_HEADINGS else None


def answers_in(sheets: Iterable["Sheet"]) -> dict[str, str]:
    """Returns the answers in a marked copy's list by the keys of its lines, without lines that have no answer."""
    return {key: answer for key, answer in questions_in(sheets).items() if answer}


def questions_in(sheets: Iterable["Sheet"]) -> dict[str, str]:
    """Returns the answer to each line of a marked copy's list, by key; blank where there is none."""
    answers: dict[str, str] = {}
    listings = filter(None, map(_listing, sheets))
    for _, key, answer in chain.from_iterable(listing.lines() for listing in listings):
        if key:
            answers[key] = _shortened(answer) or answers.get(key, "")
    return answers


def _shortened(answer: str) -> str:
    return answer if len(answer) <= _LONGEST else f"{answer[:_LONGEST]}……（余下的见原文件）"


def problems_of_words_elsewhere(sheets: Iterable["Sheet"]) -> Iterator[Problem]:
    """Yields F024 for words in a problem list that are no answers. They are not quoted, as they may name people."""
    for listing in filter(None, map(_listing, sheets)):
        if places := listing.words_elsewhere():
            cells = tuple(a1(*place) for place in places[:CELLS_NAMED])
            lost = "" if KEY in listing.columns else f"，“{KEY}”栏也没有了"
            yield problem(
                "F024",
                f"这张问题清单里有的话没有读取{places_listed(places)}{lost}",
                f"请写在原来的标注副本里，一条写在一行的“{ANSWER}”栏，不要改动其他各栏。",
                sheet=listing.sheet.name,
                cell=cells[0],
                cells=cells,
            )
