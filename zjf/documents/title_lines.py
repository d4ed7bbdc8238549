"""The lines of a long title: of like length, and no word parted (GB/T 9704 7.3.1)."""

import re
from collections.abc import Sequence

WHOLE_WORDS = (
    "自建房|住房|安全|专项整治|攻坚行动|经营性|问题整改|“百日攻坚”行动|贫困人口|困难群众|验收评估|总结报告|报告|"
    "工作领导小组|办公室|问题线索|情况|管理制度|核查清单|工作台账|复核台账|隐患|排查|抽查|通报|周报|通知|重新"
)
"""A regular expression for the words that a title's line does not end within."""
_WORD = re.compile(rf"{WHOLE_WORDS}|[^\W\u4e00-\u9fff]+|.")
_LINE = 20
"""How many characters of a title's size (22 points) a line of the type area (156 mm) has room for."""
_SIGNED_LINE = 25
"""How many characters (16 points) of the name of the office that signs have room, the indent left off."""


def title_lines(title: str) -> list[str]:
    """Returns the lines of a title: one if it fits, else as few as needed, whose longest is the shortest."""
    return _balanced(title, _LINE)


def office_lines(office: str) -> list[str]:
    """Returns the lines of the name of the office that signs a letter."""
    return _balanced(office, _SIGNED_LINE)


def _balanced(text: str, room: int) -> list[str]:
    if len(text) <= room:
        return [text]
    words = _WORD.findall(text)
    fewest = len(_filled(words, room))
    return next(lines for limit in range(1, room + 1) if len(lines := _filled(words, limit)) == fewest)


def _filled(words: Sequence[str], limit: int) -> list[str]:
    """Returns words in lines of at most so many characters; a longer word has a line of its own."""
    lines = [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + len(word) > limit:
            lines.append("")
        lines[-1] += word
    return lines
