"""Two household lists, read and compared; personal data is masked (云霄 二(三))."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pandas as pd

from zjf.analysis.household_lists import FORM, HouseholdComparison, Row, compare_households
from zjf.checking.one_return import CheckedReturn, refuse_unreadable
from zjf.county import County
from zjf.documents.ledger_table import text_of
from zjf.errors import CannotDoError, UsageError
from zjf.intake.table import Table
from zjf.pipeline.finding import find_returns
from zjf.pipeline.returns import check_returns
from zjf.problems import Problem, Severity, shown
from zjf.public_json import DocumentName, household_lists
from zjf.services.returns.checking_settings import check_settings

LISTS = {
    "only_first": "只在甲表",
    "only_second": "只在乙表",
    "unsure_first": "甲表不能确定",
    "unsure_second": "乙表不能确定",
    "unreadable_first": "甲表证件号码有误",
    "unreadable_second": "乙表证件号码有误",
}
"""The lists of households that differ: their keys in the document, and their names."""
LISTED = ("household_no", "township", "village", "head_name", "head_id")
_MANY_UNITS = ("F008", "C114")


@dataclass(frozen=True)
class ComparedLists:
    """Two lists, in the order in which they were named, and their comparison.

    Args:
        unread: The rows and cells that could not be read and were not compared, in words.
        whole: Whether personal data is left unmasked.
    """

    names: tuple[str, str]
    found: HouseholdComparison
    unread: tuple[str, ...]
    whole: bool

    @property
    def lists(self) -> dict[str, list[household_lists.ListedHousehold]]:
        """The lists of households that differ, by their keys in the document."""
        return {name: [self._listed(row) for row in getattr(self.found, name)] for name in LISTS}

    @property
    def differences(self) -> list[household_lists.HouseholdDifference]:
        """The fields that differ, with the row in either list."""
        return [
            {
                "township": self._text(difference.pair[0], "township")
                or self._text(difference.pair[1], "township"),
                "head_name": self._text(difference.pair[0], "head_name"),
                "heading": difference.field.heading.text,
                "first": shown(difference.field, text_of(difference.first), whole=self.whole),
                "first_row": difference.pair[0].where,
                "second": shown(difference.field, text_of(difference.second), whole=self.whole),
                "second_row": difference.pair[1].where,
            }
            for difference in self.found.differences
        ]

    def as_json(self) -> household_lists.HouseholdLists:
        """Returns the document `zjf.household-lists/1`."""
        lists = self.lists
        return {
            "schema": DocumentName.HOUSEHOLD_LISTS,
            "first": self.names[0],
            "second": self.names[1],
            "townships": [
                cast("household_lists.TownshipHouseholds", {"township": township, **counts})
                for township, counts in self.found.townships.items()
            ],
            "only_first": lists["only_first"],
            "only_second": lists["only_second"],
            "unsure_first": lists["unsure_first"],
            "unsure_second": lists["unsure_second"],
            "unreadable_first": lists["unreadable_first"],
            "unreadable_second": lists["unreadable_second"],
            "differences": self.differences,
            "unread": list(self.unread),
        }

    def _listed(self, row: Row) -> household_lists.ListedHousehold:
        return {
            "household_no": self._text(row, "household_no"),
            "township": self._text(row, "township"),
            "village": self._text(row, "village"),
            "head_name": self._text(row, "head_name"),
            "head_id": self._text(row, "head_id"),
            "row": row.where,
        }

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
    (first, first_unread, first_rows), (second, second_unread, second_rows) = (
        _read(path, home, whole=whole) for path in paths
    )
    return ComparedLists(
        (first, second), compare_households(first_rows, second_rows), (*first_unread, *second_unread), whole
    )


def _read(path: Path, home: County, *, whole: bool) -> tuple[str, list[str], list[Row]]:
    """Reads a list; returns its name, as it may be shown, the rows and cells that could not be read, in words, and its rows."""
    settings = check_settings(home, None, forms=(FORM.id,), show_personal=whole)
    checked = check_returns(find_returns([path]), settings, keep_rows=True)
    if not any(checked_return.tables for checked_return in checked):
        refuse_unreadable(checked)
        raise CannotDoError(
            f"{path.name} 中没有《{FORM.info.title}》",
            "请核对文件；表头要与空白表一致（zjf template household-ledger）。",
        )
    unread = [
        f"{checked_return.name} {problem.message}"
        for checked_return in checked
        for problem in checked_return.problems
        if _keeps_from_reading(problem)
    ]
    return (
        checked[0].without_people(path.name),
        unread,
        [
            row
            for checked_return in checked
            for table in checked_return.tables
            for row in _rows(checked_return, table)
        ],
    )


def _keeps_from_reading(problem: Problem) -> bool:
    """Whether a problem means that a cell or a column was not read; a list of many units is no problem here."""
    return problem.severity is Severity.ERROR and problem.code[0] in "FC" and problem.code not in _MANY_UNITS


def _rows(checked: CheckedReturn, table: Table) -> Iterator[Row]:
    """Yields the rows of a table, also those with errors; a cell that could not be read is None."""
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
        cells = {name: None if pd.isna(value) else value for name, value in record.items()}
        yield Row(cells, f"第{row}行", illegible=cells["head_id"] is None and row in illegible)
