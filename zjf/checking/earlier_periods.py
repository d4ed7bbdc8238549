"""What was accepted before a period."""

import json
from collections.abc import Iterable

from zjf.kept_results import digest
from zjf.ledger import Ledger, Submission
from zjf.period import Calendar, Period, in_order
from zjf.rules.progress import Past, compared


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
        earlier = {name: position for position, name in enumerate(order[: order.index(str(period))])}
        self._submissions: dict[tuple[str, str], list[Submission]] = {}
        self._last: dict[tuple[str, str], str] = {}
        for unit, form, name in sorted(accepted, key=lambda entry: earlier.get(entry[2], -1)):
            if name in earlier:
                self._last[unit, form] = name

    def state_of(self, units_and_forms: Iterable[tuple[str, str]]) -> str:
        """Returns a digest of what was last accepted of units' forms; it differs where that has changed."""
        last_periods = [(unit, form, self._last.get((unit, form))) for unit, form in sorted(units_and_forms)]
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
        period = self._last.get((unit, form))
        return Past(period, self._ledger.columns(form, period, compared(form), [unit])) if period else None
