"""经营: businesses that may not go on (L214, L217), and that nobody judged in time (L220)."""

from datetime import date

import pytest

from tests.rules.houses import assert_houses
from zjf.rules.registry import Judgement

CLAUSE_CASES = {"L217": ({"是否经营性": "是", "经营许可": "无"}, {"管控措施": "停止经营"})}
"""For `tests.docs.test_clause_cases`: a row on which it fires, and what makes it silent."""


def test_an_altered_business_stops_until_it_is_appraised() -> None:
    assert_houses("""
        | 房屋编号 | 是否经营性 | 改扩建情形    | 改扩建是否批准 | 初判结论         | 复核结论 | 鉴定等级 | 管控措施 |
        | 照常营业 | 是         | 加层 [L214]   | 否 [L217]      | 存在一定安全隐患 |          |          |          |
        | 只警示   | 是         | 建筑外扩 [L214] | 否 [L217]    | 存在一定安全隐患 |          |          | 封控警示 |
        | 停业     | 是         | 加层          | 否             | 存在一定安全隐患 |          |          | 停止经营 |
        | 鉴定了   | 是         | 加层          | 否 [L217]      | 存在一定安全隐患 |          | C        | 限制用途 |
        | 复核无   | 是         | 加层          | 否 [L217]      | 存在一定安全隐患 | 无隐患   |          |          |
        | 批准了   | 是         | 加层          | 是             |                  |          |          |          |
        | 住宅     | 否         | 加层          | 否             | 存在一定安全隐患 |          |          |          |
        | 批否空   | 是         | 加层          | [L201]         | 存在一定安全隐患 |          |          |          |
        | 改建乱   | 是         | 加盖 [C104]   | 否             | 存在一定安全隐患 |          |          |          |
    """)


def test_a_business_needs_its_permits_each_at_its_own_cell() -> None:
    assert_houses("""
        | 房屋编号 | 是否经营性 | 用地手续  | 规划手续 | 建设手续  | 经营许可  | 鉴定合格证明 | 管控措施 |
        | 缺两样   | 是         | 有        | 有       | 无 [L217] | 无 [L217] | 有           |          |
        | 缺证明   | 是         | 无 [L217] | 有       | 不详      |           | 无 [L217]    | 限制用途 |
        | 停业     | 是         | 无        | 无       | 无        | 无        | 无           | 停止经营 |
        | 停用     | 是         | 无        | 无       | 无        | 无        | 无           | 停止使用 |
        | 住宅     | 否         | 无        | 无       | 无        |           |              |          |
        | 手续乱   | 是         | 快了 [C104] | 有     | 无        | 有        | 有           |          |
    """)


def test_an_unapproved_alteration_forbids_the_business_whatever_the_grade_and_the_works() -> None:
    assert_houses("""
        | 房屋编号 | 是否经营性 | 改扩建情形 | 改扩建是否批准 | 初判结论         | 鉴定等级 | 管控措施 | 管控解除日期 | 整治措施 | 整治完成日期 |
        | 乙级     | 是         | 加层       | 否 [L217]      | 存在一定安全隐患 | B        |          |              |          |              |
        | 修好了   | 是         | 加层       | 否 [L217]      | 存在一定安全隐患 | C        |          |              | 维修加固 | 2024-03-01   |
        | 又开业   | 是         | 加层       | 否 [L217]      | 存在一定安全隐患 | B        | 停止经营 | 2024-05-01   |          |              |
        | 拆了     | 是         | 加层       | 否             | 存在一定安全隐患 | C        |          |              | 整体拆除 | 2024-03-01   |
        | 停着     | 是         | 加层       | 否             | 存在一定安全隐患 | B        | 停止经营 |              |          |              |
        | 批了     | 是         | 加层       | 是             | 存在一定安全隐患 | B        |          |              |          |              |
        | 住宅     | 否         | 加层       | 否             | 存在一定安全隐患 | B        |          |              |          |              |
        | 批否乱   | 是         | 加层       | 快了 [C104]    | 存在一定安全隐患 | B        |          |              |          |              |
    """)


JUDGED_BY = date(2022, 7, 15)


@pytest.mark.parametrize(("day", "fires"), [(date(2022, 7, 15), ""), (date(2022, 7, 16), " [L220]")])
def test_a_business_is_judged_by_the_notice_s_day(day: date, fires: str) -> None:
    assert_houses(
        f"""
        | 房屋编号 | 是否经营性  | 初判结论       | 初判日期   |
        | 没判     | 是          | {fires}        |            |
        | 判了     | 是          | 未发现安全隐患 | 2022-07-01 |
        | 住宅     | 否          |                |            |
        | 是否乱   | 可能 [C104] |                |            |
        | 初判乱   | 是          | 很好 [C104]    | 2022-07-01 |
    """,
        closing_day=day,
        judgement=Judgement(day, judging_day=JUDGED_BY),
    )


def test_without_a_judging_day_nobody_is_late() -> None:
    assert_houses("""
        | 房屋编号 | 是否经营性 | 初判结论 |
        | 没判     | 是         |          |
    """)
