"""The event log: what was done to the ledger. Events are only ever added."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from zjf.ledger.acceptances import Acceptance
from zjf.ledger.records import Called, Event, Outcome, RecordedDraw, Rejection, Sighting, Signature
from zjf.ledger.storage.checksums import about_to_change
from zjf.ledger.storage.tables import event

_REJECTED, _ANSWERED = "rejected", "answered"
_ACCEPTED = frozenset(outcome.value for outcome in Outcome)


def add(
    connection: Connection,
    at: datetime,
    what: str,
    about: Acceptance | Sighting | Signature | RecordedDraw,
    **detail: Any,
) -> None:
    """Adds an event; its detail is whatever JSON can say."""
    about_to_change(connection, event, about.period)
    where = {"unit": about.unit, "form": about.form, "period": about.period}
    connection.execute(insert(event).values(at=at, what=what, detail=detail, **where))


def note(connection: Connection, at: datetime, what: str, **detail: Any) -> None:
    """Adds an event that is of no unit, form and period."""
    about_to_change(connection, event, "")
    whole = {"unit": "", "form": "", "period": ""}
    connection.execute(insert(event).values(at=at, what=what, detail=detail, **whole))


def events(connection: Connection, period: str | None) -> list[Event]:
    """The events of a period, or all of them, the oldest first."""
    log = select(event).order_by(event.c.id)
    rows = connection.execute(log if period is None else log.where(event.c.period == period))
    return [Event(**row._mapping) for row in rows]


def latest(connection: Connection) -> datetime | None:
    """When the last thing was done, by the clock of then; None where nothing was."""
    found: datetime | None = connection.scalar(select(event.c.at).order_by(event.c.at.desc()).limit(1))
    return found


def reject(
    connection: Connection,
    standing: Mapping[tuple[str, str], Rejection],
    rejections: Sequence[Rejection],
    taken: Collection[tuple[str, str]],
    at: datetime,
) -> None:
    """Adds what was sent back, and what an acceptance answers, where the log does not say so already."""
    sent_back = {(rejection.unit, rejection.form): rejection for rejection in rejections}
    units = {unit for unit, _ in taken}
    for (unit, form), rejection in standing.items():
        if (unit, form) not in sent_back and ((unit, form) in taken or (not form and unit in units)):
            add(connection, at, _ANSWERED, rejection)
    for key, rejection in sent_back.items():
        if standing.get(key) != rejection:
            detail = {
                "file_name": rejection.file_name,
                "sha256": rejection.sha256,
                "errors": dict(rejection.errors),
            }
            add(connection, at, _REJECTED, rejection, **detail)


def standing_rejections(
    connection: Connection, period: str, called: Called
) -> dict[tuple[str, str], Rejection]:
    """Unit, by its name of now, and form: the rejection that nothing accepted since has answered.

    One of a file that could not be read (no form) is answered by any form of the unit.
    """
    standing: dict[tuple[str, str], Rejection] = {}
    for entry in events(connection, period):
        unit = called(entry.unit)
        if entry.what == _REJECTED:
            standing[unit, entry.form] = Rejection(
                unit=unit, form=entry.form, period=entry.period, **entry.detail
            )
        elif entry.what == _ANSWERED or entry.what in _ACCEPTED:
            standing.pop((unit, entry.form), None)
        if entry.what in _ACCEPTED:
            standing.pop((unit, ""), None)
    return standing
