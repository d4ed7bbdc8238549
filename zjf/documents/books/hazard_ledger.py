"""隐患排查处置整治管理台账: one row a hazard, from its first judgement till after its closure (云阳 附2三(四)1)."""

from collections.abc import Iterator

import pandas as pd

from zjf.documents.books.book import NUMBER, Book, BookKind, BookMaterials, BookPage, counted, register
from zjf.documents.form_columns import form_columns
from zjf.documents.layout import Column
from zjf.schemas.house_facts import closed, resolved, suspected
from zjf.schemas.vocabulary import Finding

_FORM = "house-ledger"
_PLACE = (
    "township",
    "house_id",
    "village",
    "address",
    "owner_name",
    "owner_phone",
    "is_commercial",
    "business",
)
_FOUND = (
    "initial_judgement",
    "judged_on",
    "review_result",
    "reviewed_on",
    "grade",
    "appraised_on",
    "report_no",
)
_HANDLED = ("controls", "controlled_on", "control_lifted_on", "notice_no", "notice_served_on", "plan_no")
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
    "房屋": _PLACE,
    "隐患来源和等级": _FOUND,
    "处置和告知": _HANDLED,
    "整治和验收": _WORKS,
    "销号": _CLOSED,
}


def _compose(about: BookMaterials) -> Iterator[Book]:
    names = tuple(name for group in _GROUPS.values() for name in group)
    columns = (NUMBER, *_grouped(), Column("状态", width=12))
    for owner, hazards in about.by_unit(about.houses[is_hazard(about.houses)]):
        states = state(hazards)
        rows = [
            [*row, state_of_hazard]
            for row, state_of_hazard in zip(about.listed(_FORM, hazards, names), states, strict=True)
        ]
        kinds = {kind: states == kind for kind in _STATES}
        summary = BookPage(
            "汇总",
            (
                Column("填报单位", width=18),
                *(Column(text, width=12) for text in ("隐患房屋（栋）", *_STATES)),
            ),
            counted(hazards, "township", kinds),
        )
        yield Book(
            owner,
            "隐患排查处置整治管理台账",
            (BookPage("台账", columns, rows, frozen=3), summary),
            ("填表人：", "负责人："),
        )


_STATES = ("待消除", "已消除未销号", "已销号")


def is_hazard(houses: pd.DataFrame) -> "pd.Series[bool]":
    """The houses that are, or once were, on the list: judged hazardous, graded C or D, or found so by a review."""
    hazard_found = (houses.review_result == Finding.HAZARD) | (houses.post_review_result == Finding.HAZARD)
    return suspected(houses) | houses.grade.isin(["C", "D"]) | hazard_found


def state(hazards: pd.DataFrame) -> "pd.Series[str]":
    """How far each hazard has come."""
    states = pd.Series(_STATES[0], index=hazards.index, dtype=object)
    states[resolved(hazards).to_numpy(dtype=bool)] = _STATES[1]
    states[closed(hazards).to_numpy(dtype=bool)] = _STATES[2]
    return states


def _grouped() -> Iterator[Column]:
    for group, names in _GROUPS.items():
        for column in form_columns(_FORM, names):
            yield Column(column.text, (group,), column.width)


register(
    BookKind(
        id="hazard-ledger",
        title="隐患排查处置整治管理台账",
        names=("隐患台账", "隐患管理台账"),
        clause="云阳 附2三(四)1",
        compose=_compose,
    )
)
