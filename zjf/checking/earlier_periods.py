"""What was accepted before a period."""

import json
from collections.abc import Iterable

from zjf.kept_results import digest
from zjf.ledger import Ledger, Submission
from zjf.period import Calendar, Period, in_order
from zjf.rules.progress import Past, compared
from zjf.schemas.form_ids import HOUSES, PROGRESS

_FIGURES = (PROGRESS, HOUSES)
"""The forms that tell a unit's figures; of two that came for one period, the attachment does."""


class LastAccepted:
    """What was last accepted of a unit's form before a period (`zjf.rules.progress.PastOf`).

    Args:
        period: The period; what was accepted for earlier ones is looked for.
    """

    def __init__(self, ledger: Ledger, period: Period, calendar: Calendar) -> None:
        self._ledger = ledger
        accepted = ledger.accepted()
        order = [
            str(name) for name in in_order({period for _, _, period in accepted} | {str(period)}, calendar)
        ]
        self._positions = {name: place for place, name in enumerate(order[: order.index(str(period))])}
        self._submissions: dict[tuple[str, str], list[Submission]] = {}
        self._last: dict[tuple[str, str], str] = {}
        # A unit's ledger is asked for twice in a row: for itself, and in place of the attachment.
        self._read_last: tuple[tuple[str, str], Past] | None = None
        earlier = (entry for entry in accepted if entry[2] in self._positions)
        for unit, form, name in sorted(earlier, key=lambda entry: self._positions[entry[2]]):
            self._last[unit, form] = name

    def state_of(self, units_and_forms: Iterable[tuple[str, str]]) -> str:
        """Returns a digest of what was last accepted of units' forms; it differs where that has changed."""
        compared_with = {
            (unit, each)
            for unit, form in units_and_forms
            for each in (_FIGURES if form in _FIGURES else (form,))
        }
        last_periods = [(*which, self._last.get(which)) for which in sorted(compared_with)]
        return digest(
            json.dumps([[*entry, self._accepted(*entry)] for entry in last_periods], ensure_ascii=False)
        )

    def _accepted(self, unit: str, form: str, period: str | None) -> list[str]:
        if period is None:
            return []
        if (form, period) not in self._submissions:
            self._submissions[form, period] = self._ledger.submissions(period, form)
        return [
            submission.identity for submission in self._submissions[form, period] if submission.unit == unit
        ]

    def __call__(self, unit: str, form: str) -> Past | None:
        """Returns what was last accepted; in place of an attachment the unit's ledger, if that came later."""
        told = [
            (self._positions[period], each, period)
            for each in (_FIGURES if form == PROGRESS else (form,))
            if (period := self._last.get((unit, each)))
        ]
        if not told:
            return None
        _, last_form, period = max(told, key=lambda entry: entry[0])
        if self._read_last is None or self._read_last[0] != (unit, last_form):
            rows = self._ledger.columns(last_form, period, compared(last_form), [unit])
            self._read_last = ((unit, last_form), Past(period, rows, last_form))
        return self._read_last[1]
