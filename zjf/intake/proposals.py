"""Which code was probably meant by a text that is none: asked in a hint, and never the opposite of what was written."""

import re
from functools import lru_cache

from zjf.intake.likeness import likest
from zjf.schemas.vocabulary import CodeList, Finding, InitialJudgement

_DENIALS = frozenset("无未没非不否")
_LATIN = re.compile("[A-Z]")
_LONG_ENOUGH = 3
_OPPOSITES = (
    ("工程", "管理"),
    ("整体", "局部"),
    ("整栋", "局部"),
    ("严重", "一定"),
    ("严重", "一般"),
)
_VERDICTS = (InitialJudgement, Finding)
"""Lists in which two wordings that are equally near are two verdicts: neither may be put into anybody's mouth."""


@lru_cache(maxsize=5_000)
def probably_meant(codes: type[CodeList], text: str) -> str | None:
    """The official wording of the code whose wordings look most like a text, if any does.

    None of a code that denies what the text asserts (有隐患 and 未发现安全隐患), or the other way round.

    Args:
        codes: The list.
        text: What was written.
    """
    text = text.upper()
    wordings = {
        wording: code for wording, code in codes.by_wording().items() if _may_be_meant(text, wording, code)
    }
    best = likest(text, wordings)
    if codes in _VERDICTS and len(set(best)) > 1:
        return None
    # Of wordings that are equally near, an official one was meant: it is what the list offers.
    return next((code for code in codes if code.value in best), None)


def _may_be_meant(text: str, wording: str, code: str) -> bool:
    if _denies(text) != _denies(wording):
        return False
    if len(wording) < _LONG_ENOUGH and wording not in text and text not in wording:
        return False  # half of so short a word is no likeness: 理发店 is no 饭店
    if _LATIN.search(wording) and not _LATIN.search(text):
        return False  # 三级 is no grade of either standard
    says = wording + code
    return not any(
        (one in text and other in says) or (other in text and one in says) for one, other in _OPPOSITES
    )


def _denies(text: str) -> bool:
    return not _DENIALS.isdisjoint(text) or ("安全" in text and "隐患" not in text)
