"""What was accepted before a period."""

from zjf.ledger import Ledger
from zjf.period import Calendar, Period, in_order
from zjf.rules.progress import Past


class LastAccepted:
    """What was last accepted of a unit's form before a period (`zjf.rules.progress.PastOf`).

    Args:
        ledger: The county's ledger.
        period: The period that is held against what came before it.
        calendar: When periods close.
    """

    def __init__(self, ledger: Ledger, period: Period, calendar: Calendar) -> None:
        self._ledger = ledger
        accepted = ledger.accepted()
        order = [
            str(name) for name in in_order({period for _, _, period in accepted} | {str(period)}, calendar)
        ]
        earlier = {name: place for place, name in enumerate(order[: order.index(str(period))])}
        self._last: dict[tuple[str, str], str] = {}
        for unit, form, name in sorted(accepted, key=lambda entry: earlier.get(entry[2], -1)):
            if name in earlier:
                self._last[unit, form] = name

    def __call__(self, unit: str, form: str) -> Past | None:
        period = self._last.get((unit, form))
        return Past(period, self._ledger.frame(form, period, [unit])) if period else None
