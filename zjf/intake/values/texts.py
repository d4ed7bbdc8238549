"""Reading text: names, places, remarks, identifiers, documents and telephone numbers."""

import re
from collections.abc import Callable
from datetime import date, time

from zjf.intake.rows.sheet_column import SheetColumn
from zjf.intake.rows.sheet_values import Value
from zjf.intake.values.dates import SHOWN_AS_A_DAY, became_a_day
from zjf.intake.values.documents import A_PHONE, read_documents, read_phones
from zjf.intake.values.lost_letters import BEGIN_LOST, are_perhaps_lost_in, has_lost_letters, may_be_lost
from zjf.intake.values.placeholders import NOT_YET, UNKNOWN, holds_placeholders
from zjf.intake.values.readings import (
    BLANK,
    DITTOS,
    INVISIBLE,
    NOTHING,
    SHOWN,
    Context,
    Reading,
    half_width,
    has_lost_digits,
    tidy,
    without_invisible,
)
from zjf.intake.values.several_numbers import are_several, has_range
from zjf.schemas import Field
from zjf.schemas.kinds import Kind
from zjf.unit_names import VILLAGE

_TO_BE_TIDIED = re.compile(rf"[\s{INVISIBLE}０-９Ａ-Ｚａ-ｚ]|_x000D_|^'")
_TIDIED_OR_A_FAULT = re.compile(rf"[\s{INVISIBLE}０-９Ａ-Ｚａ-ｚ#\x01-\x1f\x7f\udb40]")
"""What has to be tidied away and what may be a fault; of white space, the space itself is looked at apart.

U+DB40 is the first half of invisible letters beyond the first 65,536.
"""
_SPACE_TO_DROP = re.compile(r"  |\x00 | \x00|(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
_MAY_BE_A_DAY = re.compile(
    r"\x00(?:\d{1,2}月\d{1,2}日|\d{1,2}-[A-Z][a-z]{2}|[A-Z][a-z]{2}-\d{2}|\d{4}年\d{1,2}月|\d{4}[年./\-]\s*\d{1,2}[月./\-]\s*\d{1,2})"
)
_PLAIN = {
    Kind.IDENTIFIER: re.compile(r"(?:[0-9A-Z][0-9A-Z\-]*+(?:\x00|$))*+"),
    Kind.PHONES: re.compile(rf"(?:(?:{A_PHONE.pattern})(?:\x00|$))*+"),
}
_FULL_WIDTH = re.compile(r"[０-９Ａ-Ｚａ-ｚ]+")
_WORDLESS = re.compile(r"[\W_]+")
_A_WORDLESS_ONE = re.compile(r"\x00[^\w\x00]+(?=\x00)|\x00_+(?=\x00)")
_A_FIGURE = re.compile(r"\x00\d+(?=\x00)")
_Finds = Callable[[str], object]
_SIGNS: tuple[tuple[_Finds, _Finds], ...] = (
    (re.compile(" ").search, _SPACE_TO_DROP.search),
    (re.compile("'").search, re.compile("\x00'").search),
    (re.compile("_").search, re.compile("_x000D_").search),
    (re.compile("[(]").search, re.compile("(?:DISPIMG|=.*IMAGE)[(]").search),
    (re.compile(":").search, re.compile(r"(?:Err|错误):5\d\d").search),
    (re.compile("（").search, re.compile("\x00（").search),
    (BEGIN_LOST.intersection, are_perhaps_lost_in),
    (re.compile(r"[月年\-./]").search, _MAY_BE_A_DAY.search),
    (re.compile(r"\d").search, _A_FIGURE.search),
    (re.compile(r"[^\w\x00]|_").search, _A_WORDLESS_ONE.search),
)
"""What finds that texts, parted by NUL, are more than texts, each behind what finds a letter that it cannot do without."""
_SPACES = re.compile(r"\s+")
# Few texts need these: `re` compiles and keeps each when it is first asked for.
_BETWEEN_VILLAGES = rf"(?<=[村区会])\s+(?=[\u3400-\u9fff]{{1,10}}(?:{VILLAGE})(?:\s|$))"
"""Two villages below each other in one cell are no one village with a long name (D406)."""
_SPACE_IN_CHINESE = r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])"
_SPACE_IN_A_NAME = rf"{_SPACE_IN_CHINESE}(?!(?<=[\u3400-\u9fff]{{2}} )[\u3400-\u9fff]{{2}})"
"""Between two letters and two others it parts two names."""
_OF_PEOPLE = ("人", "姓名", "对象")
"""How headings end below which people are named."""
_NOT_NUMBERED = frozenset(
    {"待编", "待编号", "未编", "未编号", "无编号", "没有编号", "暂无编号", *NOT_YET, *UNKNOWN}
)
"""What stands in place of a number that nobody has given yet."""
_SHOWN_SHORT = re.compile(r"\d\.\d+[eE]\+?\d{2,}|\d[eE]\+\d{2,}")
_WHOLE_DAY = re.compile(r"\d{4}/\d{1,2}/\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日")
_LOST_LETTERS = f"「{SHOWN}」里有字丢失或成了乱码"
_DAY_INSTEAD = Reading(code="C117", what=f"变成了日期「{SHOWN}」")
_NOTHING_ABOVE = Reading(
    code="C101", what=f"写着「{SHOWN}」，紧挨的上一行没有可以照抄的", hint="请把内容写出来；没有的请留空。"
)
_NO_NAME = Reading(code="C101", what="只写了数字，没有写姓名", hint="请填写姓名或单位名称。")
_LOST = Reading(code="C110", what="被存成了数字，末几位已丢失")


def are_plain(kind: Kind, column: SheetColumn) -> bool:
    """Whether all the values of a column are texts that mean what they say as they stand.

    Nearly every long column of names, addresses and house numbers is: it is looked at as one text.
    """
    if not column.holds_only_texts:
        return False
    if kind is not Kind.TEXT:
        is_plain = _PLAIN[kind].fullmatch(column.joined) and not has_range(column.joined)
        return bool(is_plain and not (kind is Kind.IDENTIFIER and holds_placeholders(column)))
    says_nothing = any(text[0] in column.letters and column.holds(text) for text in NOTHING if text)
    return not (says_nothing or holds_placeholders(column) or _may_be_more_than_text(column))


def _may_be_more_than_text(column: SheetColumn) -> bool:
    """Whether something in a column of texts has to be tidied, says no text or may be a fault.

    Each sign is looked for by itself: an expression for all of them takes several times as long.
    """
    if _TIDIED_OR_A_FAULT.search(column.letters.replace(" ", "")):
        return True
    parted = f"\x00{column.joined}\x00"
    return any(finds_letter(column.letters) and finds_sign(parted) for finds_letter, finds_sign in _SIGNS)


def read_text(field: Field, raw: Value, context: Context) -> Reading:
    """Any text. A space that makes a name of two characters as wide as one of three is dropped."""
    if field.name == "village" and isinstance(raw, str):
        reading = _read_village(raw)
    else:
        names_people = field.heading.text.endswith(_OF_PEOPLE)
        reading = _read_text(raw, _SPACE_IN_A_NAME if names_people else _SPACE_IN_CHINESE)
    if reading.value in DITTOS and not field.free_text:
        return _NOTHING_ABOVE
    if not field.free_text and became_a_day(raw):
        return _DAY_INSTEAD
    if isinstance(raw, str) and may_be_lost(raw) and has_lost_letters(raw, free=field.free_text):
        return reading._replace(code="C116", what=_LOST_LETTERS)
    if field.required and field.personal and str(reading.value).isdecimal():
        return _NO_NAME
    return BLANK if _names_nothing(field, str(reading.value)) else reading


def _read_village(raw: str) -> Reading:
    parted = re.sub(_BETWEEN_VILLAGES, "、", raw)
    reading = _read_text(parted)
    return reading if parted == raw else reading._replace(repaired=True)


def _names_nothing(field: Field, text: str) -> bool:
    """Whether a text is no name where one is asked for: ↓, …, √, 待定. Whose a house is may be unknown."""
    if field.free_text or not (field.required or field.required_when):
        return False
    unknown = text in UNKNOWN and not (field.required and field.personal)
    return unknown or text in NOT_YET or bool(_WORDLESS.fullmatch(text))


def _read_text(raw: Value, space_to_drop: str = _SPACE_IN_CHINESE) -> Reading:
    if not isinstance(raw, str):
        return _LOST if has_lost_digits(raw) else Reading(tidy(raw), repaired=isinstance(raw, date))
    if not _TO_BE_TIDIED.search(raw):
        return BLANK if raw in NOTHING else Reading(raw)
    text = _SPACES.sub(" ", without_invisible(raw)).strip().removeprefix("'")  # a program's sign of a text
    text = re.sub(space_to_drop, "", text)
    text = _FULL_WIDTH.sub(lambda found: half_width(found.group()), text)
    return BLANK if text in NOTHING else Reading(text, repaired=text != raw.strip())


def read_identifier(field: Field, raw: Value, context: Context) -> Reading:
    """A number that names something: capitals, half-width, no spaces."""
    written = raw.strip() if isinstance(raw, str) else ""
    if has_lost_digits(raw) or _SHOWN_SHORT.fullmatch(written):
        return _LOST
    if isinstance(raw, date | time) or SHOWN_AS_A_DAY.fullmatch(written) or _WHOLE_DAY.fullmatch(written):
        # 3-5 in a cell that is not text becomes the 5th of March; what was typed is gone.
        hint = "请把该列设为文本格式后重新录入编号。"
        return Reading(code="C110", what=f"变成了日期「{SHOWN}」", hint=hint)
    if not isinstance(raw, str):
        return BLANK if tidy(raw) in _NOT_NUMBERED else Reading(tidy(raw))
    spaced = half_width(without_invisible(raw)).strip(" \t\r\n'’").upper()
    text = _SPACES.sub("", spaced)
    if text in NOTHING or text in _NOT_NUMBERED or _WORDLESS.fullmatch(text):
        return BLANK
    if may_be_lost(raw) and has_lost_letters(raw, free=False, number=True):
        return Reading(text, code="C116", what=_LOST_LETTERS)
    if field.required and are_several(spaced):
        return Reading(
            code="C120", what=f"「{SHOWN}」像是几个编号写在一格里", quoted=_SPACES.sub(" ", spaced)
        )
    return Reading(text, repaired=text != written)


def read_document_numbers(field: Field, raw: Value, context: Context) -> Reading:
    """One or more documents; a number typed as a number has lost its last digits (facts.md#long-numbers)."""
    text = tidy(raw)
    if has_lost_digits(raw) or _SHOWN_SHORT.fullmatch(text):
        return _LOST
    if text in NOTHING:
        return BLANK
    value, wrong = read_documents(text)
    if wrong:
        return Reading(value, code=wrong.code, what=wrong.what)
    return Reading(value, repaired=isinstance(raw, str) and value != raw.strip())


def read_phone_numbers(field: Field, raw: Value, context: Context) -> Reading:
    text = tidy(raw)
    if text in NOTHING:
        return BLANK
    value, understood = read_phones(text)
    if not understood:
        return Reading(value, code="C108", what="不是电话号码")
    return Reading(value, repaired=isinstance(raw, str) and value != raw.strip())
