"""The raw values of a table's data rows, column by column, as they look on the sheet."""

from collections import defaultdict

from zjf.intake.rows.sheet_column import SheetColumn
from zjf.intake.rows.sheet_values import Value
from zjf.intake.table import Table
from zjf.intake.values.readings import has_lost_digits
from zjf.intake.workbook import Sheet
from zjf.schemas.kinds import Kind

_NAMES = frozenset(
    {Kind.TEXT, Kind.IDENTIFIER, Kind.UNIT, Kind.PHONES, Kind.DOCUMENTS, Kind.CODE, Kind.CODES}
)
"""Kinds of which the displayed text counts; of all others, the value of the cell."""


def raw_columns(sheet: Sheet, table: Table) -> list[SheetColumn]:
    """The raw values of the data rows by column of the sheet; no columns where there are no such rows.

    Merged-down cells are filled, error values stand in their places, a rate whose format writes the
    percent sign has it, and a name or number of something is what its format shows.
    """
    if not table.rows:
        return []
    columns = list(sheet.columns_of(table.rows))
    extras = sheet.extras
    if not (table.anchors or extras.errors or extras.percents or extras.formats):
        return columns
    for column, overlay in _replaced_values(sheet, table).items():
        if column < len(columns):
            raws = enumerate(columns[column].values)
            columns[column] = SheetColumn(tuple(overlay.get(place, raw) for place, raw in raws))
    return columns


def shown_percent(raw: Value, how: str) -> Value:
    """Returns a number in percentage points as its format shows it, with its decimals and a percent sign."""
    return f"{raw:{how}}%" if isinstance(raw, int | float) else raw


def _as_shown(sheet: Sheet, row: int, column: int) -> Value:
    """Returns a cell as its format shows it; its value where digits are lost or the format adds nothing."""
    raw = sheet.rows[row][column]
    shown = None if has_lost_digits(raw) else sheet.extras.formats[row, column].shown(raw)
    return raw if shown is None else shown


def _replaced_values(sheet: Sheet, table: Table) -> dict[int, dict[int, Value]]:
    """Returns, by column and position, what a cell shows instead of the value in it."""
    positions = {row: position for position, row in enumerate(table.rows)}
    replaced: dict[int, dict[int, Value]] = defaultdict(dict)
    names = {column for name, column in table.columns.items() if table.form.by_name[name].kind in _NAMES}
    for row, column in sheet.extras.formats:
        if row in positions and column in names and sheet.rows[row][column] != "":
            replaced[column][positions[row]] = _as_shown(sheet, row, column)
    for (row, column), top in table.anchors.items():
        if column in names and (top, column) in sheet.extras.formats:
            replaced[column][positions[row]] = _as_shown(sheet, top, column)
            continue
        replaced[column][positions[row]] = sheet.extras.errors.get((top, column), sheet.rows[top][column])
    for (row, column), error in sheet.extras.errors.items():
        if row in positions and (row, column) not in table.anchors:
            replaced[column][positions[row]] = error
    rates = {column for name, column in table.columns.items() if table.form.by_name[name].kind is Kind.RATE}
    for (row, column), how in sheet.extras.percents.items():
        if row in positions and column in rates:
            replaced[column][positions[row]] = shown_percent(sheet.rows[row][column], how)
    return replaced
