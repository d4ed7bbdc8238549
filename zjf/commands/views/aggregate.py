"""What `zjf aggregate` shows: every return, every row and every unit accounted for."""

from collections.abc import Sequence
from pathlib import Path

from rich.markup import escape

from zjf import console
from zjf.acceptance import Decision
from zjf.counting.progress import ProgressFigure, progress_figures
from zjf.figures.partial_returns import COUNTED_BEFORE, but_in_part, in_part_behind
from zjf.figures.summary import Summary, incomplete_in_words
from zjf.figures.units import RATES
from zjf.problems import CATALOGUE, Problem, Severity
from zjf.schemas import FORMS
from zjf.schemas.form_ids import PROGRESS
from zjf.terminal import Screen

_MOST_LINES, _FIRST_LINES = 8, 3
"""Of more lines of one code, only the first are shown; of the others, the units are named."""


def show_decisions(decisions: Sequence[Decision], screen: Screen) -> None:
    """Shows what became of every return, with its problems."""
    for decision in decisions:
        checked = decision.checked
        decision_label = (
            "[yellow]部分接收[/]"
            if decision.partial
            else "[green]接收[/]"
            if decision.taken
            else "[red]退回[/]"
        )
        if decision.superseded:
            decision_label = "[dim]不再计入[/]"
        units = "、".join(decision.units) or "单位不明"
        screen.print(
            f"{decision_label}  {escape(checked.name)}（{escape(units)}）：{decision.read} 行 = 接收 {decision.accepted} ＋ 退回 {decision.rejected}"
        )
        console.show_set_aside(screen, checked)
        console.show_problems(
            screen,
            checked,
            [problem for problem in checked.problems if problem.severity is not Severity.INFO],
            5,
        )


def show_reporting(problems: Sequence[Problem], screen: Screen) -> None:
    """Shows who is late, who has not reported, whose spot-checks fall short.

    Problems with the usual remedy of their code share one line, which names the units; others have a line each.
    """
    for code in sorted({problem.code for problem in problems}):
        entry, problems_of_code = CATALOGUE[code], [problem for problem in problems if problem.code == code]
        usual = [problem for problem in problems_of_code if problem.hint == entry.remedy]
        others = [problem for problem in problems_of_code if problem.hint != entry.remedy]
        shown = others if len(others) <= _MOST_LINES else others[:_FIRST_LINES]
        lines = [problem.message for problem in shown]
        if left := others[len(shown) :]:
            lines.append(f"另有 {len(left)} 条：{_units(left)}。")
        if usual:
            lines.append(f"{entry.title}：{_units(usual)}。{entry.remedy}")
        label = f"[{console.STYLES[entry.severity]}]{entry.severity.label} {code}[/]"
        for line in lines:
            screen.print(f"{label} {escape(line)}")


def _units(problems: Sequence[Problem]) -> str:
    return "、".join(dict.fromkeys(problem.value or "" for problem in problems))


def _population(figure: str, unit_count: int, summary: Summary) -> str:
    """Returns the name of a figure's population: 全县 only if every unit of the roster reported the figure."""
    is_complete = unit_count == len(summary.coverage.expected)
    population = "全县" if is_complete else f"有数据的{unit_count}个单位"
    return f"{population}{but_in_part(in_part_behind(figure, summary.in_part))}"


def show_summary(summary: Summary, folder: Path | None, screen: Screen) -> None:
    """Shows the county's rates, where the tables are, then every row and every unit accounted for."""
    rows, coverage = summary.rows, summary.coverage
    county = summary.county.get(PROGRESS)
    if county:
        form = FORMS[PROGRESS]
        rates = "，".join(
            f"{form.by_name[name].heading.text.split('（')[0]} {county.rates[name].display}" for name in RATES
        )
        unit_count = sum(PROGRESS in unit.figures for unit in summary.units)
        population = _population(PROGRESS, unit_count, summary)
        screen.print(f"\n[bold]{summary.period}[/]　{population}非经营性自建房（附件2）{rates}")
    known_figures = (figure for figure in progress_figures(summary.scope) if figure.name in summary.progress)
    figures_by_units: dict[tuple[str, ...], list[ProgressFigure]] = {}
    for figure in known_figures:
        units = tuple(unit.unit for unit in summary.units if figure.name in unit.progress)
        figures_by_units.setdefault(units, []).append(figure)
    for units, figures in figures_by_units.items():
        rates = "，".join(f"{figure.step.rate} {summary.progress[figure.name].display}" for figure in figures)
        population = _population(figures[0].name, len(units), summary)
        screen.print(f"[bold]{summary.period}[/]　{population}{figures[0].population.label}{rates}")
    if folder:
        screen.print(f"各表在：{escape(str(folder))}")
    else:
        screen.print(f"只是试算（按 {escape(summary.notice)}）：没有写台账，也没有写任何文件。")
    screen.print(f"读入 {rows['read']} 行 = 接收 {rows['accepted']} 行 ＋ 退回 {rows['rejected']} 行。")
    partial = (
        f"（其中部分接收 {len(coverage.partial)}：{'、'.join(coverage.partial)}）" if coverage.partial else ""
    )
    counted = "、".join(unit.unit for unit in summary.units if unit.unit in coverage.rejected)
    screen.print(
        f"应报 {len(coverage.expected)} 个单位 = 已接收 {len(coverage.accepted)}{partial} ＋ "
        f"退回 {len(coverage.rejected)}{_in_brackets(coverage.rejected)} ＋ 未报 {len(coverage.missing)}{_in_brackets(coverage.missing)}。"
        + "".join(incomplete_in_words(coverage.incomplete, of=coverage.missing))
        + (f"其中{counted}{COUNTED_BEFORE}。" if counted else "")
    )


def _in_brackets(units: Sequence[str]) -> str:
    return f"（{'、'.join(units)}）" if units else ""
