"""A table of a return, kept as JSON without its rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from zjf.intake.rows.runs import Runs, as_runs, numbers_in
from zjf.intake.sheets.notes import Notes
from zjf.intake.table import Rows, Table
from zjf.ledger import Submission
from zjf.schemas import FORMS


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
