"""Radicals that stand for whole characters, as text copied out of a PDF has them: ⻘⽯镇 is 青石镇."""

import re
import unicodedata

IN_UTF_8 = re.compile(rb"\xe2(?:[\xba-\xbe][\x80-\xbf]|\xbf[\x80-\x9f])")
"""Finds a radical in the bytes of a text."""
BEGINS_UTF_8 = b"\xe2"
"""The first byte of each, which is faster to find."""

_RADICAL = re.compile("[\u2e80-\u2fdf]")
_SUPPLEMENT = "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
_CHARACTERS = "厂乛乚乙亻冂几刀刂卜㔾小小兀尣尢尢巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王疋目示礻竹糹纟罓罒网冗网羊羊羊耂肀聿肉臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶邑钅長镸长门阜阝雨青韦页风飞食食飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
_KANGXI = {chr(place): unicodedata.normalize("NFKC", chr(place)) for place in range(0x2F00, 0x2FD6)}
_TABLE = str.maketrans(dict(zip(_SUPPLEMENT, _CHARACTERS, strict=True)) | _KANGXI)
"""Unicode's property Equivalent_Unified_Ideograph; where it names a rare part, the character in common use."""


def has_radicals(text: str) -> bool:
    return bool(_RADICAL.search(text))


def without_radicals(text: str) -> str:
    """The text with every radical as the character that it stands for."""
    return text if text.isascii() else text.translate(_TABLE)
