"""Headings that name a field but mean something else: a plan, another time, person or unit.

Without this, 整治完成日期（计划）, 使用人 / 身份证号 and 建筑面积（亩） would be read as the date of the work, the owner's
number and ㎡: brackets and groups that the form does not know are no part of a heading's name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zjf.schemas import Field
from zjf.schemas.headings import bracketed_texts
from zjf.schemas.kinds import Kind

_PLANNED = re.compile(r"计划|规划|拟|预计|预期|预定|目标|下[一]?步|申请")
_CARRIED_OUT = re.compile(r"完成|落实|执行|实际|手续|许可")
_ANOTHER_TIME = re.compile(
    r"上[一]?[期次周旬月年季]|去年|上年|往年|历年|历次|(?:整治|改造|加固|变更|变动|修改|改扩?建|加层)[之以]?前"
)
_A_LATER_ONE = re.compile(r"销号[之以]?后|回头看|再[次度]|第?[二两三]次(?:复核|排查|鉴定|验收|销号)|重新")
_LEFT_OUT = re.compile(
    r"(?:不(?:含|包[括含]|计|算|是|填|得)|非|除去?|扣除|剔除)[^,，;；。]*"
    r"|(?<![^,，;；。])[^,，;；。]*(?:不[含计算填]入?|不在内|除外|[以之]外)(?=$|[,，;；。])"
)
"""Clauses that exclude something: （不含地下室） is not about a basement.

The second alternative begins at the start of a clause, so that a long text is not searched from every character.
"""
_FORMERLY = re.compile(r"[原旧](?:[一-龥]{0,2})|变更前|历史")
_ANOTHER_PERSON = re.compile(
    r"使用人|承租|租户|租客|住户|经营者|经营户|代理|联系人|网格员|[村社]干部|包保|包联|责任人"
)
_THE_PERSON = re.compile(r"产权人|户主|房主|业主|屋主|所有权?人")
_UNDERGROUND = re.compile(r"地下")
_OF_THE_GROUND = re.compile(r"占地|用地|宅基地|土地|院落")
_OTHER_UNITS = {
    "㎡": re.compile(
        r"(?:单位[:：]?)?(?:亩|公顷|万?平方公里|平方千米|万(?:㎡|m2|m²|平方米|平米|平方)|间|户)"
    ),
    "层": re.compile(r"(?:单位[:：]?)?(?:米|m|间|户|栋)"),
    "人": re.compile(r"(?:单位[:：]?)?(?:户|家|间|栋|万人)"),
    "栋": re.compile(r"(?:单位[:：]?)?(?:户|户数|间|人|万[栋户]|家|个图斑|图斑|㎡|平方米)"),
}
"""By the unit that a form asks for: other units, in which the same figure would mean something else."""


@dataclass(frozen=True)
class OtherMeaning:
    """The words of a heading that give it another meaning; `unit` is the form's unit, where they are another unit."""

    words: str
    unit: str = ""


def other_meaning(field: Field, path: tuple[str, ...]) -> OtherMeaning | None:
    """Returns what gives a column another meaning than the field that its headings name; None where nothing does."""
    own_words = "".join((field.heading.text, *field.heading.aliases, *field.heading.groups))
    remarks = bracketed_texts(path[-1])
    unit = "栋" if field.kind is Kind.COUNT else field.heading.unit
    if unit in _OTHER_UNITS:
        for remark in remarks:
            if _OTHER_UNITS[unit].fullmatch(remark):
                return OtherMeaning(remark, unit)
    groups = [group for group in path[:-1] if group not in field.heading.groups]
    for sign, whole, text in _signs(field, remarks, groups):
        match = sign.fullmatch(text) if whole else sign.search(text)
        if match and match.group() not in own_words:
            return OtherMeaning(text if text in groups else match.group())
    return None


def speaks_of_another(field: Field, text: str) -> bool:
    """Whether a heading that the form does not know means something else than a field: 占地面积 is not 建筑面积."""
    own_words = "".join((field.heading.text, *field.heading.aliases, *field.heading.groups))
    signs = [sign for sign, whole, _ in _signs(field, (text,), []) if not whole]
    if field.kind in (Kind.CODE, Kind.CODES, Kind.DATE) and not field.may_lie_ahead:
        signs.append(_PLANNED)
    words = [match.group() for sign in signs if (match := sign.search(text))]
    return any(word not in own_words for word in words)


def _signs(
    field: Field, remarks: tuple[str, ...], groups: list[str]
) -> Iterator[tuple[re.Pattern[str], bool, str]]:
    """Yields the signs of another meaning for a kind of field: sign, whether it must be the whole text, and the text."""
    for text in (*(_LEFT_OUT.sub("", remark) for remark in remarks), *groups):
        yield _ANOTHER_TIME, False, text
        if not field.free_text and not _A_LATER_ONE.search(field.heading.text):
            yield _A_LATER_ONE, False, text
        if field.kind is Kind.DATE and not field.may_lie_ahead and not _CARRIED_OUT.search(text):
            yield _PLANNED, False, text
        if field.personal and not _THE_PERSON.search(text):
            yield _ANOTHER_PERSON, False, text
        if field.kind is Kind.INTEGER:
            yield _UNDERGROUND, False, text
        if field.kind is Kind.DECIMAL:
            yield _OF_THE_GROUND, False, text
    for text in remarks:
        yield _FORMERLY, True, text
        if field.kind is Kind.CODE:
            yield _PLANNED, True, text
