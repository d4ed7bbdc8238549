"""How many houses a sheet says that it lists: 共 12 栋 above or below a table, beside 合计 (A311)."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from zjf.intake.a1 import a1
from zjf.intake.sheets.around import texts_around
from zjf.intake.sheets.layout import TableArea
from zjf.intake.sheets.rows import RowKind
from zjf.intake.table import Table
from zjf.intake.totals import is_of_a_group
from zjf.intake.values.readings import tidy
from zjf.intake.workbook import Sheet
from zjf.problems import Problem
from zjf.schemas import Form
from zjf.schemas.kinds import Kind

_UNITS = {"栋": "栋幢座", "户": "户", "份": "份"}
"""The words for what a form counts."""
_IN_WORDS = (
    r"(?:^|[(（]|台账|清单|情况表|本表|以上)(?:本表|[本全][村镇乡]|全街道|房屋|自建房|:)*"
    r"(?:总计|合计|共计|累计|总共|总数|共)(?:有|为|上报|填报|排查)?(?:房屋|自建房|住房)?:?(\d{1,6})[%s]"
)
_ALONE = r"(\d{1,6})[%s]?"


class SaidCount(NamedTuple):
    """So many houses are said to be in a table; `covered` of its rows stand above a total that says so, else all."""

    table: Table
    row: int
    column: int
    number: int
    covered: int


def said_counts(sheet: Sheet, area: TableArea, table: Table) -> Iterator[SaidCount]:
    """Yields how many rows a table is said to have, wherever that is said.

    Args:
        sheet: The sheet, as a whole.
        area: The table, or a part of one.
        table: What was read of it.
    """
    words = _UNITS.get(table.form.info.unit_of_count)
    if not words or area.goes_on_from is not None or not _names_its_rows(table.form):
        return
    totals = {row for row, _ in area.totals}
    in_words = re.compile(_IN_WORDS % words)
    for text in texts_around(sheet, area):
        found = in_words.search("".join(text.text.split()))
        if found and text.row not in totals:
            yield SaidCount(table, text.row, text.column, int(found.group(1)), len(table.rows))
    yield from _beside_totals(area, table, words)


def _names_its_rows(form: Form) -> bool:
    """Whether a row is one of what the form counts, and not a village or a unit."""
    return bool(form.info.key) and form.by_name[form.info.key[0]].kind is Kind.IDENTIFIER


def _beside_totals(area: TableArea, table: Table, words: str) -> Iterator[SaidCount]:
    """What a total row says in its label, or in the column of numbers or of names, where no figure is added up."""
    key, alone = area.columns.get(table.form.info.key[0]), re.compile(_ALONE % words)
    covered = 0
    for row, kind in area.totals:
        upto = sum(data < row for data in area.data)
        cells = [(column, "".join(tidy(value).split())) for column, value in enumerate(area.sheet.rows[row])]
        if kind is RowKind.TOTAL and not any(is_of_a_group(text) for _, text in cells):
            for column, text in cells:
                found = re.search(_IN_WORDS % words, text) or (
                    alone.fullmatch(text) if column == key else None
                )
                if found:
                    yield SaidCount(table, row, column, int(found.group(1)), upto - covered)
        covered = upto


def problems_of_said_counts(said: Sequence[SaidCount], tables: Sequence[Table]) -> Iterator[Problem]:
    """Yields A311 where a number is neither that of the rows above it, nor of the table, its sheet or the whole file.

    Args:
        said: What the tables of a return say.
        tables: All its tables.
    """
    of_sheets, of_forms = Counter[tuple[str, str]](), Counter[str]()
    for table in tables if said else ():
        of_sheets[table.sheet, table.form.info.id] += len(table.rows)
        of_forms[table.form.info.id] += len(table.rows)
    for count in said:
        table, form = count.table, count.table.form.info
        known = {count.covered, len(table.rows), of_sheets[table.sheet, form.id], of_forms[form.id]}
        if count.number not in known:
            unit, cell = form.unit_of_count, a1(count.row, count.column)
            what = f"表上写着共 {count.number} {unit}，读到的是 {count.covered} {unit}"
            yield table.at_table(
                "A311", what, cell=cell, cells=(cell,), row=count.row + 1, value=str(count.number), rows=()
            )
