"""`zjf reconcile`: the platform's list against the house ledger, or two household lists against each other."""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from zjf import console
from zjf.analysis.reconciliation import VILLAGE_FIGURES
from zjf.checking.one_return import exit_code
from zjf.commands.ledger_houses import ledger_houses, read_rows
from zjf.commands.options import CountyOption, Format, FormatOption
from zjf.commands.reconcile_lists import reconcile_lists
from zjf.commands.shown_whole import ReasonOption, record_whole
from zjf.county import County
from zjf.documents.attachment import Attachment, Line, Notes
from zjf.errors import CannotDoError, UsageError
from zjf.figures.units import HOUSES
from zjf.ledger import Ledger
from zjf.ledger.of_county import ledger_to_read
from zjf.naming.kinds import NameOf
from zjf.period import Period
from zjf.render.xlsx.attachment import write_attachment
from zjf.render.xlsx.reconciliation import write_reconciliation
from zjf.services.platform_comparison import SWEEP, PlatformComparison, compare_with_platform

PlatformFiles = Annotated[
    list[Path],
    typer.Argument(
        metavar="PLATFORM_FILE…",
        help="信息平台导出的清单，文件或文件夹；用 --lists 时是两份困难群众名单。",
        show_default=False,
        readable=False,
    ),
]
PeriodOption = Annotated[
    str | None,
    typer.Option("--period", help="与哪一期的自建房台账核对；默认台账中最近的一期。", show_default=False),
    NameOf.PERIOD,
]
OutOption = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--out",
        help="xlsx 结果放在哪个文件夹；默认 out/期次/平台核对，名单比对是 out/名单比对。",
        show_default=False,
        readable=False,
    ),
]
ListsOption = Annotated[
    bool,
    typer.Option("--lists", help="改为比对两份困难群众名单（如扶贫的和住建的）：先写甲表，再写乙表。"),
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
    asked = Period.parse(period) if period else _latest(ledger)
    houses = ledger_houses(home, ledger, asked)
    checked, platform = read_rows(paths, "platform-list", home, asked)
    compared = compare_with_platform(platform, houses, ledger, home, asked)
    if fmt is Format.JSON:
        console.say_json(compared.as_json())
    elif fmt is Format.XLSX:
        console.show_written(_write(compared, home, out or home.out(asked) / "平台核对"))
    else:
        console.show_checked([file for file in checked if file.problems], limit=_SHOWN)
        _show(compared)
    raise typer.Exit(exit_code(checked, strict=False))


def _latest(ledger: Ledger) -> Period:
    """The last period of which there is a house ledger."""
    periods = [Period.parse(period) for period in ledger.periods() if ledger.submissions(period, HOUSES)]
    if not periods:
        raise CannotDoError("台账中还没有任何自建房台账", "请先用 zjf aggregate 接收各单位的报表。")
    return max(periods, key=lambda period: period.by_end)


def _write(compared: PlatformComparison, home: County, folder: Path) -> list[Path]:
    """The lists to be worked through, and a sweep-table in which what could be counted is filled in."""
    lists, table = folder / "平台核对结果.xlsx", folder / f"{SWEEP.info.short_title}（错漏排已填）.xlsx"
    period = compared.period.label
    write_reconciliation(
        lists,
        compared.found,
        compared.against,
        compared.doubts,
        compared.same,
        county=home.name,
        period=period,
    )
    filled = Attachment(
        SWEEP,
        [Line(place, counts) for place, counts in compared.counted.items()],
        unit=home.name,
        roll_up=True,
        period=period,
        notes=Notes(office=home.office),
    )
    write_attachment(table, filled)
    return [lists, table]


def _show(compared: PlatformComparison) -> None:
    found, out = compared.found, console.out()
    out.print(_villages(compared))
    out.print(
        f"平台有、台账没有的自建房（漏排）{len(found.missed)} 栋{_some(found.missed.house_id.tolist())}。"
    )
    out.print(f"台账有、平台没有的房屋 {len(found.unlisted)} 栋{_some(found.unlisted.house_id.tolist())}。")
    if compared.beyond:
        out.print(f"平台清单中没有{escape('、'.join(compared.beyond))}的房屋，这些单位没有核对。")
    out.print(f"填写不一致的栏（错排）{len(found.differences)} 处。")
    _list(
        f"{one.house_id} {one.heading}：台账「{one.ledger}」，平台「{one.platform}」"
        for one in found.differences
    )
    out.print(
        f"平台写明是否销号的 {compared.told} 栋中，与台账不一致的 {len(compared.doubts)} 栋。"
        if compared.told
        else "平台清单没有写明哪些房屋已销号、未销号，没有比对销号情况。"
    )
    _list(f"{doubt.house_id}：平台「{doubt.platform}」，台账{doubt.ledger}" for doubt in compared.doubts)
    out.print(f"疑似同一栋 {len(compared.same)} 处（地址没有门牌、不能比较的 {compared.nowhere} 栋）。")
    _list(
        f"{'、'.join(f'{house_id}（{where}）' for house_id, where in likely.house_ids)}：{likely.address}，{likely.why}"
        for likely in compared.same
    )
    out.print(f"集中摸排情况表与核对、统计结果不一致的数 {len(compared.against)} 处。")
    _list(disagreement.what for disagreement in compared.against)
    if max(map(len, (found.differences, compared.doubts, compared.same, compared.against))) > _SHOWN:
        out.print("[dim]未全部显示，可用 --format xlsx 输出清单。[/]")


def _villages(compared: PlatformComparison) -> Table:
    table = Table(
        title=f"平台与{compared.period.label}自建房台账核对（核查、错排只计经营性房屋）", title_justify="left"
    )
    table.add_column("填报单位")
    table.add_column("村（社区）")
    for name in VILLAGE_FIGURES:
        table.add_column(SWEEP.by_name[name].heading.text, justify="right")
    sums = dict.fromkeys(VILLAGE_FIGURES, 0)
    for (unit, village), counts in compared.found.villages.items():
        table.add_row(escape(unit), escape(village), *(str(counts[name]) for name in VILLAGE_FIGURES))
        sums = {name: so_far + counts[name] for name, so_far in sums.items()}
    table.add_row("合计", "", *map(str, sums.values()))
    return table


def _list(lines: Iterable[str]) -> None:
    for line in islice(lines, _SHOWN):
        console.out().print(f"  {escape(line)}")


def _some(ids: list[str]) -> str:
    more = " 等" if len(ids) > 5 else ""
    return f"（{escape('、'.join(ids[:5]))}{more}）" if ids else ""
