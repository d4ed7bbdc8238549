"""The notice by which each period was last aggregated: what another one asks for was not asked for then."""

from datetime import UTC, datetime
from typing import NamedTuple

from zjf.ledger.ledger import Ledger
from zjf.ledger.registers import log

_EVENT = "notice applied"


class AppliedNotice(NamedTuple):
    """A notice by which a period was aggregated."""

    id: str
    title: str


def record_notice(ledger: Ledger, period: str, notice: AppliedNotice) -> None:
    """Puts on record by which notice a period was aggregated; writes nothing where that is on record.

    Raises:
        CannotDoError: As the ledger's methods.
    """
    if notice_applied(ledger, period) != notice:
        with ledger.writing(_EVENT, period) as connection:
            log.add(connection, datetime.now(UTC), _EVENT, log.Subject(period=period), **notice._asdict())


def notice_applied(ledger: Ledger, period: str) -> AppliedNotice | None:
    """Returns the notice by which a period was last aggregated; None where an older zjf kept none.

    Raises:
        CannotDoError: As the ledger's methods.
    """
    applied = [event.detail for event in ledger.events(period) if event.what == _EVENT]
    return AppliedNotice(**applied[-1]) if applied else None
