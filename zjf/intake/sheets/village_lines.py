"""Lines among the houses that name the village of those below (东村; 一、东村（15栋）：) and are no houses."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zjf.intake.rows.sheet_values import Value
from zjf.intake.sheets.headers import Header
from zjf.intake.values.readings import NOTHING, filled_cells, tidy
from zjf.intake.workbook import Sheet
from zjf.unit_names import VILLAGE

_VILLAGE = "village"
_LINE = re.compile(
    r"(?:[(]?[一二三四五六七八九十\d]{1,3}(?:[)][、.]?|[、.]))?"
    r"(?P<name>(?!以[上下]|其[余中他]|[本各全新该农乡两]村|.*(?:城中|自然|行政|全部|所有|重点|示范|农)村|.*(?:村|社区)[和与及])"
    rf"[一-龥]{{1,10}}(?:{VILLAGE}))"
    r"(?:[(]?[共计]{0,2}\d+[栋户处座幢][)]?)?:?"
)
_FIGURE = re.compile(r"[\d.,]+(?:m2|[^\d村]{0,2})")
_LEAST = 4
"""How many filled cells the house below such a line has at least."""


@dataclass(frozen=True)
class VillageLine:
    """A line that names a village."""

    row: int
    village: str


def village_lines(sheet: Sheet, header: Header, data: Sequence[int], first: int) -> list[VillageLine]:
    """Returns the lines above a house whose own village is blank or the same, from the given row on.

    A village alone may also be an unfinished house: above a house of another village it is no line.
    """
    column = header.columns.get(_VILLAGE)
    if _VILLAGE in header.form.info.key or not data:
        return []
    # In a line, the columns that name a house or people are blank, or hold a village.
    candidates = sheet.rows.where(range(first, data[-1]), header.naming, _is_blank_or_a_line)
    houses = iter(data)
    house = next(houses)
    lines = []
    for row, named in _alone(sheet, candidates, column):
        while house <= row:
            house = next(houses)
        below = sheet.rows[house]
        village = "" if column is None else tidy(below[column])
        if len(below) - below.count("") >= _LEAST and (village in NOTHING or village == named):
            lines.append(VillageLine(row, named))
    return lines


def _alone(sheet: Sheet, rows: Iterable[int], column: int | None) -> list[tuple[int, str]]:
    """Returns the rows that hold nothing but a village's name, with that name.

    Outside the column of villages there may be figures beside it, the village's own.
    """
    named = []
    for row in rows:
        cells = filled_cells(sheet.rows[row])
        words = [(place, text) for place, text in cells if not _FIGURE.fullmatch(text)]
        village = named_village(words[0][1]) if len(words) == 1 else ""
        if village and (len(cells) == 1 or words[0][0] != column):
            named.append((row, village))
    return named


def named_village(text: str) -> str:
    """Returns the village of which a line speaks, without its number and its count of houses; blank for other texts."""
    line = _LINE.fullmatch("".join(tidy(text).split()))
    return line["name"] if line else ""


def _is_blank_or_a_line(value: Value) -> bool:
    if not isinstance(value, str) or (value.isascii() and value):
        return False
    return not value or bool(named_village(value))
