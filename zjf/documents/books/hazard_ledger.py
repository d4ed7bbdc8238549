"""隐患排查处置整治管理台账: a row for each hazard, from the first judgement to the closure (云阳 附2三(四)1)."""

from collections.abc import Iterable, Iterator

import pandas as pd

from zjf.documents.books.book import Book, BookMaterials, Rows, count_by, declare_book
from zjf.documents.layout import Column
from zjf.documents.list_sheet import ListSheet, form_columns
from zjf.schemas.form_ids import HOUSES
from zjf.schemas.house_facts import closed, hazardous, resolved

_HOUSE = (
    "township",
    "house_id",
    "village",
    "address",
    "owner_name",
    "owner_phone",
    "is_commercial",
    "business",
)
_FINDINGS = (
    "initial_judgement",
    "judged_on",
    "review_result",
    "reviewed_on",
    "grade",
    "appraised_on",
    "report_no",
)
_CONTROLS = ("controls", "controlled_on", "control_lifted_on", "notice_no", "notice_served_on", "plan_no")
_WORKS = (
    "measures",
    "responsible",
    "department",
    "due_on",
    "rectified_on",
    "accepted_on",
    "acceptance_result",
)
_CLOSED = ("closed_on", "closure_basis", "post_review_on", "post_review_result", "reclosed_on")
_GROUPS = {
    "房屋": _HOUSE,
    "隐患来源和等级": _FINDINGS,
    "处置和告知": _CONTROLS,
    "整治和验收": _WORKS,
    "销号": _CLOSED,
}


def _compose(materials: BookMaterials) -> Iterator[Book]:
    names = tuple(name for group in _GROUPS.values() for name in group)
    columns = (*_grouped_columns(), STATE)
    for owner, hazards in materials.by_unit(materials.houses[hazardous(materials.houses)]):
        states = _states(hazards)
        is_in_state = {state: states == state for state in _STATES}
        summary = ListSheet(
            "汇总",
            (
                Column("填报单位", width=18),
                *(Column(text, width=12) for text in ("隐患房屋（栋）", *_STATES)),
            ),
            count_by(hazards, is_in_state, "township"),
        )
        yield Book(
            owner,
            "隐患排查处置整治管理台账",
            (
                ListSheet.numbered("台账", columns, rows_with_state(materials, hazards, names), frozen=3),
                summary,
            ),
            ("填表人：", "负责人："),
        )


STATE = Column("状态", width=12)
_STATES = ("待消除", "已消除未销号", "已销号")


def rows_with_state(materials: BookMaterials, hazards: pd.DataFrame, names: Iterable[str]) -> Rows:
    """Returns rows of hazards: some columns of the house ledger, then the column `STATE`."""
    rows = materials.cells(HOUSES, hazards, names)
    return [[*cells, state] for cells, state in zip(rows, _states(hazards), strict=True)]


def _states(hazards: pd.DataFrame) -> "pd.Series[str]":
    states = pd.Series(_STATES[0], index=hazards.index, dtype=object)
    states[resolved(hazards).to_numpy(dtype=bool)] = _STATES[1]
    states[closed(hazards).to_numpy(dtype=bool)] = _STATES[2]
    return states


def _grouped_columns() -> Iterator[Column]:
    for group, names in _GROUPS.items():
        for column in form_columns(HOUSES, names):
            yield Column(column.text, (group,), column.width)


declare_book(
    id="hazard-ledger",
    title="隐患排查处置整治管理台账",
    names=("隐患台账", "隐患管理台账"),
    clause="云阳 附2三(四)1",
    compose=_compose,
)
