"""Two household lists, read and compared; personal data is masked (云霄 二(三))."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from zjf.analysis.household_lists import FORM, ILLEGIBLE, HouseholdComparison, Row, compare_households
from zjf.checking.one_return import CheckedReturn
from zjf.county import County
from zjf.documents.ledger_table import text_of
from zjf.errors import CannotDoError, UsageError
from zjf.intake.table import Table
from zjf.pipeline.finding import find_returns
from zjf.pipeline.returns import check_returns
from zjf.problems import Problem, Severity, shown
from zjf.public_json import DocumentName
from zjf.services.returns.checking_settings import check_settings

_MANY_UNITS = "F008"
WHERE = "_where"
"""The column, beside those of the form, that says in which row of its list a household stands."""
SHOWN = ("household_no", "township", "village", "head_name", "head_id")


@dataclass(frozen=True)
class ComparedLists:
    """Two lists, in the order in which they were named, and their comparison.

    Args:
        names: What the two files are called.
        found: What was found.
        unread: The rows and cells that could not be read and were not compared, in words.
        whole: Whether personal data stands whole.
    """

    names: tuple[str, str]
    found: HouseholdComparison
    unread: tuple[str, ...]
    whole: bool

    @property
    def lists(self) -> dict[str, list[dict[str, str]]]:
        """Each list of households, by its key in the document."""
        found = self.found
        return {
            "only_first": self._told(found.only_first),
            "only_second": self._told(found.only_second),
            "unsure_first": self._told(found.unsure_first),
            "unsure_second": self._told(found.unsure_second),
            "unreadable_first": self._told(found.unreadable_first),
            "unreadable_second": self._told(found.unreadable_second),
        }

    @property
    def differences(self) -> list[dict[str, str]]:
        """Each field that differs, with where either list has it."""
        return [
            {
                "township": self._text(difference.pair[0], "township")
                or self._text(difference.pair[1], "township"),
                "head_name": self._text(difference.pair[0], "head_name"),
                "heading": difference.field.heading.text,
                "first": shown(difference.field, text_of(difference.first), whole=self.whole),
                "first_row": difference.pair[0][WHERE],
                "second": shown(difference.field, text_of(difference.second), whole=self.whole),
                "second_row": difference.pair[1][WHERE],
            }
            for difference in self.found.differences
        ]

    def as_json(self) -> dict[str, Any]:
        """The document `zjf.household-lists/1`."""
        return {
            "schema": DocumentName.HOUSEHOLD_LISTS.value,
            "first": self.names[0],
            "second": self.names[1],
            "townships": [{"township": place, **counts} for place, counts in self.found.townships.items()],
            **self.lists,
            "differences": self.differences,
            "unread": list(self.unread),
        }

    def _told(self, rows: Sequence[Row]) -> list[dict[str, str]]:
        return [{**{name: self._text(row, name) for name in SHOWN}, "row": row[WHERE]} for row in rows]

    def _text(self, row: Row, name: str) -> str:
        value = row[name]
        return "" if value is None else shown(FORM.by_name[name], text_of(value), whole=self.whole)


def compare_lists(paths: Sequence[Path], home: County, *, whole: bool = False) -> ComparedLists:
    """Reads and compares two household lists. Rows with errors are compared, too.

    Raises:
        UsageError: There are not two files.
        CannotDoError: One of them cannot be read, or holds no such table.
    """
    if len(paths) != 2:
        raise UsageError("--lists 要两份清单", "请先写甲表、再写乙表，如 扶贫名单.xlsx 住建名单.xlsx。")
    (first, own), (second, other) = (_read(path, home, whole=whole) for path in paths)
    names = (paths[0].name, paths[1].name)
    return ComparedLists(names, compare_households(own, other), (*first, *second), whole)


def _read(path: Path, home: County, *, whole: bool) -> tuple[list[str], list[Row]]:
    """Reads a list: the rows and cells that could not be read, in words, and its rows."""
    settings = check_settings(home, None, forms=(FORM.id,), show_personal=whole)
    checked = check_returns(find_returns([path]), settings, keep_rows=True)
    if not any(checked_return.tables for checked_return in checked):
        raise CannotDoError(
            f"{path.name} 中没有《{FORM.info.title}》",
            "请核对文件；表头要与空白表一致（zjf template household-ledger）。",
        )
    unread = [
        f"{checked_return.path.name} {problem.message}"
        for checked_return in checked
        for problem in checked_return.problems
        if _keeps_from_reading(problem)
    ]
    return unread, [
        row
        for checked_return in checked
        for table in checked_return.tables
        for row in _rows(checked_return, table)
    ]


def _keeps_from_reading(problem: Problem) -> bool:
    """Whether a cell or a column was not read. A list of the county is of many units, and is no unit's return."""
    return problem.severity is Severity.ERROR and problem.code[0] in "FC" and problem.code != _MANY_UNITS


def _rows(checked: CheckedReturn, table: Table) -> Iterator[Row]:
    """The rows of a table, those with errors too; a cell that could not be read is None."""
    names = [field.name for field in FORM.fields]
    illegible = {
        row
        for problem in checked.problems
        if problem.table == table.index and problem.field == "head_id"
        for row in problem.rows
    }
    records: list[Any] = table.frame.reindex(columns=names).to_dict("records")
    for number, record in zip(table.rows, records, strict=True):
        row = number + 1
        values = {name: None if pd.isna(value) else value for name, value in record.items()}
        unread = values["head_id"] is None and row in illegible
        yield {**values, ILLEGIBLE: unread, WHERE: f"第{row}行"}
