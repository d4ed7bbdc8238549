"""The generator's own record: what the county's figures are, counted from the lives.

This says what follows from a house's cells once more, in plain Python over one house at a time, and borrows
nothing from `zjf`: the tests hold the two against each other.
"""

from collections.abc import Callable, Iterable
from datetime import date

from sample_data.places import Place
from sample_data.story import CLEAR, HAZARD, NONE, SEVERE, SOME, Cells, Life

_ENGINEERING = {"维修加固", "局部拆除", "整体拆除", "拆除重建", "地质灾害治理", "避让搬迁"}
_SWEEP_BEGAN = date(2024, 3, 25)

Figures = dict[str, int]
Test = Callable[[Cells], bool]


def is_commercial(house: Cells) -> bool:
    return bool(house["is_commercial"] == "是")


def is_suspected(house: Cells) -> bool:
    return house.get("initial_judgement") in (SEVERE, SOME)


def found_wanting(house: Cells) -> bool:
    """A closure that a technician overturned."""
    return house.get("post_review_result") == HAZARD


def is_rectified(house: Cells) -> bool:
    """Engineering works are done, and nobody has found a hazard since."""
    if "rectified_on" not in house or _ENGINEERING.isdisjoint(house.get("measures", ())):
        return False
    return not found_wanting(house) or bool(house["rectified_on"] >= house["post_review_on"])


def is_dangerous(house: Cells) -> bool:
    return house.get("grade") in ("C", "D")


def is_cleared(house: Cells) -> bool:
    """Found without hazard by a technician, and never appraised."""
    if "grade" in house or found_wanting(house):
        return False
    managed = house.get("closure_basis") == "管理措施"
    return house.get("review_result") == CLEAR or (managed and house.get("post_review_result") == CLEAR)


def is_closed(house: Cells) -> bool:
    if "closed_on" not in house or (is_dangerous(house) and not is_rectified(house)):
        return False
    if found_wanting(house):
        return "reclosed_on" in house and is_rectified(house)
    return house["closure_basis"] != "管理措施" or house.get("post_review_result") == CLEAR


def attachment_1(houses: list[Cells]) -> Figures:
    managed = [house for house in houses if house.get("closure_basis") == "管理措施"]
    figures = {"total": len(managed)}
    for kind, mine in _by_kind(managed):
        wanting = [house for house in mine if found_wanting(house)]
        figures |= {
            f"{kind}_closed": len(mine),
            f"{kind}_reviewed": _count(mine, lambda house: "post_review_on" in house),
            f"{kind}_hazard": len(wanting),
            f"{kind}_works": _count(wanting, is_rectified),
        }
    return figures


def attachment_2(houses: list[Cells]) -> Figures:
    (_, commercial), (_, homes) = _by_kind(houses)
    shops = [house for house in commercial if is_suspected(house)]
    listed = [house for house in homes if is_suspected(house)]
    return {
        "surveyed": len(houses),
        "commercial": len(commercial),
        "commercial_suspected": len(shops),
        "commercial_closed": _count(shops, is_closed),
        "noncommercial": len(homes),
        "suspected": len(listed),
        "cleared": _count(listed, is_cleared),
        "direct_works": _count(
            listed, lambda house: "grade" not in house and not is_cleared(house) and is_rectified(house)
        ),
        "appraised": _count(listed, lambda house: "grade" in house),
        "grade_cd": _count(listed, is_dangerous),
        "cd_works": _count(listed, lambda house: is_dangerous(house) and is_rectified(house)),
        "closed": _count(listed, is_closed),
    }


def online_checks(place: Place, week: int) -> Figures:
    """Problems found by the online check of businesses, and those confirmed by a week (0, 1, 2)."""
    issues = int(place.houses * place.commercial) // 12
    return {"online_confirmed": min(issues, issues * 2 // 3 + week), "online_issues": issues}


def sweep(place: Place, lives: Iterable[Life], day: date) -> dict[str, Figures]:
    """The sweep of businesses, village by village (嘉峰): each village's figures."""
    villages: dict[str, list[tuple[Life, Cells]]] = {name: [] for name in place.villages}
    for life in lives:
        house = life.on(day)
        if house and is_commercial(house):
            villages[house["village"]].append((life, house))
    return {name: _swept(shops) for name, shops in villages.items()}


def totals(rows: Iterable[Figures]) -> Figures:
    """The column sums."""
    summed: Figures = {}
    for row in rows:
        for name, figure in row.items():
            summed[name] = summed.get(name, 0) + figure
    return summed


def _swept(shops: list[tuple[Life, Cells]]) -> Figures:
    houses = [house for _, house in shops]
    key = [house for house in houses if _is_key(house)]
    hazards = [house for house in key if is_suspected(house)]
    reports = [house["report_no"] for house in houses if "grade" in house]
    return {
        "wl_checked": len(houses),
        "wl_wrong": sum(_was_raised(life, house) for life, house in shops),
        "wl_missed": sum(life.listed_on >= _SWEEP_BEGAN for life, _ in shops),
        "key_checked": len(key),
        "key_hazard": len(hazards),
        "key_rectified": _count(hazards, is_closed),
        "audit_checked": len(reports),
        "audit_failed": sum(report.endswith("7") for report in reports),
    }


def _was_raised(life: Life, house: Cells) -> bool:
    """Judged sound at first and hazardous now: surveyed wrongly."""
    return is_suspected(house) and bool(life.events[0].cells["initial_judgement"] == NONE)


def _is_key(house: Cells) -> bool:
    """Altered, three storeys or more, or of steel."""
    return "alterations" in house or house["floors"] >= 3 or house["structure"] == "钢结构"


def _by_kind(houses: list[Cells]) -> tuple[tuple[str, list[Cells]], tuple[str, list[Cells]]]:
    return (
        ("commercial", [house for house in houses if is_commercial(house)]),
        ("noncommercial", [house for house in houses if not is_commercial(house)]),
    )


def _count(houses: list[Cells], test: Test) -> int:
    return sum(map(test, houses))
