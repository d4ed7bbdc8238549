"""`zjf classify`: what each house is, how grave it is, what comes next and who is in charge."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer
from rich.table import Table as View

from zjf import __version__, console
from zjf.analysis import classification
from zjf.analysis.classification import LABELS, UNKNOWN, Duty, Risk
from zjf.analysis.house_lists import LISTS
from zjf.analysis.report_audits import unsound
from zjf.checking.one_return import CheckedReturn, exit_code, totals
from zjf.commands.lists import place_of_list
from zjf.commands.options import (
    CountyOption,
    Format,
    FormatOption,
    JobsOption,
    NoticeOption,
    Paths,
    PersonalOption,
)
from zjf.commands.shown_whole import ReasonOption, record_whole
from zjf.county import County, Departments
from zjf.errors import CannotDoError, UsageError
from zjf.figures.progress import FIGURES
from zjf.notices.notice import Notice
from zjf.pipeline.finding import find_returns
from zjf.pipeline.returns import check_returns
from zjf.public_json import DocumentName
from zjf.render.xlsx.classified import write_classified
from zjf.rules.issues import with_department
from zjf.schemas import FORMS
from zjf.schemas.masked_rows import mask_rows
from zjf.services.checking_settings import check_settings
from zjf.services.classified_progress import ProgressRead, progress_read

ListOption = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--out",
        metavar="FILE",
        help="分类清单写到哪里；默认 out/分类清单.xlsx，没有县文件夹的在当前文件夹。",
        show_default=False,
        readable=False,
    ),
]
PerUnitOption = Annotated[int, typer.Option("--limit", min=1, help="每个单位最多列出几栋高风险房屋。")]

_LIST = "分类清单.xlsx"
_SAID = ("duty", "tags", "departments")
"""What is said of a high-risk house on the screen."""


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
    if out and fmt is not Format.XLSX:
        raise UsageError("-o 只用于 --format xlsx", "请加上 --format xlsx，或去掉 -o。")
    home = County.find(county) if county or not notice else County.around(Path.cwd())
    record_whole(show_personal, home, "classify", reason)
    in_force = _notice(notice, home)
    files = find_returns(paths)
    listing = place_of_list(_LIST, out, home) if fmt is Format.XLSX else None
    with console.progress_bar("正在读取") as progress:
        checking = check_settings(home, None)
        checked = check_returns(files, checking, jobs=jobs, keep_rows=True, progress=progress)
    in_charge = classification.departments(in_force, home)
    houses = classified(checked, in_force, in_charge, checking.judgement.closing_day)
    said = mask_rows(FORMS["house-ledger"], houses, whole=show_personal)
    tables = [table for one in checked for table in one.tables]
    progress_of = progress_read(tables, in_force, checking.judgement.closing_day)
    if fmt is Format.JSON:
        console.say_json(document(said, in_force) | {"progress": progress_of.as_json()})
    elif listing:
        name = f"{home.name if home else ''}自建房分类清单"
        write_classified(listing, houses, name, show_personal=show_personal, footer=in_force.title)
        console.show_written([listing])
    else:
        show(said, limit)
        show_progress(progress_of)
    _say_doubts(checked)
    raise typer.Exit(exit_code(checked, strict=False))


def classified(
    checked: Sequence[CheckedReturn], notice: Notice, in_charge: Departments, day: date
) -> pd.DataFrame:
    """Every house of the returns with its classification on a day; one that was sent twice is taken once.

    Raises:
        CannotDoError: No return has a house ledger.
    """
    tables = [table for checked_return in checked for table in checked_return.tables]
    issues = [table.frame for table in tables if table.form.id == "issue-ledger"]
    audits = [table.frame for table in tables if table.form.id == "report-audit" and not table.frame.empty]
    parts = []
    for table in tables:
        if table.form.id == "house-ledger":
            classes = classification.classify(
                table.frame,
                notice,
                in_charge,
                closing_day=day,
                known=table.is_known,
                with_department=with_department(table.frame, issues),
                unsound=unsound(table.frame, pd.concat(audits)) if audits else None,
            )
            parts.append(pd.concat([table.frame, classes], axis=1))
    if not parts:
        raise CannotDoError("报送文件中没有自建房台账", "分类以台账中的房屋为准，请核对路径。")
    houses = pd.concat(parts, ignore_index=True)
    return houses[houses.house_id.isna() | ~houses.duplicated(["township", "house_id"])]


def document(houses: pd.DataFrame, notice: Notice) -> dict[str, Any]:
    """The document `zjf.classification/1`."""
    risks, duties = houses.risk.value_counts(dropna=False), houses.duty.value_counts(dropna=False)
    return {
        "schema": DocumentName.CLASSIFICATION.value,
        "zjf": __version__,
        "notice": notice.id,
        "three_kinds": notice.three_kinds.model_dump() if notice.three_kinds else None,
        "houses": [
            {
                "unit": house["township"],
                "house_id": house["house_id"],
                **classification.as_json(house, notice),
            }
            for house in houses.to_dict("records")
        ],
        "lists": [
            {
                "list": kind.id,
                "title": kind.title,
                "clause": kind.clause,
                "houses": [
                    {"unit": unit, "house_id": house_id}
                    for unit, house_id in houses.loc[kind.holds(houses), ["township", "house_id"]].itertuples(
                        index=False
                    )
                ],
            }
            for kind in LISTS
        ],
        "totals": {
            "houses": len(houses),
            "risk": {risk.value: int(risks.get(risk, 0)) for risk in Risk},
            "duty": {duty.value: int(duties.get(duty, 0)) for duty in Duty},
            "unknown": int((houses.risk.isna() | houses.duty.isna()).sum()),
        },
    }


def show(houses: pd.DataFrame, limit: int) -> None:
    """The counts by risk and duty, then the high-risk houses unit by unit."""
    summary = classification.counts(houses)
    # A narrow window has no room for duties that no house has, and would break the numbers of the others.
    summary = summary.loc[:, summary.loc["合计"] > 0]
    view = _view("风险等级与下一步", summary.index.name, *summary.columns)
    for risk, *numbers in summary.itertuples():
        view.add_row(risk, *map(str, numbers))
    console.out().print(view)
    grave = houses[houses.risk == Risk.HIGH]
    if grave.empty:
        console.out().print(_none_is_grave(houses))
        return
    view = _view("高风险房屋", "填报单位", "房屋编号", *(LABELS[name] for name in _SAID))
    for unit, rows in grave.groupby("township", sort=False, dropna=False):
        first = [f"{unit}（{len(rows)} 栋）", *[""] * (limit - 1)]
        for named, house_id, said in zip(first, rows.house_id, _in_words(rows), strict=False):
            view.add_row(named, house_id or "", *said)
        if len(rows) > limit:
            view.add_row("", f"另有 {len(rows) - limit} 栋")
    console.out().print(view)
    console.out().print(
        f"屏幕上每个单位最多列 {limit} 栋，可用 --limit 调整；全部房屋可用 --format xlsx 按下一步分表输出。"
    )


def show_progress(read: ProgressRead) -> None:
    """The progress figures of what was read, each with whom it counts."""
    view = _view("进展", "指标", "已做到", "应做到", "比率")
    for name, rate in read.figures.items():
        view.add_row(FIGURES[name].label, str(rate.numerator), str(rate.denominator), rate.display)
    console.out().print(view)
    if read.unknown:
        console.out().print(f"有 {read.unknown} 栋的有关单元格看不清，以上各数没有计入。")


def _none_is_grave(houses: pd.DataFrame) -> str:
    """That no house was found grave, and of how many that cannot be said."""
    open_ones = {
        UNKNOWN: int(houses.risk.isna().sum()),
        Risk.UNJUDGED: int((houses.risk == Risk.UNJUDGED).sum()),
    }
    told = "、".join(f"{risk} {count} 栋" for risk, count in open_ones.items() if count)
    return f"已判定的房屋中没有高风险的；{told}，还不知道。" if told else "没有高风险房屋。"


def _in_words(houses: pd.DataFrame) -> Iterator[list[str]]:
    words = classification.in_words(houses)
    for said in zip(*(words[LABELS[name]] for name in _SAID), strict=True):
        yield [cell if isinstance(cell, str) else "、".join(cell) for cell in said]


def _view(title: str, *headings: object) -> View:
    view = View(title=title, title_justify="left")
    for heading in headings:
        view.add_column(str(heading), overflow="fold")
    return view


def _notice(wanted: str | None, home: County | None) -> Notice:
    folder = home.folder if home else None
    name = wanted or (home.notice if home else "")
    return Notice.load(name, folder)


def _say_doubts(checked: Sequence[CheckedReturn]) -> None:
    rejected = totals(checked)["rows_rejected"]
    unreadable = sum(not checked_return.readable for checked_return in checked)
    if rejected or unreadable:
        console.err().print(
            f"有 {rejected} 行数据有误、{unreadable} 个文件读不出来，相关房屋的分类只作参考："
            "请先用 zjf validate 查明并更正。"
        )
