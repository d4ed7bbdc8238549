"""The tables of a weekly summary or a monthly circular that only its workbook shows."""

from collections.abc import Mapping

from zjf.briefings.briefing import Briefing
from zjf.briefings.tables import unit_column
from zjf.documents.layout import Column
from zjf.documents.sections import Cell, LetterTable
from zjf.monitoring.standings import UnitLine
from zjf.period import to_the_minute
from zjf.problems import CATALOGUE
from zjf.schemas import FORMS
from zjf.schemas.form_ids import PROGRESS

_COUNT = Column("数量（栋、户）", width=14)


def annexes(briefing: Briefing) -> tuple[LetterTable, ...]:
    """Returns the tables that only the workbook shows."""
    return (
        _standing(briefing),
        _counts(briefing),
        _houses(briefing, "overdue", "逾期事项", briefing.overdue),
        _houses(briefing, "unmet", "未落实事项（全部自建房）", briefing.breaches),
        _problems(briefing),
    )


def _standing(briefing: Briefing) -> LetterTable:
    columns = {
        "unit": unit_column(briefing),
        "standing": Column("状态", width=10),
        "arrived": Column("收到时间", width=20),
        "late": Column("是否迟报", width=10),
    }
    rows: list[Mapping[str, Cell]] = [
        {
            "unit": line.unit,
            "standing": line.standing.label,
            "arrived": to_the_minute(line.arrived_at) if line.arrived_at else None,
            "late": _late(line, judged=briefing.board.judged),
        }
        for line in briefing.board.lines
    ]
    return LetterTable("standing", "报送情况", columns, tuple(rows))


def _late(line: UnitLine, *, judged: bool) -> str | None:
    """Returns 是 or 否; 不评 for a period that is not judged, None for a unit that sent nothing."""
    if line.arrived_at is None:
        return None
    return ("是" if line.late else "否") if judged else "不评"


def _counts(briefing: Briefing) -> LetterTable:
    form = FORMS[PROGRESS]
    fields = [field for field in form.fields if field.counted]
    columns = {"unit": unit_column(briefing), "source": Column("数据来源", width=14)} | {
        field.name: Column(field.heading.text, field.heading.groups, width=10) for field in fields
    }
    rows: list[Mapping[str, Cell]] = [
        {
            "unit": unit_figures.unit,
            "source": FORMS[unit_figures.source].info.short_title if unit_figures.source else None,
        }
        | {name.name: unit_figures.counts.get(name.name) for name in fields}
        for unit_figures in briefing.figures
        if PROGRESS in unit_figures.figures
    ]
    return LetterTable("counts", "各单位数据", columns, tuple(rows))


def _houses(
    briefing: Briefing, name: str, caption: str, by_code: Mapping[str, Mapping[str, int]]
) -> LetterTable:
    columns = {
        "code": Column("代码", width=8),
        "title": Column("事项", width=40),
        "unit": unit_column(briefing),
        "count": _COUNT,
    }
    rows: list[Mapping[str, Cell]] = [
        {"code": code, "title": CATALOGUE[code].title, "unit": unit, "count": count}
        for code, units in by_code.items()
        for unit, count in units.items()
    ]
    return LetterTable(name, caption, columns, tuple(rows))


def _problems(briefing: Briefing) -> LetterTable:
    columns = {
        "code": Column("代码", width=8),
        "title": Column("问题", width=40),
        "count": Column("处数", width=10),
        "units": Column("涉及单位", width=40),
    }
    rows: list[Mapping[str, Cell]] = [
        {
            "code": common["code"],
            "title": CATALOGUE[common["code"]].title,
            "count": common["count"],
            "units": "、".join(common["units"]) or None,
        }
        for common in briefing.problems
    ]
    return LetterTable("problems", "退回报表的问题", columns, tuple(rows))
