"""A field printed over several columns of which one is the form's.

Of a figure it is what there is in all (累计) beside what is new (本周); of all else what is so now (本周, 现) beside what
was so before (上周, 原).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from zjf.intake.sheets.headers import Header
from zjf.intake.sheets.joined_columns import texts_below
from zjf.intake.workbook import Sheet
from zjf.schemas import Field
from zjf.schemas.kinds import Kind

_IN_ALL = re.compile(
    r"(?:本[周月期年])?(?:累计|总计|合计|总)[数量]?|(?:截[至止])?(?:目前|现在)(?:累计)?[数量]?"
)
_NOW = re.compile(r"[本这][周月期次]|现[在状]?|目前|当前|最新|(?:变更|调整|更新|更正|核实|整改)后")
_BEFORE = re.compile(r"上[周月期次]|原[先来有]?|(?:变更|调整|更新|更正|核实|整改)前")
_FIGURES = frozenset({Kind.COUNT, Kind.RATE, Kind.PAIR})


def with_cumulative_columns(sheet: Sheet, header: Header) -> Header:
    """Returns the header with the form's own column for each heading over several columns.

    Where it is not plain for each of them, nothing is changed: the columns are there twice then.
    """
    below = texts_below(sheet, header) if header.spanned else {}
    columns = {name: [header.columns[name]] for name, _ in header.spanned}
    for name, column in header.spanned:
        columns[name].append(column)
    read = {name: _own(header.form.by_name[name], places, below) for name, places in columns.items()}
    if not read or any(len(places) != 1 for places in read.values()):
        return header
    return replace(
        header,
        bottom=header.bottom + 1,
        columns=header.columns | {name: place for name, places in read.items() for place in places},
        spanned=[],
        options=header.options | {name: tuple(places) for name, places in columns.items()},
    )


def _own(field: Field, places: Sequence[int], below: Mapping[int, str]) -> list[int]:
    """Returns the columns of a field that may be the form's own, by the texts below its heading."""
    in_all = [place for place in places if _IN_ALL.fullmatch(below.get(place, ""))]
    if in_all or field.kind in _FIGURES:
        return in_all
    others = [place for place in places if not _BEFORE.fullmatch(below.get(place, ""))]
    return [place for place in others if len(others) < len(places) and _NOW.fullmatch(below.get(place, ""))]


def says_which(text: str) -> bool:
    """Whether a text below a heading says that its column is the form's own."""
    return bool(_IN_ALL.fullmatch(text) or _NOW.fullmatch(text))
