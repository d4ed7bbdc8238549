"""The platform's list compared with the house ledger, as a workbook to be worked through village by village."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from zjf.analysis.platform_status import LikelySame
from zjf.analysis.reconciliation import VILLAGE_FIGURES
from zjf.documents.layout import Column
from zjf.documents.list_sheet import ListSheet, form_columns
from zjf.render.xlsx.sheets import write_sheets
from zjf.schemas.form_ids import HOUSES, PLATFORM
from zjf.services.houses.platform_comparison import SWEEP_TABLE, PlatformComparison

_VILLAGE_COLUMNS = (Column("填报单位", width=18), Column("村（社区）", width=16))
_DIFFERENCES = (
    *_VILLAGE_COLUMNS,
    Column("房屋编号", width=20),
    Column("不一致的栏", width=14),
    Column("台账填写", width=30),
    Column("平台填写", width=30),
)
_DISAGREEMENTS = (
    *_VILLAGE_COLUMNS,
    Column("栏目", width=36),
    Column("情况表填写", width=12),
    Column("核对结果", width=12),
)
_DOUBTS = (
    *_VILLAGE_COLUMNS,
    Column("房屋编号", width=20),
    Column("平台状态", width=16),
    Column("台账", width=40),
)
_LIKELY_SAME = (
    Column("序号", width=6),
    *_VILLAGE_COLUMNS,
    Column("房屋地址", width=36),
    Column("房屋编号", width=20),
    Column("在哪份清单", width=12),
    Column("比对情况", width=34),
)
_REMARKS = (Column("没有核对的和原因", width=90),)
_MISSED = ("township", "village", "house_id", "polygon_id", "address", "floors", "structure", "status")
_UNLISTED = ("township", "village", "house_id", "address", "floors", "structure", "initial_judgement")


def write_comparison(path: Path, compared: PlatformComparison, county: str) -> None:
    """Writes 分村统计, 漏排, 错排, 平台没有的房屋, 与情况表不符, 销号不一致 and 疑似同一栋.

    Raises:
        CannotDoError: The file cannot be written.
    """
    reconciliation, remarks = compared.reconciliation, compared.remarks
    headings = (SWEEP_TABLE.by_name[name].heading for name in VILLAGE_FIGURES)
    figures = [Column(heading.text, heading.groups, 14) for heading in headings]
    missed = _rows(reconciliation.missed, PLATFORM, _MISSED)
    unlisted = _rows(reconciliation.unlisted, HOUSES, _UNLISTED)
    villages = [
        (*village, *(counts[name] for name in VILLAGE_FIGURES))
        for village, counts in reconciliation.villages.items()
    ]
    differences = [
        (*found.place, found.house_id, found.heading, found.ledger, found.platform)
        for found in reconciliation.differences
    ]
    disagreements = [
        (found.unit, found.village, found.heading, found.reported, found.counted)
        for found in compared.disagreements
    ]
    doubts = [(*doubt.place, doubt.house_id, doubt.platform, doubt.ledger) for doubt in compared.doubts]
    likely_same = _likely_same(compared.likely_same)
    lists: tuple[tuple[str, str, Sequence[Column], Sequence[Sequence[object]]], ...] = (
        (
            "分村统计",
            "平台与台账核对：分村统计（核查、错排只计经营性房屋）",
            (*_VILLAGE_COLUMNS, *figures),
            villages,
        ),
        ("漏排", "平台有、台账没有的自建房", *missed),
        ("错排", "平台与台账填写不一致的栏", _DIFFERENCES, differences),
        ("平台没有的房屋", "台账有、平台没有的房屋", *unlisted),
        ("与情况表不符", "集中摸排情况表与核对结果不一致的数", _DISAGREEMENTS, disagreements),
        ("销号不一致", "平台状态与台账销号情况不一致的房屋", _DOUBTS, doubts),
        ("疑似同一栋", "地址相同、编号不同的房屋（疑似同一栋，请到现场核对）", _LIKELY_SAME, likely_same),
        *([("没有核对的", "没有核对的和原因", _REMARKS, [(text,) for text in remarks])] if remarks else []),
    )
    sheets = [ListSheet(name, columns, rows, f"{county}{title}") for name, title, columns, rows in lists]
    write_sheets(path, f"{county}平台核对结果", sheets, footer=compared.period.label, own_list=True)


def _likely_same(likely_same: Sequence[LikelySame]) -> list[Sequence[object]]:
    """Returns a row for each house number; those that may be one house share a serial number."""
    return [
        (number, *likely.place, likely.address, house_id, source, likely.why)
        for number, likely in enumerate(likely_same, 1)
        for house_id, source in likely.house_ids
    ]


def _rows(
    rows: pd.DataFrame, form_id: str, names: Sequence[str]
) -> tuple[tuple[Column, ...], list[Sequence[object]]]:
    """Returns some columns of a form with their rows, sorted by unit and village."""
    sorted_rows = rows.sort_values(["township", "village", "house_id"], na_position="last")
    return form_columns(form_id, names, narrowest=12), list(
        sorted_rows[list(names)].itertuples(index=False, name=None)
    )
