"""分类: key houses, three kinds, risk, the next duty, who is in charge."""

import numpy as np
import pandas as pd
import pytest

from tests.analysis.classes import JIAFENG, JIAXIANG, RONGAN, YUNYANG, classes
from tests.counting.test_tally import houses
from zjf.analysis.classification import (
    LABELS,
    UNKNOWN,
    Duty,
    Risk,
    classify,
    counts,
    departments,
    in_words,
)
from zjf.analysis.key_houses import BY_ID, TAGS
from zjf.notices.loading import known_notices
from zjf.notices.notice import Notice
from zjf.rules.registry import columns_read
from zjf.schemas import FORMS
from zjf.services.houses.classified_returns import classes_as_json


def test_each_kind_of_key_house_has_its_tag() -> None:
    found = classes(
        """
        | 房屋编号 | 地上层数 | 使用人数 | 改扩建情形         | 改扩建是否批准 | 结构类型 | 地质灾害隐患 | 重点区域 | 鉴定等级 |
        | 平常     | 2        | 9        |                    |                | 砖混结构 | 否           |          | B        |
        | 三层     | 3        |          |                    |                | 砖混结构 |              |          |          |
        | 十人     | 1        | 10       |                    |                | 砖混结构 |              |          |          |
        | 批准加层 | 1        |          | 加层               | 是             | 砖混结构 |              |          |          |
        | 违规加层 | 1        |          | 加层               | 否             | 砖混结构 |              |          |          |
        | 动了结构 | 1        |          | 减柱减墙、地下开挖 | 是             | 砖混结构 |              |          |          |
        | 改了用途 | 1        |          | 改变使用功能       | 是             | 砖混结构 |              |          |          |
        | 钢棚     | 1        |          |                    |                | 钢结构   |              |          |          |
        | 切坡     | 1        |          |                    |                | 砖混结构 | 是           |          |          |
        | 校边     | 1        |          |                    |                | 砖混结构 |              | 学校周边 |          |
        | 丙级     | 1        |          |                    |                | 砖混结构 |              |          | C        |
    """
    ).tags
    assert found.to_dict() == {
        "平常": (),
        "三层": ("three-storeys",),
        "十人": ("crowded",),
        "批准加层": ("altered",),
        "违规加层": ("altered", "unpermitted-extension"),
        "动了结构": ("altered", "structure-changed", "excavated"),
        "改了用途": ("altered", "use-changed"),
        "钢棚": ("steel",),
        "切坡": ("slope",),
        "校边": ("key-area",),
        "丙级": ("grade-cd",),
    }


def test_thresholds_are_the_notice_s_own() -> None:
    stricter = YUNYANG.model_copy(
        update={
            "thresholds": YUNYANG.thresholds.model_validate({"floors": {"value": 2}, "people": {"value": 5}})
        }
    )
    street = """
        | 房屋编号 | 地上层数 | 使用人数 |
        | 两层五人 | 2        | 5        |
    """
    assert classes(street).at["两层五人", "tags"] == ()
    assert classes(street, stricter).at["两层五人", "tags"] == ("three-storeys", "crowded")
    said = classes_as_json(classes(street, stricter).loc["两层五人"].to_dict(), stricter)
    assert [tag["rule"] for tag in said["tags"]] == [
        "地上层数 2 层及以上",
        f"使用人数 5 人及以上，或经营性房屋的业态为{'、'.join(YUNYANG.crowded_businesses.of)}",
    ]


@pytest.mark.parametrize("tag", BY_ID)
def test_every_tag_says_its_rule_and_clause(tag: str) -> None:
    told = BY_ID[tag]
    assert told.label
    assert "{" not in told.rule(YUNYANG)
    assert told.clause
    assert set(columns_read(told.needs)) <= set(FORMS["house-ledger"].by_name)


def test_three_kinds_differ_from_notice_to_notice() -> None:
    street = """
        | 房屋编号 | 是否经营性 | 地上层数 | 使用人数 | 改扩建情形 | 改扩建是否批准 | 结构类型 |
        | 十人店   | 是         | 1        | 10       |            |                | 砖混结构 |
        | 批准扩建 | 是         | 1        |          | 建筑外扩   | 是             | 砖混结构 |
        | 违规扩建 | 是         | 1        |          | 建筑外扩   | 否             | 砖混结构 |
        | 三层店   | 是         | 3        |          |            |                | 砖混结构 |
        | 钢棚店   | 是         | 1        |          |            |                | 钢结构   |
        | 三层住宅 | 否         | 3        | 12       | 建筑外扩   | 否             | 钢结构   |
    """
    assert classes(street, RONGAN).three_kinds.tolist() == [True, False, True, True, False, False]
    assert classes(street, JIAFENG).three_kinds.tolist() == [False, True, True, True, True, False]
    assert classes(street, JIAXIANG).three_kinds.tolist() == [None] * 6


def test_risk_is_what_the_judgement_and_the_grade_make_of_it() -> None:
    found = classes("""
        | 房屋编号 | 是否经营性 | 地上层数 | 专业设计 | 专业施工 | 初判结论         | 复核结论 | 鉴定等级 | 整治措施 | 整治完成日期 | 销号日期   | 销号方式   |
        | 严重     | 否         | 1        |          |          | 存在严重安全隐患 |          |          |          |              |            |            |
        | 丁级     | 否         | 1        |          |          | 存在一定安全隐患 |          | D        |          |              |            |            |
        | 丙级店   | 是         | 1        | 是       | 是       | 存在一定安全隐患 |          | C        |          |              |            |            |
        | 丙级     | 否         | 1        |          |          | 存在一定安全隐患 |          | C        |          |              |            |            |
        | 一定     | 否         | 1        |          |          | 存在一定安全隐患 |          |          |          |              |            |            |
        | 应列入   | 否         | 3        | 不详     | 是       | 未发现安全隐患   |          |          |          |              |            |            |
        | 平常     | 否         | 1        |          |          | 未发现安全隐患   |          |          |          |              |            |            |
        | 没判     | 否         | 1        |          |          |                  |          |          |          |              |            |            |
        | 严重已修 | 否         | 1        |          |          | 存在严重安全隐患 |          | D        | 拆除重建 | 2024-05-01   |            |            |
        | 复核排除 | 否         | 1        |          |          | 存在严重安全隐患 | 无隐患   |          |          |              |            |            |
        | 销了号   | 否         | 1        |          |          | 存在严重安全隐患 | 无隐患   |          |          |              | 2024-05-02 | 复核无隐患 |
        | 假销号   | 否         | 1        |          |          | 存在严重安全隐患 |          | D        |          |              | 2024-05-02 | 复核无隐患 |
    """).risk
    assert found.to_dict() == {
        "严重": "高",
        "丁级": "高",
        "丙级店": "高",
        "丙级": "中",
        "一定": "中",
        "应列入": "中",
        "平常": "低",
        "没判": "未判",
        "严重已修": "中",
        "复核排除": "中",
        "销了号": "已销号",
        "假销号": "高",
    }


def test_the_next_duty_is_the_first_that_is_unmet() -> None:
    found = classes("""
        | 房屋编号     | 初判结论         | 复核结论 | 鉴定等级 | 管控措施 | 管控解除日期 | 整治措施 | 整治完成日期 | 验收日期   | 销号日期   | 销号方式     | 销号后复核日期 | 销号后复核结论 | 再次销号日期 |
        | 严重没管     | 存在严重安全隐患 |          |          |          |              |          |              |            |            |              |                |                |              |
        | 丙级没管     | 存在一定安全隐患 |          | C        |          |              |          |              |            |            |              |                |                |              |
        | 早早解除     | 存在一定安全隐患 |          | C        | 停止使用 | 2024-05-01   |          |              |            |            |              |                |                |              |
        | 没复核       | 存在一定安全隐患 |          |          |          |              |          |              |            |            |              |                |                |              |
        | 复核有待鉴定 | 存在一定安全隐患 | 有隐患   |          |          |              |          |              |            |            |              |                |                |              |
        | 围挡销号     | 存在一定安全隐患 |          |          |          |              | 增加围挡 |              |            | 2023-05-01 | 管理措施     |                |                |              |
        | 围挡有隐患   | 存在一定安全隐患 |          |          |          |              | 增加围挡 |              |            | 2023-05-01 | 管理措施     | 2024-04-01     | 有隐患         |              |
        | 丙级待修     | 存在一定安全隐患 |          | C        | 观察使用 |              |          |              |            |            |              |                |                |              |
        | 直接动工     | 存在严重安全隐患 |          |          | 停止使用 |              | 维修加固 |              |            |            |              |                |                |              |
        | 修完待验     | 存在一定安全隐患 |          | C        | 观察使用 |              | 维修加固 | 2024-05-01   |            |            |              |                |                |              |
        | 没验就销     | 存在一定安全隐患 |          | C        | 观察使用 |              | 维修加固 | 2024-05-01   |            | 2024-05-02 | 工程措施     |                |                |              |
        | 验了待销     | 存在一定安全隐患 |          | C        | 观察使用 |              | 维修加固 | 2024-05-01   | 2024-05-02 |            |              |                |                |              |
        | 乙级待销     | 存在一定安全隐患 |          | B        |          |              |          |              |            |            |              |                |                |              |
        | 重修待再销   | 存在一定安全隐患 |          |          |          |              | 局部拆除 | 2024-05-01   | 2024-05-02 | 2023-05-01 | 工程措施     | 2024-04-01     | 有隐患         |              |
        | 再销了       | 存在一定安全隐患 |          |          |          |              | 局部拆除 | 2024-05-01   | 2024-05-02 | 2023-05-01 | 工程措施     | 2024-04-01     | 有隐患         | 2024-05-03   |
        | 围挡确无     | 存在一定安全隐患 | 有隐患   |          |          |              | 增加围挡 |              |            | 2023-05-01 | 管理措施     | 2024-04-01     | 无隐患         |              |
        | 乙级销了     | 存在一定安全隐患 |          | B        |          |              |          |              |            | 2024-05-01 | 鉴定为A、B级 |                |                |              |
        | 平常         | 未发现安全隐患   |          |          |          |              |          |              |            |            |              |                |                |              |
        | 平常鉴定     | 未发现安全隐患   |          | B        |          |              |          |              |            |            |              |                |                |              |
        | 没判         |                  |          |          |          |              |          |              |            |            |              |                |                |              |
    """).duty
    assert found.to_dict() == {
        "严重没管": "管控",
        "丙级没管": "管控",
        "早早解除": "管控",
        "没复核": "复核/鉴定",
        "复核有待鉴定": "复核/鉴定",
        "围挡销号": "复核/鉴定",
        "围挡有隐患": "整治",
        "丙级待修": "整治",
        "直接动工": "整治",
        "修完待验": "验收",
        "没验就销": "验收",
        "验了待销": "销号",
        "乙级待销": "销号",
        "重修待再销": "销号",
        "再销了": "无",
        "围挡确无": "无",
        "乙级销了": "无",
        "平常": "无",
        "平常鉴定": "无",
        "没判": "初判",
    }


def test_a_problem_handed_to_a_department_comes_after_the_verdict_and_before_the_works() -> None:
    street = houses("""
        | 房屋编号 | 初判结论         | 鉴定等级 | 管控措施 |
        | 没鉴定   | 存在一定安全隐患 |          |          |
        | 丙级     | 存在一定安全隐患 | C        | 观察使用 |
        | 平常     | 未发现安全隐患   |          |          |
    """)
    everywhere = pd.Series(True, index=street.index)
    found = classify(street, YUNYANG, {}, with_department=everywhere)
    assert found.duty.tolist() == ["复核/鉴定", "移送", "移送"]


def test_what_cannot_be_told_is_left_open() -> None:
    street = houses("""
        | 房屋编号 | 是否经营性 | 地上层数 | 初判结论         | 鉴定等级 |
        | 等级乱   | 是         | 3        | 存在一定安全隐患 |          |
    """)

    def but_the_grade(columns: object) -> np.ndarray:
        return np.array(["grade" not in columns])  # type: ignore[operator]

    found = classify(street, RONGAN, departments(RONGAN), known=but_the_grade).iloc[0]
    assert (found.risk, found.duty) == (None, None)
    assert found.three_kinds is True
    assert found.tags == ("three-storeys",)
    words = in_words(found.to_frame().T).iloc[0]
    assert (words["风险等级"], words["下一步"]) == (UNKNOWN, UNKNOWN)


def test_what_decides_earlier_needs_nothing_of_what_comes_later() -> None:
    street = houses("""
        | 房屋编号 | 是否经营性 | 地上层数 | 初判结论         | 鉴定等级 |
        | 丁级     | 否         |          | 存在严重安全隐患 | D        |
    """)

    def but_the_storeys(columns: object) -> np.ndarray:
        return np.array(["floors" not in columns])  # type: ignore[operator]

    found = classify(street, RONGAN, departments(RONGAN), known=but_the_storeys).iloc[0]
    assert (found.risk, found.duty, found.three_kinds) == ("高", "管控", None)


def test_words_and_counts_are_those_that_clerks_read() -> None:
    found = classes(
        """
        | 房屋编号 | 是否经营性 | 地上层数 | 初判结论         |
        | 三层店   | 是         | 3        | 存在严重安全隐患 |
        | 平常     | 否         | 1        | 未发现安全隐患   |
    """,
        RONGAN,
    )
    words = in_words(found)
    assert list(words.columns) == list(LABELS.values())
    assert words.loc["三层店"].tolist() == [("三层及以上",), "是", "高", "管控", ("县住房城乡建委",)]
    table = counts(found)
    assert list(table.index) == [*Risk, "合计"]
    assert list(table.columns) == [*Duty, "合计"]
    assert table.at["高", "管控"] == table.at["低", "无"] == 1
    assert table.at["合计", "合计"] == len(found)


def test_no_houses_have_no_classes() -> None:
    nothing = houses("| 房屋编号 |")
    found = classify(nothing, RONGAN, departments(RONGAN))
    assert found.empty
    assert counts(found).to_numpy().sum() == 0


@pytest.mark.parametrize("notice", known_notices())
def test_the_three_kinds_of_a_notice_are_tags(notice: str) -> None:
    kinds = Notice.load(notice).three_kinds
    assert not kinds or set(kinds.any_of) <= {tag.id for tag in TAGS}
