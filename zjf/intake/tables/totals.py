"""The 合计 and 总计 rows of a table: their figures, their blank cells, and formula errors in them."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from zjf.intake.formats.extras import UNCOMPUTED
from zjf.intake.rows.raw_columns import shown_percent
from zjf.intake.sheets.layout import TableArea
from zjf.intake.sheets.rows import RowKind
from zjf.intake.table import Table, Total
from zjf.intake.values.cells import read_cell
from zjf.intake.values.readings import NOTHING, Context, tidy
from zjf.problems import Problem
from zjf.schemas import Field
from zjf.schemas.kinds import DIVIDED_BY_ZERO, Kind

_ADDED_UP = frozenset({Kind.COUNT, Kind.INTEGER, Kind.DECIMAL, Kind.PAIR, Kind.RATE})
_TOTAL_OF_A_GROUP = re.compile(r"(?!全).*(?:页|村|社区|居委会|居|组|片区?|队)[合总共累]计")
"""How a page's or a village's total calls itself."""


def read_totals(area: TableArea, context: Context) -> Iterator[Total]:
    """Yields the total rows of a table, from top to bottom, without subtotals (小计)."""
    sheet, covered = area.sheet, 0
    for row, kind in area.totals:
        if kind is RowKind.TOTAL:
            end = bisect_left(area.data, row)
            texts = ("".join(value.split()) for value in sheet.rows[row] if isinstance(value, str))
            values = dict(_values(area, row, context))
            yield Total(
                row=row,
                covers=(covered, end),
                values=values,
                of_group=any(map(_TOTAL_OF_A_GROUP.match, texts)),
                blank={
                    name: text
                    for field, column in _added_up(area)
                    for text in [tidy(sheet.rows[row][column])]
                    if (row, column) not in sheet.extras.errors and (not text or text not in NOTHING)
                    for name in field.columns
                    if name not in values
                },
            )
            covered = end


def faults_in_totals(area: TableArea, table: Table) -> Iterator[Problem]:
    """Yields C109 for formula errors in 合计 rows: no data row is at fault, yet the table cannot be signed.

    For a rate that divides by 0, A304 tells by its counts whether that is an error.
    """
    fields, totals = area.header.fields, {row for row, _ in area.totals}
    for (row, column), error in area.sheet.extras.errors.items():
        if row in totals and column in fields and error != UNCOMPUTED:
            field = fields[column]
            if not (field.kind is Kind.RATE and error == DIVIDED_BY_ZERO):
                what = f"合计行的{field.heading.text}是公式错误值「{error}」"
                yield table.at_total("C109", what, field, row, error)


def _added_up(area: TableArea) -> Iterator[tuple[Field, int]]:
    for field in area.form.fields:
        if field.kind in _ADDED_UP and field.name in area.columns:
            yield field, area.columns[field.name]


def _values(area: TableArea, row: int, context: Context) -> Iterator[tuple[str, Any]]:
    sheet = area.sheet
    for field, column in _added_up(area):
        raw = sheet.extras.errors.get((row, column), sheet.rows[row][column])
        if (row, column) in sheet.extras.errors and raw != DIVIDED_BY_ZERO:
            continue
        if (row, column) in sheet.extras.percents and field.kind is Kind.RATE:
            raw = shown_percent(raw, sheet.extras.percents[row, column])
        reading = read_cell(field, raw, context)
        if reading.value is not None and not reading.bad:
            parts = reading.value if field.pair else (reading.value,)
            yield from zip(field.columns, parts, strict=True)
