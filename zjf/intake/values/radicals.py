"""Letters that stand for a character of the same look, as text copied out of a PDF has them: ⻘⽯镇 is 青石镇.

They are radicals, and the characters that Unicode keeps a second time for compatibility (U+F900 to U+FAFF).
"""

import re
import unicodedata

_IN_UTF_8 = (
    (b"\xe2", re.compile(rb"\xe2(?:[\xba-\xbe][\x80-\xbf]|\xbf[\x80-\x9f])")),
    (b"\xef", re.compile(rb"\xef[\xa4-\xab]")),
)
"""What finds one in the bytes of a text, behind its first byte, which is faster to find."""
_RADICAL = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
_SUPPLEMENT = "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
_CHARACTERS = "厂乛乚乙亻冂几刀刂卜㔾小小兀尣尢尢巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王疋目示礻竹糹纟罓罒网冗网羊羊羊耂肀聿肉臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶邑钅長镸长门阜阝雨青韦页风飞食食飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
_OTHERS = {
    chr(place): unicodedata.normalize("NFKC", chr(place))
    for place in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00))
}
_TABLE = str.maketrans(dict(zip(_SUPPLEMENT, _CHARACTERS, strict=True)) | _OTHERS)
"""Unicode's property Equivalent_Unified_Ideograph; where it names a rare part, the character in common use."""


def may_hold_radicals(data: bytes) -> bool:
    """Whether such a letter may stand in a text in UTF-8."""
    return any(first in data and sign.search(data) for first, sign in _IN_UTF_8)


def has_radicals(text: str) -> bool:
    return bool(_RADICAL.search(text))


def without_radicals(text: str) -> str:
    """The text with every radical as the character that it stands for."""
    return text if text.isascii() else text.translate(_TABLE)
