"""`zjf house`: the story of one house, period by period."""

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer
from rich.markup import escape

from zjf import console
from zjf.commands.options import CountyOption, Format, FormatOption, PeriodOption
from zjf.commands.unmasked import ReasonOption, WholeOption, record_whole
from zjf.commands.views.tables import table_of
from zjf.county import County
from zjf.errors import UsageError
from zjf.naming.kinds import NameOf
from zjf.period import Period
from zjf.public_json.papers import CellChange, House
from zjf.services.houses.house_files import HouseFiles
from zjf.services.houses.house_story import story_of
from zjf.terminal import labelled

HouseArgument = Annotated[str, typer.Argument(help="房屋编号。", metavar="ID"), NameOf.HOUSE]
UnitOption = Annotated[
    str | None, typer.Option("--unit", help="编号在几个单位都有时，指明哪个单位。"), NameOf.UNIT
]


def house(
    house_id: HouseArgument,
    unit: UnitOption = None,
    period: PeriodOption = None,
    fmt: FormatOption = Format.TABLE,
    show_personal: WholeOption = False,
    reason: ReasonOption = "",
    county: CountyOption = None,
) -> None:
    """一栋房屋的来龙去脉：各期变动（出自哪份表哪一格）、问题、下一步、文书、签字、照片。一栋一册用 zjf paper 一栋一册。"""
    if fmt is Format.XLSX:
        raise UsageError("zjf house 不出 xlsx", "要成册的请用：zjf paper 一栋一册 --house 编号。")
    home = County.find(county)
    record_whole(show_personal, home, "house", reason)
    files = HouseFiles.open(home, Period.parse(period) if period else None)
    with files.ledger.one_state():  # returns may come in meanwhile
        story = story_of(files, house_id, unit, whole=show_personal)
    if fmt is Format.JSON:
        console.say_json(story)
    else:
        _show(story)


def _show(story: House) -> None:
    out = console.out()
    out.print(f"[bold]{escape(story['house_id'])}[/]　{escape(story['unit'])}　据 {story['period']} 台账")
    out.print(
        labelled((label, text) for label, text in (*story["now"].items(), *story["classes"].items()) if text)
    )
    _list("各期变动", ("期次", "栏目", "原填", "现填", "出处"), _first_in_one_line(story["changes"]))
    _list("未落实和提醒", ("代码", "内容"), story["problems"])
    _list("文书", ("日期", "文书", "编号"), story["papers"])
    _list("签字（本单位的表）", ("日期", "表", "签字人"), story["signatures"])
    if story["photos"] is None:
        out.print("照片：县文件夹中没有“照片”文件夹，有没有照片不清楚。")
    else:
        _list("照片", ("部位", "状态", "文件"), story["photos"])


def _first_in_one_line(changes: Sequence[CellChange]) -> list[CellChange]:
    """Returns the changes, those of the first period in one row: present values are shown above already."""
    of_first = [change for change in changes if change["period"] == changes[0]["period"]]
    if not of_first:
        return []
    in_one: CellChange = {**of_first[0], "heading": "首次报送", "before": "", "now": f"{len(of_first)} 栏"}
    return [in_one, *changes[len(of_first) :]]


def _list(title: str, headings: tuple[str, ...], rows: Sequence[Mapping[str, object]]) -> None:
    if not rows:
        console.out().print(f"{title}：没有记录。")
        return
    console.out().print(table_of(headings, (list(row.values()) for row in rows), title))
