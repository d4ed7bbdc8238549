"""What was accepted for a period in earlier runs, with which the returns of a run are compared."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cached_property

import pandas as pd

from zjf.checking.one_return import CheckedReturn
from zjf.counting.sweep import ByVillage, key_figures
from zjf.intake.table import Table
from zjf.ledger import Ledger, Submission
from zjf.rules.agreement import LedgerCounts, counts_of
from zjf.rules.house_keys import AcceptedHouse, held_by_other_units
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSES


class AcceptedThisPeriod:
    """What is on record for a period, of the units of the roster.

    Houses count as tall by the notice's floors. `in_part` says that the good rows of a return with errors replace
    what is on record (`--partial`).
    """

    def __init__(
        self,
        ledger: Ledger,
        period: str,
        units: Collection[str],
        *,
        floors: int,
        in_part: bool = False,
    ) -> None:
        self._ledger, self._period, self._units = ledger, period, units
        self._floors, self._in_part = floors, in_part

    @cached_property
    def _submissions(self) -> list[Submission]:
        return self._ledger.submissions(self._period)

    def numbers(self) -> set[int]:
        """Returns the numbers of the submissions that count."""
        return {submission.id for submission in self._submissions}

    def bears_on(self, checked: Sequence[CheckedReturn], compared_with: Collection[int]) -> bool:
        """Whether returns may be judged differently by what was accepted since they were compared with some submissions.

        They may where one of their units has sent something since, or another one has sent one of their houses.
        """
        newcomers = {sent.unit for sent in self._submissions if sent.id not in compared_with}
        if any(newcomers & set(table.units) for each in checked for table in each.tables):
            return True
        keys = [keys for each in checked for keys in each.keys]
        return any(
            any(held_by_other_units(keys, form, self.houses(form, newcomers & self.units(form))))
            for form in {each.form for each in keys}
        )

    @cached_property
    def _sent(self) -> dict[tuple[str, str], list[Submission]]:
        submissions: dict[tuple[str, str], list[Submission]] = {}
        for submission in self._submissions:
            if submission.unit in self._units:
                submissions.setdefault((submission.unit, submission.form), []).append(submission)
        return submissions

    def first_seen(self, sha256: str) -> datetime | None:
        """Returns when a file was first seen for the period (`zjf.checking.across_returns.FirstSeen`)."""
        return self._ledger.first_seen(sha256, self._period)

    def units(self, form: str) -> set[str]:
        """Returns the units of which a form is on record."""
        return {unit for unit, submission_form in self._sent if submission_form == form}

    def is_replaced_by(self, claims: Iterable[tuple[CheckedReturn, Table]]) -> bool:
        """Whether these tables, if they are accepted, replace what is on record of a unit's form."""
        return any(
            not checked.blocked or (self._in_part and len(checked.rejected_rows(table)) < len(table.rows))
            for checked, table in claims
        )

    def houses(self, form: str, units: Collection[str]) -> dict[str, AcceptedHouse]:
        """Returns the houses on record of some units, by house_id."""
        file_names = {unit: self.file_name(form, unit) for unit in units}
        return {house_id: AcceptedHouse(unit, file_names[unit]) for house_id, unit in self._keys(form, units)}

    def house_ids(self, form: str, units: Collection[str]) -> dict[str, set[str]]:
        """Returns the house_ids on record of some units, by unit."""
        by_unit: dict[str, set[str]] = {unit: set() for unit in units}
        for house_id, unit in self._keys(form, units):
            by_unit[unit].add(house_id)
        return by_unit

    def file_name(self, form: str, unit: str) -> str:
        """Returns the names of a unit's files of a form, as they may be shown; for that the county's people are read."""
        names = (submission.file_name for submission in self._sent[unit, form])
        return "、".join(map(self._ledger.people().shown, names))

    def _keys(self, form: str, units: Collection[str]) -> Iterator[tuple[str, str]]:
        """Yields the house_id and the unit of each house on record of some units."""
        keys = self._ledger.keys(form, self._period, sorted(units))
        yield from zip(keys.house_id, keys[FORMS[form].unit_field.name], strict=True)

    def counts(self, units: Sequence[str]) -> dict[str, LedgerCounts]:
        """Returns the counts of some units' house ledgers, by unit, without incomplete ledgers."""
        return {unit: counts_of(self._rows(unit)) for unit in self._told_whole(units)}

    def villages(self, units: Sequence[str]) -> dict[str, ByVillage]:
        """Returns the same counts by village."""
        return {unit: key_figures(self._rows(unit), self._floors) for unit in self._told_whole(units)}

    def _rows(self, unit: str) -> pd.DataFrame:
        return self._ledger.frame(HOUSES, self._period, [unit])

    def _told_whole(self, units: Sequence[str]) -> list[str]:
        """Returns the units whose house ledger was accepted with all rows: the counts of others are not known."""
        sent_back = {
            rejection.unit
            for rejection in self._ledger.rejections(self._period)
            if rejection.form in (HOUSES, "")
        }
        return [
            unit
            for unit in units
            if unit not in sent_back
            and (submissions := self._sent.get((unit, HOUSES)))
            and not any(submission.rows_rejected for submission in submissions)
        ]
