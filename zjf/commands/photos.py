"""`zjf photos`: the county's photos compared with its ledger."""

from pathlib import Path
from typing import Annotated

import typer

from zjf import console
from zjf.analysis.photos import VIEWS
from zjf.commands.lists import place_of_list
from zjf.commands.options import CountyOption, Format, FormatOption, PeriodOption, out_option
from zjf.commands.views.tables import table_of
from zjf.county import County
from zjf.documents.layout import Column
from zjf.documents.list_sheet import ListSheet
from zjf.extras import optional
from zjf.figures.partial_returns import silent_in_words
from zjf.naming.kinds import NameOf
from zjf.period import Period
from zjf.render.xlsx.sheets import write_sheets
from zjf.schemas.form_ids import HOUSES
from zjf.services.houses.house_files import HouseFiles
from zjf.services.houses.photo_check import PhotoCheck, check_photos

_COLUMNS = (
    Column("填报单位", width=16),
    Column("房屋编号", width=20),
    Column("部位", width=14),
    Column("问题", width=16),
    Column("说明", width=60),
)
_LIST = "照片核对.xlsx"

DirArgument = Annotated[
    Path,
    typer.Argument(
        help=f"照片文件夹，文件名如 编号_{VIEWS[0]}.jpg、编号_{VIEWS[1]}.jpg。", metavar="DIR", readable=False
    ),
]
UnitOption = Annotated[str | None, typer.Option("--unit", help="只核对这个单位的房屋。"), NameOf.UNIT]
AllOption = Annotated[bool, typer.Option("--all", help="每栋都要有照片；默认只要求初判有隐患的房屋。")]
LimitOption = Annotated[int, typer.Option("--limit", min=1, help="屏幕上最多列几条。")]
OutOption = Annotated[Path | None, out_option("清单写到哪里（用于 --format xlsx）。")]


def photos(
    folder: DirArgument,
    unit: UnitOption = None,
    every: AllOption = False,
    period: PeriodOption = None,
    fmt: FormatOption = Format.TABLE,
    limit: LimitOption = 30,
    out: OutOption = None,
    county: CountyOption = None,
) -> None:
    """核对照片：缺哪栋哪个部位、打不开、两栋用同一张、拍摄早于整治完成。"""
    optional("PIL.Image", extra="photos")
    home = County.find(county)
    files = HouseFiles.open(home, Period.parse(period) if period else None)
    check = check_photos(folder, files, unit, every=every)
    if fmt is Format.JSON:
        console.say_json(check.as_json())
    elif fmt is Format.XLSX:
        path = place_of_list(_LIST, out, home, files.period)
        write_sheets(
            path, f"{home.name}照片核对", [ListSheet("照片核对", _COLUMNS, _rows(check))], own_list=True
        )
        console.show_written([path])
    else:
        _show(check, limit)
    raise typer.Exit(int(bool(check.findings)))


def _rows(check: PhotoCheck) -> list[list[object]]:
    return [list(finding.values()) for finding in check.findings]


def _show(check: PhotoCheck, limit: int) -> None:
    rows = _rows(check)
    if rows:
        console.out().print(table_of([column.text for column in _COLUMNS], rows[:limit]))
    not_listed = (
        f"，另有 {len(rows) - limit} 条没有列出（加 --limit 或 --format xlsx）" if len(rows) > limit else ""
    )
    console.out().print(f"核对了{check}：发现 {len(rows)} 处{not_listed}。")
    for line in silent_in_words(HOUSES, check.without_ledger, "照片缺不缺不清楚的单位"):
        console.out().print(line, markup=False)
