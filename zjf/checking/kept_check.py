"""The result of checking a return, kept for the next run without its rows, which the ledger has.

It is plain JSON, which cannot carry code. Results that name a person, and those whose rows the ledger does not
have as they were read, are not kept: such a return is read again.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from pydantic import TypeAdapter, ValidationError

from zjf.checking.compact import packed_keys
from zjf.checking.one_return import CheckedReturn
from zjf.checking.ready_return import ReadyReturn
from zjf.counting.tally import Counts
from zjf.intake.rows.runs import Runs, as_runs, numbers_in
from zjf.intake.sheets.notes import Notes
from zjf.intake.table import Rows, Table
from zjf.ledger import SameRows, Submission
from zjf.problems import Problem
from zjf.rules import duplicates
from zjf.rules.agreement import LedgerCounts
from zjf.rules.mentioned_houses import mentioned_in
from zjf.rules.progress import PROGRESS_CODES
from zjf.schemas import FORMS
from zjf.schemas.masked_rows import mask_house_id

RowsOf = Callable[[Submission], Rows]
"""The rows of a submission."""


@dataclass(frozen=True)
class KeptTable:
    """A table of one unit, without its rows.

    `submission` is the number of the submission in which its rows are on record. `identity` identifies it beyond
    that number, which another submission may have in a ledger that was restored.
    """

    index: int
    sheet: str
    form: str
    unit: str
    nil: bool
    rows: Runs
    columns: dict[str, int]
    anchors: list[tuple[int, int, int]]
    unknown: dict[str, Runs]
    missing: list[str]
    note_of_nil: bool
    titles: list[str]
    note_cells: dict[str, tuple[int, int]]
    submission: int
    identity: str

    @classmethod
    def of(cls, table: Table, accepted: Submission) -> Self:
        """Keeps a table."""
        return cls(
            index=table.index,
            sheet=table.sheet,
            form=table.form.id,
            unit=accepted.unit,
            nil=table.nil,
            rows=as_runs(table.rows),
            columns=table.columns,
            anchors=[(row, column, top) for (row, column), top in table.anchors.items()],
            unknown={name: as_runs(sorted(positions)) for name, positions in table.unknown.items()},
            missing=sorted(table.missing),
            note_of_nil=table.notes.nil,
            titles=table.notes.titles,
            note_cells=table.notes.cells,
            submission=accepted.id,
            identity=accepted.identity,
        )

    def is_of(self, accepted: Submission) -> bool:
        """Whether a submission is the one that it became."""
        return (
            (self.identity, self.unit, self.form) == (accepted.identity, accepted.unit, accepted.form)
            and sum(count for _, count in self.rows) == accepted.rows_accepted
            and accepted.accepted_as == accepted.unit
        )

    def table(self, notes_on_record: Mapping[str, str], rows: Rows) -> Table:
        """Returns the table as it was read."""
        notes = Notes(nil=self.note_of_nil, titles=self.titles, cells=self.note_cells)
        for name in notes.by_name:
            setattr(notes, name, notes_on_record.get(name, ""))
        return Table.with_rows_elsewhere(
            rows,
            index=self.index,
            sheet=self.sheet,
            form=FORMS[self.form],
            rows=numbers_in(self.rows),
            columns=self.columns,
            notes=notes,
            nil=self.nil,
            unit=self.unit,
            units=(self.unit,),
            anchors={(row, column): top for row, column, top in self.anchors},
            unknown={name: set(numbers_in(runs)) for name, runs in self.unknown.items()},
            missing=frozenset(self.missing),
        )


@dataclass(frozen=True)
class KeptCheck:
    """The result of checking a return.

    `key` is a digest of what it depends on (bytes, settings, program), `past` one of what was accepted before;
    `alone` are the problems of reading and checking it by itself.
    """

    key: str
    past: str
    tables: list[KeptTable]
    alone: list[Problem]
    against_past: list[Problem]
    overdue: list[Problem]
    counts: dict[int, dict[str, LedgerCounts]]
    villages: dict[int, list[tuple[str, str, Counts]]]

    @classmethod
    def of(
        cls,
        key: str,
        past: str,
        checked: CheckedReturn,
        alone: Sequence[Problem],
        accepted: Mapping[int, Submission],
        overdue: Collection[str],
    ) -> Self:
        """Returns the result of checking a return that `may_be_kept`, after it was checked with others.

        Args:
            alone: The problems that it had before.
            accepted: By table, the submission that it became.
            overdue: The codes of steps not done by the notice's day.
        """
        found_together = [replace(problem, waived_by=None) for problem in checked.problems[len(alone) :]]
        villages = {
            table: [(unit, village, counts) for (unit, village), counts in by_village.items()]
            for table, by_village in checked.villages.items()
        }
        return cls(
            key=key,
            past=past,
            tables=[KeptTable.of(table, accepted[table.index]) for table in checked.tables],
            alone=list(alone),
            against_past=[problem for problem in found_together if problem.code in PROGRESS_CODES],
            overdue=[problem for problem in found_together if problem.code in overdue],
            counts=checked.counts,
            villages=villages,
        )

    @classmethod
    def read(cls, document: Any) -> "KeptCheck | None":
        """Returns the result that `as_json` wrote; None where the document is something else."""
        try:
            return _CHECK.validate_python(document)
        except ValidationError:
            return None

    @property
    def claims(self) -> list[tuple[str, str]]:
        """The units and forms of its tables."""
        return [(table.unit, table.form) for table in self.tables]

    def is_of(self, submissions: Mapping[int, Submission]) -> bool:
        """Whether its tables are on record as submissions, given by number, and its counts are complete."""
        indexes = {table.index for table in self.tables}
        return indexes == self.counts.keys() == self.villages.keys() and all(
            table.submission in submissions and table.is_of(submissions[table.submission])
            for table in self.tables
        )

    def as_json(self) -> Any:
        """Returns it as a JSON document.

        Raises:
            ValueError: It cannot be one.
        """
        return _CHECK.dump_python(self, mode="json")

    def as_return(
        self, path: Path, sha256: str, accepted: Mapping[int, Submission], rows_of: RowsOf
    ) -> ReadyReturn:
        """Returns the return as it was when it was checked alone.

        Args:
            accepted: By number, the submissions in which its rows are on record.

        Raises:
            CannotDoError: Its rows cannot be read.
        """
        submissions = {table.index: accepted[table.submission] for table in self.tables}
        tables = [
            table.table(submissions[table.index].notes, rows_of(submissions[table.index]))
            for table in self.tables
        ]
        return ReadyReturn(
            path,
            sha256,
            tables,
            list(self.alone),
            keys=[packed_keys(keys) for table in tables if (keys := duplicates.house_keys(table))],
            mentions=[keys for table in tables if (keys := mentioned_in(table))],
            counts=self.counts,
            villages={
                table: {(unit, village): counts for unit, village, counts in by_village}
                for table, by_village in self.villages.items()
            },
            rows_as={
                index: SameRows(submission.id, submission.rows_accepted)
                for index, submission in submissions.items()
            },
            against_past=tuple(self.against_past),
            overdue=tuple(self.overdue),
            from_earlier_run=True,
        )


_CHECK = TypeAdapter(KeptCheck)


def may_be_kept(checked: CheckedReturn) -> bool:
    """Whether the result of checking a return, as it was read, may be kept if its tables are accepted whole."""
    claims = {(table.unit, table.form.id) for table in checked.tables}
    return (
        bool(checked.tables)
        and len(claims) == len(checked.tables)
        and not (checked.answers or checked.unanswered)
        and all(map(_is_of_one_unit, checked.tables))
        and not _names_people(checked)
    )


def names_no_person(problems: Iterable[Problem]) -> bool:
    """Whether no problem has a house_id that would be shown masked."""
    houses = (problem.house for problem in problems if problem.house)
    return all(mask_house_id(house_id) == house_id for house_id in houses)


def _is_of_one_unit(table: Table) -> bool:
    """Whether every row of a table names the table's unit, as the ledger's rows do."""
    return (
        table.unit is not None
        and table.units == (table.unit,)
        and set(table.cells(table.form.unit_field.name)) <= {table.unit}
        and not table.show_personal
        and table.goes_on_from is None
    )


def _names_people(checked: CheckedReturn) -> bool:
    """Whether the name of its file, or a sheet's name or title, would be shown masked."""
    sheets = [text for table in checked.tables for text in (table.sheet, *table.notes.titles)]
    return checked.name != checked.path.name or any(checked.without_people(text) != text for text in sheets)
