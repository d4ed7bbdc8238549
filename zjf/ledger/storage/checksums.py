"""Checksums of the ledger's small tables, one for each table and period: they show a lost or changed line.

The rows of the forms are not in them: the digests in the table of submissions guard those
(`zjf.ledger.rows.digests`).
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import blake2b
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, func, insert, inspect, select

from zjf.ledger.storage.damage import LedgerDamagedError, damaged_when_garbled
from zjf.ledger.storage.tables import checksum, event, paper, printed, seen, signature, submission

GUARDED: Mapping[str, Table] = {
    table.name: table for table in (submission, seen, event, signature, printed, paper)
}
"""The tables that are guarded. Each has a column `period`."""

_TITLES = {
    "submission": "接收记录",
    "seen": "收到登记",
    "event": "事件记录",
    "signature": "签字登记",
    "printed": "出表登记",
    "paper": "文书登记",
}
_WHOLE = checksum.name
_CHANGED = "changed periods"
_LOCK = 0x7A6A66  # of a PostgreSQL ledger's checksums, which two must not renew at once

State = tuple[int, str]
"""How many lines there are, and their digest."""
_NOTHING: State = (0, "")


def about_to_change(connection: Connection, table: Table, period: str) -> None:
    """Call it before a line of a guarded table is added or changed; `renew` then renews the checksum.

    Raises:
        LedgerDamagedError: The table is damaged already: a new checksum would hide that.
    """
    changed: set[tuple[str, str]] = connection.info.setdefault(_CHANGED, set())
    if (table.name, period) in changed:
        return
    if not _is_sound(connection, table, period):
        _lock(connection)  # another writer may have come between reading the lines and the checksum
        if not _is_sound(connection, table, period):
            raise _damaged(table.name, period)
    changed.add((table.name, period))


def renew(connection: Connection) -> None:
    """Renews, at the end of a transaction, the checksums of what it changed."""
    changed: set[tuple[str, str]] = connection.info.pop(_CHANGED, set())
    if not changed:
        return
    _lock(connection)
    for name, period in changed:
        _record(connection, name, period, _state(connection, GUARDED[name], period))
    _record(connection, _WHOLE, "", _state_of_checksums(connection))


def renew_all(connection: Connection) -> None:
    """Renews all checksums, after an upgrade changed the tables themselves."""
    _lock(connection)
    for table in GUARDED.values():
        about = connection.info.setdefault(_CHANGED, set())
        about |= {(table.name, period) for period in connection.scalars(select(table.c.period).distinct())}
    connection.execute(delete(checksum))
    _record(connection, _WHOLE, "", _NOTHING)
    renew(connection)


def check(
    connection: Connection, period: str | None = None, columns: Mapping[str, Collection[str]] | None = None
) -> None:
    """Compares the small tables with their checksums.

    Args:
        connection: To the ledger, in a transaction that sees one state of it.
        period: The period that is checked; None: all of them.
        columns: The columns that each table has, in a ledger of an older zjf.

    Raises:
        LedgerDamagedError: A line was lost or changed.
    """
    recorded = _recorded(connection)
    for name, table in GUARDED.items():
        if columns is not None and name not in columns:
            continue
        present = [column for column in table.c if columns is None or column.name in columns[name]]
        lines = select(*present) if period is None else select(*present).where(table.c.period == period)
        now = _states(connection.execute(lines))
        then = {
            recorded_period: state
            for (of, recorded_period), state in recorded.items()
            if of == name and period in (None, recorded_period)
        }
        for recorded_period in now.keys() | then.keys():
            if now.get(recorded_period, _NOTHING) != then.get(recorded_period, _NOTHING):
                raise _damaged(name, recorded_period)


def columns_there(connection: Connection) -> dict[str, set[str]]:
    """Returns the columns that each table in the database has."""
    tables = inspect(connection).get_multi_columns()
    return {name: {column["name"] for column in columns} for (_, name), columns in tables.items()}


def _recorded(connection: Connection) -> dict[tuple[str, str], State]:
    lines = connection.execute(select(checksum)).all()
    recorded = {(row.table_name, row.period): (row.lines, row.digest) for row in lines}
    if recorded.pop((_WHOLE, ""), None) != _state_of_checksums(connection):
        raise LedgerDamagedError("校验记录与写入时不同")
    return recorded


def _damaged(name: str, period: str) -> LedgerDamagedError:
    return LedgerDamagedError(f"{period}{'的' * bool(period)}{_TITLES[name]}与写入时不同")


def _is_sound(connection: Connection, table: Table, period: str) -> bool:
    where = (checksum.c.table_name == table.name, checksum.c.period == period)
    recorded = connection.execute(select(checksum.c.lines, checksum.c.digest).where(*where)).one_or_none()
    with damaged_when_garbled():
        return _state(connection, table, period) == (tuple(recorded) if recorded else _NOTHING)


def _record(connection: Connection, name: str, period: str, state: State) -> None:
    where = (checksum.c.table_name == name, checksum.c.period == period)
    recorded = connection.execute(select(checksum.c.lines, checksum.c.digest).where(*where)).one_or_none()
    if recorded and tuple(recorded) == state:
        return
    connection.execute(delete(checksum).where(*where))
    lines, digest = state
    values = {"table_name": name, "period": period, "lines": lines, "digest": digest}
    connection.execute(insert(checksum).values(**values))


def _state(connection: Connection, table: Table, period: str) -> State:
    return _state_of(connection.execute(select(table).where(table.c.period == period)))


def _states(lines: Iterable[Row[Any]]) -> dict[str, State]:
    by_period = groupby(sorted(lines, key=lambda row: str(row.period)), key=lambda row: str(row.period))
    return {period: _state_of(rows) for period, rows in by_period}


def _state_of_checksums(connection: Connection) -> State:
    others = select(checksum).where(checksum.c.table_name != _WHOLE)
    return _state_of(connection.execute(others))


def _state_of(rows: Iterable[Row[Any]]) -> State:
    lines = sorted(_lines_as_json(rows))
    if not lines:
        return _NOTHING
    return len(lines), blake2b("\n".join(lines).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _lines_as_json(rows: Iterable[Row[Any]]) -> Iterator[str]:
    # Blank values are left out, so that a column added to a table one day changes no checksum.
    for row in rows:
        filled = {name: value for name, value in row._mapping.items() if value is not None}
        yield _LINE.encode(filled)


def _as_json(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


# Made once, and without looking for circles, which no line of a table has: a ledger has thousands of lines.
_LINE = json.JSONEncoder(default=_as_json, sort_keys=True, ensure_ascii=False, check_circular=False)


def _lock(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
