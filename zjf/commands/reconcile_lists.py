"""`zjf reconcile --lists`: two household lists against each other."""

from pathlib import Path
from typing import NoReturn

import typer
from rich.markup import escape

from zjf import console
from zjf.analysis.household_lists import TOWNSHIP_FIGURES
from zjf.commands.options import Format
from zjf.commands.views.tables import table_of
from zjf.county import County
from zjf.services.houses.household_lists import LISTS, ComparedLists, compare_lists
from zjf.services.houses.household_workbook import write_household_lists

_SHOWN = 20


def reconcile_lists(
    paths: list[Path], home: County, fmt: Format, out: Path | None, *, whole: bool
) -> NoReturn:
    """Compares two household lists, shows the result and exits: with 1 where a cell could not be read, else 0."""
    compared = compare_lists(paths, home, whole=whole)
    if fmt is Format.JSON:
        console.say_json(compared.as_json())
    elif fmt is Format.XLSX:
        path = (out or home.folder / "out" / "名单比对") / "困难群众名单比对.xlsx"
        write_household_lists(path, compared)
        console.show_written([path])
    else:
        _show(compared)
    raise typer.Exit(1 if compared.unread else 0)


def _show(compared: ComparedLists) -> None:
    out = console.out()
    out.print(f"甲表：{escape(compared.names[0])}　乙表：{escape(compared.names[1])}")
    _show_townships(compared)
    differences, unread = compared.differences, compared.unread
    out.print(f"两表都有的户，填写不一致的栏 {len(differences)} 处（一方空白或读不出的不比）。")
    for difference in differences[:_SHOWN]:
        first = f"{difference['head_name']} {difference['heading']}：甲表{difference['first_row']}「{difference['first']}」"
        out.print(f"  {escape(first)}，乙表{difference['second_row']}「{escape(difference['second'])}」")
    for key, rows in compared.lists.items():
        out.print(f"{LISTS[key]} {len(rows)} 户。")
        for row in rows[:_SHOWN]:
            cells = (row["row"], row["township"], row["village"], row["head_name"])
            out.print(f"  {escape(' '.join(filter(None, cells)))}")
    if unread:
        out.print(f"[yellow]没有读出、没有比对的 {len(unread)} 处：[/]")
        for cell in unread[:_SHOWN]:
            out.print(f"  {escape(cell)}")
    out.print("[dim]证件号码都能识别的按证件号码找，其余按户主姓名和村找；可能是几户的不代为认定。[/]")
    if max(map(len, (differences, unread, *compared.lists.values()))) > _SHOWN:
        out.print("[dim]未全部显示，可用 --format xlsx 输出清单。[/]")


def _show_townships(compared: ComparedLists) -> None:
    """Shows the numbers of households by township, with their sums."""
    townships = compared.found.townships
    rows = [(township or "未填乡镇", *counts.values()) for township, counts in townships.items()]
    sums = (sum(counts[name] for counts in townships.values()) for name in TOWNSHIP_FIGURES)
    headings = ("乡镇", *TOWNSHIP_FIGURES.values())
    title = "困难群众名单比对（户）"
    console.out().print(table_of(headings, [*rows, ("合计", *sums)], title, figures_from=1))
