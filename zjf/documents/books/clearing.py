"""静态清零、动态清零: hazards judged by the end of 2023, and those judged since, by village (嘉峰 三(二)、四(二))."""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from zjf.documents.books.book import NUMBER, Book, BookKind, BookMaterials, BookPage, register
from zjf.documents.books.hazard_ledger import is_hazard, state
from zjf.documents.form_columns import form_columns
from zjf.documents.layout import Column
from zjf.schemas.house_facts import closed, resolved

_FORM = "house-ledger"
_STOCK_UNTIL = date(2023, 12, 31)
"""嘉峰 四(二): the stock is what was found in 2023 and before."""

_SHOWN = (
    "township",
    "village",
    "house_id",
    "address",
    "initial_judgement",
    "judged_on",
    "grade",
    "measures",
    "rectified_on",
)
_COUNTS = (
    Column("填报单位", width=18),
    Column("村（社区）", width=16),
    *(Column(f"{text}（栋）", width=14) for text in ("列入", "已消除", "已销号", "未消除")),
)


def _compose(about: BookMaterials) -> Iterator[Book]:
    hazards = about.houses[is_hazard(about.houses).to_numpy(dtype=bool)]
    if hazards.empty:
        return
    judged = hazards.judged_on
    before = pd.Series([isinstance(day, date) and day <= _STOCK_UNTIL for day in judged], index=hazards.index)
    since = pd.Series([isinstance(day, date) and day > _STOCK_UNTIL for day in judged], index=hazards.index)
    pages = []
    until = f"{_STOCK_UNTIL.year}年{_STOCK_UNTIL.month}月{_STOCK_UNTIL.day}日"
    for name, belongs, says in (
        ("静态清零", before, f"全部自建房中{until}及以前初判的隐患"),
        ("动态清零", since, f"全部自建房中{until}以后初判的隐患"),
        ("初判日期不详", ~before & ~since, "归入静态还是动态不清楚"),
    ):
        own = hazards[belongs]
        if own.empty and name == "初判日期不详":
            continue
        left = own[~resolved(own).to_numpy(dtype=bool)]
        pages += [
            BookPage(f"{name}分村", _COUNTS, _by_village(own), says=says),
            BookPage(
                f"{name}未消除",
                (NUMBER, *form_columns(_FORM, _SHOWN), Column("状态", width=12)),
                [
                    [*row, state_of_hazard]
                    for row, state_of_hazard in zip(
                        about.listed(_FORM, left, _SHOWN), state(left), strict=True
                    )
                ],
                says=says,
            ),
        ]
    yield Book(about.county, "隐患房屋静态清零、动态清零情况", tuple(pages))


def _by_village(hazards: pd.DataFrame) -> list[list[object]]:
    done, off_list = resolved(hazards), closed(hazards)
    rows: list[list[object]] = [
        [
            unit,
            village,
            len(own),
            int(done[own.index].sum()),
            int(off_list[own.index].sum()),
            int((~done[own.index]).sum()),
        ]
        for (unit, village), own in hazards.groupby(["township", "village"], sort=False)
    ]
    return [*rows, ["合计", "", len(hazards), int(done.sum()), int(off_list.sum()), int((~done).sum())]]


register(
    BookKind(
        id="clearing",
        title="隐患房屋静态清零、动态清零情况",
        names=("静态清零", "动态清零", "清零"),
        clause="嘉峰 三(二)、四(二)",
        compose=_compose,
    )
)
