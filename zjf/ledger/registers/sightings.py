"""When each file came in. A file on record keeps its time, unless a clerk corrects it to an earlier one."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Connection, select, update

from zjf.ledger.records import Arrival, CurrentName, Sighting
from zjf.ledger.registers import log
from zjf.ledger.storage.checksums import about_to_change, add_lines
from zjf.ledger.storage.tables import seen


def record(
    connection: Connection,
    sightings: Iterable[Sighting],
    at: datetime,
    current_name: CurrentName,
    *,
    corrects: bool = False,
) -> None:
    """Records the files that are not on record for their period, unit and form.

    Args:
        at: When they came in.
        corrects: Whether a file on record with a later time gets this one: a file is often recorded only when it
            is checked, days after it came in.
    """
    distinct_sightings = list(dict.fromkeys(sightings))
    if corrects:
        _correct_times(connection, distinct_sightings, at, current_name)
    known = {
        (row.sha256, row.period, current_name(row.unit), row.form)
        for row in connection.execute(select(*seen.primary_key))
    }
    for sighting in distinct_sightings:
        key = (sighting.sha256, sighting.period, current_name(sighting.unit), sighting.form)
        if key not in known:
            known.add(key)
            add_lines(connection, seen, vars(sighting) | {"first_seen_at": at})
            log.add(connection, at, "seen", sighting, file_name=sighting.file_name, sha256=sighting.sha256)


def _correct_times(
    connection: Connection, sightings: Iterable[Sighting], at: datetime, current_name: CurrentName
) -> None:
    """Gives this time to the files that are on record with a later one; the log keeps both."""
    keys = {
        (sighting.sha256, sighting.period, current_name(sighting.unit), sighting.form)
        for sighting in sightings
    }
    for row in connection.execute(select(seen).where(seen.c.first_seen_at > at)).all():
        sighting = Sighting(
            sha256=row.sha256, file_name=row.file_name, period=row.period, unit=row.unit, form=row.form
        )
        if (row.sha256, row.period, current_name(row.unit), row.form) in keys:
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


def arrivals(connection: Connection, period: str, current_name: CurrentName) -> list[Arrival]:
    """Returns the files that came in for a period, the earliest first, with the units' present names."""
    columns = [column for column in seen.c if column is not seen.c.period]
    of_period = select(seen).where(seen.c.period == period).order_by(seen.c.first_seen_at, *columns)
    return [
        Arrival(**{**row._mapping, "unit": current_name(row.unit)}) for row in connection.execute(of_period)
    ]
