"""The house_ids of a table with their cells: all that is kept of it for the checks across files."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from zjf.intake.a1 import a1
from zjf.problems import Problem, problem, shown
from zjf.schemas import FORMS


@dataclass(frozen=True)
class HouseKeys:
    """The house_ids of one table, column by column, since it is sent between processes.

    `column` and `rows` are counted from 0; `units` holds None where a row's unit is not known; `anchors` gives,
    for a row whose number is merged over several rows, the row that holds it.
    """

    table: int
    sheet: str
    form: str
    column: int
    house_ids: Sequence[str]
    rows: Sequence[int]
    units: Sequence[str | None]
    anchors: dict[int, int]
    show_personal: bool = False


@dataclass(frozen=True)
class KeyRow:
    """One house of a table: `keys` at `position`, where they have this house_id and unit."""

    keys: HouseKeys
    position: int
    house_id: str
    unit: str | None

    @property
    def cell(self) -> str:
        row = self.keys.rows[self.position]
        return a1(self.keys.anchors.get(row, row), self.keys.column)

    @property
    def shown(self) -> str:
        """The house_id as a message may show it: masked where it is an identity number, as some fill in."""
        field = FORMS[self.keys.form].by_name["house_id"]
        return shown(field, self.house_id, whole=self.keys.show_personal)

    def problem(self, code: str, message: str) -> Problem:
        """Returns a problem of the row, at its house_id."""
        number = self.keys.rows[self.position] + 1
        return problem(
            code,
            message,
            table=self.keys.table,
            sheet=self.keys.sheet,
            cell=self.cell,
            row=number,
            rows=(number,),
            field="house_id",
            heading="房屋编号",
            value=self.shown,
        )


@dataclass(frozen=True)
class AcceptedHouse:
    """A house that was accepted before: the unit that reported it, and in which file."""

    unit: str
    file_name: str


def held_by_other_units(
    tables: Iterable[HouseKeys], form: str, accepted: Mapping[str, AcceptedHouse]
) -> Iterator[Problem]:
    """Yields D402 for houses of one form that another unit's accepted return has; tables of others are passed over."""
    for house_keys in tables:
        for position, (house_id, unit) in enumerate(zip(house_keys.house_ids, house_keys.units, strict=True)):
            holder = accepted.get(house_id) if house_keys.form == form else None
            if holder and unit not in (None, holder.unit):
                claimant = f"「{holder.unit}」（先前已接收的 {holder.file_name}）"
                row = KeyRow(house_keys, position, house_id, unit)
                yield row.problem("D402", f"房屋编号「{row.shown}」也由{claimant}上报")
