"""`zjf classify`: what each house is, how grave it is, what comes next and who is in charge."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from zjf import console
from zjf.analysis import classification
from zjf.analysis.classification import LABELS, UNKNOWN, Risk
from zjf.checking.one_return import exit_code
from zjf.commands.lists import check_list_file, place_of_list
from zjf.commands.options import (
    CountyOption,
    Format,
    FormatOption,
    JobsOption,
    NoticeOption,
    Paths,
    PersonalOption,
    out_option,
)
from zjf.commands.unmasked import ReasonOption, record_whole
from zjf.commands.views.tables import table_of
from zjf.county import County
from zjf.figures.progress import FIGURES
from zjf.pipeline.finding import find_returns
from zjf.render.xlsx.classified import write_classified
from zjf.services.houses.classified_progress import ProgressRead
from zjf.services.houses.classified_returns import ClassifiedReturns, classify_returns

ListOption = Annotated[
    Path | None,
    out_option("分类清单写到哪里；默认 out/分类清单.xlsx，没有县文件夹的在当前文件夹。", metavar="FILE"),
]
PerUnitOption = Annotated[int, typer.Option("--limit", min=1, help="每个单位最多列出几栋高风险房屋。")]

_LIST = "分类清单.xlsx"
_ON_SCREEN = ("duty", "tags", "departments")
"""The columns of the classification that the screen shows of a high-risk house."""


def classify(
    paths: Paths,
    notice: NoticeOption = None,
    fmt: FormatOption = Format.TABLE,
    out: ListOption = None,
    limit: PerUnitOption = 10,
    jobs: JobsOption = None,
    county: CountyOption = None,
    show_personal: PersonalOption = False,
    reason: ReasonOption = "",
) -> None:
    """逐栋列出重点房屋、风险等级、下一步和主管部门，并说明依据。"""
    check_list_file(out, fmt)
    home = County.if_any(county) if notice else County.find(county)
    record_whole(show_personal, home, "classify", reason)
    files = find_returns(paths)
    listing = place_of_list(_LIST, out, home) if fmt is Format.XLSX else None
    with console.progress_bar("正在读取") as progress:
        classified = classify_returns(files, home, notice, jobs=jobs, progress=progress)
    if fmt is Format.JSON:
        console.say_json(classified.as_json(whole=show_personal))
    elif listing:
        name = f"{home.name if home else ''}自建房分类清单"
        footer = classified.notice.title
        write_classified(listing, classified.houses, name, show_personal=show_personal, footer=footer)
        console.show_written([listing])
    else:
        _show_houses(classified.masked(whole=show_personal), limit)
        _show_progress(classified.progress)
    _warn_of_bad_data(classified)
    raise typer.Exit(exit_code(classified.checked, strict=False))


def _show_houses(houses: pd.DataFrame, limit: int) -> None:
    """Shows the counts by risk and duty, then the high-risk houses unit by unit."""
    summary = classification.counts(houses)
    # Duties that no house has are left out: in a narrow window their columns would break the other numbers.
    summary = summary.loc[:, summary.loc["合计"] > 0]
    headings = (str(summary.index.name), *summary.columns)
    console.out().print(table_of(headings, summary.itertuples(), "风险等级与下一步"))
    high_risk = houses[houses.risk == Risk.HIGH]
    if high_risk.empty:
        console.out().print(_no_high_risk(houses))
        return
    headings = ("填报单位", "房屋编号", *(LABELS[name] for name in _ON_SCREEN))
    console.out().print(table_of(headings, _rows_by_unit(high_risk, limit), "高风险房屋"))
    console.out().print(
        f"屏幕上每个单位最多列 {limit} 栋，可用 --limit 调整；全部房屋可用 --format xlsx 按下一步分表输出。"
    )


def _show_progress(read: ProgressRead) -> None:
    """Shows the progress figures of the houses that were read, each with its population."""
    rows = (
        (FIGURES[name].label, rate.numerator, rate.denominator, rate.display)
        for name, rate in read.figures.items()
    )
    console.out().print(table_of(("指标", "已做到", "应做到", "比率"), rows, "进展"))
    if read.unknown:
        console.out().print(f"有 {read.unknown} 栋的有关单元格看不清，以上各数没有计入。")


def _no_high_risk(houses: pd.DataFrame) -> str:
    """Returns the sentence that no house has a high risk, with how many houses have no known risk."""
    undecided = {
        UNKNOWN: int(houses.risk.isna().sum()),
        Risk.UNJUDGED: int((houses.risk == Risk.UNJUDGED).sum()),
    }
    unknown = "、".join(f"{risk} {count} 栋" for risk, count in undecided.items() if count)
    if unknown:
        return f"已判定的房屋中没有高风险的；{unknown}，还不知道。"
    return (
        f"读到的 {len(houses)} 栋中，没有高风险房屋。"
        if len(houses)
        else "没有读到房屋，有没有高风险的不清楚。"
    )


def _rows_by_unit(houses: pd.DataFrame, limit: int) -> Iterator[tuple[str, ...]]:
    """Yields the rows of houses, at most `limit` of a unit; the first of a unit has its name."""
    for unit, rows in houses.groupby("township", sort=False, dropna=False):
        unit_cells = [f"{unit}（{len(rows)} 栋）", *[""] * (limit - 1)]
        for unit_cell, house_id, cells in zip(unit_cells, rows.house_id, _cells(rows), strict=False):
            yield unit_cell, house_id or "", *cells
        if len(rows) > limit:
            yield "", f"另有 {len(rows) - limit} 栋"


def _cells(houses: pd.DataFrame) -> Iterator[list[str]]:
    """Yields each house's cells in the columns of `_ON_SCREEN`."""
    words = classification.in_words(houses)
    for values in zip(*(words[LABELS[name]] for name in _ON_SCREEN), strict=True):
        yield [cell if isinstance(cell, str) else "、".join(cell) for cell in values]


def _warn_of_bad_data(classified: ClassifiedReturns) -> None:
    """Warns on stderr where houses with bad cells were classified by their readable cells only."""
    rejected, unreadable = classified.rejected_rows, classified.unreadable_files
    if rejected or unreadable:
        console.err().print(
            f"有 {rejected} 行数据有误、{unreadable} 个文件读不出来，相关房屋的分类只作参考："
            "请先用 zjf validate 查明并更正。"
        )
