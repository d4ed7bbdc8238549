"""Roll-ups: attachments with a row for each of several units."""

from zjf.intake.table import Table


def is_roll_up(table: Table) -> bool:
    """Whether an attachment has a row for each of several units."""
    field = table.form.unit_field
    return bool(field and field.roll_up_only and len(units_named(table)) > 1)


def positions_of(table: Table, unit: str) -> list[int]:
    """Returns the positions of a unit's rows: all of its own table, some of a roll-up."""
    field = table.form.unit_field
    if table.unit or field is None:
        return list(range(len(table.rows)))
    return [position for position, named in enumerate(table.cells(field.name)) if named == unit]


def units_of_rows(table: Table) -> list[str | None]:
    field = table.form.unit_field
    if field is None:
        return [table.unit] * len(table.rows)
    return [unit or table.unit for unit in table.cells(field.name)]


def units_named(table: Table) -> list[str]:
    """Returns the units in the table's own column, in order."""
    field = table.form.unit_field
    if field is None or field.name not in table.columns:
        return []
    return [unit for unit in dict.fromkeys(table.cells(field.name)) if unit is not None]
