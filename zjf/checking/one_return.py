"""Reading and checking one return: a pure function of its bytes and the settings."""

import errno
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from zjf.counting.sweep import ByVillage
from zjf.errors import cure, reason
from zjf.files import read_at_rest, refuse_pipe, said_name, sha256_of
from zjf.intake.reader import Intake, read_return
from zjf.intake.refusals import UnreadableError
from zjf.intake.table import Table, printed_together
from zjf.intake.units import is_roll_up
from zjf.intake.workbook import check_size
from zjf.problems import People, Problem, Severity, problem, without_stray_numbers
from zjf.rules import aggregates, consistency, duplicates, near_names, total_rows
from zjf.rules.agreement import LedgerCounts, ledger_counts, sweep_counts
from zjf.rules.house_keys import HouseKeys
from zjf.rules.mentioned_houses import FORMS_THAT_MENTION
from zjf.rules.registry import RULES, Judgement
from zjf.schemas.shared_facts import facts_shared


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

    @property
    def name(self) -> str:
        """The file's name, as it may be shown (`without_people`)."""
        return self.without_people(self.path.name)

    def without_people(self, text: str) -> str:
        """A path, a file's or a sheet's name, in which the people of the file and anybody's number are masked.

        Of a file that could not be read nobody's name is known: only numbers are masked.

        Args:
            text: The path or name.
        """
        text = said_name(text)
        if any(table.show_personal for table in self.tables):
            return text
        return self.people.masked_in(without_stray_numbers(text))

    def without_names(self, text: str) -> str:
        """A text in which the people of the file are masked, whoever asks."""
        return self.people.masked_in(text)

    @cached_property
    def people(self) -> People:
        """The persons in its tables; where a unit is said to own a house, its name is nobody's."""
        units = {unit for table in self.tables for unit in table.units}
        return People(text for table in self.tables for text in table.people if text not in units)

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

    def rejected_rows(self, table: Table) -> set[int]:
        """The rows of a table (numbered as a person sees them) that an error keeps from being counted."""
        own = {row + 1 for row in table.rows}
        if any(problem.blocks and self._is_of_all(problem, table) for problem in self.problems):
            return own
        named = (problem.rows for problem in self.problems if problem.blocks and problem.table == table.index)
        return own & set().union(*named)

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


_UNREADABLE = frozenset({"F001", "F002", "F003", "F011"})
_STATUS = {Severity.ERROR: "errors", Severity.BREACH: "breaches", Severity.WARNING: "warnings"}


def check_return(path: Path, settings: CheckSettings, *, keep_rows: bool) -> CheckedReturn:
    """Reads and checks one return; a file that cannot be opened is a problem, not an exception."""
    try:
        refuse_pipe(path)
        check_size(path.stat().st_size, settings.intake.limits)
        data = read_at_rest(path)
    except UnreadableError as too_large:
        return CheckedReturn(path, digest_of(path), problems=[too_large.problem])
    except OSError as denied:
        return CheckedReturn(path, "", problems=[_not_opened(path, denied)])
    return check_bytes(path, data, settings, keep_rows=keep_rows)


def _not_opened(path: Path, denied: OSError) -> Problem:
    with suppress(OSError):  # what it is may be hidden, too
        if path.is_dir():
            return problem("F001", "文件夹打不开，里面的文件没有检查", "请核对读取权限后重试。")
        if path.is_symlink() and isinstance(denied, FileNotFoundError):
            return problem("F001", "链接指向的文件不在了", "请核对链接，或换成原来的文件。")
    if denied.errno == errno.ESPIPE:
        return problem(
            "F001", f"这{reason(denied)}，没有读取", "请换成表格文件（.xlsx）；不是报表的请移出文件夹。"
        )
    what = cure(denied, "请关闭占用它的程序，核对读取权限后重试。")
    return problem("F001", f"文件打不开（{reason(denied)}）", what)


def digest_of(path: Path) -> str:
    """The sha256 of a file, however large; blank where it cannot be read."""
    try:
        return sha256_of(path) if path.is_file() else ""
    except OSError:
        return ""


def check_bytes(path: Path, data: bytes, settings: CheckSettings, *, keep_rows: bool) -> CheckedReturn:
    """Checks a return whose bytes are at hand.

    Args:
        path: Where it came from; its name may name the unit.
        data: Its bytes.
        settings: What the check depends on.
        keep_rows: Whether the tables keep their rows (they are large).
    """
    read = read_return(said_name(path.name), data, settings.intake)
    checked = CheckedReturn(path, hashlib.sha256(data).hexdigest(), read.tables, read.problems)
    checked.answers, checked.unanswered = read.answers, read.unanswered
    for table in read.tables:
        with facts_shared(table.frame):
            checked.problems += check_table(table, settings.judgement)
            checked.counts[table.index] = ledger_counts(table)
            checked.villages[table.index] = sweep_counts(table, settings.judgement.floors)
        if keys := duplicates.house_keys(table):
            checked.keys.append(keys)
        elif table.form.id in FORMS_THAT_MENTION and (named := duplicates.houses_named(table)):
            checked.mentions.append(named)
    for parts in printed_together(read.tables):
        checked.problems += total_rows.check_totals(parts)
    checked.problems += near_names.check_villages(read.tables)
    checked.problems += duplicates.within_return(read.tables)
    checked.problems.sort(key=_place)
    if not keep_rows:
        for table in read.tables:
            # Many rows; the figures of an attachment are few, and are compared, and a roll-up's
            # rows say whose they are.
            if table.form.info.key and not table.form.info.number and not is_roll_up(table):
                table.frame = table.frame.iloc[:0]
                table.anchors.clear()
    return checked


def check_table(table: Table, judgement: Judgement) -> Iterator[Problem]:
    """The problems of a table's rows and figures, by every rule about its form."""
    if table.frame.empty:
        return
    yield from consistency.check_required(table, judgement.scale)
    if table.form.id == "house-ledger":
        yield from consistency.check_orders(table)
    yield from aggregates.check_identities(table)
    for rule in RULES.values():
        if rule.form == table.form.id:
            yield from rule.check(table, judgement)


def _place(problem: Problem) -> tuple[int, int, int]:
    """Reading order: the file, then its tables from top to bottom, errors of a row first."""
    return (-1 if problem.table is None else problem.table, problem.row or 0, _ORDER.index(problem.severity))


_ORDER = list(Severity)


def totals(checked: Sequence[CheckedReturn]) -> dict[str, int]:
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
    return int(any(counts[name] for name in ("errors", "breaches", *(["warnings"] if strict else []))))
