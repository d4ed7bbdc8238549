"""Changes of houses as every comparison shows them: those that make a house look better come first."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from rich.console import Console
from rich.markup import escape

from zjf.commands.views.tables import table_of
from zjf.documents.layout import Column
from zjf.documents.list_sheet import ListSheet
from zjf.figures.house_changes import CellChange, HouseChange, HouseChanges, HouseRef
from zjf.figures.lowered_judgements import gravest_first, lowering_of
from zjf.ledger.row_places import RowPlace
from zjf.problems import NOBODY, People, first_few, shown
from zjf.public_json import figures
from zjf.schemas import Field
from zjf.schemas.masked_rows import mask_house_id, may_name_people

_FEW = 20
_HOUSES = (Column("填报单位", width=16), Column("房屋编号", width=22))
_CELLS = (
    *_HOUSES,
    Column("栏目", width=20),
    Column("原来", width=24),
    Column("现在", width=24),
    Column("留意", width=16),
)
_PLACED_HOUSES = (*_HOUSES, Column("所在", width=36))
_PLACED_CELLS = (*_CELLS, Column("原来所在", width=36), Column("现在所在", width=36))
_SHOWN_CELLS = (*_CELLS[:2], Column("单元格"), *_CELLS[2:])


def merged_changes(several: Iterable[HouseChanges]) -> HouseChanges:
    """Returns the changes of several units as one."""
    parts = list(several)
    return HouseChanges(
        tuple(house for part in parts for house in part.new),
        tuple(house for part in parts for house in part.gone),
        tuple(change for part in parts for change in part.changed),
        tuple(pair for part in parts for pair in part.renumbered),
    )


@dataclass(frozen=True)
class HouseChangesView:
    """Changes of houses, personal data masked unless asked for; `people` are those whose names are masked in texts."""

    houses: HouseChanges
    show_personal: bool
    people: People = NOBODY

    def totals(self) -> figures.HouseTotals:
        houses = self.houses
        return {
            "new": len(houses.new),
            "gone": len(houses.gone),
            "changed": len(houses.changed),
            "cells": sum(len(house.cells) for house in houses.changed),
            "lowered": sum(bool(lowering_of(cell)) for house in houses.changed for cell in house.cells),
        }

    def document(self) -> figures.HouseChanges:
        """Returns the houses, as `zjf.diff/1` has them."""
        return {
            "new": [{**self._named(house), "stands": self._at_number(house)} for house in self.houses.new],
            "gone": [{**self._named(house), "stood": self._at_number(house)} for house in self.houses.gone],
            "changed": [self._changed(house) for house in gravest_first(self.houses.changed)],
            "renumbered": [
                {"gone": self._named(gone), "new": self._named(new)} for gone, new in self.houses.renumbered
            ],
        }

    def sheets(self) -> list[ListSheet]:
        rows = [self._listed(change, cell) for change, cell in self._changed_cells()]
        return [
            ListSheet("新增房屋", _PLACED_HOUSES, [self._placed(house) for house in self.houses.new]),
            ListSheet("减少房屋", _PLACED_HOUSES, [self._placed(house) for house in self.houses.gone]),
            ListSheet("变动明细", _PLACED_CELLS, rows),
        ]

    def show(self, out: Console, units: Sequence[str] = ()) -> None:
        """Shows the changes: lowered judgements and vanished houses first."""
        houses, totals = self.houses, self.totals()
        out.print(
            f"房屋：新增 {totals['new']} 栋，减少 {totals['gone']} 栋，"
            f"变动 {totals['changed']} 栋（{totals['cells']} 处，其中改轻 {totals['lowered']} 处）。"
        )
        if units:
            new, gone = (Counter(house.unit for house in refs) for refs in (houses.new, houses.gone))
            moved = Counter(change.house.unit for change in houses.changed)
            columns = (_HOUSES[0], Column("新增"), Column("减少"), Column("变动"))
            print_table(out, columns, ((unit, new[unit], gone[unit], moved[unit]) for unit in units))
        vanished = [self._gone(house) for house in houses.gone]
        if vanished:
            named = escape(first_few(vanished, _FEW, f" 等 {len(vanished)} 栋"))
            out.print(f"[yellow]不见了的房屋[/]：{named}")
        if renumbered := [self._renumbered(*pair) for pair in houses.renumbered]:
            named = escape(first_few(renumbered, _FEW, f" 等 {len(renumbered)} 栋"))
            out.print(f"[yellow]疑似改号[/]（产权人、地址相同，请核对是不是同一栋）：{named}")
        changed = list(self._changed_cells())
        print_table(out, _SHOWN_CELLS, (self._shown(change, cell) for change, cell in changed[:_FEW]))
        if len(changed) > _FEW:
            out.print(f"[dim]另有 {len(changed) - _FEW} 处变动未显示，可用 --format xlsx 输出全部。[/]")

    def _changed_cells(self) -> Iterator[tuple[HouseChange, CellChange]]:
        """Yields the changed cells; of each house, those first that make it look better than before."""
        for change in gravest_first(self.houses.changed):
            for cell in sorted(change.cells, key=lambda cell: not lowering_of(cell)):
                yield change, cell

    def _listed(self, change: HouseChange, cell: CellChange) -> tuple[str | None, ...]:
        row = (*self._ref(change.house), cell.field.heading.text, *self._said(cell), lowering_of(cell))
        places = (
            _where(self._place(place, cell.field.name))
            for place in (change.earlier_place, change.house.place)
        )
        return tuple(text or None for text in (*row, *places))

    def _shown(self, change: HouseChange, cell: CellChange) -> tuple[str, ...]:
        earlier_cell, current_cell = (
            self._place(place, cell.field.name) for place in (change.earlier_place, change.house.place)
        )
        cells, heading = _both_places(earlier_cell, current_cell), cell.field.heading.text
        return (*self._ref(change.house), cells, heading, *self._said(cell), lowering_of(cell))

    def _changed(self, change: HouseChange) -> figures.ChangedHouse:
        cells: list[figures.CellChange] = []
        for cell in change.cells:
            before, after = self._said(cell)
            cells.append(
                {
                    "field": cell.field.name,
                    "heading": cell.field.heading.text,
                    "before": None if cell.unread else before or None,
                    "after": after or None,
                    "lowered": lowering_of(cell) or None,
                    "stood": self._place(change.earlier_place, cell.field.name),
                    "stands": self._place(change.house.place, cell.field.name),
                }
            )
        return {**self._named(change.house), "cells": cells}

    def _named(self, house: HouseRef) -> figures.House:
        unit, house_id = self._ref(house)
        return {"unit": unit, "house_id": house_id}

    def _ref(self, house: HouseRef) -> tuple[str, str]:
        return house.unit, mask_house_id(house.house_id, whole=self.show_personal)

    def _placed(self, house: HouseRef) -> tuple[str, ...]:
        place = house.place
        return (
            *self._ref(house),
            f"{self._called(place.file_name)} {self._called(place.sheet)} 第 {place.row + 1} 行"
            if place
            else "",
        )

    def _renumbered(self, gone: HouseRef, new: HouseRef) -> str:
        (old_unit, old_number), (unit, number) = self._ref(gone), self._ref(new)
        return f"{old_number}→{number}" + (f"（{old_unit}→{unit}）" if unit != old_unit else "")

    def _gone(self, house: HouseRef) -> str:
        place = house.place
        stood = f"（原在 {self._called(place.sheet)} 第 {place.row + 1} 行）" if place else ""
        return self._ref(house)[1] + stood

    def _said(self, cell: CellChange) -> tuple[str, str]:
        before, after = (self._text(cell.field, value) for value in (cell.before, cell.after))
        return "（读不出来）" if cell.unread else before, after

    def _text(self, field: Field, value: object) -> str:
        text = shown(field, _as_text(value), whole=self.show_personal)
        return text if self.show_personal or not may_name_people(field) else self.people.masked_in(text)

    def _called(self, name: str) -> str:
        """Returns the name of a file or a sheet: some are named after people."""
        return name if self.show_personal else self.people.shown(name)

    def _at_number(self, house: HouseRef) -> figures.CellPlace | None:
        return self._place(house.place, "house_id")

    def _place(self, place: RowPlace | None, name: str) -> figures.CellPlace | None:
        """Returns a cell's place as `zjf.diff/1` has it; None if it is not known, or there is no such column."""
        if place is None or not (address := place.cell(name)):
            return None
        return {"file": self._called(place.file_name), "sheet": self._called(place.sheet), "cell": address}


def _where(place: figures.CellPlace | None) -> str:
    """Returns a cell's place in words: 城关街道.xlsx 台账!AJ12."""
    return f"{place['file']} {place['sheet']}!{place['cell']}" if place else ""


def _both_places(earlier: figures.CellPlace | None, current: figures.CellPlace | None) -> str:
    """Returns a cell's earlier and current place, shortened: 台账!G4→G5."""
    if earlier and current and earlier["sheet"] == current["sheet"]:
        move = f"→{current['cell']}" if earlier["cell"] != current["cell"] else ""
        return f"{earlier['sheet']}!{earlier['cell']}{move}"
    return "→".join(f"{place['sheet']}!{place['cell']}" for place in (earlier, current) if place)


def _as_text(value: object) -> str:
    if value is None:
        return ""
    return ("、".join(cast("tuple[str, ...]", value)) or "无") if isinstance(value, tuple) else str(value)


def print_table(out: Console, columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> None:
    """Prints rows below their headings; nothing where there are none."""
    table = table_of([column.text for column in columns], rows)
    if table.row_count:
        out.print(table)
