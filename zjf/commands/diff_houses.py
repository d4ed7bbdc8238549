"""How changes of houses look in every comparison: what looks better than before comes first."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from zjf.documents.layout import Column
from zjf.figures.changes import CellChange, HouseChange, HouseChanges, HouseRef
from zjf.figures.lowered import gravest_first, lowered
from zjf.problems import shown
from zjf.render.xlsx.sheets import ListSheet
from zjf.schemas import Field
from zjf.schemas.masked_rows import mask_house_id

_FEW = 20
_HOUSES = (Column("填报单位", width=16), Column("房屋编号", width=22))
_CELLS = (
    *_HOUSES,
    Column("栏目", width=20),
    Column("原来", width=24),
    Column("现在", width=24),
    Column("留意", width=16),
)


def together(several: Iterable[HouseChanges]) -> HouseChanges:
    """The changes of several units as one."""
    parts = list(several)
    return HouseChanges(
        tuple(house for part in parts for house in part.new),
        tuple(house for part in parts for house in part.gone),
        tuple(change for part in parts for change in part.changed),
    )


@dataclass(frozen=True)
class HouseChangesView:
    """Changes of houses, personal data masked unless asked for."""

    houses: HouseChanges
    show_personal: bool

    def totals(self) -> dict[str, int]:
        houses = self.houses
        return {
            "new": len(houses.new),
            "gone": len(houses.gone),
            "changed": len(houses.changed),
            "cells": sum(len(house.cells) for house in houses.changed),
            "lowered": sum(bool(lowered(cell)) for house in houses.changed for cell in house.cells),
        }

    def document(self) -> dict[str, Any]:
        """The houses, as `zjf.diff/1` has them."""
        return {
            "new": [self._named(house) for house in self.houses.new],
            "gone": [self._named(house) for house in self.houses.gone],
            "changed": [self._changed(house) for house in gravest_first(self.houses.changed)],
        }

    def sheets(self) -> list[ListSheet]:
        rows = [tuple(text or None for text in row) for row in self._rows()]
        return [
            ListSheet("新增房屋", _HOUSES, [self._ref(house) for house in self.houses.new]),
            ListSheet("减少房屋", _HOUSES, [self._ref(house) for house in self.houses.gone]),
            ListSheet("变动明细", _CELLS, rows),
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
            changed = Counter(change.house.unit for change in houses.changed)
            columns = (_HOUSES[0], Column("新增"), Column("减少"), Column("变动"))
            print_table(out, columns, ((unit, new[unit], gone[unit], changed[unit]) for unit in units))
        gone_ids = [self._ref(house)[1] for house in houses.gone]
        if gone_ids:
            more = f" 等 {len(gone_ids)} 栋" if len(gone_ids) > _FEW else ""
            out.print(f"[yellow]不见了的房屋[/]：{escape('、'.join(gone_ids[:_FEW]))}{more}")
        rows = list(self._rows())
        print_table(out, _CELLS, rows[:_FEW])
        if len(rows) > _FEW:
            out.print(f"[dim]另有 {len(rows) - _FEW} 处变动未显示，可用 --format xlsx 输出全部。[/]")

    def _rows(self) -> Iterator[tuple[str, ...]]:
        """The changed cells; of a house that looks better than before, those first that say so."""
        for house in gravest_first(self.houses.changed):
            for cell in sorted(house.cells, key=lambda cell: not lowered(cell)):
                yield (
                    *self._ref(house.house),
                    cell.field.heading.text,
                    *self._said(cell),
                    lowered(cell),
                )

    def _changed(self, change: HouseChange) -> dict[str, Any]:
        cells = []
        for cell in change.cells:
            before, after = self._said(cell)
            said = {"before": before or None, "after": after or None, "lowered": lowered(cell) or None}
            cells.append({"field": cell.field.name, "heading": cell.field.heading.text, **said})
        return self._named(change.house) | {"cells": cells}

    def _named(self, house: HouseRef) -> dict[str, Any]:
        return dict(zip(("unit", "house_id"), self._ref(house), strict=True))

    def _ref(self, house: HouseRef) -> tuple[str, str]:
        return house.unit, mask_house_id(house.house_id, whole=self.show_personal)

    def _said(self, cell: CellChange) -> tuple[str, str]:
        before, after = (_text(cell.field, value, self.show_personal) for value in (cell.before, cell.after))
        return before, after


def _text(field: Field, value: object, show_personal: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    text = ("、".join(cast("tuple[str, ...]", value)) or "无") if isinstance(value, tuple) else str(value)
    return shown(field, text, whole=show_personal)


def print_table(
    out: Console, columns: Sequence[Column], rows: Iterator[Sequence[object]] | Sequence[Sequence[object]]
) -> None:
    """Prints rows below their headings; nothing where there are none."""
    table = Table()
    for column in columns:
        table.add_column(column.text, overflow="fold")
    for row in rows:
        table.add_row(*(escape(str(value)) for value in row))
    if table.row_count:
        out.print(table)
