"""Houses through the periods: what each period's return said of them, and in which file, sheet and row."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Row, select

from zjf.intake.table import a1
from zjf.ledger.acceptances import SheetRows
from zjf.ledger.access import EVERY
from zjf.ledger.ledger import Ledger
from zjf.ledger.papers import House
from zjf.ledger.records import Status
from zjf.ledger.rows.places import places_of
from zjf.ledger.rows.versions import unpack
from zjf.ledger.storage.tables import VERSIONS, stored_columns, submission
from zjf.period import Period
from zjf.schemas import FORMS

_FORM = FORMS["house-ledger"]
_NAMES = stored_columns(_FORM)
_TABLE = VERSIONS[_FORM.id]
_HOUSES_A_QUERY = 5_000  # SQLite allows 32,766 parameters


@dataclass(frozen=True)
class Appearance:
    """A house in the return of a period.

    Args:
        period: The period.
        cells: What the row said, blanks as None; None where the unit reported and the house was not in it.
        file_name: The file.
        sheet: Its sheet; empty where no zjf kept that.
        row: The row on it, counted from 0; None where no zjf kept that.
        columns: The sheet's column of each field, counted from 0.
    """

    period: str
    cells: Mapping[str, Any] | None
    file_name: str
    sheet: str = ""
    row: int | None = None
    columns: Mapping[str, int] | None = None

    def place(self, name: str) -> str:
        """Where a cell stood, as a person sees it: 城关街道.xlsx 台账!AJ12, as far as it is known."""
        if self.row is None or self.columns is None or name not in self.columns:
            return self.file_name
        return f"{self.file_name} {self.sheet}!{a1(self.row, self.columns[name])}"


class _Sent(NamedTuple):
    """A current submission of one unit and period."""

    id: int
    file_name: str
    numbers: NDArray[np.int64]
    sheets: tuple[SheetRows, ...]


def appearances(ledger: Ledger, houses: Sequence[House]) -> dict[House, list[Appearance]]:
    """What every period's current returns said of some houses, in order of time."""
    houses_of_unit: dict[str, set[str]] = {}
    for unit, house_id in houses:
        houses_of_unit.setdefault(unit, set()).add(house_id)
    appearances_of: dict[House, list[Appearance]] = {house: [] for house in houses}
    with ledger._reading(EVERY) as connection:
        recorded = connection.scalars(select(submission.c.unit).distinct()).all()
        for unit, ids in houses_of_unit.items():
            names = [name for name in recorded if ledger._roster.current_name(name) == unit]
            versions = _versions(connection, names, ids)
            for period, sent in _periods(connection, names):
                for house_id in ids:
                    appearances_of[unit, house_id].append(
                        _appearance(period, sent, versions.get(house_id, {}))
                    )
    return appearances_of


def _versions(
    connection: Connection, names: Sequence[str], ids: Collection[str]
) -> dict[str, dict[int, Row[Any]]]:
    """House: all that was ever said of it, by version number."""
    versions: dict[str, dict[int, Row[Any]]] = {}
    ordered = sorted(ids)
    for first in range(0, len(ordered), _HOUSES_A_QUERY):
        some = ordered[first : first + _HOUSES_A_QUERY]
        rows = select(_TABLE).where(_TABLE.c.unit.in_(names), _TABLE.c.house_id.in_(some))
        for row in connection.execute(rows):
            versions.setdefault(row.house_id, {})[row.version_id] = row
    return versions


def _periods(connection: Connection, names: Sequence[str]) -> list[tuple[str, list[_Sent]]]:
    """The unit's periods in order of time, with what counts of each."""
    columns = (submission.c.id, submission.c.period, submission.c.file_name, submission.c.versions)
    current = select(*columns).where(
        submission.c.unit.in_(names),
        submission.c.form == _FORM.id,
        submission.c.status == Status.CURRENT,
    )
    found: dict[str, list[_Sent]] = {}
    for row in connection.execute(current.order_by(submission.c.id)).all():
        sent = _Sent(row.id, row.file_name, unpack(row.versions), places_of(connection, row.id))
        found.setdefault(row.period, []).append(sent)
    return [(period, found[period]) for period in sorted(found, key=Period.parse)]


def _appearance(period: str, sent: Sequence[_Sent], versions: Mapping[int, Row[Any]]) -> Appearance:
    for sent_rows in sent:
        positions = np.flatnonzero(np.isin(sent_rows.numbers, list(versions)))
        if len(positions):
            position = int(positions[0])
            row = versions[int(sent_rows.numbers[position])]._asdict()
            cells = {name: row[name] for name in _NAMES}
            return Appearance(period, cells, sent_rows.file_name, *_place(sent_rows.sheets, position))
    return Appearance(period, None, "、".join(sent_rows.file_name for sent_rows in sent))


def _place(sheets: Sequence[SheetRows], position: int) -> tuple[str, int | None, Mapping[str, int] | None]:
    for sheet in sheets:
        if position < len(sheet.rows):
            return sheet.sheet, sheet.rows[position], sheet.columns
        position -= len(sheet.rows)
    return "", None, None
