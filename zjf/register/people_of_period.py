"""The people whose names are masked in ledgers without a column for names: all in the period's other ledgers.

A printed table is verified from what is on record, so its names are masked by the returns that counted when
it was printed, not by those that came in since.
"""

from collections.abc import Iterable, Iterator, Sequence

import pandas as pd

from zjf.ledger import Ledger, PrintedTable, Submission
from zjf.ledger.as_of import LedgerThen
from zjf.problems import People
from zjf.schemas import FORMS, Form

NAME_COLUMNS: dict[str, tuple[str, ...]] = {
    form.id: names
    for form in FORMS.values()
    if (names := tuple(field.name for field in form.fields if field.names_people))
}
"""The forms that name people, with the columns that do."""


def lacks_name_columns(form: Form) -> bool:
    """Whether a form has no column for names, so that names in its texts are known from other ledgers only."""
    return form.id not in NAME_COLUMNS


def sources_of_names(submissions: Iterable[Submission]) -> list[tuple[str, int]]:
    """Returns the submissions whose form names people, as their unit's name and their number."""
    return [(submission.unit, submission.id) for submission in submissions if submission.form in NAME_COLUMNS]


def people_in_force(ledger: Ledger, period: str, units: Sequence[str]) -> People:
    """Returns everybody whom the rows that count for a period name."""
    return People(
        _names(ledger.frame(form, period, units)[list(names)] for form, names in NAME_COLUMNS.items())
    )


def people_when_printed(printed: PrintedTable, ledger: Ledger) -> People | None:
    """Returns everybody named in what counted when a table was printed; None where no names were looked for."""
    if "people" not in printed.content:
        return None
    then = LedgerThen.of_numbers(ledger, printed.period, printed.content["people"])
    return people_in_force(then, printed.period, then.units)


def _names(frames: Iterable[pd.DataFrame]) -> Iterator[object]:
    for frame in frames:
        for name in frame:
            yield from set(frame[name])
