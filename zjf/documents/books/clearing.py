"""静态清零、动态清零: hazards judged before the notice's day, and those judged since, by village (嘉峰 三(二)、四(二))."""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from zjf.documents.books.book import Book, BookMaterials, count_by, declare_book
from zjf.documents.books.hazard_ledger import STATE, rows_with_state
from zjf.documents.layout import Column
from zjf.documents.list_sheet import ListSheet, form_columns
from zjf.period import day_in_words
from zjf.schemas.form_ids import HOUSES
from zjf.schemas.house_facts import closed, hazardous, resolved

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
_TITLE = "隐患房屋静态清零、动态清零情况"


def _compose(materials: BookMaterials) -> Iterator[Book]:
    hazards = materials.houses[hazardous(materials.houses).to_numpy(dtype=bool)]
    first_day = materials.stock_before
    if hazards.empty or first_day is None:
        return
    is_dated = pd.Series([isinstance(day, date) for day in hazards.judged_on], index=hazards.index)
    is_stock = pd.Series(
        [isinstance(day, date) and day < first_day for day in hazards.judged_on], index=hazards.index
    )
    pages = []
    for name, belongs, population in (
        ("静态清零", is_stock, f"全部自建房中{day_in_words(first_day)}以前初判的隐患"),
        ("动态清零", is_dated & ~is_stock, f"全部自建房中{day_in_words(first_day)}起初判的隐患"),
        ("初判日期不详", ~is_dated, "归入静态还是动态不清楚"),
    ):
        listed_hazards = hazards[belongs]
        if listed_hazards.empty and name == "初判日期不详":
            continue
        is_resolved = resolved(listed_hazards)
        counts = {"已消除": is_resolved, "已销号": closed(listed_hazards), "未消除": ~is_resolved}
        unresolved = listed_hazards[~is_resolved.to_numpy(dtype=bool)]
        pages += [
            ListSheet(
                f"{name}分村",
                _COUNTS,
                count_by(listed_hazards, counts, "township", "village"),
                f"{materials.county}{_TITLE}（{name}分村：{population}）",
            ),
            ListSheet.numbered(
                f"{name}未消除",
                (*form_columns(HOUSES, _SHOWN), STATE),
                rows_with_state(materials, unresolved, _SHOWN),
                f"{materials.county}{_TITLE}（{name}未消除：{population}）",
            ),
        ]
    yield Book(materials.county, _TITLE, tuple(pages))


declare_book(
    id="clearing",
    title=_TITLE,
    names=("静态清零", "动态清零", "清零"),
    clause="嘉峰 三(二)、四(二)",
    compose=_compose,
)
