"""初判: who must be listed (L204), whose judgement must be raised (L213)."""

import pandas as pd

from tests.rules.houses import assert_houses
from zjf.rules.listing import must_be_listed


def test_three_storeys_or_business_without_professional_design_must_be_listed() -> None:
    assert_houses("""
        | 房屋编号 | 是否经营性 | 地上层数 | 专业设计 | 专业施工 | 初判结论                |
        | 三层     | 否         | 3        | 否       | 是       | 未发现安全隐患 [L204]   |
        | 三层不详 | 否         | 3        | 是       | 不详     | 未发现安全隐患 [L204]   |
        | 商铺     | 是         | 1        | 否       | 否       | 未发现安全隐患 [L204]   |
        | 列入了   | 是         | 4        | 否       | 否       | 存在一定安全隐患        |
        | 还没判   | 是         | 4        | 否       | 否       |                         |
        | 有设计   | 是         | 5        | 是       | 是       | 未发现安全隐患          |
        | 两层住宅 | 否         | 2        | 否       | 否       | 未发现安全隐患          |
    """)


def test_unapproved_alterations_must_be_listed() -> None:
    assert_houses("""
        | 房屋编号 | 改扩建情形         | 改扩建是否批准 | 初判结论              |
        | 加层     | 加层               | 否             | 未发现安全隐患 [L204] |
        | 背包     | 增加隔墙、背包     | 否             | 未发现安全隐患 [L204] |
        | 拆墙     | 减柱减墙           | 否             | 未发现安全隐患 [L204] |
        | 动结构   | 改变主体结构       | 否             | 未发现安全隐患 [L204] |
        | 挖地下   | 地下开挖           | 否             | 未发现安全隐患 [L204] |
        | 改用途   | 改变使用功能       | 否             | 未发现安全隐患 [L204] |
        | 批准了   | 加层               | 是             | 未发现安全隐患        |
        | 只隔墙   | 增加隔墙、增设夹层 | 否             | 未发现安全隐患        |
        | 没改     | 无                 |                | 未发现安全隐患        |
    """)


def test_whether_a_house_must_be_listed_is_unknown_where_a_cell_is() -> None:
    assert_houses("""
        | 房屋编号 | 地上层数     | 专业设计 | 专业施工    | 改扩建情形   | 改扩建是否批准 | 初判结论       |
        | 层数乱   | 三四层 [C102] | 否       | 否          |              |                | 未发现安全隐患 |
        | 施工空   | 3            | 否       | [L201]      |              |                | 未发现安全隐患 |
        | 批否空   | 2            |          |             | 加层         | [L201]         | 未发现安全隐患 |
        | 改建乱   | 3            | 否       | 否          | 加盖 [C104]  |                | 未发现安全隐患 |
    """)


def test_the_design_clause_can_be_read_two_ways() -> None:
    house = {"floors": 3, "is_commercial": "否", "pro_design": "是", "pro_build": "是"}
    shop = {"floors": 2, "is_commercial": "是", "pro_design": "是", "pro_build": "不详"}
    rows = [row | {"alterations": None, "alteration_approved": None} for row in (house, shop)]
    houses = pd.DataFrame(rows, dtype=object)
    assert must_be_listed(houses, floors=3, design_covers_both=True).tolist() == [False, True]
    assert must_be_listed(houses, floors=3, design_covers_both=False).tolist() == [True, True]
    assert must_be_listed(houses, floors=4, design_covers_both=False).tolist() == [False, True]


def test_a_hazard_that_was_found_raises_the_judgement() -> None:
    assert_houses("""
        | 房屋编号 | 初判结论              | 复核结论 | 鉴定等级 | 管控措施 |
        | 丙级     | 未发现安全隐患 [L213] |          | C        | 观察使用 |
        | 未判丁级 | [L213]                |          | D        | 停止使用 |
        | 复核有   | 未发现安全隐患 [L213] | 有隐患   |          |          |
        | 改判了   | 存在一定安全隐患      | 有隐患   | C        | 观察使用 |
        | 乙级     | 未发现安全隐患        |          | B        |          |
        | 复核无   | 未发现安全隐患        | 无隐患   |          |          |
    """)


def test_a_post_review_that_found_a_hazard_raises_the_judgement() -> None:
    assert_houses("""
        | 房屋编号 | 初判结论              | 复核结论 | 销号方式   | 销号日期   | 销号后复核结论 |
        | 错判     | 未发现安全隐患 [L213] | 无隐患   | 复核无隐患 | 2023-05-01 | 有隐患         |
        | 改判了   | 存在一定安全隐患      | 无隐患   | 复核无隐患 | 2023-05-01 | 有隐患         |
    """)


def test_whether_to_raise_a_judgement_is_unknown_where_a_cell_is() -> None:
    assert_houses("""
        | 房屋编号 | 初判结论       | 鉴定等级  |
        | 等级乱   | 未发现安全隐患 | 3级 [C104] |
        | 初判乱   | 基本安全 [C104] | B         |
    """)
