"""zjf explain: what a problem code means, and where a figure comes from."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rapidfuzz import fuzz, process
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

import zjf.checking.one_return  # noqa: F401  # registers every rule in the catalogue
from zjf import console
from zjf.analysis.report_audits import as_not_appraised
from zjf.commands.ledger_houses import say_strangers
from zjf.commands.options import CountyOption, PeriodOption, known_unit
from zjf.counting.rates import Rate
from zjf.counting.tally import Figures, total
from zjf.county import County
from zjf.errors import CannotDoError, UsageError
from zjf.figures.provenance import Figure, find_figures, nearest_figures
from zjf.figures.reckoning import Reckoning
from zjf.figures.units import HOUSES, UnitFigures
from zjf.ledger import Ledger
from zjf.ledger.of_county import ledger_to_read
from zjf.notices.loading import known_notices
from zjf.notices.notice import Notice
from zjf.period import Period
from zjf.problems import CATALOGUE, ProblemCode, Severity
from zjf.rules.registry import RULES
from zjf.schemas import FORMS
from zjf.schemas.masked_rows import mask_house_id

Topic = Annotated[
    str,
    typer.Argument(
        metavar="CODE|FIGURE",
        help="问题代码（C104），或数字的名称：鉴定率、⑦、closure_rate、附件2/销号率。",
        show_default=False,
    ),
]
UnitOption = Annotated[
    str | None, typer.Option("--unit", help="看这个单位的数；默认看全县。", show_default=False)
]

MEANINGS = {
    Severity.ERROR: "内容不对或前后矛盾，要改这个单元格。改正以前这一行不计入，整份报表退回。",
    Severity.BREACH: "数据可能属实，是该做的事还没有做。照常计入；请去落实，不要为了过关改数。",
    Severity.WARNING: "请看一看是否属实。照常计入。",
    Severity.INFO: "说明一声。照常计入。",
}
_NOT_FROM_HOUSES = {
    "online_confirmed": "问题整改台账中线上巡检发现、已经确认的经营性自建房问题；没有报这本台账的，用单位填报的数",
    "online_issues": "问题整改台账中线上巡检发现的经营性自建房问题；没有报这本台账的，用单位填报的数",
}
_FIRST_HOUSES = 10


def explain(
    topic: Topic,
    period: PeriodOption = None,
    unit: UnitOption = None,
    county: CountyOption = None,
) -> None:
    """说明一个问题代码的含义和改法，或一个数字是怎么来的（加 --period 可看实际的数）。"""
    home = County.find(county) if county or period else County.around(Path.cwd())
    if topic.upper() in CATALOGUE:
        _say(code_in_words(CATALOGUE[topic.upper()], home.folder if home else None))
        return
    figures = find_figures(topic)
    if not figures:
        raise UsageError(f"没有「{topic}」这个代码或数字", _advice(topic))
    if unit and not period:
        raise UsageError("没有说明是哪一期", "请用 --period 指明，如 --period 2024-W23。")
    for figure in figures:
        _say(figure_in_words(figure))
        if home and period:
            _show_numbers(figure, home, str(Period.parse(period)), unit)


def code_in_words(entry: ProblemCode, folder: Path | None = None) -> Iterator[tuple[str, str]]:
    """An entry of the catalogue, line by line: label and text.

    Args:
        entry: The entry.
        folder: The county's folder, which may hold notices of its own.
    """
    yield entry.code, entry.title
    yield "性质", f"{entry.severity.label}：{MEANINGS[entry.severity]}"
    if entry.severity is Severity.BREACH:
        demanded = [f"{notice.title}（{clause}）" for notice, clause in _demands(entry.code, folder)]
        yield "通知", f"{'、'.join(demanded) or '没有通知'}要求做到；执行别的通知时只作提醒。"
    if entry.code in RULES:
        form = FORMS[RULES[entry.code].form]
        yield (
            "看哪些栏",
            f"{form.info.title}：{'、'.join(form.labels[name] for name in RULES[entry.code].needs)}",
        )
    if entry.clause:
        yield "依据", entry.clause
    yield "为什么", entry.why
    yield "怎么办", entry.remedy
    yield "例如", entry.example


def figure_in_words(figure: Figure) -> Iterator[tuple[str, str]]:
    """What a figure counts or divides, line by line: label and text."""
    yield figure.name, figure.title
    if figure.formula():
        yield "公式", figure.formula()
    for term in figure.terms:
        counted = "；".join(figure.conditions(term))
        yield figure.short_name(term), counted or _NOT_FROM_HOUSES.get(term, "各单位填报的数")
    if any(figure.conditions(term) for term in figure.terms):
        yield "说明", "自建房台账中同时符合各条的房屋（栋）；没有报台账的单位，用它自己填报的数。"
    if figure.formula():
        yield "比率", "分母为 0 时没有比率，印作“—”；全县的比率是各单位的数相加后再除，不是比率的平均。"
    if must := figure.identities():
        yield "应当", "；".join(must)
    yield "出处", figure.form.info.source


def _demands(code: str, folder: Path | None) -> Iterator[tuple[Notice, str]]:
    for name in known_notices(folder):
        notice = Notice.load(name, folder)
        if code in notice.demands:
            yield notice, notice.demands[code]


def _advice(topic: str) -> str:
    codes = process.extract(topic.upper(), CATALOGUE.keys(), scorer=fuzz.ratio, score_cutoff=70, limit=3)
    near = [f"{code} {CATALOGUE[code].title}" for code, _, _ in codes] or nearest_figures(topic)
    return f"是否为：{'、'.join(near)}？" if near else "全部代码见 zjf rules list。"


def _say(lines: Iterator[tuple[str, str]]) -> None:
    name, title = next(lines)
    console.out().print(f"[bold]{escape(name)}[/]　{escape(title)}")
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for label, text in lines:
        grid.add_row(label, escape(text))
    console.out().print(Padding(grid, (0, 0, 0, 2)))


def _show_numbers(figure: Figure, home: County, period: str, unit: str | None) -> None:
    ledger = ledger_to_read(home)
    say_strangers(home, ledger, Period.parse(period))
    units = [
        each
        for each in Reckoning(home, Notice.load(home.notice, home.folder), ledger).units(period)
        if _has(figure, each.figures.get(figure.form.id))
    ]
    if unit:
        name = known_unit(unit, home)
        units = [each for each in units if each.unit == name]
    if not units:
        whose = unit or home.name
        raise CannotDoError(f"{period} 的台账中没有{whose}的这个数", "请先运行 zjf aggregate 接收报表。")
    county = Figures(figure.form.id, total(each.figures[figure.form.id].counts for each in units))
    whose = units[0].unit if unit else home.name
    console.out().print(f"  [bold]{period} {escape(whose)}[/]　{_number_in_words(figure, county)}")
    if unit:
        _show_houses(figure, units[0], ledger, period)
    else:
        _show_units(figure, units)


def _has(figure: Figure, figures: Figures | None) -> bool:
    return figures is not None and all(term in figures.counts for term in figure.terms)


def _number_in_words(figure: Figure, figures: Figures) -> str:
    counts = figures.counts
    if not figure.field.rate:
        return "/".join(str(counts[term]) for term in figure.terms)
    rate = figures.rates[figure.field.name]
    filled_in = figure.formula(lambda term: str(counts[term]))
    reckoned = f"{rate.numerator}÷{rate.denominator}"
    steps = dict.fromkeys((figure.formula(), filled_in, reckoned, rate.display))
    return "＝".join(steps)


def _show_units(figure: Figure, units: list[UnitFigures]) -> None:
    table = Table(box=None, padding=(0, 2))
    headings = ("单位", "分子", "分母", "比率") if figure.field.rate else ("单位", "数")
    for place, heading in enumerate((*headings, "来源")):
        table.add_column(heading, justify="right" if 0 < place < len(headings) else "left")
    for each in units:
        own = each.figures[figure.form.id]
        table.add_row(each.unit, *_cells(figure, own), _source(figure, each))
    console.out().print(table)


def _cells(figure: Figure, own: Figures) -> tuple[str, ...]:
    if not figure.field.rate:
        return (_number_in_words(figure, own),)
    rate: Rate = own.rates[figure.field.name]
    return str(rate.numerator), str(rate.denominator), rate.display


def _source(figure: Figure, unit: UnitFigures) -> str:
    if _NOT_FROM_HOUSES.keys() >= set(figure.terms):
        return "问题整改台账或单位自报"
    counted = all(figure.conditions(term) for term in figure.terms)
    return FORMS[HOUSES].info.title if counted and unit.source == HOUSES else "单位自报"


def _show_houses(figure: Figure, unit: UnitFigures, ledger: Ledger, period: str) -> None:
    console.out().print(f"  来源：{_source(figure, unit)}")
    if unit.source != HOUSES:
        return
    houses = ledger.frame(HOUSES, period, [unit.unit])
    concerned = houses.house_id.isin(unit.not_appraised)
    _list_houses("在分母、不在分子的房屋", figure.holding_back(as_not_appraised(houses, concerned)))
    _list_houses("鉴定报告抽查不合格、暂按未鉴定统计的房屋", unit.not_appraised)


def _list_houses(what: str, houses: Sequence[str]) -> None:
    if houses:
        rest = " 等" if len(houses) > _FIRST_HOUSES else ""
        named = escape("、".join(map(mask_house_id, houses[:_FIRST_HOUSES])))
        console.out().print(f"  {what} {len(houses)} 栋：{named}{rest}")
