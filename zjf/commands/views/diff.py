"""The result of `zjf diff`: as a document, as the sheets of a workbook, on the screen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from rich.console import Console
from rich.markup import escape

from zjf.checking.one_return import CheckedReturn
from zjf.checking.resubmission import Corrections
from zjf.commands.views.diff_houses import HouseChangesView, print_table
from zjf.console import STYLES
from zjf.documents.layout import Column
from zjf.documents.list_sheet import ListSheet
from zjf.figures.changes import FigureChanges, PeriodChanges, RateShift
from zjf.figures.partial_returns import COUNTED_BEFORE
from zjf.problems import Problem
from zjf.public_json import DocumentName, figures
from zjf.schemas import FORMS, Form
from zjf.schemas.form_ids import PROGRESS

_FEW = 20
_FIGURES = (
    Column("填报单位", width=16),
    Column("表", width=20),
    Column("指标", width=34),
    Column("前", width=12),
    Column("后", width=12),
    Column("变化", width=18),
)
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

    @property
    def remarks(self) -> tuple[str, ...]:
        """Whom the comparison leaves out."""
        return ()

    def document(self) -> figures.PeriodDiff | figures.SendingsDiff | figures.ReturnDiff:
        """Returns the document `zjf.diff/1`."""

    def sheets(self) -> list[ListSheet]: ...

    def show(self, out: Console) -> None: ...


@dataclass(frozen=True)
class Periods(View):
    """What changed between two periods."""

    county: str
    changes: PeriodChanges
    houses: HouseChangesView

    @property
    def title(self) -> str:
        return f"{self.county}{self.changes.before} 至 {self.changes.after} 的变化"

    def document(self) -> figures.PeriodDiff:
        changes = self.changes
        return {
            "schema": DocumentName.DIFF,
            "kind": "periods",
            "before": changes.before,
            "after": changes.after,
            "units": list(changes.units),
            "left_out": list(changes.left_out),
            "taken_in_part": list(changes.taken_in_part),
            "parts_told_once": {unit: list(names) for unit, names in changes.parts_told_once.items()},
            "without_houses": list(changes.without_houses),
            "totals": self.houses.totals(),
            "county": _figures(changes.county),
            "by_unit": [{"unit": unit, **_figures(forms)} for unit, forms in changes.by_unit.items()],
            "houses": self.houses.document(),
        }

    def sheets(self) -> list[ListSheet]:
        return [ListSheet("数字和比率", _FIGURES, list(self._figure_rows())), *self.houses.sheets()]

    def show(self, out: Console) -> None:
        changes = self.changes
        out.print(f"[bold]{escape(self.title)}[/]（比较 {len(changes.units)} 个单位）")
        for remark in self.remarks:
            out.print(f"[yellow]{escape(remark)}[/]")
        forms = {form: figures for form, figures in changes.county.items() if form == PROGRESS}
        rows = _rows(self._whose, forms or changes.county)
        print_table(out, _FIGURES[2:], (row[2:] for row in rows))
        if changes.with_houses:
            self.houses.show(out, changes.with_houses)

    @property
    def remarks(self) -> tuple[str, ...]:
        """Whom the comparison leaves out, and whose changes may be none."""
        changes = self.changes
        groups = (
            ("至少有一期没有数据，不比较", changes.left_out),
            ("不是两期都报了自建房台账，房屋的增减、变动不清楚", changes.without_houses),
            ("有一期只接收了一部分，增减、不见了的房屋可能由此而来", changes.taken_in_part),
            (f"有一期的报表{COUNTED_BEFORE}", changes.as_before),
            (
                "由几个单位合并而成，其中有的只有一期有数，增减可能由此而来",
                [f"{unit}（{'、'.join(names)}）" for unit, names in changes.parts_told_once.items()],
            ),
        )
        return tuple(f"{what}：{'、'.join(units)}" for what, units in groups if units)

    @property
    def _whose(self) -> str:
        """The population of the county's figures: the units that are compared."""
        changes = self.changes
        is_incomplete = changes.left_out or changes.taken_in_part or changes.parts_told_once
        return "比较的单位合计" if is_incomplete else "全县"

    def _figure_rows(self) -> Iterator[tuple[str, ...]]:
        yield from _rows(self._whose, self.changes.county)
        for unit, forms in self.changes.by_unit.items():
            yield from _rows(unit, forms)


@dataclass(frozen=True)
class WithinPeriod(View):
    """What later sendings of house ledgers changed within one period.

    Args:
        units: The units that sent one more than once.
        houses: The changes from a unit's first accepted house ledger to the one that counts.
    """

    period: str
    units: Sequence[str]
    houses: HouseChangesView

    @property
    def title(self) -> str:
        return f"{self.period} 一期之内先后报来的变化"

    def document(self) -> figures.SendingsDiff:
        return {
            "schema": DocumentName.DIFF,
            "kind": "sendings",
            "period": self.period,
            "units": list(self.units),
            "totals": self.houses.totals(),
            "houses": self.houses.document(),
        }

    def sheets(self) -> list[ListSheet]:
        return self.houses.sheets()

    def show(self, out: Console) -> None:
        out.print(f"[bold]{escape(self.title)}[/]（报过不止一次的 {len(self.units)} 个单位）")
        self.houses.show(out, self.units)


@dataclass(frozen=True)
class Resubmission(View):
    """What a second sending corrected."""

    first: CheckedReturn
    second: CheckedReturn
    corrections: Corrections
    houses: HouseChangesView

    @property
    def title(self) -> str:
        return f"{self.first.name} 与 {self.second.name} 的变化{self._not_compared}"

    @property
    def _not_compared(self) -> str:
        """What is not known because one of the two cannot be read; empty where both can."""
        unreadable = "、".join(
            checked_return.name for checked_return in (self.first, self.second) if not checked_return.readable
        )
        corrected = "" if self.second.readable else "，原来的问题改正没有也不清楚"
        return f"（{unreadable} 读不出来，房屋没有比较{corrected}）" if unreadable else ""

    def document(self) -> figures.ReturnDiff:
        corrections = self.corrections
        return {
            "schema": DocumentName.DIFF,
            "kind": "returns",
            "before": _file(self.first),
            "after": _file(self.second),
            "totals": {
                "corrected": len(corrections.corrected),
                "remaining": len(corrections.remaining),
                "new": len(corrections.new),
            },
            "corrected": [problem.as_json() for problem in corrections.corrected],
            "remaining": [
                {"before": before.as_json(), "after": after.as_json()}
                for before, after in corrections.remaining
            ],
            "new": [problem.as_json() for problem in corrections.new],
            "houses": self.houses.document(),
            "house_totals": self.houses.totals(),
        }

    def sheets(self) -> list[ListSheet]:
        groups = [
            ListSheet(name, _PROBLEMS, [_problem(problem) for problem in group])
            for name, group in self._groups()
        ]
        return [*groups, *self.houses.sheets()]

    def show(self, out: Console) -> None:
        out.print(f"[bold]{escape(self.title)}[/]")
        if not self._not_compared:
            self.houses.show(out)
        for name, group in self._groups():
            if self._not_compared and not group:
                continue
            out.print(f"{name} {len(group)} 个" + ("：" if group else "。"))
            for problem in group[:_FEW]:
                label = f"[{STYLES[problem.severity]}]{problem.severity.label} {problem.code}[/]"
                out.print(f"    {label} {escape(problem.message)}")
            if len(group) > _FEW:
                out.print(f"    [dim]另有 {len(group) - _FEW} 个未显示，可用 --format xlsx 输出全部。[/]")

    def _groups(self) -> tuple[tuple[str, Sequence[Problem]], ...]:
        still_there = [after for _, after in self.corrections.remaining]
        return (
            ("已改正", self.corrections.corrected),
            ("仍存在", still_there),
            ("新出现", self.corrections.new),
        )


def _figures(forms: Mapping[str, FigureChanges]) -> dict[str, figures.FormChanges]:
    return {
        form: {
            "counts": {
                name: {"before": shift.before, "after": shift.after, "change": shift.change}
                for name, shift in changes.counts.items()
            },
            "rates": {name: _rate(shift) for name, shift in changes.rates.items()},
        }
        for form, changes in forms.items()
    }


def _rate(shift: RateShift) -> figures.RateChange:
    return {
        "before": shift.before.as_json(),
        "after": shift.after.as_json(),
        "points": None if shift.points is None else str(shift.points),
    }


def _rows(unit: str, forms: Mapping[str, FigureChanges]) -> Iterator[tuple[str, ...]]:
    for form_id, changes in forms.items():
        form = FORMS[form_id]
        name = form.info.short_title
        for figure, shift in changes.counts.items():
            counts = (_count(shift.before), _count(shift.after), _count(shift.change, signed=True))
            yield (unit, name, _label(form, figure), *counts)
        for figure, rate in changes.rates.items():
            points = "" if rate.points is None else f"{rate.points:+} 个百分点"
            yield (unit, name, _label(form, figure), rate.before.display, rate.after.display, points)


def _label(form: Form, figure: str) -> str:
    """Returns a figure's name with the group that it stands in, which says whom it counts."""
    label, field = form.labels[figure], form.by_name.get(figure)
    group = next(iter(field.heading.groups), "") if field else ""
    return label if group in label else f"{group}{label}"


def _count(value: int | None, *, signed: bool = False) -> str:
    return "—" if value is None else f"{value:+d}" if signed and value else str(value)


def _problem(problem: Problem) -> tuple[str | None, ...]:
    return problem.sheet, problem.cell, problem.code, problem.message


def _file(checked: CheckedReturn) -> figures.SentFile:
    return {"path": checked.without_people(checked.path.as_posix()), "sha256": checked.sha256}
