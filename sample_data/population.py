"""All houses of a reporting unit, with their lives."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from sample_data import people
from sample_data.places import PERIODS, Place
from sample_data.story import (
    NONE,
    PLOTS,
    SEVERE,
    SOME,
    Cells,
    Life,
    Plot,
    Story,
    appraised_dangerous,
    judged_too_mildly,
    managed_and_found_sound,
    managed_and_found_wanting,
    no_hazard,
)

_SEED = "云水县"
_SURVEY_OF_HAZARDS = (date(2023, 6, 1), date(2024, 5, 14))
_SURVEYS: dict[Plot, tuple[date, date]] = {
    no_hazard: (date(2023, 3, 1), date(2023, 12, 20)),
    judged_too_mildly: (date(2023, 3, 1), date(2023, 12, 20)),
    managed_and_found_sound: (date(2023, 3, 1), date(2023, 9, 30)),
    managed_and_found_wanting: (date(2023, 3, 1), date(2023, 9, 30)),
}
"""When houses were first judged, by how they fared."""
_LISTED_AS_HAZARDOUS = {"加层", "背包", "改变主体结构", "减柱减墙", "地下开挖", "改变使用功能"}
_ALTERATIONS = ("加层", "增设夹层", "增加隔墙", "建筑外扩", "改变使用功能", "背包", "减柱减墙")
_STRUCTURES = {
    "砖混结构": 55,
    "砖木结构": 14,
    "土木结构": 9,
    "土坯结构": 3,
    "钢筋混凝土结构": 13,
    "钢结构": 3,
    "木结构": 2,
    "混杂结构": 1,
}
_FRAIL = {"砖木结构", "土木结构", "土坯结构", "木结构", "混杂结构"}
_BUSINESSES = (
    *("餐饮饭店", "超市", "商贸", "出租住房", "民宿", "农家乐", "农资店", "棋牌室", "诊所", "宾馆"),
    *("手工作坊", "生产加工", "教育培训", "仓储物流", "养老服务", "浴室"),
)
_KEY_AREAS = ("学校周边", "场镇老街", "铁路道路两侧", "城乡结合部", "农贸市场", "坡地建筑群")


def lives_of(place: Place) -> tuple[Life, ...]:
    """The lives of a unit's houses, village by village; always the same ones."""
    rng = Random(f"{_SEED}{place.code}")
    days: list[date | None] = [None] * place.houses + [*_late_comers(rng, place.houses)]
    return tuple(
        _life(rng, place, village, number, day)
        for village in range(1, len(place.villages) + 1)
        for number, day in enumerate(days[village - 1 :: len(place.villages)], start=1)
    )


def _late_comers(rng: Random, houses: int) -> list[date]:
    """The days on which new houses were found in the periods: a few a week."""
    most = 1 + houses // 200
    return [
        closing - timedelta(days=rng.randrange(5))
        for closing in PERIODS.values()
        for _ in range(rng.randint(0, most))
    ]


def _life(rng: Random, place: Place, village: int, number: int, listed_on: date | None) -> Life:
    house = _house(rng, place, village, number)
    hazardous = _must_be_listed(house) or rng.random() < (0.3 if house["structure"] in _FRAIL else 0.06)
    plots = PLOTS if hazardous else {no_hazard: 98, judged_too_mildly: 2}
    plot = rng.choices(tuple(plots), tuple(plots.values()))[0]
    if listed_on is None:
        judged_on = _between(rng, *_SURVEYS.get(plot, _SURVEY_OF_HAZARDS))
    else:  # managed closures are of 2023; a house without hazard may wait a week for its judgement
        plot = appraised_dangerous if plot in _SURVEYS and hazardous else plot
        judged_on = listed_on + timedelta(days=0 if hazardous else rng.choice((0, 0, 7)))
    story = Story(rng, house, judged_on, place.pace)
    story.judge(rng.choices((SEVERE, SOME), (15, 85))[0] if hazardous else NONE)
    plot(story, rng)
    return story.life(listed_on or judged_on)


def _must_be_listed(house: Cells) -> bool:
    """The initial-hazard rule (云阳 附2三(二)), and every business altered without leave."""
    unapproved = house.get("alteration_approved") == "否"
    altered = unapproved and not _LISTED_AS_HAZARDOUS.isdisjoint(house["alterations"])
    exposed = house["floors"] >= 3 or house["is_commercial"] == "是"
    amateur = exposed and not house["pro_design"] == house["pro_build"] == "是"
    return altered or amateur or (unapproved and house["is_commercial"] == "是")


def _house(rng: Random, place: Place, village: int, number: int) -> Cells:
    """A house as first surveyed."""
    commercial = rng.random() < place.commercial
    floors = rng.choices((1, 2, 3, 4, 5, 6), (35, 45, 13, 4, 2, 1))[0]
    group = 1 + (number - 1) // 12
    cells: Cells = {
        "house_id": f"YS{place.code}{village:02}{number:04}",
        "township": place.name,
        "village": place.villages[village - 1],
        "group": f"{group}组",
        "address": f"{place.name}{place.villages[village - 1]}{group}组{number}号",
        **people.owner(rng),
        "is_commercial": "是" if commercial else "否",
        "floors": floors,
        "structure": rng.choices(tuple(_STRUCTURES), tuple(_STRUCTURES.values()))[0],
        "area_m2": Decimal(rng.randint(9, 28) * 5 * floors) + rng.choice((Decimal(0), Decimal("0.5"))),
        "build_year": rng.randint(1975, 2022),
    }
    cells |= _alterations(rng)
    if commercial or floors >= 3:
        cells["pro_design"] = rng.choices(("是", "否", "不详"), (80, 17, 3))[0]
        cells["pro_build"] = cells["pro_design"] if rng.random() < 0.9 else "否"
    if commercial:
        cells |= _business(rng, lawful=cells.get("alteration_approved") != "否")
    if rng.random() < 0.04:
        cells["key_area"] = tuple(rng.sample(_KEY_AREAS, rng.choice((1, 1, 2))))
    if rng.random() < 0.02:
        cells["geo_hazard"] = "是"
    return cells


def _alterations(rng: Random) -> Cells:
    if rng.random() > 0.07:
        return {}
    return {
        "alterations": tuple(rng.sample(_ALTERATIONS, rng.choice((1, 1, 1, 2)))),
        "alteration_approved": rng.choice(("是", "是", "否")),
    }


def _business(rng: Random, *, lawful: bool) -> Cells:
    """What a house used for business has more; permits are missing only where trade is stopped."""
    kinds = tuple(rng.sample(_BUSINESSES, rng.choice((1, 1, 1, 1, 2))))
    permit = "有" if lawful else rng.choice(("有", "无"))
    cells: Cells = {"business": kinds, "occupants": rng.randint(1, 14), "business_permit": "有"}
    if rng.random() < 0.4:
        cells |= {"land_permit": "有", "construction_permit": permit}
    if rng.random() < 0.2:
        cells["user_name"] = people.name(rng)
    return cells


def _between(rng: Random, first: date, last: date) -> date:
    return first + timedelta(days=rng.randrange((last - first).days))
