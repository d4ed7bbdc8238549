"""Roll-ups: attachments with a row for each of several units."""

from zjf.intake.table import Table


def is_roll_up(table: Table) -> bool:
    """Whether an attachment has a row for each of several units."""
    return table.form.unit_field.roll_up_only and len(units_named(table)) > 1


def positions_of(table: Table, unit: str) -> list[int]:
    """Returns the positions of a unit's rows: all of its own table, some of a roll-up."""
    if table.unit:
        return list(range(len(table.rows)))
    named = table.cells(table.form.unit_field.name)
    return [position for position, unit_of_row in enumerate(named) if unit_of_row == unit]


def units_of_rows(table: Table) -> list[str | None]:
    return [unit or table.unit for unit in table.cells(table.form.unit_field.name)]


def units_named(table: Table) -> list[str]:
    """Returns the units in the table's own column, in order."""
    column = table.form.unit_field.name
    named = table.cells(column) if column in table.columns else ()
    return [unit for unit in dict.fromkeys(named) if unit is not None]
