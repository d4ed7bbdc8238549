"""The event log: what was done to the ledger. Events are only ever added."""

import logging
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from zjf.ledger.acceptances import Acceptance
from zjf.ledger.records import CurrentName, Event, Outcome, RecordedDraw, Rejection, Sighting, Signature
from zjf.ledger.storage.checksums import add_lines
from zjf.ledger.storage.tables import event
from zjf.period import to_the_minute

_log = logging.getLogger(__name__)

RESTORED, BEGUN_ANEW = "restored", "begun anew"
"""The ledger took the place of one that held more: what was put on record there is not here."""
_REJECTED, _ANSWERED = "rejected", "answered"
_ACCEPTED = frozenset(outcome.value for outcome in Outcome)
_CLOCKS_APART = timedelta(minutes=5)
"""How far apart the clocks of two computers that share a ledger may be."""


class Subject(NamedTuple):
    """What an event is about; empty where it is about no single unit, form or period."""

    unit: str = ""
    form: str = ""
    period: str = ""


def add(
    connection: Connection,
    at: datetime,
    what: str,
    about: Acceptance | Sighting | Signature | RecordedDraw | Subject,
    **detail: Any,
) -> None:
    subject = {"unit": about.unit, "form": about.form, "period": about.period}
    add_lines(connection, event, {"at": at, "what": what, "detail": detail, **subject})


def events(connection: Connection, period: str | None) -> list[Event]:
    """The events of a period, or all of them, the oldest first."""
    query = select(event).order_by(event.c.id)
    rows = connection.execute(query if period is None else query.where(event.c.period == period))
    return [Event(**row._mapping) for row in rows]


def latest(connection: Connection) -> datetime | None:
    """Returns when the last event was recorded, by the clock of then; None where there is none."""
    moment: datetime | None = connection.scalar(select(event.c.at).order_by(event.c.at.desc()).limit(1))
    return moment


def warn_of_clock(connection: Connection, now: datetime) -> None:
    """Warns that the last event is later than now: a clock was, or is, wrong, and what is recorded bears its time."""
    moment = latest(connection)
    if moment and moment > now + _CLOCKS_APART:
        was, is_now = map(to_the_minute, (moment, now))
        _log.warning("电脑的时间（%s）比台账里最近的记录（%s）还早，请核对电脑的日期和时间。", is_now, was)


def reject(
    connection: Connection,
    standing: Mapping[tuple[str, str], Sequence[Rejection]],
    rejections: Sequence[Rejection],
    taken: Collection[tuple[str, str]],
    at: datetime,
) -> None:
    """Records rejections, and that acceptances answered earlier ones, where the log does not say so already."""
    sent_back: dict[tuple[str, str], list[Rejection]] = {}
    for rejection in rejections:
        sent_back.setdefault((rejection.unit, rejection.form), []).append(rejection)
    units = {unit for unit, _ in taken}
    for (unit, form), answered in standing.items():
        if (unit, form) not in sent_back and ((unit, form) in taken or (not form and unit in units)):
            add(connection, at, _ANSWERED, answered[0])
    for key, of_key in sent_back.items():
        for rejection in of_key if of_key != standing.get(key) else ():
            detail = {
                "file_name": rejection.file_name,
                "sha256": rejection.sha256,
                "errors": dict(rejection.errors),
            }
            add(connection, at, _REJECTED, rejection, **detail)


def standing_rejections(
    connection: Connection, period: str, current_name: CurrentName
) -> dict[tuple[str, str], list[Rejection]]:
    """Returns, by the unit's present name and form, the rejections that no acceptance has answered since.

    They are those of the last run that sent something back of that unit and form. The rejection of a file that could
    not be read (it has no form) is answered by any form of the unit; that of a file of which the unit is not known,
    by a file of its name with a unit.
    """
    standing: dict[tuple[str, str], list[Rejection]] = {}
    rejected_at: dict[tuple[str, str], datetime] = {}
    for entry in events(connection, period):
        unit = current_name(entry.unit)
        key = (unit, entry.form)
        if entry.what == _REJECTED:
            if key not in standing or rejected_at[key] != entry.at:
                standing[key], rejected_at[key] = [], entry.at
            standing[key].append(Rejection(unit=unit, form=entry.form, period=entry.period, **entry.detail))
        elif entry.what == _ANSWERED or entry.what in _ACCEPTED:
            standing.pop(key, None)
        if entry.what in _ACCEPTED:
            standing.pop((unit, ""), None)
        if unit and (entry.what == _REJECTED or entry.what in _ACCEPTED):
            of_earlier_runs = [key for key in standing if not key[0] and rejected_at[key] != entry.at]
            _drop_file(standing, of_earlier_runs, entry.detail["file_name"])
    return standing


def _drop_file(
    standing: dict[tuple[str, str], list[Rejection]], keys: Sequence[tuple[str, str]], file_name: str
) -> None:
    """Drops the rejections of a file. Files of other folders that bear its name came in the same run, not before it."""
    for key in keys:
        standing[key] = [rejection for rejection in standing[key] if rejection.file_name != file_name]
        if not standing[key]:
            del standing[key]


def sent_back_ever(
    connection: Connection, period: str, current_name: CurrentName
) -> frozenset[tuple[str, str, str]]:
    """Returns unit, form and digest of every table of a period that was sent back, answered since or not."""
    return frozenset(
        (current_name(entry.unit), entry.form, entry.detail["sha256"])
        for entry in events(connection, period)
        if entry.what == _REJECTED
    )
