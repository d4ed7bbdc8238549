"""Letters that were lost when a file was saved or opened in another encoding."""

import re
from codecs import getincrementaldecoder
from functools import lru_cache

_HAN = "\u3400-\u9fff"
_SHOWN_INSTEAD = "?？﹖"
"""What is shown of a letter that a program does not know; 张□□ is how some mask a name."""
_QUESTION = rf"(?<=[{_HAN}])[{_SHOWN_INSTEAD}]+(?=[{_HAN}\d])|^[{_SHOWN_INSTEAD}]+(?=[{_HAN}])|(?<=[{_HAN}])[{_SHOWN_INSTEAD}]+$|^[?？]+$"
_OF_A_WEB_PAGE = r"&(?:#\d{2,7}|#x[\da-fA-F]{2,6}|[a-z]{2,6});|\\u[\da-fA-F]{4}|(?:%[\dA-F]{2}){3}|=\?[\w-]+\?[BQ]\?|</?(?:br|p|span|div|font)\b"
"""Letters as a web page, a program or a mail writes them, and line breaks of a page."""
_QUESTIONS = rf"[{_HAN}]?\?{{2,}}[{_HAN}]|[{_HAN}]\?{{2,}}[{_HAN}]?"
_IN_A_NUMBER = re.compile(r"[?？]")
_LATIN = re.compile(r"[\u00a1-\u00ff]{2,}(?:[\u00a1-\u00ff ]*)")
_OF_WINDOWS = "\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122"
_UTF_8_AS_LATIN = re.compile(rf"[ä-é][ \u0080-\u00bf{_OF_WINDOWS}]{{2}}")
_OF_ONE_COMPUTER = "".join(map(chr, range(0xE000, 0xF900)))
"""Letters that each computer draws as it likes: rare characters of names, shown elsewhere as a box."""
_FEW = 4


def _letters(first: range, second: range) -> str:
    texts = (bytes((high, low)).decode("gbk", "ignore") for high in first for low in second)
    return "".join(letter for letter in texts if len(letter) == 1)


_LEADING = range(0xE4, 0xEA), range(0x80, 0xC0)
_LEADS = re.escape(_letters(*_LEADING))
BEGIN_LOST = frozenset(
    f"\ufffd{_OF_ONE_COMPUTER}{_SHOWN_INSTEAD}&\\%=<锟锘烫屯{''.join(map(chr, range(0xA1, 0x100)))}{_letters(*_LEADING)}"
)
"""Every sign of lost letters begins with one of these."""


# Few texts need these: `re` compiles and keeps each when it is first asked for.
_WORTH_LOOKING_AT = f"[\ufffd\ue000-\uf8ff{_SHOWN_INSTEAD}\u00a1-\u00ff]|{_OF_A_WEB_PAGE}|锟|锘|烫|屯屯|[{_LEADS}](?=[^\x00\\s])"
_BEHIND_A_MARK = re.escape(_letters(range(0xBF, 0xC0), range(0x40, 0xFF)))
_REPLACED = rf"[\ufffd\ue000-\uf8ff]|锟斤拷|^锘[{_BEHIND_A_MARK}]|烫烫烫|屯屯屯|{_OF_A_WEB_PAGE}"
_UTF_8_AS_GBK = f"[{_LEADS}](?=.)"


def may_be_lost(text: str) -> bool:
    """Whether a text may have lost letters; nearly every text has no sign of it, which is quickly seen."""
    return not BEGIN_LOST.isdisjoint(text) and are_perhaps_lost_in(text)


def are_perhaps_lost_in(texts: str) -> bool:
    """Whether one of many texts, joined by NUL, may have lost letters."""
    return bool(re.search(_WORTH_LOOKING_AT, texts))


@lru_cache(maxsize=20_000)
def has_lost_letters(text: str, *, free: bool, number: bool = False) -> bool:
    """Whether a text shows that letters of it were lost.

    Args:
        free: Whether it is free text, in which a question mark may be meant.
        number: Whether it is an identifier, in which a question mark is never meant.
    """
    if number and _IN_A_NUMBER.search(text):
        return True
    if re.search(_REPLACED, text) or re.search(_QUESTIONS if free else _QUESTION, text):
        return True
    if any(_is_han(match.group().strip().encode("latin-1"), "gbk") for match in _LATIN.finditer(text)):
        return True
    if any(_is_utf_8_as_latin(match.group()) for match in _UTF_8_AS_LATIN.finditer(text)):
        return True
    return any(_is_utf_8_as_gbk(text[match.start() :]) for match in re.finditer(_UTF_8_AS_GBK, text))


def _is_han(data: bytes, encoding: str) -> bool:
    try:
        text = data.replace(b" ", b"").decode(encoding)
    except UnicodeDecodeError:
        return False
    return _all_han(text)


def _is_utf_8_as_latin(letters: str) -> bool:
    """Whether three letters of Western Europe are the bytes of a Chinese one (a space was no space)."""
    data = b"".join(letter.encode("latin-1" if ord(letter) < 0x100 else "cp1252") for letter in letters)
    return _is_han(data.replace(b" ", b"\xa0"), "utf-8")


def _is_utf_8_as_gbk(text: str) -> bool:
    """Whether a text, written as GBK, is the bytes of Chinese in UTF-8 (its last letter may be cut)."""
    han = re.match(rf"[{_HAN}\ue000-\uf8ff€]+", text)
    data = han.group().encode("gb18030")[: 3 * _FEW] if han else b""
    try:
        decoded = getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False
    return len(decoded) >= 2 or (len(decoded) == 1 and len(data) == 4) if _all_han(decoded) else False


def _all_han(text: str) -> bool:
    return bool(text) and all("\u3400" <= letter <= "\u9fff" for letter in text)
