"""The notice's figures hold everywhere at once: what is required, what must be listed, the tags, the risk."""

import pytest

from tests.counting.test_tally import houses
from tests.rules.houses import assert_houses
from tests.sheets import CLOSING_DAY
from zjf.analysis.classification import Risk, classify
from zjf.notices.notice import Notice
from zjf.rules.registry import Judgement

YUNYANG = Notice.load("yunyang-2022")


def with_floors(floors: int) -> Notice:
    limits = YUNYANG.thresholds.model_dump() | {"floors": {"value": floors}}
    return YUNYANG.model_copy(update={"thresholds": YUNYANG.thresholds.model_validate(limits)})


@pytest.mark.parametrize("floors", [2, 3, 4])
def test_the_storeys_move_everything_together(floors: int) -> None:
    notice = with_floors(floors)
    checked = assert_houses(
        f"""
        | 房屋编号 | 地上层数     | 专业设计 | 专业施工 | 初判结论              | 改扩建情形 |
        | 够层数   | {floors}     | [L201]   | 是       | 未发现安全隐患        |            |
        | 少一层   | {floors - 1} |          |          | 未发现安全隐患        |            |
        | 该列入   | {floors}     | 否       | 是       | 未发现安全隐患 [L204] |            |
        | 差一层   | {floors - 1} | 否       | 是       | 未发现安全隐患        |            |
    """,
        judgement=Judgement.under(notice, CLOSING_DAY),
    )
    required = next(problem for problem in checked.problems if problem.code == "L201")
    assert f"地上层数达到{floors}层" in required.message
    found = classify(
        houses(f"""
        | 房屋编号 | 是否经营性 | 地上层数     | 专业设计 | 专业施工 | 初判结论       |
        | 够层数   | 是         | {floors}     | 是       | 否       | 未发现安全隐患 |
        | 住宅     | 否         | {floors}     | 否       | 是       | 未发现安全隐患 |
        | 少一层   | 否         | {floors - 1} | 否       | 是       | 未发现安全隐患 |
    """),
        notice,
        {},
    )
    assert ["three-storeys" in tags for tags in found.tags] == [True, True, False]
    assert found.risk.tolist() == [Risk.MEDIUM, Risk.MEDIUM, Risk.LOW]


def test_the_people_move_the_tag() -> None:
    limits = YUNYANG.thresholds.model_dump() | {"people": {"value": 5}}
    stricter = YUNYANG.model_copy(update={"thresholds": YUNYANG.thresholds.model_validate(limits)})
    street = houses("""
        | 房屋编号 | 是否经营性 | 地上层数 | 使用人数 | 经营业态 |
        | 五人     | 是         | 1        | 5        | 商贸     |
        | 四人     | 是         | 1        | 4        | 商贸     |
    """)
    for notice, crowded in ((YUNYANG, [False, False]), (stricter, [True, False])):
        assert ["crowded" in tags for tags in classify(street, notice, {}).tags] == crowded
