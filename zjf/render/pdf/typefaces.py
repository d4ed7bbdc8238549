"""The typefaces of the office style: which of them a machine has, and which others replace them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_SONG = ("SimSun", "宋体", "FZShuSong-Z01S", "FZShuSong-Z01", "STSong", "华文宋体")
_NOTO_SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Source Han Serif CN")
_NOTO_SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "WenQuanYi Zen Hei")
_ANY_CHINESE = re.compile(r"CJK|Han S|Hei|Song|Ming|Kai|Fang|[宋黑楷仿]|Droid Sans Fallback", re.IGNORECASE)


@dataclass(frozen=True)
class Face:
    """A typeface.

    Font files name themselves in English or in Chinese, so names are listed both ways. Windows has
    仿宋, 楷体, 黑体 and 宋体; 麒麟 and UOS have Founder's or Noto; Linux has Noto.

    Args:
        name: Its name in offices.
        own: Its names in font files.
        stand_ins: The typefaces that may replace it, the best first.
    """

    name: str
    own: tuple[str, ...]
    stand_ins: tuple[str, ...]

    def among(self, installed: Iterable[str]) -> list[str]:
        """Returns the installed families to set it in; as a last resort, any Chinese one."""
        installed_by_name = {name.casefold(): name for name in installed}
        families = [
            installed_by_name[name.casefold()]
            for name in (*self.own, *self.stand_ins)
            if name.casefold() in installed_by_name
        ]
        return (
            families or sorted(name for name in installed_by_name.values() if _ANY_CHINESE.search(name))[:1]
        )

    def is_own(self, family: str) -> bool:
        return family.casefold() in {name.casefold() for name in self.own}


FACES = {
    "title": Face(
        "方正小标宋",
        ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "FZXiaoBiaoSong-B05", "方正小标宋_GBK"),
        ("STZhongsong", "华文中宋", *_NOTO_SERIF, *_SONG, *_NOTO_SANS),
    ),
    "body": Face(
        "仿宋",
        ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "FZFangSong-Z02S", "FZFangSong-Z02"),
        ("方正仿宋_GBK", "STFangsong", "华文仿宋", *_SONG, *_NOTO_SERIF, *_NOTO_SANS),
    ),
    "head": Face(
        "黑体",
        ("SimHei", "黑体", "FZHei-B01S", "FZHei-B01", "方正黑体_GBK"),
        ("STHeiti", *_NOTO_SANS, "Microsoft YaHei", "微软雅黑", *_SONG, *_NOTO_SERIF),
    ),
    "kai": Face(
        "楷体",
        ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "FZKai-Z03S", "FZKai-Z03", "方正楷体_GBK"),
        ("STKaiti", "华文楷体", "AR PL UKai CN", *_SONG, *_NOTO_SERIF, *_NOTO_SANS),
    ),
}
"""The typefaces by their roles in the templates."""


def choose_families(installed: Iterable[str]) -> dict[str, list[str]]:
    """Returns the families for every typeface; empty lists where the machine has no Chinese font at all."""
    families = list(installed)
    return {role: face.among(families) for role, face in FACES.items()}
