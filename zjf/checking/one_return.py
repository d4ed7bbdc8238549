"""One return, checked: what was read of it, and what was found. Light: who only hears of it loads no pandas."""

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from zjf.counting.sweep import ByVillage
from zjf.errors import CannotDoError
from zjf.files import readable_name, sha256_of
from zjf.intake.rows.sheet_values import Value
from zjf.intake.settings import Intake
from zjf.intake.table import Table
from zjf.problems import People, Problem, Severity, without_stray_numbers
from zjf.public_json import returns
from zjf.rules.agreement import LedgerCounts
from zjf.rules.house_keys import HouseKeys
from zjf.rules.registry import Judgement


@dataclass(frozen=True)
class CheckSettings:
    """Everything that a check depends on beside the file."""

    intake: Intake
    judgement: Judgement


@dataclass
class CheckedReturn:
    """One file, read and checked.

    `tables` keep their frames only where they are asked for; `keys` name their rows for the checks
    across files; `answers` came with it, by the keys of problems (`zjf.checking.answers`), `unanswered` are those of
    what its marked copy asked in vain; `counts` are what its tables of houses come to, by table and unit,
    `villages` by table and village; `set_aside` says what of it is not counted because another file holds it.
    """

    path: Path
    sha256: str
    tables: list[Table] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    keys: list[HouseKeys] = field(default_factory=list)
    mentions: list[HouseKeys] = field(default_factory=list)
    counts: dict[int, dict[str, LedgerCounts]] = field(default_factory=dict)
    villages: dict[int, ByVillage] = field(default_factory=dict)
    set_aside: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    unanswered: frozenset[str] = frozenset()

    @cached_property
    def name(self) -> str:
        """The file's name, as it may be shown (`without_people`)."""
        return self.without_people(self.path.name)

    def without_people(self, text: str) -> str:
        """A path, a file's or a sheet's name, in which the people of the file and anybody's number are masked.

        Of a file that could not be read nobody's name is known: only numbers are masked.
        """
        text = readable_name(text)
        if any(table.show_personal for table in self.tables):
            return text
        return self.people.masked_in(without_stray_numbers(text))

    def without_names(self, text: str) -> str:
        """A text in which the people of the file are masked, whoever asks."""
        return self.people.masked_in(text)

    @property
    def people(self) -> People:
        """The persons in its tables; where a unit is said to own a house, its name is nobody's."""
        return _people_in(*self._names)

    @cached_property
    def _names(self) -> tuple[tuple[Set[Value], ...], frozenset[str]]:
        units = frozenset(unit for table in self.tables for unit in table.units)
        return tuple(table.people for table in self.tables), units

    @property
    def houses_of_rows(self) -> dict[tuple[int, int], str]:
        """The house of each row, by table and the row's number on the sheet, counted from 1."""
        return {
            (keys.table, row + 1): house_id
            for keys in self.keys
            for row, house_id in zip(keys.rows, keys.house_ids, strict=True)
        }

    @property
    def readable(self) -> bool:
        return bool(self.tables) or not any(problem.code in _UNREADABLE for problem in self.problems)

    @property
    def status(self) -> str:
        """`ok`, `warnings`, `breaches`, `errors` or `unreadable`."""
        if not self.readable:
            return "unreadable"
        severities = {problem.severity for problem in self.problems if not problem.waived}
        for severity, name in _STATUS.items():
            if severity in severities:
                return name
        return "ok"

    @property
    def status_in_words(self) -> str:
        """In words; a file of which nothing counts any more is not said to be without problems."""
        nothing_counts = self.set_aside and not self.tables and self.status == "ok"
        return "不再计入" if nothing_counts else _IN_WORDS[self.status]

    def rejected_rows(self, table: Table) -> set[int]:
        """The rows of a table (numbered as a person sees them) that an error keeps from being counted."""
        blocking = [problem for problem in self.problems if problem.blocks]
        if not blocking:
            return set()
        own = {row + 1 for row in table.rows}
        if any(self._is_of_all(problem, table) for problem in blocking):
            return own
        return own & set().union(*(problem.rows for problem in blocking if problem.table == table.index))

    @staticmethod
    def _is_of_all(problem: Problem, table: Table) -> bool:
        """Whether a problem is the whole file's, or that of the table at whose right this one goes on."""
        if problem.table is None:
            return True
        return problem.row is None and problem.table == table.goes_on_from

    @property
    def blocked(self) -> bool:
        """Whether an unwaived error stands against taking the return whole."""
        return any(problem.blocks for problem in self.problems)


@lru_cache(maxsize=2)
def _people_in(names: tuple[Set[Value], ...], units: frozenset[str]) -> People:
    # Only the returns looked at last keep them at hand: those of a whole county are many.
    return People(text for texts in names for text in texts if text not in units)


_UNREADABLE = frozenset({"F001", "F002", "F003", "F011"})
_IN_WORDS = {
    "ok": "无问题",
    "warnings": "有提醒",
    "breaches": "有未落实事项",
    "errors": "有数据错误",
    "unreadable": "无法读取",
}
_STATUS = {Severity.ERROR: "errors", Severity.BREACH: "breaches", Severity.WARNING: "warnings"}


def refuse_unreadable(checked: Sequence[CheckedReturn]) -> None:
    """Says of files in which a table was not found that one could not be read: the table may be in it.

    Raises:
        CannotDoError: One could not be read.
    """
    for checked_return in checked:
        if not checked_return.readable:
            raise CannotDoError(f"{checked_return.name}：{checked_return.problems[0].message}")


def digest_of(path: Path) -> str:
    """The sha256 of a file, however large; blank where it cannot be read."""
    try:
        return sha256_of(path) if path.is_file() else ""
    except OSError:
        return ""


def totals(checked: Sequence[CheckedReturn]) -> returns.Totals:
    """The totals of `zjf.validation/1`."""
    rows = sum(len(table.rows) for checked_return in checked for table in checked_return.tables)
    rejected = sum(
        len(checked_return.rejected_rows(table))
        for checked_return in checked
        for table in checked_return.tables
    )
    problems = [problem for checked_return in checked for problem in checked_return.problems]
    unwaived = Counter(problem.severity for problem in problems if not problem.waived)
    return {
        "files": len(checked),
        "rows": rows,
        "rows_ok": rows - rejected,
        "rows_rejected": rejected,
        "errors": unwaived[Severity.ERROR],
        "breaches": unwaived[Severity.BREACH],
        "warnings": unwaived[Severity.WARNING],
        "infos": unwaived[Severity.INFO],
        "waived": sum(problem.waived for problem in problems),
    }


def exit_code(checked: Sequence[CheckedReturn], *, strict: bool) -> int:
    """0 where the data has no errors or breaches (with `strict`: nor warnings), else 1."""
    counts = totals(checked)
    return int(bool(counts["errors"] or counts["breaches"] or (strict and counts["warnings"])))
