"""The notices' own sheets for one unit: attachments 1 and 2, and the sweep table."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from sample_data.files import Cell, Sheet
from sample_data.notes import Heads, write_notes
from sample_data.places import COUNTY
from sample_data.record import Figures, totals
from sample_data.tables import Column, Placed, column_of, write_header, write_row
from zjf.schemas import FORMS
from zjf.schemas.form import Field, Form
from zjf.schemas.headings import RateOf

SIGNATURE = ("主要负责同志签字：", "单位（盖章）：")
TOTAL = "总计（栋）"
_NO_RATE = "—"


def attachment(form_id: str, heads: Heads, figures: Figures, *, rates: str = "percent") -> Placed:
    """Attachment 1 or 2 as the notice prints it: one row of figures.

    Args:
        form_id: `attachment-1` or `attachment-2`.
        heads: Who reports.
        figures: The figures by field name, a pair's two apart.
        rates: How rates are written: `percent` (88.89%), `one place` (88.9%) or `fraction` (a number).
    """
    form = FORMS[form_id]
    columns = _columns(form)
    sheet = Sheet(form.info.number)
    top = write_notes(sheet, 0, 0, len(columns), heads, title="{unit}" + form.info.title, style="paper")
    row = write_header(sheet, top, 0, columns)
    write_row(sheet, row, 0, [_cell(form.by_name[column.field], figures, rates) for column in columns])
    sheet.write(row + 2, 0, SIGNATURE[0])
    sheet.write(row + 2, len(columns) // 2, SIGNATURE[1])
    return Placed(sheet, _places(columns), row - 1, (row,))


def roll_up(form_id: str, heads: Heads, units: Mapping[str, Figures]) -> Placed:
    """The county's shape of attachment 1 or 2: a row for each unit, then 合计."""
    form = FORMS[form_id]
    columns = [column_of(field) for field in form.standard_fields]
    sheet = Sheet(form.info.number)
    top = write_notes(sheet, 0, 0, len(columns), heads, title=COUNTY + form.info.title, style="paper")
    row = first = write_header(sheet, top, 0, columns)
    for unit, figures in (*units.items(), ("合计", totals(units.values()))):
        cells = [_cell(form.by_name[column.field], figures, "percent") for column in columns[1:]]
        write_row(sheet, row, 0, [unit, *cells])
        row += 1
    return Placed(sheet, _places(columns), first - 1, tuple(range(first, row - 1)), row - 1)


def sweep_table(heads: Heads, villages: Mapping[str, Figures]) -> Placed:
    """The sweep table: a row for each village, then 总计."""
    form = FORMS["sweep-table"]
    columns = _columns(form)
    sheet = Sheet("摸排情况表")
    top = write_notes(sheet, 0, 0, len(columns), heads, title="{unit}" + form.info.title, style="")
    row = first = write_header(sheet, top, 0, columns)
    for village, figures in (*villages.items(), (TOTAL, totals(villages.values()))):
        write_row(sheet, row, 0, [village, *(figures[column.field] for column in columns[1:])])
        row += 1
    return Placed(sheet, _places(columns), first - 1, tuple(range(first, row - 1)), row - 1)


def _columns(form: Form) -> list[Column]:
    columns = (column_of(field) for field in form.standard_fields if not field.roll_up_only)
    return [
        replace(column, heading=f"{column.heading}（{unit}）")
        if (unit := form.by_name[column.field].heading.unit)
        else column
        for column in columns
    ]


def _places(columns: list[Column]) -> dict[str, int]:
    return {column.field: place for place, column in enumerate(columns)}


def _cell(field: Field, figures: Figures, rates: str) -> Cell:
    if field.rate:
        return _rate(field.rate, figures, rates)
    if field.pair:
        return f"{figures[field.pair.first]}/{figures[field.pair.second]}"
    return figures[field.name]


def _rate(rate: RateOf, figures: Figures, rates: str) -> Cell:
    numerator, denominator = (side.value(figures) for side in (rate.numerator, rate.denominator))
    if not denominator:
        return _NO_RATE
    if rates == "fraction":
        return numerator / denominator
    places = Decimal("0.1") if rates == "one place" else Decimal("0.01")
    return f"{(Decimal(100 * numerator) / denominator).quantize(places, ROUND_HALF_UP)}%"
