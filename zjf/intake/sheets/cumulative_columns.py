"""A figure printed over several columns, what is new (本周) beside what there is in all (累计): the latter is the form's."""

import re
from dataclasses import replace

from zjf.intake.sheets.headers import Header
from zjf.intake.sheets.joined_columns import texts_below
from zjf.intake.workbook import Sheet

_IN_ALL = re.compile(
    r"(?:本[周月期年])?(?:累计|总计|合计|总)[数量]?|(?:截[至止])?(?:目前|现在)(?:累计)?[数量]?"
)


def with_cumulative_columns(sheet: Sheet, header: Header) -> Header:
    """Returns the header with the column of what there is in all for each heading over several columns.

    Where it is not plain for each of them, nothing is changed: the columns are there twice then.
    """
    below = texts_below(sheet, header) if header.spanned else {}
    in_all = {column for column, text in below.items() if _IN_ALL.fullmatch(text)}
    columns = {name: [header.columns[name]] for name, _ in header.spanned}
    for name, column in header.spanned:
        columns[name].append(column)
    read = {name: in_all.intersection(places) for name, places in columns.items()}
    if not read or any(len(places) != 1 for places in read.values()):
        return header
    return replace(
        header,
        bottom=header.bottom + 1,
        columns=header.columns | {name: place for name, places in read.items() for place in places},
        spanned=[],
        options=header.options | {name: tuple(places) for name, places in columns.items()},
    )
