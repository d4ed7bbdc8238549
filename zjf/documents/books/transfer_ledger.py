"""移送台账: the problems handed to departments, since when, and whether they were dealt with (嘉峰 三(三)、四(一))."""

from collections.abc import Iterator, Sequence
from datetime import date

import pandas as pd

from zjf.documents.books.book import Book, BookMaterials, count_by, declare_book
from zjf.documents.layout import Column
from zjf.documents.ledger_table import text_of
from zjf.documents.list_sheet import ListSheet
from zjf.rules.issues import awaits_department
from zjf.schemas.form_ids import HOUSES, ISSUES
from zjf.schemas.house_facts import resolved
from zjf.schemas.issue_facts import refuted

_COLUMNS = (
    Column("移送部门", width=18),
    Column("填报单位", width=16),
    Column("村（社区）", width=14),
    Column("房屋编号", width=18),
    Column("问题编号", width=16),
    Column("移送事项", width=40),
    Column("移送日期", width=12),
    Column("已移送天数", width=11),
    Column("处理结果", width=24),
    Column("状态", width=12),
)
_WAITING, _DONE = "待处理", "已处理"
_UNKNOWN = "日期不详"
_REFUTED = "确认不属实"


def _compose(materials: BookMaterials) -> Iterator[Book]:
    rows = pd.DataFrame(
        [*_of_issues(materials), *_of_houses(materials)],
        columns=[
            "department",
            "township",
            "village",
            "house_id",
            "issue_no",
            "what",
            "on",
            "outcome",
            "state",
        ],
        dtype=object,
    )
    rows = rows.sort_values(["department", "township"], kind="stable", na_position="last")
    for owner, transfers in materials.by_unit(rows):
        rows_of_owner = (_row(row, materials.closing_day) for row in transfers.itertuples(index=False))
        page = ListSheet.numbered("台账", _COLUMNS, rows_of_owner, frozen=2)
        states = {name: transfers.state == name for name in (_WAITING, _DONE)}
        summary = ListSheet(
            "各部门汇总",
            (Column("移送部门", width=22), *(Column(text, width=12) for text in ("移送（件）", *states))),
            count_by(
                transfers.assign(department=transfers.department.fillna("部门不详")), states, "department"
            ),
        )
        yield Book(owner, "问题移送处置台账", (page, summary))


def _of_issues(materials: BookMaterials) -> Iterator[Sequence[object]]:
    issues = materials.masked(ISSUES, materials.rows(ISSUES))
    transferred = issues[issues.department.notna() | issues.transferred_on.notna()]
    for issue, is_refuted, is_waiting in zip(
        transferred.itertuples(index=False), refuted(transferred), awaits_department(transferred), strict=True
    ):
        yield (
            issue.department,
            issue.township,
            issue.village,
            issue.house_id,
            issue.issue_no,
            issue.description,
            issue.transferred_on,
            issue.outcome or (_REFUTED if is_refuted else None),
            _WAITING if is_waiting else _DONE,
        )


def _of_houses(materials: BookMaterials) -> Iterator[Sequence[object]]:
    houses = materials.houses
    transferred = houses[houses.transferred_to.notna() | houses.transferred_on.notna()]
    masked = materials.masked(HOUSES, transferred)
    for house, is_resolved in zip(masked.itertuples(index=False), resolved(transferred), strict=True):
        yield (
            house.transferred_to,
            house.township,
            house.village,
            house.house_id,
            None,
            _hazard(text_of(house.initial_judgement), text_of(house.grade)),
            house.transferred_on,
            "隐患已消除" if is_resolved else None,
            _DONE if is_resolved else _WAITING,
        )


def _hazard(judgement: str, grade: str) -> str:
    return f"房屋隐患：{judgement or '未初判'}{f'，鉴定{grade}级' if grade else ''}"


def _row(row: "tuple[object, ...]", closing_day: date) -> list[object]:
    department, unit, village, house_id, issue_no, description, transferred_on, outcome, state = row
    days_waiting = (closing_day - transferred_on).days if isinstance(transferred_on, date) else _UNKNOWN
    days = days_waiting if state == _WAITING else None
    return [department, unit, village, house_id, issue_no, description, transferred_on, days, outcome, state]


declare_book(
    id="transfer-ledger",
    title="问题移送处置台账",
    names=("移送台账",),
    clause="嘉峰 三(三)、四(一)",
    compose=_compose,
    sources=(HOUSES, ISSUES),
)
