"""The notice by which each period was last aggregated: by another one nobody is called late or silent in it."""

from datetime import UTC, datetime

from zjf.ledger.ledger import Ledger
from zjf.ledger.registers import log

_EVENT = "notice applied"


def record_notice(ledger: Ledger, period: str, notice: str) -> None:
    """Puts on record by which notice a period was aggregated; writes nothing where that is on record.

    Raises:
        CannotDoError: As the ledger's methods.
    """
    if notice_applied(ledger, period) != notice:
        with ledger.writing(_EVENT, period) as connection:
            log.add(connection, datetime.now(UTC), _EVENT, log.Subject(period=period), notice=notice)


def notice_applied(ledger: Ledger, period: str) -> str | None:
    """Returns the id of the notice by which a period was last aggregated; None where an older zjf kept none.

    Raises:
        CannotDoError: As the ledger's methods.
    """
    applied = [event.detail["notice"] for event in ledger.events(period) if event.what == _EVENT]
    return applied[-1] if applied else None
