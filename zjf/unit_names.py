"""How places call themselves: reporting units, which are a place and a kind of unit, and villages."""

import re

_KIND = re.compile(
    r"(?:街道办事处|街道办|街道|办事处|民族乡|管理处|管委会|经济开发区|开发区|镇|乡)?(?:人民政府|政府)?$"
)
COMMITTEE = "村民委员会|居民委员会|村委会|居委会"
VILLAGE = f"{COMMITTEE}|社区|村"
"""How the names of villages and of their offices end, for patterns."""


def without_kind(unit: str) -> str:
    """Returns the name of a unit without the kind of unit that it is: 青石 for 青石镇 and for 青石乡人民政府."""
    return _KIND.sub("", unit, count=1)
