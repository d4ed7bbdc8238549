"""What houses and spot-checks come to, counted again house by house, in plain Python."""

from datetime import date
from random import Random
from typing import Any

from zjf.schemas import FORMS

House = dict[str, Any]
WORKS = {"维修加固", "局部拆除", "整体拆除", "拆除重建", "地质灾害治理", "避让搬迁"}
RISKY = {"加层", "背包", "改变主体结构", "减柱减墙", "地下开挖", "改变使用功能"}
CROWDED = {
    "宾馆",
    "餐饮饭店",
    "民宿",
    "农家乐",
    "教育培训",
    "学校幼儿园",
    "养老服务",
    "儿童福利",
    "影院",
    "酒吧",
    "网吧",
    "浴室",
    "棋牌室",
    "文化娱乐",
    "诊所",
    "医疗卫生",
    "体育健身",
    "宗教活动",
}
DAYS = [date(2024, month, day) for month in (3, 4, 5, 6) for day in (1, 7, 20)]


def random_house(chance: Random, number: int, township: str) -> House:
    """A house whose cells agree with nothing but chance."""
    maybe = lambda *values: chance.choice((None, *values))  # noqa: E731
    some = lambda *values: chance.choice((None, (), *((value,) for value in values), values[:2]))  # noqa: E731
    return dict.fromkeys(FORMS["house-ledger"].by_name) | {
        "house_id": f"YS{number:05}",
        "township": township,
        "is_commercial": chance.choice("是否"),
        "business": maybe(("民宿",), ("商贸",), ("诊所", "超市")),
        "occupants": maybe(3, 9, 10, 40),
        "floors": chance.randint(1, 5),
        "pro_design": maybe("是", "否", "不详"),
        "pro_build": maybe("是", "否"),
        "structure": chance.choice(("砖混结构", "钢结构")),
        "alterations": some("加层", "建筑外扩", "地下开挖"),
        "alteration_approved": maybe("是", "否"),
        "initial_judgement": maybe(
            "存在严重安全隐患", "存在一定安全隐患", "未发现安全隐患", "未发现安全隐患"
        ),
        "review_result": maybe("无隐患", "有隐患"),
        "grade": maybe(None, None, "A", "B", "C", "D"),
        "controls": some("停止使用", "观察使用", "封控警示"),
        "control_lifted_on": maybe(None, None, *DAYS),
        "measures": some("增加立柱", "维修加固", "整体拆除"),
        "rectified_on": maybe(*DAYS),
        "accepted_on": maybe(*DAYS),
        "acceptance_result": maybe("合格", "不合格"),
        "closed_on": maybe(*DAYS),
        "closure_basis": maybe("复核无隐患", "鉴定为A、B级", "工程措施", "管理措施"),
        "post_review_on": maybe(*DAYS),
        "post_review_result": maybe(None, "无隐患", "有隐患"),
        "reclosed_on": maybe(None, None, *DAYS),
    }


def _works_named(house: House) -> bool:
    return any(measure in WORKS for measure in house["measures"] or ())


def _works_done(house: House) -> bool:
    if not _works_named(house) or house["rectified_on"] is None:
        return False
    overturned = house["post_review_result"] == "有隐患" and house["post_review_on"] is not None
    return not (overturned and house["rectified_on"] < house["post_review_on"])


def _cleared(house: House) -> bool:
    if house["grade"] or house["post_review_result"] == "有隐患":
        return False
    managed = house["closure_basis"] == "管理措施" and house["post_review_result"] == "无隐患"
    return house["review_result"] == "无隐患" or managed


def _resolved(house: House) -> bool:
    if house["post_review_result"] == "有隐患" and not _works_done(house):
        return False
    return _works_done(house) or _cleared(house) or house["grade"] in ("A", "B")


def closed(house: House) -> bool:
    """Whether a closure stands, whatever was waived (7.4)."""
    if house["closed_on"] is None or (house["grade"] in ("C", "D") and not _works_done(house)):
        return False
    if house["post_review_result"] == "有隐患":
        return house["reclosed_on"] is not None and _works_done(house)
    return {
        "复核无隐患": house["review_result"] == "无隐患",
        "鉴定为A、B级": house["grade"] in ("A", "B"),
        "工程措施": _works_done(house),
        "管理措施": house["post_review_result"] == "无隐患",
        None: False,
    }[house["closure_basis"]]


def _unapproved(house: House) -> bool:
    return bool(house["alterations"]) and house["alteration_approved"] != "是"


def _must_be_listed(house: House) -> bool:
    if _unapproved(house) and RISKY.intersection(house["alterations"]):
        return True
    exposed = house["floors"] >= 3 or house["is_commercial"] == "是"
    return exposed and any(house[name] in ("否", "不详") for name in ("pro_design", "pro_build"))


def is_crowded(house: House) -> bool:
    """人员密集: by the people in it, or by its business (7.4)."""
    gathers = house["is_commercial"] == "是" and bool(CROWDED.intersection(house["business"] or ()))
    return (house["occupants"] or 0) >= 10 or gathers


def three_kinds(house: House, notice: str) -> bool | None:
    """三类, where the notice has them."""
    shop, tall = house["is_commercial"] == "是", house["floors"] >= 3
    if notice == "rongan-2022":
        return shop and (is_crowded(house) or tall or _unapproved(house))
    if notice == "jiafeng-2024":
        return shop and (bool(house["alterations"]) or tall or house["structure"] == "钢结构")
    return None


def risk(house: House) -> str:
    """风险等级, with 未判 for what nobody judged."""
    severe = house["initial_judgement"] == "存在严重安全隐患"
    grave = severe or house["grade"] == "D" or (house["grade"] == "C" and house["is_commercial"] == "是")
    if closed(house):
        return "已销号"
    if grave and not _resolved(house):
        return "高"
    suspected = severe or house["initial_judgement"] == "存在一定安全隐患"
    if suspected or house["grade"] in ("C", "D") or _must_be_listed(house):
        return "中"
    return "未判" if house["initial_judgement"] is None else "低"


def duty(house: House, notice: str, day: date) -> str:
    """The first duty that is unmet on a day."""
    severe = house["initial_judgement"] == "存在严重安全隐患"
    suspected = severe or house["initial_judgement"] == "存在一定安全隐患"
    dangerous, done = house["grade"] in ("C", "D"), _works_done(house)
    overturned = house["post_review_result"] == "有隐患"
    lifted = house["control_lifted_on"] is not None and house["control_lifted_on"] <= day
    if (severe or dangerous) and not _resolved(house) and (lifted or not house["controls"]):
        return "管控"
    unseen = suspected and not house["grade"] and not _cleared(house)
    managed = house["closure_basis"] == "管理措施" and house["post_review_on"] is None
    if (unseen and not _works_named(house) and not overturned) or (managed and not (dangerous and not done)):
        return "复核/鉴定"
    directly = _works_named(house) and not house["grade"] and not _cleared(house)
    if (dangerous or directly or overturned) and not done:
        return "整治"
    by_works = (house["closure_basis"] == "工程措施" and not overturned) or house["reclosed_on"] is not None
    open_still = suspected and not closed(house)
    unaccepted = house["accepted_on"] is None or house["acceptance_result"] == "不合格"
    if ((open_still and done) or by_works) and unaccepted:
        return "验收"
    if open_still and _resolved(house):
        return "销号"
    as_sound = house["closure_basis"] == "鉴定为A、B级" and closed(house) and house["post_review_on"] is None
    if notice == "jiafeng-2024" and as_sound:
        return "复看"
    return "初判" if house["initial_judgement"] is None else "无"


def spot_checks(checks: list[House], houses: list[House], drawn: set[str]) -> tuple[int, int, int, int]:
    """Drawn and checked, those of them right, all that count, those of them right."""
    judged = {house["house_id"]: house["initial_judgement"] for house in houses}
    verdicts: dict[str, bool] = {}
    for check in sorted(checks, key=lambda check: (check["checked_on"], check["finding"] == "无误")):
        house, right = check["house_id"], check["finding"] == "无误"
        clear = check["original"] == "未发现安全隐患" and (
            house in drawn or (house in judged and (judged[house] == "未发现安全隐患" or not right))
        )
        if clear and house not in verdicts:
            verdicts[house] = right
    counted = drawn & set(verdicts)
    return len(counted), sum(verdicts[house] for house in counted), len(verdicts), sum(verdicts.values())
