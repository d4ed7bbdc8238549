"""`zjf sample`: draws the houses to be checked again, and reads the spot-checks back."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from zjf import console
from zjf.checking.one_return import exit_code
from zjf.commands.ledger_houses import ledger_houses, read_rows
from zjf.commands.options import CountyOption, Format, FormatOption, out_option
from zjf.commands.views.tables import table_of
from zjf.county import County
from zjf.figures.partial_returns import parts_in_words, silent_in_words
from zjf.figures.reckoning import Reckoning
from zjf.ledger import RecordedDraw
from zjf.ledger.of_county import ledger_to_read, open_ledger
from zjf.monitoring.spot_checks import spot_checks_of
from zjf.naming.kinds import NameOf
from zjf.notices.notice import Notice
from zjf.period import Period, to_the_minute
from zjf.render.xlsx.papers.spot_checks import write_spot_checks
from zjf.rules.spot_checks import SpotChecks, UnitSpotChecks
from zjf.schemas.form_ids import HOUSES
from zjf.services.houses.spot_checks import SPOT_CHECK, DrawRequest, DrawsOfPeriod, Pool, draw_for, write_draw

NeededPeriod = Annotated[
    str, typer.Option("--period", help="期次：从这一期的自建房台账中抽取，如 2024-W23。"), NameOf.PERIOD
]
ShareOption = Annotated[
    float | None,
    typer.Option("--share", min=0.01, max=1.0, help="占经营性自建房的比例；默认按通知，通知没写的为 0.10。"),
]
SeedOption = Annotated[
    int | None,
    typer.Option(
        "--seed",
        help="随机种子：种子相同、台账相同，抽到的房屋就相同。不写则现取一个；本期抽过的，以首次抽取为准。",
    ),
]
ReturnedOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--returned", metavar="PATH", help="收回的抽查台账（可重复）：不再抽取，只统计结果。", readable=False
    ),
]
ReasonOption = Annotated[
    str, typer.Option("--reason", help="另抽一次的理由：首次抽取仍然有效，另抽的一并留存。"), NameOf.FREE_TEXT
]
ByOption = Annotated[str, typer.Option("--by", help="抽取人；默认登录本机的用户名。"), NameOf.FREE_TEXT]
OutOption = Annotated[Path | None, out_option("放在哪个文件夹；默认 out/期次/抽查。")]


def sample(
    period: NeededPeriod,
    share: ShareOption = None,
    seed: SeedOption = None,
    reason: ReasonOption = "",
    by: ByOption = "",
    returned: ReturnedOption = None,
    fmt: FormatOption = Format.TABLE,
    out: OutOption = None,
    county: CountyOption = None,
) -> None:
    """从初判未发现安全隐患的经营性自建房中抽取复查对象（记入台账），或统计收回的抽查台账。"""
    home = County.find(county)
    sampled = Period.parse(period)
    folder = out or home.out(sampled) / "抽查"
    exact_share = None if share is None else Decimal(str(share))
    if returned:
        _show_returned(returned, home, sampled, exact_share, fmt, folder)
    on_record = ledger_to_read(home)
    with on_record.one_state():  # returns may come in meanwhile
        pool = Pool.of(ledger_houses(home, on_record, sampled), home, on_record, sampled)
    request = DrawRequest(exact_share, seed, reason.strip(), by.strip())
    ledger = open_ledger(home)
    drawing = draw_for(home, ledger, sampled, pool, request, folder)
    written_files = write_draw(drawing, ledger.people(), home, folder)
    if fmt is Format.JSON:
        console.say_json(drawing.as_json())
        return
    _show_drawing(drawing)
    console.show_written(written_files)


def _show_drawing(drawing: DrawsOfPeriod) -> None:
    """Shows the draw, unit by unit, and when, by whom and why each draw on record was made."""
    draw = drawing.shown
    headings = ("填报单位", "经营性自建房", "其中未发现安全隐患", "抽取")
    rows = [(unit.unit, unit.commercial, unit.clear, len(unit.houses)) for unit in draw.units]
    rows.append(("合计", sum(unit.commercial for unit in draw.units), draw.pool, len(draw.houses)))
    title = f"抽查对象（种子 {draw.seed}，比例 {draw.share}）"
    console.out().print(table_of(headings, rows, title, figures_from=1))
    for line in silent_in_words(HOUSES, drawing.pool.without_ledger, "没有抽取的"):
        console.out().print(f"{line}报来以后请写明理由再抽。", markup=False)
    for line in parts_in_words(HOUSES, drawing.pool.in_part, "没有抽取的"):
        console.out().print(line, markup=False)
    for number, recorded in enumerate(drawing.draws, 1):
        console.out().print(_draw_in_words(number, recorded), markup=False)
    console.out().print(
        "按同一种子从现在的台账重抽，结果相同。"
        if drawing.same_again
        else "台账在抽取之后有变化，按同一种子重抽结果会不同；已抽取的仍然有效。"
    )


def _draw_in_words(number: int, recorded: RecordedDraw) -> str:
    time = to_the_minute(recorded.at)
    reason = f"，理由：{recorded.reason}" if recorded.reason else "（首次抽取，有效）"
    return (
        f"第 {number} 次抽取{reason}：{time}，{recorded.by} 抽取，种子 {recorded.seed}，比例 {recorded.share}，"
        f"从 {recorded.pool} 栋中抽 {len(recorded.houses)} 栋，备选房屋校验码 {recorded.digest}。"
    )


def _show_returned(
    paths: list[Path], home: County, period: Period, share: Decimal | None, fmt: Format, folder: Path
) -> None:
    """Shows or writes the results of the returned forms; exits with the code of their data."""
    ledger = ledger_to_read(home)
    checked, checks = read_rows(paths, SPOT_CHECK.id, home, period)
    with ledger.one_state():  # returns may come in meanwhile
        ledger_houses(home, ledger, period)  # without them nothing can be said of the checks
        results = spot_checks_of(Reckoning(home, Notice.in_force(home), ledger), period, checks, share)
    if fmt is Format.JSON:
        console.say_json(results.as_json(str(period)))
    elif fmt is Format.XLSX:
        path = folder / "抽查结果.xlsx"
        write_spot_checks(path, results, checks, period=period.label, people=ledger.people())
        console.show_written([path])
    else:
        console.show_checked(
            [checked_return for checked_return in checked if checked_return.blocked], limit=20
        )
        _show_results(results)
    raise typer.Exit(exit_code(checked, strict=False))


def _show_results(results: SpotChecks) -> None:
    headings = ("填报单位", "应抽查", "抽到已查", "抽查比例", "查看栋数", "合格率", "抽到未查")
    rows = map(_cells, (*results.units, results.county))
    console.out().print(table_of(headings, rows, "抽查结果", figures_from=1))
    if results.county.remark:
        console.out().print(f"以上各数：{results.county.remark}。", markup=False)
    for problem in results.problems:
        console.out().print(f"[{console.STYLES[problem.severity]}]{problem.code}[/] {problem.message}")


def _cells(line: UnitSpotChecks) -> tuple[object, ...]:
    required = "未知" if line.required is None else line.required
    not_checked = "没有抽取" if line.drawn is None else len(line.left)
    share, pass_rate = line.share.display, line.pass_rate.display
    return line.unit, required, line.checked, share, line.findings, pass_rate, not_checked
