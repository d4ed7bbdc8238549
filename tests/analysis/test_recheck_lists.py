"""Lists of houses to be gone through again: look-alikes, closed as sound, closures that do not stand."""

from tests.counting.test_tally import houses
from zjf.analysis.classification import classify
from zjf.analysis.recheck_lists import LISTS
from zjf.notices.notice import Notice

HOLDS = {kind.id: kind.holds for kind in LISTS}


def listed(kind: str, table: str) -> list[str]:
    street = houses(table)
    return street.house_id[HOLDS[kind](street)].tolist()


def test_a_business_that_only_looks_rectified_is_listed_whatever_its_closure_says() -> None:
    assert listed(
        "look-alikes",
        """
        | 房屋编号 | 是否经营性 | 整治措施           | 销号方式   | 销号日期   |
        | 只刷墙   | 是         | 刷墙勾缝           |            |            |
        | 销了号   | 是         | 增加立柱、增加围挡 | 管理措施   | 2023-05-01 |
        | 有加固   | 是         | 增加立柱、维修加固 |            |            |
        | 别的管理 | 是         | 其他管理措施       |            |            |
        | 没措施   | 是         |                    |            |            |
        | 住宅     | 否         | 刷墙勾缝           |            |            |
    """,
    ) == ["只刷墙", "销了号"]


CLOSED_AS_SOUND = """
    | 房屋编号 | 是否经营性 | 地上层数 | 初判结论         | 鉴定等级 | 销号方式     | 销号日期   | 销号后复核日期 | 销号后复核结论 |
    | 乙级     | 是         | 1        | 存在一定安全隐患 | B        | 鉴定为A、B级 | 2023-05-01 |                |                |
    | 看过     | 是         | 1        | 存在一定安全隐患 | B        | 鉴定为A、B级 | 2023-05-01 | 2024-04-02     | 无隐患         |
    | 没销     | 是         | 1        | 存在一定安全隐患 | B        |              |            |                |                |
    | 丙级     | 是         | 1        | 存在一定安全隐患 | C        | 鉴定为A、B级 | 2023-05-01 |                |                |
"""


def test_houses_closed_as_sound_are_looked_at_again_under_jiafeng() -> None:
    assert listed("look-again", CLOSED_AS_SOUND) == ["乙级"]
    street = houses(CLOSED_AS_SOUND)
    duties = {
        notice: classify(street, Notice.load(notice), {}).duty.tolist()[:2]
        for notice in ("jiafeng-2024", "jiaxiang-2024")
    }
    assert duties == {"jiafeng-2024": ["复看", "无"], "jiaxiang-2024": ["无", "无"]}


def test_closures_that_do_not_stand_go_back_on_the_list() -> None:
    assert listed(
        "relist",
        """
        | 房屋编号 | 鉴定等级 | 复核结论 | 整治措施 | 整治完成日期 | 销号方式     | 销号日期   | 销号后复核日期 | 销号后复核结论 |
        | 丙级     | C        |          |          |              | 鉴定为A、B级 | 2023-05-01 |                |                |
        | 又有隐患 |          |          | 维修加固 | 2023-04-01   | 工程措施     | 2023-05-01 | 2024-04-02     | 有隐患         |
        | 没复核   |          |          |          |              | 复核无隐患   | 2023-05-01 |                |                |
        | 待复核   |          |          | 增加围挡 |              | 管理措施     | 2023-05-01 |                |                |
        | 站得住   |          | 无隐患   |          |              | 复核无隐患   | 2023-05-01 |                |                |
        | 没销     | C        |          |          |              |              |            |                |                |
    """,
    ) == ["丙级", "又有隐患", "没复核"]


WHY = {kind.id: kind.why for kind in LISTS}


def test_every_house_on_a_list_is_told_why() -> None:
    street = houses(CLOSED_AS_SOUND)
    held = street[HOLDS["look-again"](street)]
    assert WHY["look-again"](held) == ["2023-05-01按鉴定为B级销号，没有销号后复核"]
    overturned = street[street.grade == "C"]
    assert WHY["relist"](overturned) == ["填了销号日期，但C、D级没有完成工程整治（2023-05-01）"]
    propped = houses("""
        | 房屋编号 | 是否经营性 | 整治措施           |
        | 只刷墙   | 是         | 刷墙勾缝、增加立柱 |
    """)
    assert WHY["look-alikes"](propped) == ["整治措施只有刷墙勾缝、增加立柱"]
