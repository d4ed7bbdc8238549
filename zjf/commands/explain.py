"""zjf explain: what a problem code means, where a figure comes from, and every row behind it."""

from collections.abc import Sequence
from contextlib import nullcontext, suppress
from functools import cache, partial
from pathlib import Path
from typing import Annotated

import typer

from zjf import console
from zjf.commands.ledger_houses import say_strangers
from zjf.commands.lists import check_list_file, place_of_list
from zjf.commands.options import CountyOption, Format, FormatOption, PeriodOption, out_option
from zjf.commands.unmasked import ReasonOption, WholeOption, record_whole
from zjf.commands.views import explain as explain_views
from zjf.county import County
from zjf.errors import ASK_FOR_IT, CannotDoError, UsageError
from zjf.figures.provenance import nearest_figures
from zjf.figures.reckoning import Reckoning
from zjf.ledger.of_county import ledger_to_read
from zjf.likeness import nearest_words
from zjf.naming.declared import forms
from zjf.naming.kinds import NameOf
from zjf.naming.names import plain
from zjf.notices.notice import Notice
from zjf.period import Period
from zjf.problems import CATALOGUE, ProblemCode
from zjf.services.explaining.explainable import Explainable
from zjf.services.explaining.explainable_figures import find_explainable
from zjf.services.explaining.explanation_document import ExplanationSubject, explanation_document
from zjf.services.explaining.figure_explanation import FigureExplanation, explain_figure, return_file
from zjf.services.explaining.meanings import code_in_words, column_in_words, find_columns, nearest_columns
from zjf.terminal import say_lines

Topic = Annotated[
    str,
    typer.Argument(
        metavar="CODE|FIGURE",
        help="问题代码、数字或栏目（如 C104、鉴定率、⑦、附件2/销号率、结构类型）。",
    ),
    NameOf.TOPIC,
]
UnitOption = Annotated[
    str | None, typer.Option("--unit", help="看这个单位的数；默认看全县。"), NameOf.UNIT_OR_COUNTY
]
OutOption = Annotated[
    Path | None, out_option("来源清单写到哪里；默认 out/期次/数字来源.xlsx。", metavar="FILE")
]
_LIST = "数字来源.xlsx"


def explain(
    topic: Topic,
    period: PeriodOption = None,
    unit: UnitOption = None,
    fmt: FormatOption = Format.TABLE,
    out: OutOption = None,
    show_personal: WholeOption = False,
    reason: ReasonOption = "",
    county: CountyOption = None,
) -> None:
    """说明一个问题代码的含义和改法，或一个数字是怎么来的：加 --period 看实际的数，和它背后的每一栋房屋、每一个单元格。"""
    _check_usage(period, unit, fmt, out)
    home = County.find(county) if period else County.if_any(county)
    unit = None if home and unit == home.name else unit
    record_whole(show_personal, home, "explain", reason)
    code = CATALOGUE.get(topic.upper())
    notice = Notice.in_force(home) if home else None
    figures = find_explainable(topic, notice) if code is None else _duty_of_code(code, notice, period)
    if not (code or figures):
        _show_columns(topic, fmt)
        return
    asked_period = Period.parse(period) if period else None
    explanations: list[FigureExplanation] = []
    if home and asked_period and figures:
        with suppress(CannotDoError) if code else nullcontext():  # the period may have nothing of a code
            explanations = _explanations(figures, home, asked_period, unit)
    if fmt is Format.JSON:
        subject = ExplanationSubject(home, asked_period, unit)
        console.say_json(explanation_document(subject, code, figures, explanations, whole=show_personal))
    elif fmt is Format.XLSX:
        assert home is not None  # the period was asked for
        _write_list(explanations, home, asked_period, out, whole=show_personal)
    else:
        if code:
            say_lines(code_in_words(code, home.folder if home else None))
        _show(figures, explanations, asked_period, unit, whole=show_personal)


def _duty_of_code(code: ProblemCode, notice: Notice | None, period: str | None) -> list[Explainable]:
    """Returns a code's count of unmet duties, if a period is asked for and the notice in force has that duty."""
    from zjf.services.explaining.explainable_duties import unmet_duty

    duty = unmet_duty(code, notice) if notice and period else None
    return [duty] if duty else []


def _show_columns(topic: str, fmt: Format) -> None:
    columns = find_columns(topic)
    if not columns:
        raise UsageError(f"没有「{topic}」这个代码、数字或栏目", _advice(topic))
    if fmt is not Format.TABLE:
        raise UsageError("栏目的说明只在屏幕上看", "请去掉 --format。")
    for form, field in columns:
        say_lines(column_in_words(form, field))


def _check_usage(period: str | None, unit: str | None, fmt: Format, out: Path | None) -> None:
    check_list_file(out, fmt)
    if (unit or fmt is Format.XLSX) and not period:
        raise UsageError("没有说明是哪一期", "请用 --period 指明，如 --period 2024-W23。")


def _explanations(
    figures: Sequence[Explainable], home: County, period: Period, unit: str | None
) -> list[FigureExplanation]:
    ledger = ledger_to_read(home)
    say_strangers(home, ledger, period)
    reckoning = Reckoning(home, Notice.in_force(home), ledger)
    with ledger.one_state():  # returns may come in meanwhile
        explained = [explain_figure(figure, reckoning, period, unit) for figure in figures]
    explanations = [explanation for explanation in explained if explanation]
    if not explanations:
        owner = unit or home.name
        raise CannotDoError(f"{period} 的台账中没有{owner}的这个数", ASK_FOR_IT)
    return explanations


def _show(
    figures: Sequence[Explainable],
    explanations: Sequence[FigureExplanation],
    period: Period | None,
    unit: str | None,
    *,
    whole: bool,
) -> None:
    by_name = {explanation.figure.name: explanation for explanation in explanations}
    for figure in figures:
        say_lines(figure.lines)
        if explanation := by_name.get(figure.name):
            explain_views.show_numbers(explanation, str(period), of_unit=bool(unit), whole=whole)


def _write_list(
    explanations: Sequence[FigureExplanation],
    home: County,
    period: Period | None,
    out: Path | None,
    *,
    whole: bool,
) -> None:
    # Imported here because only some runs need it.
    from zjf.render.xlsx.figure_rows import write_figure_rows

    if not explanations or period is None:
        raise UsageError("--format xlsx 只用于数字和“未落实”的代码", "这个代码请看 --format table 或 json。")
    path = place_of_list(_LIST, out, home, period)
    listings = [
        (explain_views.heading(explanation, str(period)), explanation.rows) for explanation in explanations
    ]
    file_of = cache(partial(return_file, home.returns(period)))
    write_figure_rows(
        path,
        listings,
        lambda row: file_of(row.origin.submission.file_name, row.origin.submission.sha256),
        people=explanations[0].people,
        show_personal=whole,
        footer=f"{home.name} {period}",
    )
    console.show_written([path])


def _advice(topic: str) -> str:
    codes = nearest_words(topic.upper(), CATALOGUE, near=70, most=3)
    suggestions = [f"{code} {CATALOGUE[code].title}" for code in codes]
    last_part = topic.rpartition("/")[2]
    suggestions = suggestions or nearest_figures(last_part) or nearest_columns(last_part)
    if suggestions:
        return f"是否为：{'、'.join(suggestions)}？"
    if form := next((name.label for name in forms() if plain(topic) in name.whole), None):
        return f"{form}是一种表：要看其中的数，写 {form}/鉴定率 的样子；怎样填，见 zjf template {form}。"
    return "全部代码见 zjf rules list。"
