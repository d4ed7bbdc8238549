"""Identity numbers (GB 11643), credit codes (GB 32100), other documents, and telephone numbers."""

import re
from collections.abc import Collection
from datetime import date
from functools import lru_cache
from itertools import compress
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray
from stdnum.cn import ric, uscc

_SEPARATORS = re.compile(r"[、，,;；\n\r/|]+|\s{2,}|(?<=[\dXx])\s+(?=\d{15})")
_JOINTS = re.compile(r"[\s\-.·]")
_LABEL = re.compile(r"^(?:公民身份号码|身份证号?码?|证件号码?|(?:统一社会)?信用代码)[:：]?")
_IDENTITY = re.compile(r"[0-9]{17}[0-9X]")
_OLD_IDENTITY = re.compile(r"[0-9]{15}")
_CREDIT_CODE = re.compile(r"[0-9A-Z]{18}")
_DIGITS = re.compile(r"[0-9]+X?")
_MANY_DIGITS = 13
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_LENGTH, _TEN, _X = 18, 10, ord("X") - ord("0")
_BINARY = 2 ** np.arange(_LENGTH - 1, 0, -1)
"""The weights of the digits in front of the check digit (GB 11643): powers of two, modulo 11."""
_THOUSANDS, _TENS = np.array([1000, 100, 10, 1]), np.array([10, 1])
_EARLIEST = 1850
"""Nobody in a ledger was born before that year."""
_NO_MONTH = 13
_LENGTHS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0])
"""How many days the months have, by their numbers; 0 and 13 are none."""
_BETWEEN_PHONES = re.compile(r"[、，,;；\n\r/|]+|\s{2,}|(?<=\d{7})\s+(?=[01]\d{2})")
_IN_PHONES = re.compile(r"[\s()（）]")
A_PHONE = re.compile(
    r"(?:\+?86-?)?1[3-9][0-9]-?[0-9]{4}-?[0-9]{4}"
    r"|(?:0[0-9]{2,3}-?)?[2-9][0-9]{6,7}(?:[转\-][0-9]{1,5})?"
    r"|[48]00-?[0-9]{3}-?[0-9]{4}"
)


class Wrong(NamedTuple):
    """A document that is not as it should be: C107 or C115, and what is wrong with it."""

    code: str
    what: str


def is_identity(number: str) -> bool:
    """Whether it is an identity number of 18 digits with a right check digit and a real birthday."""
    return (
        _IDENTITY.fullmatch(number) is not None
        and _birthday(number[6:14]) is not None
        and ric.calc_check_digit(number) == number[-1]
    )


def identities_among(values: Collection[object]) -> list[bool]:
    """Returns for each of many values whether `is_identity` holds, all computed at once."""
    likely = [isinstance(value, str) and len(value) == _LENGTH and value.isascii() for value in values]
    numbers = cast("list[str]", list(compress(values, likely)))
    digits = np.frombuffer("".join(numbers).encode("ascii"), dtype=np.uint8).reshape(-1, _LENGTH) - ord("0")
    first, last = digits[:, :-1], np.where(digits[:, -1] == _X, _TEN, digits[:, -1] % _TEN)
    numeric = (first < _TEN).all(axis=1) & ((digits[:, -1] < _TEN) | (digits[:, -1] == _X))
    valid = numeric & (last == (1 - first @ _BINARY) % 11) & _are_birthdays(digits[:, 6:14])
    results = iter(valid.tolist())
    return [is_likely and next(results) for is_likely in likely]


def _are_birthdays(digits: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Returns for each row of eight digits whether `_birthday` finds one."""
    years, months, days = digits[:, :4] @ _THOUSANDS, digits[:, 4:6] @ _TENS, digits[:, 6:] @ _TENS
    is_leap = (years % 4 == 0) & ((years % 100 != 0) | (years % 400 == 0))
    lengths = _LENGTHS[np.minimum(months, _NO_MONTH)] + (is_leap & (months == 2))
    are_days: NDArray[np.bool_] = (days >= 1) & (days <= lengths)
    are_days &= (years >= _EARLIEST) & (years <= date.today().year)
    return are_days


def read_documents(text: str) -> tuple[str, Wrong | None]:
    """Returns the documents in a cell, joined by 、, and the worst problem of any of them."""
    parts = [_document(part) for part in _SEPARATORS.split(text) if part.strip()]
    problems = [wrong for part in parts if (wrong := _wrong(part))]
    worst = min(problems, key=lambda wrong: wrong.code, default=None)
    return "、".join(parts), worst


def read_phones(text: str) -> tuple[str, bool]:
    """Returns the telephone numbers in a cell, joined by 、, and whether all of them are valid."""
    if A_PHONE.fullmatch(text):
        return text, True
    parts = [part.strip().removesuffix(".0") for part in _BETWEEN_PHONES.split(text) if part.strip()]
    plain = [_IN_PHONES.sub("", part).replace("—", "-") for part in parts]
    return "、".join(parts), all(map(A_PHONE.fullmatch, plain))


def _document(part: str) -> str:
    """A document's number without the spaces in it, and without its kind written in front."""
    return _LABEL.sub("", _JOINTS.sub("", part)).upper()


def is_credit_code(number: str) -> bool:
    """Whether it is a unified social credit code (GB 32100), with the organisation code inside it (GB 11714).

    A wrong number of digits alone has a right last character by chance in one case of ten. So its organisation code
    is checked, too, and it must hold no date of birth, as an identity number does.
    """
    if not uscc.is_valid(number):
        return False
    if not _IDENTITY.fullmatch(number):
        return True
    return _birthday(number[6:14]) is None and _is_organisation(number[8:17])


def _is_organisation(code: str) -> bool:
    total = sum(weight * int(letter, 36) for weight, letter in zip(_WEIGHTS, code[:8], strict=True))
    return "0123456789X"[-total % 11] == code[8]


def _wrong(number: str) -> Wrong | None:
    if _IDENTITY.fullmatch(number):
        fault = "校验码不符" if _birthday(number[6:14]) else "中的出生日期不存在"
        return None if is_identity(number) or is_credit_code(number) else Wrong("C107", fault)
    if _CREDIT_CODE.fullmatch(number):
        return None if is_credit_code(number) else Wrong("C107", "中的统一社会信用代码校验不符")
    if _OLD_IDENTITY.fullmatch(number):
        return None if _birthday(f"19{number[6:12]}") else Wrong("C107", "中的出生日期不存在")
    if _DIGITS.fullmatch(number) or sum(map(str.isdigit, number)) > _MANY_DIGITS:
        return Wrong("C107", f"有 {len(number)} 位，应为 18 位（老证 15 位）")
    return Wrong("C115", "不是身份证号或统一社会信用代码")


@lru_cache(maxsize=50_000)
def _birthday(digits: str) -> date | None:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return day if _EARLIEST <= day.year <= date.today().year else None
