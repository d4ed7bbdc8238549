"""The comparison of two household lists, as a workbook to be worked through by township."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from zjf.analysis.household_lists import FORM, TOWNSHIP_FIGURES
from zjf.documents.layout import Column
from zjf.documents.list_sheet import ListSheet
from zjf.render.xlsx.sheets import write_sheets
from zjf.services.houses.household_lists import LISTED, LISTS, ComparedLists

_HOUSEHOLDS = [
    *(Column(FORM.by_name[name].heading.text, width=20) for name in LISTED),
    Column("表中位置", width=12),
]
_TOWNSHIPS = [
    Column("乡镇（街道）", width=18),
    *(Column(text, width=12) for text in TOWNSHIP_FIGURES.values()),
]
_UNREAD = [Column("位置和原因", width=90)]
_DIFFERING = {
    "township": Column("乡镇（街道）", width=18),
    "head_name": Column("户主姓名", width=14),
    "heading": Column("不一致的栏", width=16),
    "first": Column("甲表填写", width=24),
    "first_row": Column("甲表位置", width=12),
    "second": Column("乙表填写", width=24),
    "second_row": Column("乙表位置", width=12),
}


def write_household_lists(path: Path, compared: ComparedLists) -> None:
    """Writes 分乡镇统计, 填写不一致, 没有读出的, and a sheet for each list of households.

    Raises:
        CannotDoError: The file cannot be written.
    """
    heading = f"甲表：{compared.names[0]}　乙表：{compared.names[1]}"
    townships = compared.found.townships.items()
    counts = [[township or "未填乡镇", *figures.values()] for township, figures in townships]
    difference_rows, lists = _values(compared.differences, _DIFFERING), compared.lists
    sheets = [
        ListSheet(
            "分乡镇统计",
            _TOWNSHIPS,
            counts,
            f"名单比对：户数；待定是可能为几户之一、不能认定的（{heading}）",
        ),
        ListSheet("填写不一致", [*_DIFFERING.values()], difference_rows, f"两表填写不一致的栏（{heading}）"),
        ListSheet(
            "没有读出的", _UNREAD, [[cell] for cell in compared.unread], f"没有读出、没有比对的（{heading}）"
        ),
        *(
            ListSheet(title, _HOUSEHOLDS, _values(lists[key], (*LISTED, "row")), f"{title}（{heading}）")
            for key, title in LISTS.items()
        ),
    ]
    write_sheets(path, "困难群众名单比对", sheets, own_list=True)


def _values(rows: Iterable[Mapping[str, object]], names: Iterable[str]) -> list[list[object]]:
    columns = list(names)
    return [[row[name] for name in columns] for row in rows]
