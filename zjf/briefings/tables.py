"""The tables of the weekly summary and the monthly circular."""

from collections.abc import Mapping

from zjf.briefings.briefing import Briefing
from zjf.briefings.prose import OVER, rate_cell
from zjf.counting.rates import Rate
from zjf.documents.layout import Column
from zjf.documents.sections import Cell, Table
from zjf.figures.units import PROGRESS, RATES
from zjf.period import OFFICE_TIME
from zjf.problems import CATALOGUE
from zjf.schemas import FORMS

_UNIT = Column("填报单位", width=18)
_COUNT = Column("栋数", width=10)


def ranking(briefing: Briefing) -> Table | None:
    """The units by their rates, the closure rate first; those without it at the end."""
    rankings = briefing.rankings
    if PROGRESS not in briefing.totals:
        return None
    last = len(briefing.figures) + 1
    by_closure = rankings["closure_rate"].ranks
    units = [each for each in briefing.figures if PROGRESS in each.figures]
    columns = {"unit": _UNIT}
    for name in RATES:
        heading = FORMS[PROGRESS].by_name[name].heading.text.split("（")[0]
        columns |= {name: Column(heading, width=12), f"{name}_rank": Column("排名", width=8)}
    rows = []
    for each in sorted(units, key=lambda each: by_closure.get(each.unit, last)):
        rates = each.figures[PROGRESS].rates
        row: dict[str, Cell] = {"unit": each.unit}
        for name in RATES:
            row |= {
                name: _cell(rates[name]),
                f"{name}_rank": rankings[name].ranks.get(each.unit),
            }
        rows.append(row)
    total: dict[str, Cell] = {"unit": "全县"}
    for name in RATES:
        total |= {name: _cell(briefing.rate(name)), f"{name}_rank": None}
    over = any(each.over for each in rankings.values())
    note = f"{OVER}超过100%，请核对原数。" if over else ""
    return Table("ranking", "各单位进展及排名", columns, (*rows, total), note)


def conduct(briefing: Briefing) -> Table:
    """How the units kept to the deadlines of a month."""
    columns = {
        "unit": _UNIT,
        "due": Column("应报（次）", width=12),
        "on_time": Column("按时", width=10),
        "late": Column("迟报", width=10),
        "sent_back": Column("退回", width=10),
        "missing": Column("未报", width=10),
    }
    rows = tuple({name: getattr(each, name) for name in columns} for each in briefing.conduct)
    return Table("conduct", "各单位报送考核", columns, rows)


def annexes(briefing: Briefing) -> tuple[Table, ...]:
    """What only the workbook shows."""
    return (
        _standing(briefing),
        _counts(briefing),
        _houses(briefing, "overdue", "逾期房屋", briefing.overdue),
        _houses(briefing, "unmet", "未落实事项", briefing.breaches),
        _problems(briefing),
    )


def _standing(briefing: Briefing) -> Table:
    columns = {
        "unit": _UNIT,
        "standing": Column("状态", width=10),
        "arrived": Column("收到时间", width=20),
        "late": Column("是否迟报", width=10),
    }
    rows: list[Mapping[str, Cell]] = [
        {
            "unit": line.unit,
            "standing": line.standing.label,
            "arrived": f"{line.arrived_at.astimezone(OFFICE_TIME):%Y-%m-%d %H:%M}"
            if line.arrived_at
            else None,
            "late": "是" if line.late else "否",
        }
        for line in briefing.board.lines
    ]
    return Table("standing", "报送情况", columns, tuple(rows))


def _counts(briefing: Briefing) -> Table:
    form = FORMS[PROGRESS]
    fields = [each for each in form.fields if each.counted]
    columns = {"unit": _UNIT, "source": Column("数据来源", width=14)} | {
        each.name: Column(each.heading.text, each.heading.groups, width=10) for each in fields
    }
    rows: list[Mapping[str, Cell]] = [
        {"unit": each.unit, "source": FORMS[each.source].info.short_title if each.source else None}
        | {name.name: each.counts.get(name.name) for name in fields}
        for each in briefing.figures
        if PROGRESS in each.figures
    ]
    return Table("counts", "各单位数据", columns, tuple(rows))


def _houses(briefing: Briefing, name: str, caption: str, found: Mapping[str, Mapping[str, int]]) -> Table:
    columns = {
        "code": Column("代码", width=8),
        "title": Column("事项", width=40),
        "unit": _UNIT,
        "count": _COUNT,
    }
    rows: list[Mapping[str, Cell]] = [
        {"code": code, "title": CATALOGUE[code].title, "unit": unit, "count": count}
        for code, units in found.items()
        for unit, count in units.items()
    ]
    return Table(name, caption, columns, tuple(rows))


def _problems(briefing: Briefing) -> Table:
    columns = {
        "code": Column("代码", width=8),
        "title": Column("问题", width=40),
        "count": Column("处数", width=10),
        "units": Column("涉及单位", width=40),
    }
    rows: list[Mapping[str, Cell]] = [
        {
            "code": each.code,
            "title": CATALOGUE[each.code].title,
            "count": each.count,
            "units": "、".join(each.units) or None,
        }
        for each in briefing.problems
    ]
    return Table("problems", "退回报表的问题", columns, tuple(rows))


def _cell(rate: Rate) -> Cell:
    """A number where one is printed as it is; else what is printed."""
    return rate_cell(rate) if rate.over or rate.bound else rate.percent(2)
