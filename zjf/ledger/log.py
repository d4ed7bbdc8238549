"""The event log: what was done to the ledger. Events are only ever added."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from zjf.ledger.records import Acceptance, Event, Outcome, Rejection, Sighting
from zjf.ledger.tables import event

REJECTED = "rejected"
_ACCEPTED = frozenset(each.value for each in Outcome)


def add(connection: Connection, at: datetime, what: str, about: Acceptance | Sighting, **detail: Any) -> None:
    """Adds an event; its detail is whatever JSON can say."""
    where = {"unit": about.unit, "form": about.form, "period": about.period}
    connection.execute(insert(event).values(at=at, what=what, detail=detail, **where))


def events(connection: Connection, period: str | None) -> list[Event]:
    """The events of a period, or all of them, the oldest first."""
    log = select(event).order_by(event.c.id)
    found = connection.execute(log if period is None else log.where(event.c.period == period))
    return [Event(**each._mapping) for each in found]


def rejections(connection: Connection, period: str) -> dict[tuple[str, str], Rejection]:
    """Unit and form: the rejection that no acceptance has answered since.

    One of a file that could not be read (no form) is answered by any form of the unit.
    """
    standing: dict[tuple[str, str], Rejection] = {}
    for each in events(connection, period):
        if each.what == REJECTED:
            standing[each.unit, each.form] = Rejection(
                unit=each.unit, form=each.form, period=each.period, **each.detail
            )
        elif each.what in _ACCEPTED:
            standing.pop((each.unit, each.form), None)
            standing.pop((each.unit, ""), None)
    return standing
