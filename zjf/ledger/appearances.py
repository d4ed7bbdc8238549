"""Houses through the periods: their rows in each period's return, with the file, sheet and row they stood in."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from zjf.ledger.acceptances import SheetRows
from zjf.ledger.access import EVERY
from zjf.ledger.ledger import Ledger
from zjf.ledger.papers import House
from zjf.ledger.records import Status
from zjf.ledger.row_places import RowPlace, row_place
from zjf.ledger.rows.batches import batches, rows_of
from zjf.ledger.rows.places import places_of
from zjf.ledger.rows.row_digests import digest_of
from zjf.ledger.rows.versions import StoredRows, load, unpack
from zjf.ledger.storage.damage import changed_row
from zjf.ledger.storage.tables import VERSIONS, stored_columns, submission
from zjf.period import Period
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSES

_FORM = FORMS[HOUSES]
_NAMES = stored_columns(_FORM)
_TABLE = VERSIONS[_FORM.id]
_HOUSES_A_QUERY = 5_000  # SQLite allows 32,766 parameters


@dataclass(frozen=True)
class Appearance:
    """A house in the return of a period.

    Args:
        unit: The unit, by its present name.
        cells: The cells of its row, blanks as None; None where the unit reported without the house.
        place: The place of its row; None where an older zjf accepted it, which kept no places.
    """

    period: str
    unit: str
    cells: Mapping[str, Any] | None
    file_name: str
    place: RowPlace | None = None

    def place_of(self, name: str) -> str:
        """Returns where a cell stood, as far as that is known: 城关街道.xlsx 台账!AJ12."""
        cell = self.place.cell(name) if self.place else None
        return f"{self.file_name} {self.place.sheet}!{cell}" if self.place and cell else self.file_name


class _Version(NamedTuple):
    """A row as it was accepted of a unit, by its name of then."""

    unit: str
    cells: Mapping[str, Any]


class _SentRows(NamedTuple):
    """A current submission of one unit and period: its rows' version numbers, and where in it each house stands."""

    file_name: str
    numbers: NDArray[np.int64]
    positions: Mapping[str, int]
    sheets: tuple[SheetRows, ...]


def appearances(ledger: Ledger, houses: Sequence[House]) -> dict[House, list[Appearance]]:
    """Returns the rows of some houses in every period's current returns, in order of time.

    A house that was transferred from one unit to another keeps its number: the rows that the other unit reported of
    it, in other periods, are among them.
    """
    with ledger.reading(EVERY) as connection:
        versions = _versions(connection, {house_id for _, house_id in houses})
        names: dict[str, list[str]] = {}
        for name in connection.scalars(select(submission.c.unit).distinct()).all():
            names.setdefault(ledger.roster.current_name(name), []).append(name)
        said_by = {
            house_id: {ledger.roster.current_name(row.unit) for row in rows.values()}
            for house_id, rows in versions.items()
        }
        units = {unit for unit, _ in houses}.union(*said_by.values())
        periods = {unit: _periods(connection, names[unit]) for unit in units if unit in names}
        appearances_of = {}
        for unit, house_id in houses:
            by_unit = {
                name: [
                    _appearance(period, name, house_id, sent, versions.get(house_id, {}))
                    for period, sent in periods.get(name, ())
                ]
                for name in (unit, *sorted(said_by.get(house_id, set()) - {unit}))
            }
            appearances_of[unit, house_id] = _one_life(by_unit.pop(unit), by_unit.values())
    return appearances_of


def _one_life(own: Sequence[Appearance], others: Iterable[Sequence[Appearance]]) -> list[Appearance]:
    """Returns a house's rows from its own unit, and from other units in periods in which its own did not report it.

    A unit that reports a house of the same number in one of the same periods has another house.
    """
    life = {appearance.period: appearance for appearance in own}
    reported_periods = {appearance.period for appearance in own if appearance.cells is not None}
    for appearances_there in others:
        reported_there = {
            appearance.period: appearance for appearance in appearances_there if appearance.cells is not None
        }
        if reported_periods.isdisjoint(reported_there):
            life |= reported_there
            reported_periods |= reported_there.keys()
    return [life[period] for period in sorted(life, key=Period.parse)]


def _versions(connection: Connection, ids: Collection[str]) -> dict[str, dict[int, _Version]]:
    """Returns, by house, every row ever accepted of it, by version number.

    Raises:
        LedgerDamagedError: A row is not what was accepted.
    """
    versions: dict[str, dict[int, _Version]] = {}
    for unit, number, digest, *row in _rows_about(connection, ids):
        cells = dict(zip(_NAMES, row, strict=True))
        if digest_of(cells) != digest:
            raise changed_row(_FORM.info.title)
        versions.setdefault(cells["house_id"], {})[number] = _Version(unit, cells)
    return versions


def _rows_about(connection: Connection, ids: Collection[str]) -> Iterator[tuple[Any, ...]]:
    """Yields the unit, the number, the digest and the cells of every version of some houses."""
    columns = [_TABLE.c[name] for name in ("unit", "version_id", "digest", *_NAMES)]
    ordered = sorted(ids)
    for first in range(0, len(ordered), _HOUSES_A_QUERY):
        some = ordered[first : first + _HOUSES_A_QUERY]
        yield from map(tuple, connection.execute(select(*columns).where(_TABLE.c.house_id.in_(some))))
    for batch in batches(connection, _FORM):
        house_ids = pd.Series(batch.cells(connection, ["house_id"])["house_id"], dtype=object)
        numbers = batch.numbers[house_ids.isin(ids)].tolist()
        for row in rows_of(connection, _FORM, numbers, _NAMES):
            yield batch.unit, *row


def _periods(connection: Connection, names: Sequence[str]) -> list[tuple[str, list[_SentRows]]]:
    """Returns a unit's periods in order of time, with the current submissions of each."""
    columns = ("id", "unit", "period", "file_name", "versions", "column_digests")
    current = select(*(submission.c[name] for name in columns)).where(
        submission.c.unit.in_(names),
        submission.c.form == _FORM.id,
        submission.c.status == Status.CURRENT,
    )
    by_period: dict[str, list[_SentRows]] = {}
    for row in connection.execute(current.order_by(submission.c.id)).all():
        stored = StoredRows(row.unit, row.versions, row.column_digests, row.unit)
        house_ids = load(connection, _FORM, [stored], ["house_id"]).house_id.tolist()
        positions = {house_id: position for position, house_id in reversed([*enumerate(house_ids)])}
        sent = _SentRows(row.file_name, unpack(row.versions), positions, places_of(connection, row.id))
        by_period.setdefault(row.period, []).append(sent)
    return [(period, by_period[period]) for period in sorted(by_period, key=Period.parse)]


def _appearance(
    period: str, unit: str, house_id: str, sent: Sequence[_SentRows], versions: Mapping[int, _Version]
) -> Appearance:
    """Returns a house in a unit's return of a period.

    Raises:
        LedgerDamagedError: Its row is gone.
    """
    for sent_rows in sent:
        position = sent_rows.positions.get(house_id)
        if position is not None:
            version = versions.get(int(sent_rows.numbers[position]))
            if version is None:
                raise changed_row(_FORM.info.title)
            place = row_place(sent_rows.file_name, sent_rows.sheets, position)
            return Appearance(period, unit, version.cells, sent_rows.file_name, place)
    return Appearance(period, unit, None, "、".join(sent_rows.file_name for sent_rows in sent))
