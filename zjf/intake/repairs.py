"""What a return says in an unusual way and can be written as it should be, cell by cell: certain repairs only (C111)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from zjf.intake.dittos import is_ditto
from zjf.intake.settings import Intake
from zjf.intake.sheet_values import Value
from zjf.intake.sheets.layout import TableArea, find_tables, going_on
from zjf.intake.table import a1
from zjf.intake.values.cells import read_cell
from zjf.intake.values.readings import Context
from zjf.intake.workbook import Sheet
from zjf.schemas import FORMS, Field

Written = str | int | float
"""What may be put into a cell."""


@dataclass(frozen=True)
class Repair:
    """One cell that is written anew: it travels from the process that read the file.

    Attributes:
        form: The form of its table.
        name: The name of its field there.
        before: What stands in it.
        after: What is written: it reads as the same value, and is not unusual any more.
    """

    sheet: str
    cell: str
    form: str
    name: str
    before: Written
    after: Written

    @property
    def field(self) -> Field:
        return FORMS[self.form].by_name[self.name]


def repairs_of(sheets: list[Sheet], intake: Intake) -> Iterator[Repair]:
    """Every cell of the tables that can be written as it should be without loss.

    Args:
        sheets: The sheets of the file.
        intake: What reading depends on.
    """
    context = Context(intake.roster, intake.latest_day)
    before: TableArea | None = None
    for sheet in sheets:
        areas = find_tables(sheet, [FORMS[name] for name in intake.forms])
        if before and not areas:
            areas = going_on(before.form, before.columns, sheet)
        for area in areas if not sheet.starts_1904 else ():  # there the numbers of days mean other days
            yield from _of_table(area, context)
        before = areas[-1].parts[0] if areas else before


def _of_table(area: TableArea, context: Context) -> Iterator[Repair]:
    sheet, seen = area.sheet, area.sheet.extras.seen
    for field in area.form.fields:
        column = area.columns.get(field.name)
        if column is None or field.name in area.header.options:
            continue
        meant: dict[int, Value] = {}
        for row in area.data:
            before = sheet.rows[row][column]
            meant[row] = meant.get(row - 1, before) if is_ditto(before) else before
            if (
                (row, column) in sheet.errors
                or (row, column) in seen
                or not isinstance(before, str | int | float)
            ):
                continue
            after = _as_it_should_be(field, meant[row], context, ditto=meant[row] != before)
            if after is not None:
                yield Repair(sheet.name, a1(row, column), area.form.id, field.name, before, after)


def _as_it_should_be(field: Field, raw: Value, context: Context, *, ditto: bool) -> Written | None:
    """How a cell is to be written; None where nothing is to be repaired, or something would be lost.

    Args:
        field: The cell's field.
        raw: What it says; of one that says 同上, what the cell above says.
        context: What reading depends on.
        ditto: Whether it says 同上.
    """
    if raw == "" or isinstance(raw, bool) or (isinstance(raw, date | datetime) and not ditto):
        return None
    reading = read_cell(field, raw, context)
    if reading.bad or reading.code or reading.value is None or reading.standard:
        return None
    if not (reading.repaired or ditto):
        return None
    written = _written(reading.value)
    again = read_cell(field, written, context)
    return written if again.value == reading.value and not again.repaired and not again.code else None


def _written(value: Any) -> Written:
    if isinstance(value, tuple):
        return "/".join(map(str, value)) if all(isinstance(part, int) for part in value) else "、".join(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)
