"""Made-up owners: names, identity numbers, credit codes and telephones.

The numbers have valid check digits, and an area code (99xxxx) that was never given to any place.
"""

from datetime import date, timedelta
from random import Random

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹苏潘范彭马方任袁柳唐罗薛贺汤"
_GIVEN = "守田德顺桂兰玉梅长根水生春秀茂林永福素芬建业广才月娥志远小满立夏庆丰有余安澜启明景和念慈"
_AREA = "990101"
_ID_WEIGHTS = tuple(2**power % 11 for power in range(17, 0, -1))
_ID_DIGITS = "10X98765432"
_CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(3**power % 31 for power in range(17))
_PARENTS_BORN = (date(1938, 1, 1), date(1995, 12, 31))
_FIRMS = ("云水县{}商贸有限公司", "云水县{}餐饮服务部", "云水县{}农产品专业合作社", "云水县{}木器加工厂")


def name(rng: Random) -> str:
    return rng.choice(_SURNAMES) + "".join(rng.choices(_GIVEN, k=rng.choice((1, 2, 2, 2))))


def firm(rng: Random) -> str:
    return rng.choice(_FIRMS).format("".join(rng.choices(_GIVEN, k=2)))


def identity_number(rng: Random) -> str:
    """An 18-digit number of GB 11643; the last digit makes the weighted sum 1 modulo 11."""
    body = f"{_AREA}{_birthday(rng):%Y%m%d}{rng.randrange(1000):03}"
    return body + _ID_DIGITS[sum(int(d) * w for d, w in zip(body, _ID_WEIGHTS, strict=True)) % 11]


def old_identity_number(rng: Random) -> str:
    """The 15-digit number of before 1999: no century, no check digit."""
    return f"{_AREA}{_birthday(rng):%y%m%d}{rng.randrange(1000):03}"


def credit_code(rng: Random) -> str:
    """A unified social credit code of GB 32100."""
    body = f"91{_AREA}" + "".join(rng.choices(_CREDIT_LETTERS, k=9))
    total = sum(_CREDIT_LETTERS.index(c) * w for c, w in zip(body, _CREDIT_WEIGHTS, strict=True))
    return body + _CREDIT_LETTERS[-total % 31]


def mobile(rng: Random) -> str:
    return f"13{rng.randrange(10)}0000{rng.randrange(10_000):04}"


def owner(rng: Random) -> dict[str, str]:
    """The owner's cells: mostly one person, seldom a couple or a firm, seldom without a number."""
    lot = rng.random()
    if lot < 0.015:
        return {"owner_name": firm(rng), "owner_id": credit_code(rng), "owner_phone": mobile(rng)}
    if lot < 0.025:
        pair = f"{identity_number(rng)}、{identity_number(rng)}"
        return {"owner_name": f"{name(rng)}、{name(rng)}", "owner_id": pair, "owner_phone": mobile(rng)}
    cells = {"owner_name": name(rng)}
    if lot < 0.035:
        return cells | {"owner_id": old_identity_number(rng)}
    if lot < 0.97:
        cells["owner_id"] = identity_number(rng)
    if rng.random() < 0.8:
        cells["owner_phone"] = mobile(rng)
    return cells


def _birthday(rng: Random) -> date:
    first, last = _PARENTS_BORN
    return first + timedelta(days=rng.randrange((last - first).days))
