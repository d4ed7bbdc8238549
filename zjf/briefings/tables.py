"""The tables of the weekly summary and the monthly circular."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from zjf.briefings.briefing import Briefing, rate_of
from zjf.briefings.prose import NAMED, OVER, rate_cell
from zjf.briefings.ranking import leading_figure
from zjf.briefings.sweep_and_households import HOUSEHOLD_FIGURES, SWEEP_FIGURES, Households, sweep_sum
from zjf.counting.rates import Rate
from zjf.documents.layout import Column
from zjf.documents.sections import Cell, LetterTable
from zjf.figures.units import UnitFigures
from zjf.monitoring.standings import Standing
from zjf.schemas import FORMS
from zjf.schemas.form_ids import SWEEP

_UNIT_WIDTHS = (16, 24)
_NO_TASK, _UNRANKED = "无任务", "不排名"
_WITHOUT_FIGURE = {Standing.SENT_BACK: "退回", Standing.MISSING: "未报"}


def unit_column(briefing: Briefing) -> Column:
    """Returns the column of the units' names: wide enough for the longest, as far as the figures leave room."""
    longest = max(len(line.unit) for line in briefing.board.lines)
    least, most = _UNIT_WIDTHS
    return Column("填报单位", width=min(max(least, 2 * longest + 4), most))


def ranking(briefing: Briefing) -> LetterTable | None:
    """Returns the table of the units' rates and ranks, in the order of the scope's leading figure.

    Units that cannot be ranked come last: those above 100 %, 无任务, not reported. There is none if no return has a
    figure of it.
    """
    if not briefing.told_figures:
        return None
    columns, figures = {"unit": unit_column(briefing)}, briefing.printed_figures
    populations = dict.fromkeys(figure.population for figure in figures)
    for figure in figures:
        group = (figure.population,)
        population_prefix = figure.population.removesuffix("自建房") if len(populations) > 1 else ""
        columns |= {
            figure.name: Column(f"{population_prefix}{figure.rate}", group, width=12),
            _rank_of(figure.name): Column("排名", group, width=8),
        }
    leading = briefing.rankings[leading_figure(briefing.notice.scope)].ranks
    unranked = len(briefing.figures) + 1
    in_order = sorted(briefing.figures, key=lambda unit: leading.get(unit.unit, unranked))
    rows = [_ranks(briefing, unit) for unit in in_order]
    total: dict[str, Cell] = {"unit": _name_of_total(briefing)}
    for figure in figures:
        total |= {figure.name: _cell(briefing.rate(figure.name)), _rank_of(figure.name): None}
    has_implausible = any(ranking.over for ranking in briefing.rankings.values())
    note = f"{OVER}分子多于分母，不参加排名，请核对原数。" if has_implausible else ""
    title = f"各单位进展及排名（{'、'.join(populations)}）"
    return LetterTable("ranking", title, columns, (*rows, total), note)


def _ranks(briefing: Briefing, unit: UnitFigures) -> dict[str, Cell]:
    row: dict[str, Cell] = {"unit": unit.unit}
    for figure in briefing.printed_figures:
        rate, ranking = rate_of(unit, figure.name), briefing.rankings[figure.name]
        row[figure.name] = _unknown(briefing, unit.unit) if rate is None else _cell(rate)
        unranked = (
            *(apart.unit for apart in ranking.in_part),
            *(ranking.ranks if ranking.undecided else ()),
        )
        without = dict.fromkeys(unranked, _UNRANKED)
        without |= dict.fromkeys(ranking.nothing_to_do, _NO_TASK)
        row[_rank_of(figure.name)] = without.get(unit.unit, ranking.ranks.get(unit.unit))
    return row


def _name_of_total(briefing: Briefing) -> str:
    """Returns the name of the last line: 全县 only if every unit is in it, and was accepted in full."""
    figures = [figure.name for figure in briefing.printed_figures]
    silent = (unit for figure in figures for unit in briefing.rankings[figure].unknown)
    has_partial = any(briefing.in_part(figure) for figure in figures)
    remarks = _remarks_on_sum(briefing, {*briefing.uncounted, *silent}, has_partial=has_partial)
    return f"合计（{remarks}）" if remarks else "全县"


def _unknown(briefing: Briefing, unit: str) -> str:
    """Returns what stands for a figure that a unit did not report: why it did not."""
    standing = next(line.standing for line in briefing.board.lines if line.unit == unit)
    return _WITHOUT_FIGURE.get(standing, "无数据")


def _remarks_on_sum(briefing: Briefing, left_out: Iterable[str], *, has_partial: bool) -> str:
    """Returns what a sum lacks: 不含未报、退回、无数据，含部分接收; empty if it is of all units, accepted in full."""
    reasons = {_unknown(briefing, unit) for unit in left_out}
    without = f"不含{'、'.join(sorted(reasons))}" if reasons else ""
    return "，".join(filter(None, [without, "含部分接收" if has_partial else ""]))


def _rank_of(figure: str) -> str:
    return f"{figure}_rank"


def sweep_or_households(briefing: Briefing) -> LetterTable | None:
    """Returns the table beside the ranking: the sweep by village, or the households by category."""
    if briefing.notice.counts_households:
        return _households(briefing.households) if briefing.households else None
    is_required = any(paper.form == SWEEP for paper in briefing.notice.papers)
    return _sweep(briefing) if briefing.sweep and is_required else None


def _sweep(briefing: Briefing) -> LetterTable:
    lines, form = briefing.sweep, FORMS[SWEEP]
    columns = {"unit": unit_column(briefing), "village": Column("行政村", width=14)}
    groups: tuple[str, ...] = ()
    for name in SWEEP_FIGURES:
        heading = form.by_name[name].heading
        first_of_group = "" if heading.groups == groups else "".join(heading.groups)
        columns[name] = Column(f"{first_of_group}{heading.text}", heading.groups, width=10)
        groups = heading.groups
    rows: list[Mapping[str, Cell]] = [
        {"unit": line["unit"], "village": line["village"], **line["now"]} for line in lines
    ]
    total = {name: sweep_sum(lines, name) for name in SWEEP_FIGURES}
    return LetterTable(
        "sweep",
        "经营性自建房集中摸排情况（栋）",
        columns,
        (*rows, {"unit": "总计", "village": None, **total}),
    )


def _households(households: Households) -> LetterTable:
    """Returns a table with a line for each category, their sum, and a line for each unit."""
    columns = {"name": Column("类别、填报单位", width=22)} | {
        name: Column(label, width=11) for name, label in HOUSEHOLD_FIGURES.items()
    }
    rows: list[Mapping[str, Cell]] = [
        {"name": line.name, **line.figures} for line in (*households.by_category, households.total)
    ]
    rows += [{"name": f"其中：{line.name}", **line.figures} for line in households.by_unit]
    return LetterTable("households", "困难群众住房分类情况（户）", columns, tuple(rows))


def overdue_and_due(briefing: Briefing) -> LetterTable | None:
    """Returns how much is overdue or due soon in each unit, a column for each task; None if nothing is."""
    groups = briefing.board.due_houses.groups
    if not groups:
        return None
    silent = briefing.board.due_houses.silent
    columns: dict[str, Column] = {"unit": unit_column(briefing)}
    counts: dict[str, Mapping[str, Cell]] = {}
    total: dict[str, Cell] = {"unit": "合计"}
    for number, ((state, task, until), units) in enumerate(groups.items()):
        whose = "" if task.name.startswith(task.population) else task.population
        deadline = f"{_short(until, briefing.as_of)}，" if until else ""
        heading = f"{whose}{state.label}：{task.name}（{deadline}{task.measure}）"
        columns[f"task{number}"] = Column(heading, width=14)
        unknown = {unit: _unknown(briefing, unit) for unit in silent.get(task.form, ())}
        counts[f"task{number}"] = {**unknown, **units}
        total[f"task{number}"] = sum(units.values())
    units_listed = [
        line.unit for line in briefing.board.lines if any(line.unit in units for units in groups.values())
    ]
    rows: list[Mapping[str, Cell]] = [
        {"unit": unit, **{name: units.get(unit, 0) for name, units in counts.items()}}
        for unit in units_listed
    ]
    forms = {task.form for _, task, _ in groups}
    if remarks := _remarks_on_sum(
        briefing,
        (unit for form in forms for unit in silent.get(form, ())),
        has_partial=any(briefing.board.due_houses.in_part.get(form) for form in forms),
    ):
        total["unit"] = f"合计（{remarks}）"
    return LetterTable("due", "各单位逾期和临近期限", columns, (*rows, total))


def _short(until: date, as_of: date) -> str:
    """Returns a day as a heading has it: 06-30, with its year if it is another than the paper's."""
    return f"{until:%m-%d}" if until.year == as_of.year else f"{until:%Y-%m-%d}"


def conduct(briefing: Briefing) -> LetterTable:
    """Returns the table of how often the units kept the deadlines of a month."""
    columns = {
        "unit": unit_column(briefing),
        "due": Column("应报（次）", width=12),
        "on_time": Column("按时", width=10),
        "late": Column("迟报", width=10),
        "sent_back": Column("退回", width=10),
        "missing": Column("未报", width=10),
    }
    last = {line.unit: line.standing.label for line in briefing.board.lines}
    rows: list[Mapping[str, Any]] = [
        {**conduct, "last": last[conduct["unit"]]} for conduct in briefing.conduct
    ]
    columns["last"] = Column("最后一期", width=10)
    return LetterTable("conduct", "各单位报送考核", columns, tuple(rows))


def standings(briefing: Briefing) -> LetterTable | None:
    """Returns the table of the units that are not in order; None if the sentences name all of them."""
    units_by_label = {
        standing.label: units
        for standing in Standing
        if standing is not Standing.REPORTED and (units := briefing.board.units(standing))
    }
    if all(len(units) <= NAMED for units in units_by_label.values()):
        return None
    columns = {
        "standing": Column("状态", width=8),
        "number": Column("单位数", width=10),
        "units": Column("填报单位", width=60),
    }
    rows: list[Mapping[str, Cell]] = [
        {"standing": label, "number": len(units), "units": "、".join(units)}
        for label, units in units_by_label.items()
    ]
    return LetterTable("standings", f"{'、'.join(units_by_label)}的单位", columns, tuple(rows))


def _cell(rate: Rate) -> Cell:
    """Returns a rate as a cell: a number where it is printed as such, else the printed text."""
    return rate_cell(rate) if rate.over or rate.bound else rate.percent(2)
