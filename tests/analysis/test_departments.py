"""Who is in charge of a house: by its business and its tags, as the map, the notice and the county have it."""

from pathlib import Path

from tests.analysis.classes import JIAXIANG, YUNYANG, classes
from zjf.analysis.classification import departments
from zjf.county import ALSO_IN_CHARGE, County
from zjf.schemas.vocabulary import Business


def test_the_departments_follow_the_business_and_the_tags() -> None:
    found = classes("""
        | 房屋编号 | 是否经营性 | 经营业态       | 使用人数 | 改扩建情形 | 改扩建是否批准 | 地质灾害隐患 |
        | 民宿     | 是         | 民宿           | 4        |            |                |              |
        | 作坊饭店 | 是         | 手工作坊、餐饮饭店 | 12   |            |                |              |
        | 别的     | 是         | 其他           | 2        |            |                |              |
        | 切坡违建 | 否         |                | 3        | 背包       | 否             | 是           |
        | 平常     | 否         |                | 3        |            |                |              |
    """).departments
    assert found.to_dict() == {
        "民宿": ("县公安局", "县文化旅游委", "县住房城乡建委", "县消防救援大队"),
        "作坊饭店": ("县经济信息委", "县应急局", "县市场监管局", "县住房城乡建委", "县消防救援大队"),
        "别的": ("县住房城乡建委",),
        "切坡违建": ("县规划自然资源局", "县城市管理局"),
        "平常": (),
    }


def test_a_county_goes_before_its_notice_and_the_notice_before_the_general_map(tmp_path: Path) -> None:
    (tmp_path / "zjf.toml").write_text(
        """
        [county]
        name = "云水县"
        notice = "jiaxiang-2024"
        [[units]]
        name = "城关街道"
        [departments]
        "民宿" = ["县文旅局"]
        commercial = "县住建局"
        """,
        encoding="utf-8",
    )
    county = County.load(tmp_path)
    own = JIAXIANG.model_copy(
        update={
            "departments": YUNYANG.departments.model_validate(
                {"of": {"民宿": "县公安局", "影院": "县电影局"}}
            )
        }
    )
    told = departments(own, county)
    assert told["民宿"] == ("县文旅局",)
    assert told["commercial"] == ("县住建局",)
    assert told["影院"] == ("县电影局",)
    assert told["超市"] == departments(YUNYANG)["超市"]


def test_every_business_but_the_nameless_has_a_department() -> None:
    told = departments(YUNYANG)
    assert {business.value for business in Business} - set(told) == {"出租住房", "其他"}
    assert set(ALSO_IN_CHARGE) <= set(told)
