"""平台状态 against closures, and 疑似同一栋: firing, silent, unknown."""

import pytest

from tests.smaller_ledgers import rows_of
from zjf.analysis.platform_status import claims_closure, closure_doubts, likely_same

HOUSES = rows_of(
    """
    | 房屋编号 | 村（社区） | 房屋地址 | 初判结论         | 初判日期   | 鉴定标准 | 鉴定等级 | 鉴定日期   | 鉴定机构 | 管控措施 | 整治责任人 | 整治期限   | 产权人 |
    | YS01     | 东村       | 东村1号  | 未发现安全隐患   | 2024-01-05 |          |          |            |          |          |            |            | 赵甲   |
    | YS02     | 东村       | 东村2号  | 存在严重安全隐患 | 2024-01-05 | JGJ125   | D        | 2024-02-05 | 甲鉴定所 | 停止使用 | 钱乙       | 2024-09-01 | 赵甲   |
    | YS03     | 东村       | 东村2号  | 未发现安全隐患   | 2024-01-05 |          |          |            |          |          |            |            | 孙丙   |
    | YS04     | 西村       | 西村2号  | 未发现安全隐患   | 2024-01-05 |          |          |            |          |          |            |            | 孙丙   |
    | YS05     | 西村       | 西村第3组 | 未发现安全隐患  | 2024-01-05 |          |          |            |          |          |            |            | 李丁   |
    | YS06     | 西村       | 西村第3组 | 未发现安全隐患  | 2024-01-05 |          |          |            |          |          |            |            | 周戊   |
    """,
    "house-ledger",
)


def platform(*rows: str) -> str:
    return "\n".join(["| 房屋编号 | 村（社区） | 房屋地址 | 地上层数 | 平台状态 |", *rows])


@pytest.mark.parametrize(
    ("status", "claims"),
    [
        ("已销号", True),
        (" 已 销号（工程措施）", True),
        ("未销号", False),
        ("待销号", False),
        ("整治中", None),
        ("", None),
        (None, None),
    ],
)
def test_what_a_status_says_of_closure(status: str | None, claims: bool | None) -> None:
    assert claims_closure(status) is claims


def test_a_house_closed_on_the_platform_alone_is_told_with_what_is_lacking() -> None:
    rows = rows_of(
        platform("| YS02 | 东村 | 东村2号 | 2 | 已销号 |", "| YS01 | 东村 | | | 整治中 |"), "platform-list"
    )
    ((doubt,), told) = closure_doubts(rows, HOUSES)
    assert (doubt.house_id, doubt.ledger, told) == ("YS02", "没有销号（没有填销号日期）", 1)


def test_agreement_and_silence_are_no_doubts() -> None:
    rows = rows_of(platform("| YS01 | 东村 | | | 未销号 |", "| YS02 | 东村 | | | |"), "platform-list")
    assert closure_doubts(rows, HOUSES) == ([], 1)


def test_one_address_under_two_numbers_in_the_ledger_on_the_platform_or_in_both() -> None:
    rows = rows_of(
        platform(
            "| YS01 | 东村 | 东村1号 | 2 | |",
            "| YS90 | 东村 | 云水县东村1号 | 4 | |",
            "| YS91 | 东村 | 东村9号 | 2 | |",
        ),
        "platform-list",
    )
    found, nowhere = likely_same(rows, HOUSES)
    assert [(likely.house_ids, likely.why) for likely in found] == [
        ((("YS01", "台账和平台"), ("YS90", "平台")), "地址相同，层数不同"),
        ((("YS02", "台账"), ("YS03", "台账")), "地址相同，层数相同，结构相同，产权人不同"),
    ]
    assert nowhere == 2


def test_the_same_door_in_another_village_is_another_house() -> None:
    rows = rows_of(platform("| YS92 | 北村 | 2号 | 2 | |"), "platform-list")
    found, _ = likely_same(rows, HOUSES[HOUSES.village == "西村"])
    assert found == []
