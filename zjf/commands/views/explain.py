"""What `zjf explain` shows on the screen."""

from collections.abc import Iterator, Sequence

from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from zjf import console
from zjf.figures.partial_returns import COUNTED_BEFORE
from zjf.figures.rows_behind import TO_REAPPRAISE, RowBehind
from zjf.problems import People, first_few
from zjf.render.xlsx.figure_rows import cell_in_words
from zjf.schemas import FORMS
from zjf.schemas.masked_rows import mask_house_id
from zjf.services.explaining.explainable import UnitTally
from zjf.services.explaining.figure_explanation import FigureExplanation

_FIRST = 10
_MORE = "其余 {} {}请加 --format xlsx（带链接的清单）或 --format json 看。"


def heading(explanation: FigureExplanation, period: str) -> str:
    """Returns the heading of a list of rows: 2024-W23 云水县 销号率（非经营性）＝⑦÷①＝…"""
    return f"{period} {explanation.whose} {explanation.figure.title}＝{explanation.value.worked_out}"


def show_numbers(explanation: FigureExplanation, period: str, *, of_unit: bool, whole: bool) -> None:
    """Shows a figure's value, for the county also its units' values, then the first of the rows behind it."""
    worked_out = explanation.value.worked_out
    console.out().print(f"  [bold]{period} {escape(explanation.whose)}[/]　{escape(worked_out)}")
    for line, standing in explanation.goals:
        until, whose = f"，{line.goal.until} 前" if line.goal.until else "", "" if of_unit else line.whose
        goal = f"{line.goal.target}%{until}（{line.clause}）：{whose}{standing.in_words(line.measure)}"
        console.out().print(f"  目标：{escape(goal)}")
    if explanation.without:
        unknown = escape("、".join(explanation.without))
        console.out().print(f"  [yellow]不含[/]没有报或报的表没有反映这个数的单位：{unknown}")
    if explanation.in_part:
        units = escape("、".join(explanation.in_part))
        console.out().print(f"  [yellow]不含退回的行[/]，只接收了一部分的单位：{units}")
    if explanation.as_before:
        units = escape("、".join(explanation.as_before))
        console.out().print(f"  [yellow]{COUNTED_BEFORE}[/]的单位：{units}")
    if of_unit:
        console.out().print(f"  来源：{_source(explanation.units[0])}")
    else:
        _show_units(explanation)
    for number, (label, rows) in enumerate(_groups(explanation)):
        _show_rows(label, rows, explanation.figure.counted[1], whole=whole)
        if number == 0:
            _show_cells(rows, explanation.people, whole=whole)


def _show_units(explanation: FigureExplanation) -> None:
    table = Table(box=None, padding=(0, 2))
    headings = ("单位", "分子", "分母", "比率") if explanation.value.rate else ("单位", "数")
    for position, text in enumerate((*headings, "来源")):
        table.add_column(text, justify="right" if 0 < position < len(headings) else "left")
    for tally in explanation.units:
        value = explanation.figure.value(tally.counts)
        cells = (str(value.rate.numerator), str(value.rate.denominator)) if value.rate else ()
        table.add_row(tally.unit, *cells, value.display, _source(tally))
    console.out().print(table)


def _source(tally: UnitTally) -> str:
    form = FORMS[tally.source].info
    return form.title if form.key else "单位自报"


def _groups(explanation: FigureExplanation) -> Iterator[tuple[str, list[RowBehind]]]:
    """Yields the houses by where they count; figures that units reported themselves have no houses."""
    counted_things = explanation.figure.counted[0]
    houses = [row for row in explanation.rows if row.key]
    if explanation.value.rate:
        due = [row for row in houses if row.denominator and row.denominator > 0]
        rest = [row for row in houses if not (row.denominator and row.denominator > 0)]
        yield f"在分母、不在分子的{counted_things}", [row for row in due if row.numerator <= 0]
        yield f"在分母、也在分子的{counted_things}", [row for row in due if row.numerator > 0]
        yield f"在分子、不在分母的{counted_things}", [row for row in rest if row.numerator > 0]
        neither = [row for row in rest if not row.numerator and not row.denominator]
        yield f"不计入的{counted_things}", neither
    else:
        yield f"计入的{counted_things}", houses
    yield "鉴定报告抽查不合格、需重新鉴定的房屋", [row for row in houses if TO_REAPPRAISE in row.because]


def _show_rows(label: str, rows: Sequence[RowBehind], measure: str, *, whole: bool) -> None:
    if not rows:
        return
    more = f" 等。{_MORE.format(len(rows) - _FIRST, measure)}"
    house_ids = escape(first_few(rows, _FIRST, more, lambda row: mask_house_id(row.key, whole=whole)))
    console.out().print(f"  {label} {len(rows)} {measure}：{house_ids}")


def _show_cells(rows: Sequence[RowBehind], people: People, *, whole: bool) -> None:
    """Shows the cells that decided the first of the rows, and their places."""
    if not rows:
        return
    grid = Table.grid(padding=(0, 2))
    for _ in range(3):
        grid.add_column(overflow="fold")
    for row in rows[:_FIRST]:
        grid.add_row(
            escape(mask_house_id(row.key, whole=whole)),
            escape("；\n".join(cell_in_words(cell, whole=whole) for cell in row.cells)),
            escape(_place(row, people)),
        )
    console.out().print(Padding(grid, (0, 0, 0, 4)))


def _place(row: RowBehind, people: People) -> str:
    waived = f"　豁免：{'；'.join(row.waivers)}" if row.waivers else ""
    sheet_row = (
        f"「{row.origin.sheet_shown(people)}」第 {row.origin.row} 行" if row.origin.row else "（未登记行号）"
    )
    return f"{people.shown(row.origin.submission.file_name)}{sheet_row}{waived}"
