"""What progress, goals and lists of houses come to, reckoned in plain Python over dictionaries: nothing of zjf is asked."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

Row = dict[str, Any]
Asked = tuple[Callable[[Row, date], bool], Callable[[Row, date], bool]]

ENGINEERING = {"维修加固", "局部拆除", "整体拆除", "拆除重建", "地质灾害治理", "避让搬迁"}


def suspected(house: Row) -> bool:
    return house["initial_judgement"] in ("存在严重安全隐患", "存在一定安全隐患")


def severe(house: Row) -> bool:
    return bool(house["initial_judgement"] == "存在严重安全隐患")


def cd(house: Row) -> bool:
    return house["grade"] in ("C", "D")


def overturned(house: Row) -> bool:
    return bool(house["post_review_result"] == "有隐患")


def works_named(house: Row) -> bool:
    return bool(ENGINEERING & set(house["measures"] or ()))


def in_vain(house: Row) -> bool:
    done = house["rectified_on"]
    return overturned(house) and done is not None and bool(done < house["post_review_on"])


def works_done(house: Row) -> bool:
    return works_named(house) and house["rectified_on"] is not None and not in_vain(house)


def cleared(house: Row) -> bool:
    managed = house["closure_basis"] == "管理措施" and house["post_review_result"] == "无隐患"
    return (
        house["grade"] is None and not overturned(house) and (house["review_result"] == "无隐患" or managed)
    )


def resolved(house: Row) -> bool:
    if overturned(house) and not works_done(house):
        return False
    return works_done(house) or cleared(house) or house["grade"] in ("A", "B")


def closed(house: Row) -> bool:
    if house["closed_on"] is None or (cd(house) and not works_done(house)):
        return False
    if overturned(house):
        return house["reclosed_on"] is not None and works_done(house)
    return {
        "复核无隐患": house["review_result"] == "无隐患",
        "鉴定为A、B级": house["grade"] in ("A", "B"),
        "工程措施": works_done(house),
        "管理措施": house["post_review_result"] == "无隐患",
    }[house["closure_basis"]]


def held(house: Row, day: date) -> bool:
    lifted = house["control_lifted_on"]
    return bool(house["controls"]) and not (lifted is not None and lifted <= day)


def in_quarter(visited: date | None, day: date) -> bool:
    return visited is not None and (visited.year, (visited.month - 1) // 3) >= (
        day.year,
        (day.month - 1) // 3,
    )


HOUSE_STEPS: dict[str, Asked] = {
    "judged": (lambda house, day: True, lambda house, day: house["initial_judgement"] is not None),
    "verdict": (
        lambda house, day: suspected(house),
        lambda house, day: cleared(house) or house["grade"] is not None or works_done(house),
    ),
    "controlled": (lambda house, day: (severe(house) or cd(house)) and not resolved(house), held),
    "resolved": (lambda house, day: suspected(house), lambda house, day: resolved(house)),
    "closed": (lambda house, day: suspected(house), lambda house, day: closed(house)),
    "appraised": (
        lambda house, day: (
            suspected(house)
            and not cleared(house)
            and not (house["grade"] is None and not cleared(house) and works_done(house))
        ),
        lambda house, day: house["grade"] is not None,
    ),
    "reviewed": (
        lambda house, day: house["closure_basis"] == "管理措施",
        lambda house, day: house["post_review_on"] is not None,
    ),
    "stopped": (
        lambda house, day: cd(house) and not resolved(house),
        lambda house, day: (
            held(house, day) and bool({"停止使用", "停止经营", "人员撤离"} & set(house["controls"]))
        ),
    ),
    "begun": (
        lambda house, day: (
            suspected(house)
            and not cleared(house)
            and (
                cd(house)
                or overturned(house)
                or (house["grade"] is None and house["review_result"] == "有隐患")
            )
        ),
        lambda house, day: works_named(house) and not in_vain(house),
    ),
}
HOUSEHOLD_STEPS: dict[str, Asked] = {
    "appraised": (
        lambda house, day: True,
        lambda house, day: house["appraised_on"] is not None or house["appraisal_grade"] is not None,
    ),
    "resolved": (
        lambda house, day: house["appraisal_grade"] in ("C", "D"),
        lambda house, day: house["improved_on"] is not None,
    ),
    "plated": (lambda house, day: True, lambda house, day: house["has_plate"] == "是"),
    "visited": (
        lambda house, day: house["structure"] in ("土坯结构", "土木结构", "砖木结构"),
        lambda house, day: in_quarter(house["visited_on"], day),
    ),
}


def belongs(row: Row, population: str) -> bool:
    return {
        "commercial": row.get("is_commercial") == "是",
        "noncommercial": row.get("is_commercial") == "否",
        "all": True,
        "households": True,
    }[population]


def steps_of(population: str) -> dict[str, Asked]:
    return HOUSEHOLD_STEPS if population == "households" else HOUSE_STEPS


def figure(rows: Iterable[Row], population: str, step: str, day: date) -> tuple[int, int]:
    """Numerator and denominator."""
    concerns, done = steps_of(population)[step]
    due = [row for row in rows if belongs(row, population) and concerns(row, day)]
    return sum(done(row, day) for row in due), len(due)


def ranks(figures: dict[str, tuple[int, int]]) -> dict[str, int]:
    """Unit: its rank; nobody without a task has one."""
    exact = {unit: Fraction(done, due) for unit, (done, due) in figures.items() if due}
    return {unit: 1 + sum(other > own for other in exact.values()) for unit, own in exact.items()}


def short_by(done: int, due: int, target: int) -> int:
    """How many more are needed, counted up one by one."""
    more = 0
    while (done + more) * 100 < target * due:
        more += 1
    return more


def random_house(random: Random, number: int, unit: str, about: date, *, commercial: bool | None) -> Row:
    """A house of any kind, the dates of which lie around a day; not one that a clerk would send."""

    def some_day(share: float = 0.5) -> date | None:
        return about + timedelta(days=random.randrange(-400, 60)) if random.random() < share else None

    judgement = random.choice(
        [None, "未发现安全隐患", "存在一定安全隐患", "存在一定安全隐患", "存在严重安全隐患"]
    )
    shop = random.random() < 0.5 if commercial is None else commercial
    basis = random.choice([None, "复核无隐患", "鉴定为A、B级", "工程措施", "管理措施"])
    post_review = random.choice([None, None, "无隐患", "有隐患"])
    return {
        "house_id": f"YS{number:05}",
        "township": unit,
        "village": "东村",
        "is_commercial": "是" if shop else "否",
        "initial_judgement": judgement,
        "judged_on": some_day(1) if judgement else None,
        "review_result": random.choice([None, None, "无隐患", "有隐患"]),
        "grade": random.choice([None, None, "A", "B", "C", "D"]),
        "controls": random.choice([None, (), ("停止使用",), ("封控警示",), ("人员撤离", "封控警示")]),
        "control_lifted_on": some_day(0.2),
        "measures": random.choice([None, ("增加围挡",), ("维修加固",), ("整体拆除", "其他管理措施")]),
        "due_on": some_day(0.3),
        "rectified_on": some_day(),
        "closed_on": (some_day(1) if basis else None),
        "closure_basis": basis,
        "post_review_result": post_review,
        "post_review_on": some_day(1) if post_review else None,
        "reclosed_on": some_day(0.3),
    }


def random_household(random: Random, number: int, unit: str, about: date) -> Row:
    def some_day(share: float = 0.5) -> date | None:
        return about + timedelta(days=random.randrange(-300, 20)) if random.random() < share else None

    return {
        "household_no": f"H{number:05}",
        "township": unit,
        "village": "东村",
        "category": "低保户",
        "structure": random.choice(["土坯结构", "土木结构", "砖木结构", "砖混结构"]),
        "listed_on": some_day(0.4),
        "appraised_on": some_day(),
        "appraisal_grade": random.choice([None, "A", "B", "C", "D"]),
        "improved_on": some_day(),
        "has_plate": random.choice([None, "是", "否"]),
        "visited_on": some_day(0.7),
    }
