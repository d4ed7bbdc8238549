"""The heading that a column was probably meant to have."""

import re
from collections.abc import Sequence

from zjf.intake.sheets.named_fields import headings_of
from zjf.intake.sheets.other_meanings import speaks_of_another
from zjf.intake.values.simplified import simplified
from zjf.likeness import most_similar
from zjf.schemas import Field
from zjf.schemas.headings import plain_heading
from zjf.schemas.kinds import Kind

_TOO_SHORT_FOR_PARTS = 2
_OF_A_DAY = re.compile("日期|时间|年月|期限|时限")
_OF_A_NUMBER = re.compile("证号|证件|号码|编号|编码|电话|手机")
_OF_A_PERSON = re.compile("人员?$|姓名|产权人|使用人|责任人|户主")


def nearest(path: Sequence[str], fields: Sequence[Field]) -> str | None:
    """Returns the form's heading most similar to a column's, or None.

    Headings for a day, a person or a number are proposed only for their like, and none is proposed for a heading of a
    plan, another time or another thing.

    Args:
        path: The column's headings from the outermost group down.
        fields: The fields that no column of the table is known to be of.
    """
    plain = [simplified(plain_heading(text)) for text in path]
    choices = {
        spelling: field
        for field in fields
        for spelling in headings_of(field)
        if _asks_for_such(plain[-1], spelling, field)
    }
    for in_part in (False, True):
        for text in dict.fromkeys(("".join(plain[-2:]), plain[-1])):
            if in_part and len(text) <= _TOO_SHORT_FOR_PARTS:
                continue  # 备用 is no 用地手续 for a letter that both have
            best = most_similar(text, choices, in_part=in_part)
            if meant := _the_only_one(best) or _the_only_one(
                [field for field in best if field.column_required]
            ):
                return meant
    return None


def _the_only_one(fields: Sequence[Field]) -> str | None:
    headings = {field.heading.text for field in fields}
    return headings.pop() if len(headings) == 1 else None


def _asks_for_such(text: str, spelling: str, field: Field) -> bool:
    says_a_day, asks_a_day = bool(_OF_A_DAY.search(text)), field.kind is Kind.DATE
    of_a_person = bool(_OF_A_PERSON.search(text)) == bool(_OF_A_PERSON.search(spelling))
    of_a_number = bool(_OF_A_NUMBER.search(text)) == bool(_OF_A_NUMBER.search(spelling))
    right_kind = of_a_person and of_a_number and (says_a_day == asks_a_day or field.kind is Kind.YEAR)
    return right_kind and not speaks_of_another(field, text)
