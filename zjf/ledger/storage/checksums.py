"""Checksums of the ledger's small tables, one for each table and period: they show a lost or changed line.

The rows of the forms are not in them: the digests in the table of submissions guard those
(`zjf.ledger.rows.digests`).
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import blake2b
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Result, Table, bindparam, delete, func, insert, inspect, select

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
_CHANGED = "changed periods"
_LOCK = 0x7A6A66  # of a PostgreSQL ledger's checksums, which two must not renew at once

State = tuple[int, str]
"""How many lines there are, and their digest."""
_NOTHING: State = (0, "")

_Key = tuple[str, str]
"""A table's name, and a period."""
_WHOLE: _Key = (checksum.name, "")
"""Where the checksum of the checksums stands."""

# Written once, as each transaction asks them: to put a statement together takes longer than to run it.
_OF_PERIOD = {
    name: select(table).where(table.c.period == bindparam("period")) for name, table in GUARDED.items()
}
_OF_KEY = (checksum.c.table_name == bindparam("of"), checksum.c.period == bindparam("in"))
_RECORDED = select(checksum.c.lines, checksum.c.digest).where(*_OF_KEY)
_FORGET = delete(checksum).where(*_OF_KEY)


def about_to_change(connection: Connection, table: Table, period: str) -> None:
    """Call it before a line of a guarded table is added or changed; `renew` then renews the checksum.

    Raises:
        LedgerDamagedError: The table is damaged already: a new checksum would hide that.
    """
    changed: set[tuple[str, str]] = connection.info.setdefault(_CHANGED, set())
    if (table.name, period) in changed:
        return
    if not _is_sound(connection, table, period):
        wait_to_renew(connection)  # another writer may have come between reading the lines and the checksum
        if not _is_sound(connection, table, period):
            raise _damaged(table.name, period)
    changed.add((table.name, period))


def add_lines(connection: Connection, table: Table, *lines: Mapping[str, Any]) -> None:
    """Adds lines to a guarded table.

    Raises:
        LedgerDamagedError: As `about_to_change`.
    """
    for period in {line["period"] for line in lines}:
        about_to_change(connection, table, period)
    if lines:
        connection.execute(insert(table), lines)


def renew(connection: Connection) -> None:
    """Renews, at the end of a transaction, the checksums of what it changed."""
    changed: set[tuple[str, str]] = connection.info.pop(_CHANGED, set())
    if not changed:
        return
    wait_to_renew(connection)
    before = _on_record(connection)
    now = before | {key: _state(connection, *key) for key in changed}
    now.pop(_WHOLE, None)
    now[_WHOLE] = _state_of(_lines(now))
    _record(connection, {key: state for key, state in now.items() if before.get(key) != state})


def renew_all(connection: Connection) -> None:
    """Renews all checksums, after an upgrade changed the tables themselves."""
    wait_to_renew(connection)
    for table in GUARDED.values():
        about = connection.info.setdefault(_CHANGED, set())
        about |= {(table.name, period) for period in connection.scalars(select(table.c.period).distinct())}
    connection.execute(delete(checksum))
    _record(connection, {_WHOLE: _NOTHING})
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
        now = (
            _states(_named(connection.execute(select(*present))))
            if period is None
            else {period: _state(connection, name, period)}
        )
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


def _on_record(connection: Connection) -> dict[_Key, State]:
    lines = connection.execute(select(checksum)).all()
    return {(row.table_name, row.period): (row.lines, row.digest) for row in lines}


def _recorded(connection: Connection) -> dict[_Key, State]:
    recorded = _on_record(connection)
    if recorded.pop(_WHOLE, None) != _state_of(_lines(recorded)):
        raise LedgerDamagedError("校验记录与写入时不同")
    return recorded


def _damaged(name: str, period: str) -> LedgerDamagedError:
    return LedgerDamagedError(f"{period}{'的' * bool(period)}{_TITLES[name]}与写入时不同")


def _is_sound(connection: Connection, table: Table, period: str) -> bool:
    recorded = connection.execute(_RECORDED, {"of": table.name, "in": period}).one_or_none()
    with damaged_when_garbled():
        return _state(connection, table.name, period) == (tuple(recorded) if recorded else _NOTHING)


def _record(connection: Connection, states: Mapping[_Key, State]) -> None:
    if states:
        connection.execute(_FORGET, [{"of": name, "in": period} for name, period in states])
        connection.execute(insert(checksum), _lines(states))


def _lines(states: Mapping[_Key, State]) -> list[dict[str, Any]]:
    """Returns the lines of the table of checksums."""
    return [
        {"table_name": name, "period": period, "lines": lines, "digest": digest}
        for (name, period), (lines, digest) in states.items()
    ]


def _state(connection: Connection, name: str, period: str) -> State:
    return _state_of(_named(connection.execute(_OF_PERIOD[name], {"period": period})))


def _named(rows: Result[Any]) -> Iterator[dict[str, Any]]:
    names = tuple(rows.keys())  # asked once: a ledger has thousands of lines
    return (dict(zip(names, row, strict=True)) for row in rows)


def _states(lines: Iterable[Mapping[str, Any]]) -> dict[str, State]:
    by_period = groupby(sorted(lines, key=_period_of), key=_period_of)
    return {period: _state_of(rows) for period, rows in by_period}


def _period_of(line: Mapping[str, Any]) -> str:
    return str(line["period"])


def _state_of(rows: Iterable[Mapping[str, Any]]) -> State:
    lines = sorted(_lines_as_json(rows))
    if not lines:
        return _NOTHING
    return len(lines), blake2b("\n".join(lines).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _lines_as_json(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    # Blank values are left out, so that a column added to a table one day changes no checksum.
    for row in rows:
        filled = {name: value for name, value in row.items() if value is not None}
        yield _LINE.encode(filled)


def _as_json(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


# Made once, and without looking for circles, which no line of a table has.
_LINE = json.JSONEncoder(default=_as_json, sort_keys=True, ensure_ascii=False, check_circular=False)


def wait_to_renew(connection: Connection) -> None:
    """Keeps out, until the transaction ends, whoever else ends one that changed a guarded table."""
    if connection.dialect.name != "sqlite":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
