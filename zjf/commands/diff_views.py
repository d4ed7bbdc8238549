"""How `zjf diff` looks: as a document, as the sheets of a workbook, on the screen."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from zjf.checking.one_return import CheckedReturn
from zjf.checking.resubmission import Corrections
from zjf.console import STYLES
from zjf.documents.layout import Column
from zjf.figures.changes import CellChange, FigureChanges, HouseChange, HouseRef, PeriodChanges, RateShift
from zjf.figures.units import PROGRESS
from zjf.problems import Problem, shown
from zjf.public_json import DocumentName
from zjf.render.xlsx.sheets import ListSheet
from zjf.schemas import FORMS, Field
from zjf.schemas.masked_rows import mask_house_id

_FEW = 20
_FIGURES = (
    Column("填报单位", width=16),
    Column("表", width=20),
    Column("指标", width=34),
    Column("前", width=12),
    Column("后", width=12),
    Column("变化", width=18),
)
_HOUSES = (Column("填报单位", width=16), Column("房屋编号", width=22))
_CELLS = (*_HOUSES, Column("栏目", width=20), Column("原来", width=24), Column("现在", width=24))
_PROBLEMS = (
    Column("工作表", width=14),
    Column("单元格", width=10),
    Column("代码", width=8),
    Column("问题说明", width=80),
)


class View(Protocol):
    """One comparison, ready to be shown in any way."""

    @property
    def title(self) -> str: ...

    def document(self) -> dict[str, Any]:
        """The document `zjf.diff/1`."""

    def sheets(self) -> list[ListSheet]: ...

    def show(self, out: Console) -> None: ...


@dataclass(frozen=True)
class Periods:
    """What changed between two periods, personal data masked unless asked for."""

    county: str
    found: PeriodChanges
    show_personal: bool

    @property
    def title(self) -> str:
        return f"{self.county}{self.found.before} 至 {self.found.after} 的变化"

    def document(self) -> dict[str, Any]:
        found, houses = self.found, self.found.houses
        return {
            "schema": DocumentName.DIFF.value,
            "kind": "periods",
            "before": found.before,
            "after": found.after,
            "units": list(found.units),
            "left_out": list(found.left_out),
            "totals": {
                "new": len(houses.new),
                "gone": len(houses.gone),
                "changed": len(houses.changed),
                "cells": sum(len(each.cells) for each in houses.changed),
            },
            "county": _figures(found.county),
            "by_unit": [{"unit": unit, **_figures(forms)} for unit, forms in found.by_unit.items()],
            "houses": {
                "new": [self._named(each) for each in houses.new],
                "gone": [self._named(each) for each in houses.gone],
                "changed": [self._house(each) for each in houses.changed],
            },
        }

    def sheets(self) -> list[ListSheet]:
        houses = self.found.houses
        return [
            ListSheet("数字和比率", _FIGURES, list(self._figure_rows())),
            ListSheet("新增房屋", _HOUSES, [self._ref(each) for each in houses.new]),
            ListSheet("减少房屋", _HOUSES, [self._ref(each) for each in houses.gone]),
            ListSheet("变动明细", _CELLS, [tuple(each or None for each in row) for row in self._cell_rows()]),
        ]

    def show(self, out: Console) -> None:
        found, houses = self.found, self.found.houses
        out.print(f"[bold]{escape(self.title)}[/]（比较 {len(found.units)} 个单位）")
        if found.left_out:
            out.print(f"[yellow]至少有一期没有数据，不比较[/]：{escape('、'.join(found.left_out))}")
        _print(out, _FIGURES[2:], (row[2:] for row in _rows("全县", {PROGRESS: found.county.get(PROGRESS)})))
        cells = sum(len(each.cells) for each in houses.changed)
        out.print(
            f"房屋：新增 {len(houses.new)} 栋，减少 {len(houses.gone)} 栋，"
            f"变动 {len(houses.changed)} 栋（{cells} 处）。"
        )
        new, gone = (Counter(each.unit for each in refs) for refs in (houses.new, houses.gone))
        changed = Counter(each.house.unit for each in houses.changed)
        columns = (_HOUSES[0], Column("新增"), Column("减少"), Column("变动"))
        _print(out, columns, ((unit, new[unit], gone[unit], changed[unit]) for unit in found.units))
        rows = list(self._cell_rows())
        _print(out, _CELLS, rows[:_FEW])
        if len(rows) > _FEW:
            out.print(f"[dim]另有 {len(rows) - _FEW} 处变动未显示，可用 --format xlsx 输出全部。[/]")

    def _figure_rows(self) -> Iterator[tuple[str, ...]]:
        yield from _rows("全县", self.found.county)
        for unit, forms in self.found.by_unit.items():
            yield from _rows(unit, forms)

    def _cell_rows(self) -> Iterator[tuple[str, ...]]:
        for each in self.found.houses.changed:
            for cell in each.cells:
                yield (*self._ref(each.house), cell.field.heading.text, *self._said(cell))

    def _house(self, change: HouseChange) -> dict[str, Any]:
        cells = []
        for cell in change.cells:
            before, after = self._said(cell)
            cells.append(
                {
                    "field": cell.field.name,
                    "heading": cell.field.heading.text,
                    "before": before or None,
                    "after": after or None,
                }
            )
        return self._named(change.house) | {"cells": cells}

    def _named(self, house: HouseRef) -> dict[str, Any]:
        return dict(zip(("unit", "house_id"), self._ref(house), strict=True))

    def _ref(self, house: HouseRef) -> tuple[str, str]:
        return house.unit, mask_house_id(house.house_id, whole=self.show_personal)

    def _said(self, cell: CellChange) -> tuple[str, str]:
        return tuple(_text(cell.field, value, self.show_personal) for value in (cell.before, cell.after))  # type: ignore[return-value]


@dataclass(frozen=True)
class Resubmission:
    """What a second sending corrected."""

    first: CheckedReturn
    second: CheckedReturn
    found: Corrections

    @property
    def title(self) -> str:
        return f"{self.first.path.name} 与 {self.second.path.name} 的问题"

    def document(self) -> dict[str, Any]:
        found = self.found
        return {
            "schema": DocumentName.DIFF.value,
            "kind": "returns",
            "before": _file(self.first),
            "after": _file(self.second),
            "totals": {
                "corrected": len(found.corrected),
                "remaining": len(found.remaining),
                "new": len(found.new),
            },
            "corrected": [each.as_json() for each in found.corrected],
            "remaining": [
                {"before": before.as_json(), "after": after.as_json()} for before, after in found.remaining
            ],
            "new": [each.as_json() for each in found.new],
        }

    def sheets(self) -> list[ListSheet]:
        return [
            ListSheet(name, _PROBLEMS, [_problem(each) for each in group]) for name, group in self._groups()
        ]

    def show(self, out: Console) -> None:
        out.print(f"[bold]{escape(self.title)}[/]")
        for name, group in self._groups():
            out.print(f"{name} {len(group)} 个" + ("：" if group else "。"))
            for each in group[:_FEW]:
                label = f"[{STYLES[each.severity]}]{each.severity.label} {each.code}[/]"
                out.print(f"    {label} {escape(each.message)}")
            if len(group) > _FEW:
                out.print(f"    [dim]另有 {len(group) - _FEW} 个未显示，可用 --format xlsx 输出全部。[/]")

    def _groups(self) -> tuple[tuple[str, Sequence[Problem]], ...]:
        still = [after for _, after in self.found.remaining]
        return (("已改正", self.found.corrected), ("仍存在", still), ("新出现", self.found.new))


def _figures(forms: Mapping[str, FigureChanges]) -> dict[str, Any]:
    return {
        form: {
            "counts": {name: vars(each) | {"change": each.change} for name, each in found.counts.items()},
            "rates": {name: _rate(each) for name, each in found.rates.items()},
        }
        for form, found in forms.items()
    }


def _rate(shift: RateShift) -> dict[str, Any]:
    return {
        "before": shift.before.as_json(),
        "after": shift.after.as_json(),
        "points": None if shift.points is None else str(shift.points),
    }


def _rows(unit: str, forms: Mapping[str, FigureChanges | None]) -> Iterator[tuple[str, ...]]:
    for form_id, found in forms.items():
        if found is None:
            continue
        form = FORMS[form_id]
        name = form.info.short_title
        for figure, shift in found.counts.items():
            counts = (_count(shift.before), _count(shift.after), _count(shift.change, signed=True))
            yield (unit, name, form.labels[figure], *counts)
        for figure, rate in found.rates.items():
            points = "" if rate.points is None else f"{rate.points:+} 个百分点"
            yield (unit, name, form.labels[figure], rate.before.display, rate.after.display, points)


def _count(value: int | None, *, signed: bool = False) -> str:
    return "—" if value is None else f"{value:+d}" if signed and value else str(value)


def _text(field: Field, value: object, show_personal: bool) -> str:
    if value is None:
        return ""
    text = ("、".join(cast("tuple[str, ...]", value)) or "无") if isinstance(value, tuple) else str(value)
    return shown(field, text, whole=show_personal)


def _problem(problem: Problem) -> tuple[str | None, ...]:
    return problem.sheet, problem.cell, problem.code, problem.message


def _file(checked: CheckedReturn) -> dict[str, str]:
    return {"path": checked.path.as_posix(), "sha256": checked.sha256}


def _print(
    out: Console, columns: Sequence[Column], rows: Iterator[Sequence[object]] | Sequence[Sequence[object]]
) -> None:
    table = Table()
    for column in columns:
        table.add_column(column.text, overflow="fold")
    for row in rows:
        table.add_row(*(escape(str(each)) for each in row))
    if table.row_count:
        out.print(table)
