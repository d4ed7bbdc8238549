"""The rows that count for a period, each with the return, sheet and row it came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress

import pandas as pd

from zjf.intake.a1 import a1
from zjf.ledger.acceptances import SheetRows
from zjf.ledger.ledger import Ledger
from zjf.ledger.records import Submission
from zjf.ledger.rows.submissions import adds_up, effective
from zjf.problems import People
from zjf.schemas import FORMS


@dataclass(frozen=True)
class Origin:
    """Where a row came from.

    Args:
        submission: The submission that holds it.
        sheet: The sheet; None where an older zjf accepted it, which kept no places.
        row: The row on the sheet, counted from 1; None likewise.
    """

    submission: Submission
    sheet: str | None = None
    row: int | None = None
    _columns: Mapping[str, int] = field(default_factory=dict)

    def sheet_shown(self, people: People, *, whole: bool = False) -> str | None:
        """Returns the sheet's name with people masked (sheets are named after people, too), or whole."""
        return self.sheet if whole or self.sheet is None else people.shown(self.sheet)

    def address(self, name: str) -> str | None:
        """Returns the A1 address of a field's cell; None where the table has no such column, or no place is known."""
        column = self._columns.get(name)
        return None if column is None or self.row is None else a1(self.row - 1, column)


def rows_with_origins(
    ledger: Ledger, form_id: str, period: str, unit: str
) -> tuple[pd.DataFrame, list[Origin]]:
    """Returns a unit's rows that count for a period, as `Ledger.frame` has them, and the origin of each."""
    form = FORMS[form_id]
    submissions = [
        submission for submission in ledger.submissions(period, form_id) if submission.unit == unit
    ]
    counting = effective(form, submissions)
    frames = [ledger.frame_of(submission) for submission in counting]
    origins = [
        origin
        for submission, frame in zip(counting, frames, strict=True)
        for origin in _origins(submission, ledger.places(submission), len(frame))
    ]
    rows = pd.concat([ledger.frame(form_id, period, []), *frames], ignore_index=True).astype(object)
    if form.unit_field:
        rows[form.unit_field.name] = unit
    if len(counting) < 2 or adds_up(form, submissions):
        return rows, origins
    stays = ~rows.duplicated([*form.info.key], keep="last")
    return rows[stays].reset_index(drop=True), list(compress(origins, stays))


def _origins(submission: Submission, sheets: Sequence[SheetRows], rows: int) -> list[Origin]:
    origins = [Origin(submission, part.sheet, row + 1, part.columns) for part in sheets for row in part.rows]
    return origins or [Origin(submission)] * rows
