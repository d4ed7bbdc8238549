"""`zjf photos`: the county's photos held against its ledger."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from zjf import console
from zjf.analysis.photos import VIEWS, PhotoFolder
from zjf.commands.lists import place_of_list
from zjf.commands.options import CountyOption, Format, FormatOption, PeriodOption
from zjf.county import County
from zjf.documents.layout import Column
from zjf.errors import CannotDoError, reason
from zjf.extras import optional
from zjf.naming.kinds import NameOf
from zjf.period import Period
from zjf.public_json import DocumentName
from zjf.render.xlsx.sheets import ListSheet, write_sheets
from zjf.schemas.house_facts import suspected
from zjf.services.house_files import HouseFiles

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
UnitOption = Annotated[
    str | None, typer.Option("--unit", help="只核对这个单位的房屋。", show_default=False), NameOf.UNIT
]
AllOption = Annotated[bool, typer.Option("--all", help="每栋都要有照片；默认只要求初判有隐患的房屋。")]
LimitOption = Annotated[int, typer.Option("--limit", min=1, help="屏幕上最多列几条。")]
OutOption = Annotated[
    Path | None,
    typer.Option(
        "-o", "--out", help="清单写到哪里（用于 --format xlsx）。", show_default=False, readable=False
    ),
]


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
    houses = files.select(unit=unit)
    wanted = houses if every else houses[suspected(houses).to_numpy(dtype=bool)]
    try:
        album = PhotoFolder(folder.resolve(strict=True))
    except OSError as error:
        raise CannotDoError(f"照片文件夹“{folder}”打不开（{reason(error)}）", "请核对路径。") from error
    by_id = {
        row["house_id"]: {str(name): cell for name, cell in row.items()} for row in houses.to_dict("records")
    }
    findings = album.findings(by_id, wanted.house_id)
    rows = [
        (
            by_id.get(finding.house_id, {}).get("township", ""),
            files.file_shown(finding.house_id),
            files.file_shown(finding.view),
            finding.what,
            files.file_shown(finding.detail),
        )
        for finding in findings
    ]
    looked = f"{files.period} 台账中{'全部' if every else '初判有隐患的'}房屋 {len(wanted)} 栋，照片 {album.count} 张"
    if fmt is Format.JSON:
        keys = ("unit", "house_id", "view", "what", "detail")
        console.say_json(
            {
                "schema": DocumentName.PHOTOS,
                "period": str(files.period),
                "houses": len(wanted),
                "photos": album.count,
                "findings": [dict(zip(keys, row, strict=True)) for row in rows],
            }
        )
    elif fmt is Format.XLSX:
        path = place_of_list(_LIST, out, home, files.period)
        write_sheets(path, f"{home.name}照片核对", [ListSheet("照片核对", _COLUMNS, rows)])
        console.show_written([path])
    else:
        _show(rows, limit, looked)
    raise typer.Exit(int(bool(rows)))


def _show(rows: Sequence[tuple[str, ...]], limit: int, looked: str) -> None:
    if rows:
        table = Table()
        for column in _COLUMNS:
            table.add_column(column.text, overflow="fold")
        for row in rows[:limit]:
            table.add_row(*map(escape, row))
        console.out().print(table)
    rest = (
        f"，另有 {len(rows) - limit} 条没有列出（加 --limit 或 --format xlsx）" if len(rows) > limit else ""
    )
    console.out().print(f"核对了{looked}：发现 {len(rows)} 处{rest}。")
