"""Rows right under a table's headings that are neither headings nor data: column numbers, units."""

import re
from collections.abc import Sequence

from zjf.intake.a1 import column_letters
from zjf.intake.rows.sheet_values import Value
from zjf.intake.sheets.headers import Header
from zjf.intake.workbook import Sheet

_COUNTED = re.compile(r"第?[(（]?(\d+)[)）]?[列栏]?(?:[=＝].*)?")
_FORMULA_OF_COLUMNS = re.compile(r"[①-⑳\d＋+－\-—*×÷/／=＝%()（）\s]+")
_NOT_COUNTED = frozenset("甲乙丙丁戊己庚辛") | {"栏次", "列次", "序号"}
_UNITS = frozenset("层栋幢户间处人个年元㎡%％") | {"m2", "m²", "平方米", "平米", "万元", "是/否"}
_FEW = 4


def gives_units(row: Sequence[Value]) -> bool:
    """Whether the row under a header holds only units: 层 ㎡ （人）."""
    texts = [value.strip().strip("()（）[]") for value in row if isinstance(value, str) and value.strip()]
    return len(texts) >= 2 and len(texts) == len(row) - row.count("") and _UNITS.issuperset(texts)


def numbers_the_columns(row: Sequence[Value]) -> bool:
    """Whether the row under a header numbers its columns: 1 2 3 …, 第1列 …, A B C …, 甲 乙 1 2 …, ① ② ④/①-②-③ …."""
    texts = [text for value in row if value != "" and (text := str(value).strip().removesuffix(".0"))]
    if len(texts) >= _FEW and texts == [column_letters(place) for place in range(len(texts))]:
        return True
    texts = [text for text in texts if text not in _NOT_COUNTED]
    if len(texts) < _FEW:
        return False
    counted = [int(match.group(1)) for text in texts if (match := _COUNTED.fullmatch(text))]
    if len(counted) == len(texts):
        return counted == list(range(counted[0], counted[0] + len(counted))) and counted[0] in (0, 1)
    marked = sum("①" <= text[0] <= "⑳" for text in texts)
    return 2 * marked >= len(texts) and all(_FORMULA_OF_COLUMNS.fullmatch(text) for text in texts)


def is_under_headings(sheet: Sheet, header: Header, row: int) -> bool:
    """Whether the headings of most columns are merged down over a row: what it says belongs to the others (地上 | 地下)."""
    merged = sum(
        1
        for top, left, bottom, _ in sheet.merges
        if header.top <= top <= header.bottom and bottom >= row and left in header.headed
    )
    return 2 * merged > len(header.headed)
