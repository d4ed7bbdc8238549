"""The places of the made-up county: its reporting units, their villages, its three weeks."""

from dataclasses import dataclass
from datetime import date

COUNTY = "云水县"
OFFICE = "云水县自建房安全专项整治工作领导小组办公室"
NOTICE = "jiaxiang-2024"

PERIODS = {
    "2024-W21": date(2024, 5, 24),
    "2024-W22": date(2024, 5, 31),
    "2024-W23": date(2024, 6, 7),
}
"""Each period's closing day: its Friday."""


@dataclass(frozen=True)
class Place:
    """A reporting unit.

    Args:
        code: Two digits that begin its houses' numbers.
        name: As the county's roster has it.
        houses: How many it had surveyed before the first period.
        commercial: The share of its houses used for business.
        pace: How long its works take, against the county's usual.
        aliases: Other names it goes by.
    """

    code: str
    name: str
    houses: int
    commercial: float
    pace: float
    aliases: tuple[str, ...] = ()

    @property
    def villages(self) -> tuple[str, ...]:
        """One village for some sixty houses; 社区 in a street office."""
        start = int(self.code) * 7
        count = max(3, self.houses // 60)
        suffix = "社区" if self.name.endswith("街道") else "村"
        return tuple(_VILLAGES[(start + i * 3) % len(_VILLAGES)] + suffix for i in range(count))


_VILLAGES = (
    *("柳湾", "石桥", "上塘", "下塘", "金鸡岭", "张家坝", "白果", "清水", "团山", "高岩", "红旗", "新华"),
    *("水磨", "枣园", "桃花", "月亮湾", "龙泉", "凤凰", "青杠", "黄泥坡", "三溪", "五里", "大屋", "古井"),
    *("麻柳", "桐梓", "双河", "中心", "长岭", "燕窝", "荷塘", "杉树", "沙坪", "老街", "油坊", "碾子"),
    *("朝阳", "东风", "和平", "向阳", "观音岩"),
)

PLACES = (
    Place("01", "城关街道", 900, 0.22, 0.8, ("城关街道办", "城关街道办事处")),
    Place("02", "青石镇", 780, 0.13, 1.0, ("青石镇人民政府", "青石")),
    Place("03", "柳溪镇", 640, 0.11, 1.2, ("柳溪镇人民政府",)),
    Place("04", "白鹭镇", 560, 0.12, 0.9, ("白鹭镇人民政府",)),
    Place("05", "双桥镇", 520, 0.10, 1.5, ("双桥镇人民政府",)),
    Place("06", "枫林镇", 480, 0.09, 0.7, ("枫林镇人民政府",)),
    Place("07", "大坪乡", 420, 0.06, 1.8, ("大坪乡人民政府", "大坪")),
    Place("08", "龙潭镇", 400, 0.12, 1.1, ("龙潭镇人民政府",)),
    Place("09", "东湖街道", 380, 0.20, 0.6, ("东湖街道办", "东湖街道办事处")),
    Place("10", "黄土岭乡", 250, 0.05, 2.0, ("黄土岭乡人民政府",)),
    Place("11", "竹溪乡", 180, 0.06, 1.3, ("竹溪乡人民政府",)),
    Place("12", "马家坳乡", 120, 0.05, 1.0, ("马家坳乡人民政府", "马家坳")),
    Place("13", "望江镇", 90, 0.14, 0.9, ("望江镇人民政府",)),
    Place("14", "石岭矿区管理处", 160, 0.08, 1.4, ("石岭矿区", "矿区管理处")),
)


def roster() -> str:
    """The units and their aliases, as a county hands them to `zjf init --from`."""
    lines = ["填报单位,别名", *(f"{place.name},{'、'.join(place.aliases)}" for place in PLACES)]
    return "\n".join(lines) + "\n"


def settings() -> str:
    """The county's `zjf.toml`."""
    units = (f'[[units]]\nname = "{place.name}"\naliases = [{_listed(place.aliases)}]\n' for place in PLACES)
    county = f'[county]\nname = "{COUNTY}"\noffice = "{OFFICE}"\nnotice = "{NOTICE}"\n'
    return "\n".join((county, *units))


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)
