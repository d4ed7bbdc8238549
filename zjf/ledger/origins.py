"""The rows that count for a period, each with the return, sheet and row it came from."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import compress

import pandas as pd

from zjf.ledger.acceptances import SheetRows
from zjf.ledger.ledger import Ledger
from zjf.ledger.records import Submission
from zjf.ledger.row_places import RowPlace, row_places
from zjf.ledger.rows.submissions import adds_up, effective
from zjf.problems import People
from zjf.schemas import FORMS


@dataclass(frozen=True)
class Origin:
    """Where a row came from.

    Args:
        place: Its place; None where an older zjf accepted it, which kept no places.
    """

    submission: Submission
    place: RowPlace | None = None

    @property
    def row(self) -> int | None:
        """The row on the sheet, counted from 1; None where no place is known."""
        return self.place.row + 1 if self.place else None

    def sheet_shown(self, people: People, *, whole: bool = False) -> str | None:
        """Returns the sheet's name with people masked (sheets are named after people, too), or whole."""
        if self.place is None:
            return None
        return self.place.sheet if whole else people.shown(self.place.sheet)

    def address(self, name: str) -> str | None:
        """Returns the A1 address of a field's cell; None where the table has no such column, or no place is known."""
        return self.place.cell(name) if self.place else None


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
    rows[form.unit_field.name] = unit
    if len(counting) < 2 or adds_up(form, submissions):
        return rows, origins
    stays = ~rows.duplicated([*form.info.key], keep="last")
    return rows[stays].reset_index(drop=True), list(compress(origins, stays))


def _origins(submission: Submission, sheets: Iterable[SheetRows], rows: int) -> list[Origin]:
    origins = [Origin(submission, place) for place in row_places(submission.file_name, sheets)]
    return origins or [Origin(submission)] * rows
