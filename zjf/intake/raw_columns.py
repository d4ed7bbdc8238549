"""The raw values of a table's data rows, column by column, as a person sees them on the sheet."""

from collections import defaultdict

from zjf.intake.sheet_column import SheetColumn
from zjf.intake.sheet_values import Value
from zjf.intake.table import Table
from zjf.intake.values.readings import has_lost_digits
from zjf.intake.workbook import Sheet
from zjf.schemas.kinds import Kind

_NAMES = frozenset({Kind.TEXT, Kind.IDENTIFIER, Kind.UNIT, Kind.PHONES, Kind.DOCUMENTS})
"""What names something is what is seen; a count or a day is what the cell holds."""


def raw_columns(sheet: Sheet, table: Table) -> list[SheetColumn]:
    """The raw values of the data rows by column of the sheet; no columns where there are no such rows.

    Merged-down cells are filled, error values stand in their places, a rate whose format writes the
    percent sign has it, and a name or number of something is what its format shows.
    """
    if not table.rows:
        return []
    columns = list(sheet.columns_of(table.rows))
    extras = sheet.extras
    if not (table.anchors or sheet.errors or extras.percents or extras.formats):
        return columns
    for column, overlay in _beside(sheet, table).items():
        if column < len(columns):
            raws = enumerate(columns[column].values)
            columns[column] = SheetColumn(tuple(overlay.get(place, raw) for place, raw in raws))
    return columns


def shown_percent(raw: Value) -> Value:
    """A number in percentage points as the sheet shows it, with the sign that its format writes."""
    is_number = isinstance(raw, int | float) and not isinstance(raw, bool)
    return f"{raw:.2f}%" if is_number else raw


def _as_shown(sheet: Sheet, row: int, column: int) -> Value:
    """What the format of a cell shows of it; the value where digits of it are lost, or the format says no more."""
    raw = sheet.rows[row][column]
    shown = None if has_lost_digits(raw) else sheet.extras.formats[row, column].shown(raw)
    return raw if shown is None else shown


def _beside(sheet: Sheet, table: Table) -> dict[int, dict[int, Value]]:
    """By column and position, what stands in a cell that has another value of its own, or none."""
    positions = {row: position for position, row in enumerate(table.rows)}
    beside: dict[int, dict[int, Value]] = defaultdict(dict)
    names = {column for name, column in table.columns.items() if table.form.by_name[name].kind in _NAMES}
    for row, column in sheet.extras.formats:
        if row in positions and column in names and sheet.rows[row][column] != "":
            beside[column][positions[row]] = _as_shown(sheet, row, column)
    for (row, column), top in table.anchors.items():
        if column in names and (top, column) in sheet.extras.formats:
            beside[column][positions[row]] = _as_shown(sheet, top, column)
            continue
        beside[column][positions[row]] = sheet.errors.get((top, column), sheet.rows[top][column])
    for (row, column), error in sheet.errors.items():
        if row in positions and (row, column) not in table.anchors:
            beside[column][positions[row]] = error
    rates = {column for name, column in table.columns.items() if table.form.by_name[name].kind is Kind.RATE}
    for row, column in sheet.extras.percents:
        if row in positions and column in rates:
            beside[column][positions[row]] = shown_percent(sheet.rows[row][column])
    return beside
