"""Numbers of houses that a sheet states itself: 共 12 栋 above or below a table, beside 合计 (A311)."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from zjf.intake.a1 import a1
from zjf.intake.sheets.layout import TableArea
from zjf.intake.sheets.surrounding_texts import texts_around
from zjf.intake.table import Table
from zjf.intake.values.readings import filled_cells
from zjf.problems import Problem

_UNITS = {"栋": "栋幢座", "户": "户", "份": "份"}
"""The words for what a form counts."""
_IN_WORDS = (
    r"(?:^|[(（]|台账|清单|情况表|本表|以上)(?:本表|[本全][村镇乡]|全街道|房屋|自建房|:)*"
    r"(?:总计|合计|共计|累计|总共|总数|共)(?:有|为|上报|填报|排查)?(?:房屋|自建房|住房)?:?(\d{1,6})[%s]"
)
_ALONE = r"(\d{1,6})[%s]?"


class StatedCount(NamedTuple):
    """A stated number of houses; `covered` is how many rows it is about: those above a total, else all."""

    table: Table
    row: int
    column: int
    number: int
    covered: int


def stated_counts(area: TableArea, table: Table) -> Iterator[StatedCount]:
    """Yields the numbers of rows that the sheet states for a table."""
    words, number = _UNITS.get(table.form.info.unit_of_count), table.form.number_field
    if not words or not number or area.goes_on_from is not None:
        return
    totals = {row for row, _ in area.totals}
    in_words = re.compile(_IN_WORDS % words)
    for text in texts_around(area):
        match = in_words.search("".join(text.text.split()))
        if match and text.row not in totals:
            yield StatedCount(table, text.row, text.column, int(match.group(1)), len(table.rows))
    yield from _beside_totals(area, table, words, area.columns.get(number.name))


def _beside_totals(
    area: TableArea, table: Table, words: str, number_column: int | None
) -> Iterator[StatedCount]:
    """Yields the numbers in the labels of total rows, or in their column of house numbers."""
    in_words, alone = re.compile(_IN_WORDS % words), re.compile(_ALONE % words)
    for total in table.totals:
        for column, text in () if total.of_group else filled_cells(area.sheet.rows[total.row]):
            said = "".join(text.split())
            match = in_words.search(said) or (column == number_column and alone.fullmatch(said))
            if match:
                first, end = total.covers
                yield StatedCount(table, total.row, column, int(match.group(1)), end - first)


def problems_of_stated_counts(stated: Sequence[StatedCount], tables: Sequence[Table]) -> Iterator[Problem]:
    """Yields A311 where a stated number fits neither the rows above, nor the table, its sheet or the whole file."""
    of_sheets, of_forms = Counter[tuple[str, str]](), Counter[str]()
    for table in tables if stated else ():
        of_sheets[table.sheet, table.form.info.id] += len(table.rows)
        of_forms[table.form.info.id] += len(table.rows)
    for count in stated:
        table, form = count.table, count.table.form.info
        right_numbers = {count.covered, len(table.rows), of_sheets[table.sheet, form.id], of_forms[form.id]}
        if count.number not in right_numbers:
            unit, cell = form.unit_of_count, a1(count.row, count.column)
            what = f"表上写着共 {count.number} {unit}，读到的是 {count.covered} {unit}"
            yield table.at_table("A311", what, cell=cell, row=count.row + 1, value=str(count.number), rows=())
