"""Whose names are masked in the ledgers that have no column for names: those of the period's houses and households.

What was printed is verified from what is on record: so it is masked by the returns that counted then, not by
whoever came to be known since.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pandas as pd

from zjf.ledger import Ledger, PrintedTable, Submission
from zjf.ledger.as_of import LedgerThen
from zjf.problems import People
from zjf.schemas import FORMS, Form
from zjf.schemas.kinds import Kind

NAMED: dict[str, tuple[str, ...]] = {
    form.id: names
    for form in FORMS.values()
    if (names := tuple(field.name for field in form.fields if field.personal and field.kind is Kind.TEXT))
}
"""The forms that name people, and in which columns."""


def names_others(form: Form) -> bool:
    """Whether a form has no column for names, so that those in its texts are known from elsewhere only."""
    return form.id not in NAMED


def sources_of_names(submissions: Iterable[Submission]) -> list[tuple[str, int]]:
    """The submissions that name people, each with its unit's name."""
    return [(sent.unit, sent.id) for sent in submissions if sent.form in NAMED]


def people_in_force(ledger: Ledger, period: str, units: Sequence[str]) -> People:
    """Everybody named in what counts for a period."""
    return People(_names(ledger.frame(form, period, units)[list(names)] for form, names in NAMED.items()))


def people_when_printed(printed: PrintedTable, ledger: Ledger) -> People | None:
    """Everybody named in what counted when a table was printed; None where its names were not looked for."""
    if "people" not in printed.said:
        return None
    sent = {
        submission.id: submission
        for submission in ledger.submissions(printed.period, include_superseded=True)
    }
    counted = [replace(sent[number], unit=unit) for unit, number in printed.said["people"]]
    units = list(dict.fromkeys(submission.unit for submission in counted))
    return people_in_force(LedgerThen(ledger, printed.period, counted), printed.period, units)


def _names(frames: Iterable[pd.DataFrame]) -> Iterator[object]:
    for frame in frames:
        for name in frame:
            yield from set(frame[name])
