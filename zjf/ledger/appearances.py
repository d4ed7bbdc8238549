"""Houses through the periods: what each period's return said of them, and in which file, sheet and row."""

from collections.abc import Collection, Iterable, Mapping, Sequence
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
        unit: The unit, by its present name.
        cells: What the row said, blanks as None; None where the unit reported and the house was not in it.
        file_name: The file.
        sheet: Its sheet; empty where no zjf kept that.
        row: The row on it, counted from 0; None where no zjf kept that.
        columns: The sheet's column of each field, counted from 0.
    """

    period: str
    unit: str
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
    """Returns what every period's current returns said of some houses, in order of time.

    A house that came from another unit, or went to one, keeps its number: what that unit said of it in other periods
    belongs to it.
    """
    with ledger._reading(EVERY) as connection:
        versions = _versions(connection, {house_id for _, house_id in houses})
        names: dict[str, list[str]] = {}
        for name in connection.scalars(select(submission.c.unit).distinct()).all():
            names.setdefault(ledger._roster.current_name(name), []).append(name)
        said_by = {
            house_id: {ledger._roster.current_name(row.unit) for row in rows.values()}
            for house_id, rows in versions.items()
        }
        units = {unit for unit, _ in houses}.union(*said_by.values())
        periods = {unit: _periods(connection, names[unit]) for unit in units if unit in names}
    appearances_of = {}
    for unit, house_id in houses:
        by_unit = {
            name: [
                _appearance(period, name, sent, versions.get(house_id, {}))
                for period, sent in periods.get(name, ())
            ]
            for name in (unit, *sorted(said_by.get(house_id, set()) - {unit}))
        }
        appearances_of[unit, house_id] = _one_life(by_unit.pop(unit), by_unit.values())
    return appearances_of


def _one_life(own: Sequence[Appearance], others: Iterable[Sequence[Appearance]]) -> list[Appearance]:
    """What a house's unit said of it, and in periods in which that knew nothing of it, what other units did.

    A unit that reports a house of the same number in the same period has another house.
    """
    life = {appearance.period: appearance for appearance in own}
    known = {appearance.period for appearance in own if appearance.cells is not None}
    for elsewhere in others:
        found = {appearance.period: appearance for appearance in elsewhere if appearance.cells is not None}
        if known.isdisjoint(found):
            life |= found
            known |= found.keys()
    return [life[period] for period in sorted(life, key=Period.parse)]


def _versions(connection: Connection, ids: Collection[str]) -> dict[str, dict[int, Row[Any]]]:
    """House: all that was ever said of it, by version number."""
    versions: dict[str, dict[int, Row[Any]]] = {}
    ordered = sorted(ids)
    for first in range(0, len(ordered), _HOUSES_A_QUERY):
        some = ordered[first : first + _HOUSES_A_QUERY]
        for row in connection.execute(select(_TABLE).where(_TABLE.c.house_id.in_(some))):
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


def _appearance(
    period: str, unit: str, sent: Sequence[_Sent], versions: Mapping[int, Row[Any]]
) -> Appearance:
    for sent_rows in sent:
        positions = np.flatnonzero(np.isin(sent_rows.numbers, list(versions)))
        if len(positions):
            position = int(positions[0])
            row = versions[int(sent_rows.numbers[position])]._asdict()
            cells = {name: row[name] for name in _NAMES}
            return Appearance(period, unit, cells, sent_rows.file_name, *_place(sent_rows.sheets, position))
    return Appearance(period, unit, None, "、".join(sent_rows.file_name for sent_rows in sent))


def _place(sheets: Sequence[SheetRows], position: int) -> tuple[str, int | None, Mapping[str, int] | None]:
    for sheet in sheets:
        if position < len(sheet.rows):
            return sheet.sheet, sheet.rows[position], sheet.columns
        position -= len(sheet.rows)
    return "", None, None
