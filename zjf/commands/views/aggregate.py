"""What `zjf aggregate` says: every return, every row and every unit accounted for."""

from collections.abc import Sequence
from pathlib import Path

from rich.markup import escape

from zjf import console
from zjf.acceptance import Decision
from zjf.counting.progress import progress_figures
from zjf.figures.in_part import but_in_part, in_part_behind
from zjf.figures.summary import Summary
from zjf.figures.units import PROGRESS, RATES
from zjf.problems import CATALOGUE, Problem, Severity
from zjf.schemas import FORMS
from zjf.terminal import Screen


def show_decisions(decisions: Sequence[Decision], screen: Screen) -> None:
    """What became of every return, and why where it was sent back."""
    for decision in decisions:
        checked = decision.checked
        taken = (
            "[yellow]部分接收[/]"
            if decision.partial
            else "[green]接收[/]"
            if decision.taken
            else "[red]退回[/]"
        )
        if decision.superseded:
            taken = "[dim]不再计入[/]"
        units = "、".join(decision.units) or "单位不明"
        screen.print(
            f"{taken}  {escape(checked.name)}（{escape(units)}）：{decision.read} 行 = 接收 {decision.accepted} ＋ 退回 {decision.rejected}"
        )
        console.show_set_aside(screen, checked)
        console.show_problems(
            screen, [problem for problem in checked.problems if problem.severity is not Severity.INFO], 5
        )


def show_reporting(problems: Sequence[Problem], screen: Screen) -> None:
    """Who is late, who has not reported, whose spot-checks fall short: a line for each kind, and
    one for what has a remedy of its own.
    """
    for code in sorted({problem.code for problem in problems}):
        entry, its = CATALOGUE[code], [problem for problem in problems if problem.code == code]
        said = [problem.message for problem in its if problem.hint != entry.remedy]
        if units := [problem.value or "" for problem in its if problem.hint == entry.remedy]:
            said.append(f"{entry.title}：{'、'.join(units)}。{entry.remedy}")
        label = f"[{console.STYLES[entry.severity]}]{entry.severity.label} {code}[/]"
        for line in said:
            screen.print(f"{label} {escape(line)}")


def _whose(told: str, telling: int, summary: Summary) -> str:
    """Of whom the county's figures are: of the whole county only where every unit of the roster tells them.

    Args:
        told: A figure, or the form of which they are.
        telling: How many units tell them.
        summary: What the period comes to.
    """
    whose = "全县" if telling == len(summary.coverage.expected) else "有数据的单位"
    return f"{whose}{but_in_part(in_part_behind(told, summary.in_part))}"


def show_summary(summary: Summary, folder: Path | None, screen: Screen) -> None:
    """The county's rates, then every row and every unit accounted for, then where the tables are.

    Args:
        summary: What the period comes to.
        folder: Where the tables were written; None where it was only tried out.
        screen: Where it is said.
    """
    rows, coverage = summary.rows, summary.coverage
    county = summary.county.get(PROGRESS)
    if county:
        form = FORMS[PROGRESS]
        said = "，".join(
            f"{form.by_name[name].heading.text.split('（')[0]} {county.rates[name].display}" for name in RATES
        )
        telling = [unit for unit in summary.units if PROGRESS in unit.figures]
        whose = _whose(PROGRESS, len(telling), summary)
        screen.print(f"\n[bold]{summary.period}[/]　{whose}非经营性自建房（附件2）{said}")
    scope = progress_figures(summary.scope)
    if told := [figure for figure in scope if figure.name in summary.progress]:
        said = "，".join(f"{figure.step.rate} {summary.progress[figure.name].display}" for figure in told)
        fewest = min(sum(figure.name in unit.progress for unit in summary.units) for figure in told)
        whose = _whose(told[0].name, fewest, summary)
        screen.print(f"[bold]{summary.period}[/]　{whose}{told[0].population.label}{said}")
    if folder:
        screen.print(f"各表在：{escape(str(folder))}")
    else:
        screen.print(f"只是试算（按 {escape(summary.notice)}）：没有写台账，也没有写任何文件。")
    screen.print(f"读入 {rows['read']} 行 = 接收 {rows['accepted']} 行 ＋ 退回 {rows['rejected']} 行。")
    partial = (
        f"（其中部分接收 {len(coverage.partial)}：{'、'.join(coverage.partial)}）" if coverage.partial else ""
    )
    screen.print(
        f"应报 {len(coverage.expected)} 个单位 = 已接收 {len(coverage.accepted)}{partial} ＋ "
        f"退回 {len(coverage.rejected)}{_named(coverage.rejected)} ＋ 未报 {len(coverage.missing)}{_named(coverage.missing)}。"
    )


def _named(units: Sequence[str]) -> str:
    return f"（{'、'.join(units)}）" if units else ""
