"""A period of the ledger as it stood before later returns came in."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Self

import pandas as pd

from zjf.ledger.ledger import Ledger
from zjf.ledger.records import Submission
from zjf.ledger.rows.submissions import adds_up, drop_duplicate_rows, effective
from zjf.schemas import FORMS


class LedgerThen(Ledger):
    """A ledger in which, of one period, only the submissions given count. It is to be read only."""

    def __init__(self, ledger: Ledger, period: str, counting: Sequence[Submission]) -> None:
        super().__init__(ledger.engine, ledger.roster)
        self._period, self._counting = period, counting

    @classmethod
    def of_numbers(cls, ledger: Ledger, period: str, sources: Iterable[tuple[str, int]]) -> Self:
        """Returns the ledger in which submissions count that are named by their number, each as a unit's."""
        on_record = ledger.submissions(period, include_superseded=True)
        by_number = {submission.id: submission for submission in on_record}
        return cls(ledger, period, [replace(by_number[number], unit=unit) for unit, number in sources])

    @property
    def units(self) -> list[str]:
        """The units of which something counts in that period."""
        return list(dict.fromkeys(submission.unit for submission in self._counting))

    def submissions(
        self, period: str, form: str | None = None, include_superseded: bool = False
    ) -> list[Submission]:
        if period != self._period:
            return super().submissions(period, form, include_superseded)
        return [submission for submission in self._counting if form in (None, submission.form)]

    def frame(self, form: str, period: str, units: Iterable[str] | None = None) -> pd.DataFrame:
        if period != self._period:
            return super().frame(form, period, units)
        by_unit: dict[str, list[Submission]] = {}
        for submission in self._counting:
            if submission.form == form:
                by_unit.setdefault(submission.unit, []).append(submission)
        names = sorted(by_unit) if units is None else [unit for unit in units if unit in by_unit]
        tables = [
            self.frame_of(submission)
            for unit in names
            for submission in effective(FORMS[form], by_unit[unit])
        ]
        rows = pd.concat([super().frame(form, period, []), *tables], ignore_index=True)
        joined = [unit for unit in names if adds_up(FORMS[form], by_unit[unit])]
        return drop_duplicate_rows(FORMS[form], rows, joined) if len(tables) > len(names) else rows


def states(ledger: Ledger, period: str, units: Collection[str]) -> Iterator[LedgerThen]:
    """Yields the period as it stood after each return of the units, the present state first.

    The returns of other units are left out.
    """
    submissions = [
        submission
        for submission in ledger.submissions(period, include_superseded=True)
        if submission.unit in units
    ]
    returns = [
        list(tables) for _, tables in groupby(submissions, key=lambda submission: submission.received_at)
    ]
    for end in range(len(returns), 0, -1):
        sent_by_then = {submission.id: submission for tables in returns[:end] for submission in tables}
        counting = [
            submission for submission in sent_by_then.values() if submission.superseded_by not in sent_by_then
        ]
        yield LedgerThen(ledger, period, counting)
