"""The code that was probably meant by a text that names none. A hint asks for it; it is never the opposite of the text."""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from itertools import combinations

from zjf.intake.values.simplified import simplified
from zjf.likeness import most_similar
from zjf.schemas.vocabulary import ClosureBasis, CodeList, Control, Finding, InitialJudgement

_DENIALS = frozenset("无未没非不否")
_TAKEN_BACK = re.compile("解除|取消|撤销|恢复|消除|排除|作废")
"""Words that say that something was so and is no longer."""
_ONLY_MEANT = re.compile("拟|计划|打算|准备|建议|正在|[应需待将要]|中$")
"""Words that say that something is to be done, or is being done."""
_NOT_DONE_YET = re.compile("[未没待][有经进行]{0,2}[初]?[判查鉴复评核]")
_HOW_BAD = re.compile("严重|重大|较大|明显")
_BEFORE_OR_AFTER = "已未拟待将正在的"
_GRADE = re.compile("(?<![A-Z])[A-D](?![A-Z])")
_LATIN = re.compile("[A-Z]")
_ASSURANCES = frozenset("确仍还尚均都也")
_A_HAZARD_IN_PART = re.compile("[隐患险]|存在|一定|严重|^有")
"""What is left of 存在一定安全隐患 where 隐患 cannot be read; 安全 alone says the opposite."""
_LONG_ENOUGH = 3
_A_SLIP = 70
"""How similar a text is to the wording that it is with one letter wrong or missing: 钢筋昆凝土 is no 钢结构."""
_OPPOSITES = (
    ("工程", "管理"),
    ("整体", "局部"),
    ("整栋", "局部"),
    ("全部", "局部"),
    ("部分", "整体"),
    ("严重", "一定"),
    ("严重", "一般"),
    *combinations(("国家", "省", "市", "县"), 2),
)
_LIKE_OTHERS = re.compile("(?:结构|使用)$")
"""What many wordings of a list end with; two that have only this in common are not alike."""
_DONE = (Control, ClosureBasis)
"""Lists of what was done: 拟停止使用 is no 停止使用."""
_VERDICTS = (InitialJudgement, Finding)
"""Lists of verdicts: where two wordings are equally similar, neither is proposed."""


@lru_cache(maxsize=5_000)
def probably_meant(codes: type[CodeList], text: str) -> str | None:
    """Returns the official wording of the code most similar to a text; None where none is.

    A code that denies what the text asserts (有隐患 and 未发现安全隐患) is never proposed, nor the other way round.
    """
    text = simplified(text).upper()
    if exactly := codes.by_wording().get(text):
        return exactly
    if _says_no_code(codes, text):
        return None
    wordings = {
        wording: code for wording, code in codes.by_wording().items() if _may_be_meant(text, wording, code)
    }
    named = _named_in(text, wordings)
    if len(named) == 1:
        return next(code for code in codes if code.value == next(iter(named)))
    best = most_similar(text, wordings, _A_SLIP, in_part=False) or most_similar(text, wordings)
    if codes in _VERDICTS and len(set(best)) > 1:
        return None
    # Of equally similar wordings an official one is proposed, as the list offers it.
    return next((code for code in codes if code.value in best), None)


def _says_no_code(codes: type[CodeList], text: str) -> bool:
    """Whether a text takes back what it names, may deny it, says that nothing was judged yet, or is part of several codes."""
    if _TAKEN_BACK.search(text) or (codes in _DONE and _ONLY_MEANT.search(text)):
        return True
    if _may_deny(text, codes.by_wording()):
        return True
    if codes in _VERDICTS and "隐患" not in text and "安全" in text and _A_HAZARD_IN_PART.search(text):
        return True
    if codes in _VERDICTS and (_NOT_DONE_YET.search(text) or (_denies(text) and _HOW_BAD.search(text))):
        return True
    bare, wordings = text.strip(_BEFORE_OR_AFTER), codes.by_wording()
    return (
        bare != text
        and bare not in wordings
        and len({code for wording, code in wordings.items() if bare in wording}) > 1
    )


def _may_deny(text: str, wordings: Collection[str]) -> bool:
    """Whether a text is a denial but for the letter that denies, which may be lost: 口发现隐患."""
    return any(
        len(wording) == len(text)
        and all(
            letter == told or (told in _DENIALS and letter not in _ASSURANCES | _DENIALS)
            for letter, told in zip(text, wording, strict=True)
        )
        for wording in wordings
    )


def _named_in(text: str, wordings: Mapping[str, str]) -> set[str]:
    """Returns the codes of the longest wordings that a text contains."""
    longest = max((len(wording) for wording in wordings if wording in text), default=0)
    if longest < _LONG_ENOUGH:
        return set()
    return {code for wording, code in wordings.items() if len(wording) == longest and wording in text}


def _may_be_meant(text: str, wording: str, code: str) -> bool:
    if _denies(text) != _denies(wording):
        return False
    if len(wording) < _LONG_ENOUGH and wording not in text and text not in wording:
        return False  # half of so short a word is no likeness: 理发店 is no 饭店
    if len(text) < _LONG_ENOUGH and not _begin_alike(text, wording):
        return False  # 药店 is no 饭店, and 拆墙 is no 隔墙
    if {*_LIKE_OTHERS.sub("", text)}.isdisjoint(_LIKE_OTHERS.sub("", wording)):
        return False  # 砌体结构 is no 木结构, and 处理使用 no 停止使用
    if _LATIN.search(wording) and not _LATIN.search(text):
        return False  # 三级 is no grade of either standard
    wording_and_code = wording + code
    if not set(_GRADE.findall(text)) <= set(_GRADE.findall(wording_and_code)):
        return False  # 鉴定为D级 is not among A and B
    return not any(
        (one in text and other in wording_and_code) or (other in text and one in wording_and_code)
        for one, other in _OPPOSITES
    )


def _begin_alike(text: str, wording: str) -> bool:
    """Whether a short text may be a slip of the pen for a wording, or the short form of one."""
    return text in wording or wording in text or (text[0] == wording[0] and text[0] not in _DENIALS)


def _denies(text: str) -> bool:
    if "不安全" in text:
        return False
    return not _DENIALS.isdisjoint(text) or ("安全" in text and "隐患" not in text)
