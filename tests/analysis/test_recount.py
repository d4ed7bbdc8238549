"""Two thousand random houses under each notice: the toolkit says what a plain recount says."""

from collections import Counter
from datetime import date
from decimal import Decimal
from random import Random

import pandas as pd
import pytest

from tests.analysis import recount
from zjf.analysis.classification import classify
from zjf.analysis.sampling import draw
from zjf.analysis.spot_checks import by_unit
from zjf.notices.notice import Notice
from zjf.schemas import FORMS
from zjf.schemas.house_facts import closed

pytestmark = pytest.mark.slow

FIVE = ("yunyang-2022", "rongan-2022", "jiaxiang-2024", "jiafeng-2024", "yunxiao-2020")
UNITS = ("城关街道", "青石镇", "石岭矿区管理处")
TENTH = Decimal("0.10")


def county(seed: int, size: int = 2000) -> list[recount.House]:
    chance = Random(seed)
    return [recount.random_house(chance, number, chance.choice(UNITS)) for number in range(size)]


@pytest.mark.parametrize(("seed", "notice"), list(enumerate(FIVE)))
def test_every_house_is_what_a_recount_says(seed: int, notice: str) -> None:
    houses = county(seed)
    day = Random(seed).choice(recount.DAYS)
    found = classify(pd.DataFrame(houses, dtype=object), Notice.load(notice), {}, closing_day=day)
    for house, tags, kinds, risk, duty in zip(
        houses, found.tags, found.three_kinds, found.risk, found.duty, strict=True
    ):
        assert (risk, duty) == (recount.risk(house), recount.duty(house, notice, day)), house
        assert kinds == recount.three_kinds(house, notice), house
        assert ("crowded" in tags) == recount.is_crowded(house), house
    unjudged = [
        risk for house, risk in zip(houses, found.risk, strict=True) if house["initial_judgement"] is None
    ]
    assert "低" not in unjudged


@pytest.mark.parametrize("seed", range(3))
def test_a_closure_stands_on_its_basis(seed: int) -> None:
    houses = county(seed)
    assert closed(pd.DataFrame(houses, dtype=object)).tolist() == [recount.closed(house) for house in houses]


@pytest.mark.parametrize("seed", range(5))
def test_spot_checks_come_to_what_a_recount_says(seed: int) -> None:
    chance, houses = Random(seed), county(seed)
    street = pd.DataFrame(houses, dtype=object)
    drawn = {unit.unit: frozenset(unit.houses) for unit in draw(street, TENTH, seed).units}
    blank = dict.fromkeys(FORMS["spot-check"].by_name)
    looked_at = chance.sample(houses, 300) + [
        house for house in houses if house["house_id"] in drawn[house["township"]]
    ]
    checks = [
        blank
        | {
            "house_id": house["house_id"] if chance.random() < 0.97 else f"无此{number}",
            "township": house["township"],
            "checked_on": date(2024, 6, chance.randint(3, 7)),
            "original": chance.choice(("未发现安全隐患",) * 5 + ("存在一定安全隐患",)),
            "finding": chance.choice(("无误",) * 8 + ("错排", "漏排")),
        }
        for number, house in enumerate(looked_at)
        if chance.random() < 0.9
    ]
    lines = by_unit(pd.DataFrame(checks, dtype=object), street, TENTH, [drawn])
    for line in lines:
        own = [check for check in checks if check["township"] == line.unit]
        here = [house for house in houses if house["township"] == line.unit]
        assert (
            line.checked,
            line.checked_right,
            line.findings,
            line.right,
        ) == recount.spot_checks(own, here, set(drawn[line.unit]))
        commercial = [house for house in here if house["is_commercial"] == "是"]
        clear = Counter(house["initial_judgement"] for house in commercial)["未发现安全隐患"]
        assert line.required == min(-(-len(commercial) // 10), clear)
        assert line.too_few == (line.checked < line.required)
