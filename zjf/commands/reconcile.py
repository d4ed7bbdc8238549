"""`zjf reconcile`: the platform's list against the house ledger, or two household lists against each other."""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from zjf import console
from zjf.analysis.reconciliation import VILLAGE_FIGURES
from zjf.checking.one_return import exit_code
from zjf.commands.ledger_houses import ledger_houses, read_rows
from zjf.commands.options import CountyOption, Format, FormatOption, out_option
from zjf.commands.reconcile_lists import reconcile_lists
from zjf.commands.unmasked import ReasonOption, record_whole
from zjf.commands.views.tables import table_of
from zjf.county import County
from zjf.errors import UsageError
from zjf.ledger.of_county import ledger_to_read
from zjf.naming.kinds import NameOf
from zjf.period import Period
from zjf.render.xlsx.attachment import write_attachment
from zjf.schemas.form_ids import PLATFORM
from zjf.services.houses.platform_comparison import SWEEP_TABLE, PlatformComparison, compare_with_platform
from zjf.services.houses.platform_workbook import write_comparison
from zjf.services.latest_period import latest_with_houses

PlatformFiles = Annotated[
    list[Path],
    typer.Argument(
        metavar="PLATFORM_FILE…",
        help="信息平台导出的清单，文件或文件夹；用 --lists 时是两份困难群众名单。",
        readable=False,
    ),
]
PeriodOption = Annotated[
    str | None,
    typer.Option("--period", help="与哪一期的自建房台账核对；默认台账中最近的一期。"),
    NameOf.PERIOD,
]
OutOption = Annotated[
    Path | None, out_option("xlsx 结果放在哪个文件夹；默认 out/期次/平台核对，名单比对是 out/名单比对。")
]
ListsOption = Annotated[
    bool, typer.Option("--lists", help="改为比对两份困难群众名单（如扶贫的和住建的）：先写甲表，再写乙表。")
]
PersonalOption = Annotated[
    bool, typer.Option("--show-personal", help="名单比对中显示完整的个人信息（默认隐去）。")
]
_SHOWN = 20


def reconcile_platform(
    paths: PlatformFiles,
    period: PeriodOption = None,
    fmt: FormatOption = Format.TABLE,
    out: OutOption = None,
    lists: ListsOption = False,
    show_personal: PersonalOption = False,
    reason: ReasonOption = "",
    county: CountyOption = None,
) -> None:
    """把信息平台导出的清单与自建房台账逐栋核对，分村统计错排、漏排；或比对两份困难群众名单。"""
    home = County.find(county)
    if lists:
        record_whole(show_personal, home, "reconcile", reason)
        reconcile_lists(paths, home, fmt, out, whole=show_personal)
    if show_personal:
        raise UsageError("--show-personal 只用于名单比对", "请加 --lists，或去掉它。")
    ledger = ledger_to_read(home)
    compared_period = Period.parse(period) if period else latest_with_houses(home, ledger)
    checked, platform = read_rows(paths, PLATFORM, home, compared_period)
    unread = sum(
        len(file.rejected_rows(table))
        for file in checked
        for table in file.tables
        if table.form.id == PLATFORM
    )
    with ledger.one_state():  # returns may come in meanwhile
        houses = ledger_houses(home, ledger, compared_period)
        compared = compare_with_platform(platform, houses, ledger, home, compared_period, unread=unread)
    if fmt is Format.JSON:
        console.say_json(compared.as_json())
    elif fmt is Format.XLSX:
        console.show_written(_write(compared, home, out or home.out(compared_period) / "平台核对"))
    else:
        console.show_checked([file for file in checked if file.problems], limit=_SHOWN)
        _show(compared)
    raise typer.Exit(exit_code(checked, strict=False))


def _write(compared: PlatformComparison, home: County, folder: Path) -> list[Path]:
    """Writes the lists to be worked through, and the sweep-table with the counted figures filled in."""
    lists, table = folder / "平台核对结果.xlsx", folder / f"{SWEEP_TABLE.info.short_title}（错漏排已填）.xlsx"
    write_comparison(lists, compared, home.name)
    write_attachment(table, compared.filled_sweep_table(home))
    return [lists, table]


def _show(compared: PlatformComparison) -> None:
    reconciliation, out = compared.reconciliation, console.out()
    if not compared.compared:
        for remark in compared.remarks:
            out.print(f"[yellow]{escape(remark)}[/]")
        return
    _show_villages(compared)
    out.print(
        f"平台有、台账没有的自建房（漏排）{len(reconciliation.missed)} 栋{_first_ids(reconciliation.missed.house_id.tolist())}。"
    )
    out.print(
        f"台账有、平台没有的房屋 {len(reconciliation.unlisted)} 栋{_first_ids(reconciliation.unlisted.house_id.tolist())}。"
    )
    for remark in compared.remarks:
        out.print(f"[yellow]{escape(remark)}[/]")
    out.print(f"填写不一致的栏（错排）{len(reconciliation.differences)} 处。")
    _list(
        f"{difference.house_id} {difference.heading}：台账「{difference.ledger}」，平台「{difference.platform}」"
        for difference in reconciliation.differences
    )
    out.print(
        f"平台写明是否销号的 {compared.with_status} 栋中，与台账不一致的 {len(compared.doubts)} 栋。"
        if compared.with_status
        else "平台清单没有写明哪些房屋已销号、未销号，没有比对销号情况。"
    )
    _list(f"{doubt.house_id}：平台「{doubt.platform}」，台账{doubt.ledger}" for doubt in compared.doubts)
    out.print(
        f"疑似同一栋 {len(compared.likely_same)} 处（地址没有门牌、不能比较的 {compared.without_door} 栋）。"
    )
    _list(
        f"{'、'.join(f'{house_id}（{unit}）' for house_id, unit in likely.house_ids)}：{likely.address}，{likely.why}"
        for likely in compared.likely_same
    )
    out.print(f"集中摸排情况表与核对、统计结果不一致的数 {len(compared.disagreements)} 处。")
    _list(disagreement.description for disagreement in compared.disagreements)
    lists = (reconciliation.differences, compared.doubts, compared.likely_same, compared.disagreements)
    if max(map(len, lists)) > _SHOWN:
        out.print("[dim]未全部显示，可用 --format xlsx 输出清单。[/]")


def _show_villages(compared: PlatformComparison) -> None:
    villages = compared.reconciliation.villages
    headings = (
        "填报单位",
        "村（社区）",
        *(SWEEP_TABLE.by_name[name].heading.text for name in VILLAGE_FIGURES),
    )
    rows = [(*village, *(counts[name] for name in VILLAGE_FIGURES)) for village, counts in villages.items()]
    sums = [sum(counts[name] for counts in villages.values()) for name in VILLAGE_FIGURES]
    title = f"平台与{compared.period.label}自建房台账核对（核查、错排只计经营性房屋）"
    console.out().print(table_of(headings, [*rows, ("合计", "", *sums)], title, figures_from=2))


def _list(lines: Iterable[str]) -> None:
    for line in islice(lines, _SHOWN):
        console.out().print(f"  {escape(line)}")


def _first_ids(ids: list[str]) -> str:
    and_others = " 等" if len(ids) > 5 else ""
    return f"（{escape('、'.join(ids[:5]))}{and_others}）" if ids else ""
