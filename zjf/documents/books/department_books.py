"""行业部门台账: each department's houses, their problems and their rectification (云阳 附2三(三); 嘉祥 三)."""

from collections.abc import Iterator

import pandas as pd

from zjf.documents.books.book import Book, BookMaterials, count_by, declare_book
from zjf.documents.books.hazard_ledger import STATE, rows_with_state
from zjf.documents.layout import Column
from zjf.documents.ledger_table import NOTHING
from zjf.documents.list_sheet import ListSheet, form_columns
from zjf.schemas.form_ids import HOUSES, ISSUES
from zjf.schemas.house_facts import PERMITS, closed, commercial, hazardous, resolved, suspected

_HOUSES = ("township", "house_id", "village", "address", "owner_name", "business", "floors", "occupants")

_WORKS = (
    "initial_judgement",
    "grade",
    "controls",
    "measures",
    "responsible",
    "due_on",
    "rectified_on",
    "closed_on",
)
_ISSUES = (
    "issue_no",
    "township",
    "village",
    "house_id",
    "source",
    "found_on",
    "description",
    "due_on",
    "rectified_on",
)


def _compose(materials: BookMaterials) -> Iterator[Book]:
    houses, issues = materials.houses, materials.rows(ISSUES)
    for department in sorted({name for names in houses.departments for name in names}):
        department_houses = houses[[department in names for names in houses.departments]]
        ids = set(department_houses.house_id)
        problems = issues[issues.house_id.isin(ids) | (issues.department == department)]
        yield Book(department, "自建房安全管理台账", tuple(_pages(materials, department_houses, problems)))


def _pages(materials: BookMaterials, houses: pd.DataFrame, problems: pd.DataFrame) -> Iterator[ListSheet]:
    shown, checks, works = (form_columns(HOUSES, names) for names in (_HOUSES, PERMITS, _WORKS))
    hazards = houses[hazardous(houses).to_numpy(dtype=bool)]
    yield ListSheet.numbered(
        "排查台账",
        (*shown, *checks),
        materials.cells(HOUSES, houses, (*_HOUSES, *PERMITS)),
        frozen=3,
    )
    yield ListSheet.numbered(
        "问题台账",
        form_columns(ISSUES, _ISSUES),
        materials.cells(ISSUES, problems, _ISSUES),
        nothing=NOTHING if ISSUES in materials.forms else "没有收到问题整改台账，有没有问题不清楚",
    )
    yield ListSheet.numbered(
        "整治台账",
        (*form_columns(HOUSES, _HOUSES[:4]), *works, STATE),
        rows_with_state(materials, hazards, (*_HOUSES[:4], *_WORKS)),
        frozen=3,
    )
    counts = {
        "经营性": commercial(houses),
        "初判隐患": suspected(houses),
        "初判隐患已消除": suspected(houses) & resolved(houses),
        "初判隐患已销号": suspected(houses) & closed(houses),
    }
    yield ListSheet(
        "汇总",
        (Column("填报单位", width=18), *(Column(f"{text}（栋）", width=16) for text in ("房屋", *counts))),
        count_by(houses, counts, "township"),
    )


declare_book(
    id="department-books",
    title="行业部门自建房安全管理台账",
    names=("行业部门台账", "部门台账"),
    clause="云阳 附2三(三)；嘉祥 三",
    compose=_compose,
)
