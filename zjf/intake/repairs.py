"""Certain repairs: cells that are written in an unusual way (C111) and can be rewritten without loss."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from zjf.intake.a1 import a1
from zjf.intake.answers import is_problem_list
from zjf.intake.rows.sheet_values import Value
from zjf.intake.settings import Intake
from zjf.intake.sheets.contents import contents_of
from zjf.intake.sheets.layout import TableArea
from zjf.intake.tables.dittos import is_ditto
from zjf.intake.values.cells import read_cell
from zjf.intake.values.readings import Context
from zjf.intake.workbook import Sheet
from zjf.problems import People
from zjf.schemas import FORMS, Field

Written = str | int | float
"""What may be put into a cell."""


@dataclass(frozen=True)
class Repair:
    """A cell that is rewritten: its new content reads as the same value, and is no C111.

    It is sent from the process that read the file. `sheet_shown` is the sheet's name, which may be that of a person in
    its table, masked.
    """

    sheet: str
    cell: str
    form: str
    name: str
    before: Written
    after: Written
    sheet_shown: str

    @property
    def field(self) -> Field:
        return FORMS[self.form].by_name[self.name]


def repairs_of(sheets: list[Sheet], intake: Intake) -> Iterator[Repair]:
    """Yields the cells of the tables that are read which can be rewritten without loss."""
    context = Context(intake.roster, intake.latest_day)
    for content in contents_of([sheet for sheet in sheets if not is_problem_list(sheet)], intake):
        for area in content.areas:
            if not area.page.starts_1904:  # there, serial numbers mean other days
                yield from _repairs_of_table(area, context)


def _repairs_of_table(area: TableArea, context: Context) -> Iterator[Repair]:
    sheet, seen = area.sheet, area.sheet.extras.seen
    sheet_shown = _people_of(area).shown(sheet.name)
    for field in area.form.fields:
        column = area.columns.get(field.name)
        if column is None or field.name in area.header.options:
            continue
        meant: dict[int, Value] = {}
        for row in area.data:
            before = sheet.rows[row][column]
            meant[row] = meant.get(row - 1, before) if is_ditto(before) else before
            if (
                (row, column) in sheet.extras.errors
                or (row, column) in seen
                or not isinstance(before, str | int | float)
            ):
                continue
            after = _repaired_value(field, meant[row], context, ditto=meant[row] != before)
            if after is not None:
                cell = a1(row, column)
                yield Repair(sheet.name, cell, area.form.id, field.name, before, after, sheet_shown)


def _people_of(area: TableArea) -> People:
    columns = [column for column, field in area.header.fields.items() if field.personal]
    return People(area.sheet.rows[row][column] for column in columns for row in area.data)


def _repaired_value(field: Field, raw: Value, context: Context, *, ditto: bool) -> Written | None:
    """Returns the new content of a cell; None where it needs no repair, or the repair would lose something."""
    if raw == "" or (isinstance(raw, date | datetime) and not ditto):
        return None
    reading = read_cell(field, raw, context)
    if reading.bad or reading.code or reading.value is None or reading.standard:
        return None
    if not (reading.repaired or ditto):
        return None
    written = _cell_value(reading.value)
    again = read_cell(field, written, context)
    return written if again.value == reading.value and not again.repaired and not again.code else None


def _cell_value(value: Any) -> Written:
    if isinstance(value, tuple):
        return "/".join(map(str, value)) if all(isinstance(part, int) for part in value) else "、".join(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, int):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)
