"""Houses of which a duty is unmet or whose closure is not borne out: one for each rule L204–L217."""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import NamedTuple

from sample_data import people
from sample_data.batches import ledger
from sample_data.drafts import Draft
from sample_data.story import Cells


class Staged(NamedTuple):
    """A house made up for a rule: the findings it must give (code, field), and its cells."""

    findings: tuple[tuple[str, str], ...]
    cells: Cells


_JUDGED, _REVIEWED = date(2024, 1, 10), date(2024, 2, 20)
_WORKS, _ACCEPTED, _CLOSED = date(2024, 4, 8), date(2024, 4, 22), date(2024, 5, 6)
_DUE = date(2024, 6, 28)
_SOME: Cells = {"initial_judgement": "存在一定安全隐患", "judged_on": _JUDGED}
_BUSINESS: Cells = {
    "is_commercial": "是",
    "business": ("餐饮饭店",),
    "pro_design": "是",
    "pro_build": "是",
}
_WORKS_DONE: Cells = {"measures": ("维修加固",), "rectified_on": _WORKS}
_MANAGED: Cells = {**_SOME, "measures": ("增加围挡",), "closed_on": _CLOSED, "closure_basis": "管理措施"}


def duties() -> Iterator[Draft]:
    """One ledger with all of them, added below sound houses."""
    staged = [
        Staged(house.findings, _house(number, house.cells)) for number, house in enumerate(_staged(), 1)
    ]
    draft = ledger("东湖街道", "东湖街道台账.xlsx", also=[planted.cells for planted in staged])
    sound = len(draft.houses) - len(staged)
    for number, planted in enumerate(staged):
        for code, name in planted.findings:
            draft.note(code, name, sound + number)
    yield draft


def _house(number: int, cells: Cells) -> Cells:
    plain: Cells = {
        "house_id": f"YS09990{number:03}",
        "township": "东湖街道",
        "village": "大屋社区",
        "address": f"东湖街道大屋社区9组{number}号",
        "owner_name": people.name(Random(number)),
        "is_commercial": "否",
        "floors": 2,
        "structure": "砖混结构",
        "initial_judgement": "未发现安全隐患",
        "judged_on": _JUDGED,
    }
    return plain | cells


def _appraised(grade: str, due_on: date = _DUE) -> Cells:
    return {
        "appraised_on": _REVIEWED,
        "appraiser": "衡正工程质量检测有限公司",
        "grade": grade,
        "report_no": "鉴2024-0999",
        "responsible": "田守义",
        "due_on": due_on,
    }


def _staged() -> Iterator[Staged]:
    unapproved: Cells = {"alterations": ("加层",), "alteration_approved": "否"}
    closed: Cells = {**_SOME, "closed_on": _CLOSED}
    yield Staged((("L204", "initial_judgement"),), unapproved)
    yield Staged((("L205", "controls"),), {**_SOME, **_appraised("C")})
    yield Staged(
        (("L206", "controls"),), {**_SOME, **_BUSINESS, **_appraised("D"), "controls": ("封控警示",)}
    )
    yield Staged((("L207", "closure_basis"),), {**closed, "closure_basis": "复核无隐患"})
    yield Staged((("L208", "closure_basis"),), _MANAGED)
    yield Staged((("L209", "accepted_on"),), {**closed, **_WORKS_DONE, "closure_basis": "工程措施"})
    yield Staged(
        (("L210", "control_lifted_on"),),
        {**_SOME, "controls": ("停止使用",), "control_lifted_on": _CLOSED},
    )
    yield Staged((("L211", "controls"),), {**_SOME, "initial_judgement": "存在严重安全隐患"})
    overdue = _appraised("C", due_on=date(2024, 5, 31))
    yield Staged((("L212", "due_on"),), {**_SOME, **overdue, "controls": ("观察使用",)})
    yield Staged((("L213", "initial_judgement"),), {**_appraised("C"), "controls": ("观察使用",)})
    yield Staged(
        (("L214", "alterations"), ("L217", "alteration_approved")), {**_SOME, **_BUSINESS, **unapproved}
    )
    yield Staged((("L218", "controls"),), {**_SOME, **_appraised("C"), "controls": ("封控警示",)})
    yield Staged((("L219", "geo_hazard"),), {**_SOME, "geo_hazard": "是"})
    yield Staged(
        (("L215", "reclosed_on"),),
        {
            **_MANAGED,
            "post_review_on": date(2024, 5, 14),
            "post_review_result": "有隐患",
            "post_reviewer": "顾怀远",
            "accepted_on": date(2024, 5, 20),
            "reclosed_on": date(2024, 5, 24),
        },
    )
    yield Staged(
        (("L216", "measures"), ("L207", "closure_basis")),
        {
            **closed,
            "measures": ("增加立柱",),
            "rectified_on": _WORKS,
            "accepted_on": _ACCEPTED,
            "closure_basis": "工程措施",
        },
    )
    yield Staged((("L217", "business_permit"),), {**_BUSINESS, "business_permit": "无"})
