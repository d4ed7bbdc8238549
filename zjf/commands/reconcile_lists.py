"""`zjf reconcile --lists`: two household lists against each other."""

from pathlib import Path
from typing import NoReturn

import typer
from rich.markup import escape
from rich.table import Table

from zjf import console
from zjf.analysis.household_lists import TOWNSHIP_FIGURES
from zjf.commands.options import Format
from zjf.county import County
from zjf.render.xlsx.household_lists import LISTS, write_household_lists
from zjf.services.houses.household_lists import ComparedLists, compare_lists

_SHOWN = 20


def reconcile_lists(
    paths: list[Path], home: County, fmt: Format, out: Path | None, *, whole: bool
) -> NoReturn:
    """Compares the two lists and shows, prints or writes what was found; ends with 1 where a cell was not read."""
    compared = compare_lists(paths, home, whole=whole)
    if fmt is Format.JSON:
        console.say_json(compared.as_json())
    elif fmt is Format.XLSX:
        path = (out or home.folder / "out" / "名单比对") / "困难群众名单比对.xlsx"
        write_household_lists(
            path,
            compared.found.townships,
            compared.differences,
            compared.lists,
            compared.unread,
            compared.names,
        )
        console.show_written([path])
    else:
        _show(compared)
    raise typer.Exit(1 if compared.unread else 0)


def _show(compared: ComparedLists) -> None:
    out = console.out()
    table = Table(title="困难群众名单比对（户）", title_justify="left")
    table.add_column("乡镇", overflow="fold")
    for title in TOWNSHIP_FIGURES.values():
        table.add_column(title, justify="right")
    townships = compared.found.townships
    for place, counts in townships.items():
        table.add_row(escape(place or "未填乡镇"), *map(str, counts.values()))
    table.add_row("合计", *(str(sum(row[name] for row in townships.values())) for name in TOWNSHIP_FIGURES))
    out.print(f"甲表：{escape(compared.names[0])}　乙表：{escape(compared.names[1])}")
    out.print(table)
    differences = compared.differences
    out.print(f"两表都有的户，填写不一致的栏 {len(differences)} 处（一方空白或读不出的不比）。")
    for difference in differences[:_SHOWN]:
        what = f"{difference['head_name']} {difference['heading']}：甲表{difference['first_row']}「{difference['first']}」"
        out.print(f"  {escape(what)}，乙表{difference['second_row']}「{escape(difference['second'])}」")
    cut = max(len(differences), len(compared.unread)) > _SHOWN
    for key, rows in compared.lists.items():
        out.print(f"{LISTS[key]} {len(rows)} 户。")
        cut = cut or len(rows) > _SHOWN
        for row in rows[:_SHOWN]:
            household = " ".join(
                filter(None, (row["row"], row["township"], row["village"], row["head_name"]))
            )
            out.print(f"  {escape(household)}")
    if compared.unread:
        out.print(f"[yellow]没有读出、没有比对的 {len(compared.unread)} 处：[/]")
        for what in compared.unread[:_SHOWN]:
            out.print(f"  {escape(what)}")
    out.print("[dim]证件号码都能识别的按证件号码找，其余按户主姓名和村找；可能是几户的不代为认定。[/]")
    if cut:
        out.print("[dim]未全部显示，可用 --format xlsx 输出清单。[/]")
