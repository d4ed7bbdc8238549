"""`zjf reconcile`: the platform's list against the house ledger, or two household lists against each other."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from zjf import console
from zjf.analysis.reconciliation import VILLAGE_FIGURES, Reconciliation, reconcile
from zjf.analysis.report_audits import audit_counts
from zjf.analysis.sweep_agreement import Disagreement, disagreements, together
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
from zjf.period import Period
from zjf.public_json import DocumentName
from zjf.render.xlsx.attachment import write_attachment
from zjf.render.xlsx.reconciliation import as_it_may_leave, write_reconciliation
from zjf.schemas import FORMS

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
_SWEEP = FORMS["sweep-table"]
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
    houses, units = ledger_houses(home, ledger, asked), home.roster.names
    checked, platform = read_rows(paths, "platform-list", home, asked)
    found = as_it_may_leave(reconcile(platform, houses))
    audited = audit_counts(ledger.frame("report-audit", str(asked), units), houses)
    swept = ledger.frame(_SWEEP.id, str(asked), units)
    against = list(disagreements(swept, together(found.villages, audited)))
    if fmt is Format.JSON:
        console.say_json(_as_json(found, against, asked))
    elif fmt is Format.XLSX:
        console.show_written(_write(found, against, home, asked, out or home.out(asked) / "平台核对"))
    else:
        console.show_checked([each for each in checked if each.problems], limit=_SHOWN)
        _show(found, against, asked)
    raise typer.Exit(exit_code(checked, strict=False))


def _latest(ledger: Ledger) -> Period:
    """The last period of which there is a house ledger."""
    periods = [Period.parse(each) for each in ledger.periods() if ledger.submissions(each, HOUSES)]
    if not periods:
        raise CannotDoError("台账中还没有任何自建房台账", "请先用 zjf aggregate 接收各单位的报表。")
    return max(periods, key=lambda each: (each.last, each.first))


def _as_json(found: Reconciliation, against: list[Disagreement], period: Period) -> dict[str, Any]:
    """The document `zjf.reconciliation/1`."""
    return {
        "schema": DocumentName.RECONCILIATION.value,
        "period": str(period),
        "villages": [
            {"unit": unit, "village": village, **counts} for (unit, village), counts in found.villages.items()
        ],
        "missed": found.missed.house_id.tolist(),
        "unlisted": found.unlisted.house_id.tolist(),
        "differences": [
            {
                "unit": each.place[0],
                "village": each.place[1],
                "house_id": each.house_id,
                "heading": each.heading,
                "ledger": each.ledger,
                "platform": each.platform,
            }
            for each in found.differences
        ],
        "sweep_table": [vars(each) for each in against],
    }


def _write(
    found: Reconciliation, against: list[Disagreement], home: County, period: Period, folder: Path
) -> list[Path]:
    """The lists to be worked through, and a sweep-table in which these columns are filled in."""
    lists, table = folder / "平台核对结果.xlsx", folder / f"{_SWEEP.info.short_title}（错漏排已填）.xlsx"
    write_reconciliation(lists, found, against, county=home.name, period=period.label)
    filled = Attachment(
        _SWEEP,
        [Line(place, counts) for place, counts in found.villages.items()],
        unit=home.name,
        roll_up=True,
        period=period.label,
        notes=Notes(office=home.office),
    )
    write_attachment(table, filled)
    return [lists, table]


def _show(found: Reconciliation, against: list[Disagreement], period: Period) -> None:
    table = Table(
        title=f"平台与{period.label}自建房台账核对（核查、错排只计经营性房屋）", title_justify="left"
    )
    table.add_column("填报单位")
    table.add_column("村（社区）")
    for name in VILLAGE_FIGURES:
        table.add_column(_SWEEP.by_name[name].heading.text, justify="right")
    sums = dict.fromkeys(VILLAGE_FIGURES, 0)
    for (unit, village), counts in found.villages.items():
        table.add_row(escape(unit), escape(village), *(str(counts[name]) for name in VILLAGE_FIGURES))
        sums = {name: so_far + counts[name] for name, so_far in sums.items()}
    table.add_row("合计", "", *map(str, sums.values()))
    out = console.out()
    out.print(table)
    out.print(
        f"平台有、台账没有的自建房（漏排）{len(found.missed)} 栋{_some(found.missed.house_id.tolist())}。"
    )
    out.print(f"台账有、平台没有的房屋 {len(found.unlisted)} 栋{_some(found.unlisted.house_id.tolist())}。")
    out.print(f"填写不一致的栏（错排）{len(found.differences)} 处。")
    for each in found.differences[:_SHOWN]:
        line = f"{each.house_id} {each.heading}：台账「{each.ledger}」，平台「{each.platform}」"
        out.print(f"  {escape(line)}")
    out.print(f"集中摸排情况表与核对结果不一致的数 {len(against)} 处。")
    for disagreement in against[:_SHOWN]:
        out.print(f"  {escape(disagreement.what)}")
    if max(len(found.differences), len(against)) > _SHOWN:
        out.print("[dim]未全部显示，可用 --format xlsx 输出清单。[/]")


def _some(ids: list[str]) -> str:
    more = " 等" if len(ids) > 5 else ""
    return f"（{escape('、'.join(ids[:5]))}{more}）" if ids else ""
