"""When each file came in. What was recorded once keeps its time, unless somebody says that it came earlier."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select, update

from zjf.ledger.records import Arrival, Called, Sighting
from zjf.ledger.registers import log
from zjf.ledger.storage.checksums import about_to_change
from zjf.ledger.storage.tables import seen


def record(
    connection: Connection,
    sightings: Iterable[Sighting],
    at: datetime,
    called: Called,
    *,
    corrects: bool = False,
) -> None:
    """Records the files that are not on record for their period, unit and form, by the units' names of now.

    Args:
        connection: The ledger, to be written to.
        sightings: The files.
        at: When they came in.
        called: What a unit of an earlier roster is called now.
        corrects: Whether a file that is on record with a later time gets this one. A file is often recorded
            only when it is checked, days after it came in.
    """
    told = list(dict.fromkeys(sightings))
    if corrects:
        _set_back(connection, told, at, called)
    known = {
        (row.sha256, row.period, called(row.unit), row.form)
        for row in connection.execute(select(*seen.primary_key))
    }
    for sighting in told:
        key = (sighting.sha256, sighting.period, called(sighting.unit), sighting.form)
        if key not in known:
            known.add(key)
            about_to_change(connection, seen, sighting.period)
            connection.execute(insert(seen).values(**vars(sighting), first_seen_at=at))
            log.add(connection, at, "seen", sighting, file_name=sighting.file_name, sha256=sighting.sha256)


def _set_back(connection: Connection, sightings: Iterable[Sighting], at: datetime, called: Called) -> None:
    """Gives the files that are on record with a later time this one; the log keeps both."""
    told = {
        (sighting.sha256, sighting.period, called(sighting.unit), sighting.form) for sighting in sightings
    }
    for row in connection.execute(select(seen).where(seen.c.first_seen_at > at)).all():
        sighting = Sighting(
            sha256=row.sha256, file_name=row.file_name, period=row.period, unit=row.unit, form=row.form
        )
        if (row.sha256, row.period, called(row.unit), row.form) in told:
            about_to_change(connection, seen, row.period)
            of_row = [column == row._mapping[column] for column in seen.primary_key]
            connection.execute(update(seen).where(*of_row).values(first_seen_at=at))
            before = row.first_seen_at.isoformat()
            log.add(
                connection, datetime.now(UTC), "seen earlier", sighting, came=at.isoformat(), before=before
            )


def first_seen(connection: Connection, sha256: str, period: str | None) -> datetime | None:
    """When a file's bytes were first seen, ever or for a period; None where they never were."""
    where = [seen.c.sha256 == sha256, *([] if period is None else [seen.c.period == period])]
    earliest = select(seen.c.first_seen_at).where(*where).order_by(seen.c.first_seen_at).limit(1)
    moment: datetime | None = connection.scalar(earliest)
    return moment


def arrivals(connection: Connection, period: str, called: Called) -> list[Arrival]:
    """What came in for a period, the earliest first, by the units' names of now."""
    columns = [column for column in seen.c if column is not seen.c.period]
    of_period = select(seen).where(seen.c.period == period).order_by(seen.c.first_seen_at, *columns)
    return [Arrival(**{**row._mapping, "unit": called(row.unit)}) for row in connection.execute(of_period)]
