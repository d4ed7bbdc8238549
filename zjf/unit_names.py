"""The names of reporting units: a place, and the kind of unit that it is."""

import re

_KIND = re.compile(
    r"(?:街道办事处|街道办|街道|办事处|民族乡|管理处|管委会|经济开发区|开发区|镇|乡)?(?:人民政府|政府)?$"
)


def without_kind(unit: str) -> str:
    """Returns the name of a unit without the kind of unit that it is: 青石 for 青石镇 and for 青石乡人民政府."""
    return _KIND.sub("", unit, count=1)
