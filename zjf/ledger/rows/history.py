"""One house through the periods."""

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from zjf.ledger.records import Change, Status
from zjf.ledger.rows.row_digests import digest_of
from zjf.ledger.rows.versions import StoredRows, from_versions, unpack
from zjf.ledger.storage.damage import changed_row
from zjf.ledger.storage.tables import VERSIONS, stored_columns, submission
from zjf.period import Period
from zjf.schemas import FORMS

_FORM = FORMS["house-ledger"]
_NAMES = stored_columns(_FORM)
_ABSENT: Mapping[str, Any] = dict.fromkeys(_NAMES)


def house_history(connection: Connection, names: Collection[str], house_id: str) -> list[Change]:
    """The changes of a house's row, in order of time, by the current submissions of its unit."""
    _check(connection, names)
    rows = _versions(connection, house_id)
    changes, before = [], _ABSENT
    for period, numbers in _submitted(connection, names):
        now = next((rows[number] for number in rows if number in numbers), _ABSENT)
        cells = {name: (before[name], now[name]) for name in _NAMES if before[name] != now[name]}
        if cells:
            changes.append(Change(period, cells))
        before = now
    return changes


def _check(connection: Connection, names: Collection[str]) -> None:
    """Checks the numbers of all houses for damage: a house whose number is damaged would not be found."""
    query = select(submission.c.unit, submission.c.versions, submission.c.column_digests).where(
        submission.c.unit.in_(names), submission.c.form == _FORM.id, submission.c.status == Status.CURRENT
    )
    for row in connection.execute(query).all():
        from_versions(connection, _FORM, StoredRows(*row), unpack(row.versions), ["house_id"])


def _versions(connection: Connection, house_id: str) -> dict[int, Mapping[str, Any]]:
    """Every row that was ever accepted of the house, by version number."""
    table = VERSIONS[_FORM.id]
    query = select(table).where(table.c.house_id == house_id)  # the submissions tell which unit's
    versions: dict[int, Mapping[str, Any]] = {
        row.version_id: row._asdict() for row in connection.execute(query)
    }
    for row in versions.values():
        if digest_of({name: row[name] for name in _NAMES}) != row["digest"]:
            raise changed_row(_FORM.info.title)
    return versions


def _submitted(connection: Connection, names: Collection[str]) -> list[tuple[str, NDArray[np.int64]]]:
    """The unit's periods in order of time, with the version numbers of each."""
    current = select(submission.c.period, submission.c.versions).where(
        submission.c.unit.in_(names),
        submission.c.form == _FORM.id,
        submission.c.status == Status.CURRENT,
    )
    by_period: dict[str, list[NDArray[np.int64]]] = {}
    for row in connection.execute(current.order_by(submission.c.id)):
        by_period.setdefault(row.period, []).append(unpack(row.versions))
    return [(period, np.concatenate(by_period[period])) for period in sorted(by_period, key=Period.parse)]
