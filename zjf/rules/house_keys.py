"""What names the houses of a table: all that is left of them for the checks across files."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from zjf.intake.table import a1
from zjf.problems import Problem, problem, shown
from zjf.schemas import FORMS


@dataclass(frozen=True)
class HouseKeys:
    """What names the houses of one table, column by column: it travels between processes.

    `rows` are counted from 0; `units` may hold None where a row's unit is not known; `anchors` are the
    rows in which merged-down numbers stand.
    """

    table: int
    sheet: str
    form: str
    column: int
    house_ids: list[str]
    rows: list[int]
    units: list[str | None]
    anchors: dict[int, int]
    show_personal: bool = False

    def __getitem__(self, place: int) -> "KeyRow":
        return KeyRow(self, place)


@dataclass(frozen=True)
class KeyRow:
    """One house of a table: which, and where it stands."""

    keys: HouseKeys
    place: int

    @property
    def house_id(self) -> str:
        return self.keys.house_ids[self.place]

    @property
    def unit(self) -> str | None:
        return self.keys.units[self.place]

    @property
    def cell(self) -> str:
        row = self.keys.rows[self.place]
        return a1(self.keys.anchors.get(row, row), self.keys.column)

    @property
    def shown(self) -> str:
        """The house_id as a message may show it: some write an identity number there."""
        field = FORMS[self.keys.form].by_name["house_id"]
        return shown(field, self.house_id, whole=self.keys.show_personal)

    def at(self, code: str, what: str) -> Problem:
        """A problem of the row, at its house_id."""
        number = self.keys.rows[self.place] + 1
        return problem(
            code,
            what,
            table=self.keys.table,
            sheet=self.keys.sheet,
            cell=self.cell,
            cells=(self.cell,),
            row=number,
            rows=(number,),
            field="house_id",
            heading="房屋编号",
            value=self.shown,
        )


@dataclass(frozen=True)
class Held:
    """Who reported a house before: the unit, and the file that was accepted of it."""

    unit: str
    file_name: str


def already_held(tables: Iterable[HouseKeys], form: str, held: Mapping[str, Held]) -> Iterator[Problem]:
    """D402 against what was accepted before: a house that another unit's accepted return holds.

    Args:
        tables: What names the houses of a file.
        form: The form that they are of.
        held: By house_id, who holds it.
    """
    for house_keys in tables:
        for place, (house_id, unit) in enumerate(zip(house_keys.house_ids, house_keys.units, strict=True)):
            other = held.get(house_id) if house_keys.form == form else None
            if other and unit not in (None, other.unit):
                where = f"「{other.unit}」（先前已接收的 {other.file_name}）"
                yield house_keys[place].at("D402", f"房屋编号「{house_keys[place].shown}」也由{where}上报")
