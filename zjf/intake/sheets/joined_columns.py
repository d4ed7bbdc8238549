"""A field printed over several columns, which are read as one: for its options, or for the parts of a date."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from zjf.intake.rows.listed_rows import ListedRows
from zjf.intake.rows.sheet_values import Value
from zjf.intake.sheets.headers import Header
from zjf.intake.sheets.named_fields import field_by_name
from zjf.intake.values.readings import filled_cells, tidy
from zjf.intake.workbook import Sheet


def with_columns_joined(
    sheet: Sheet,
    header: Header,
    columns_by_field: Mapping[str, Sequence[int]],
    bottom: int,
    join: Callable[[str, Sequence[str]], Value],
) -> tuple[Sheet, Header]:
    """Returns the sheet and header with the columns of each field joined into its first one.

    Args:
        columns_by_field: The columns of each such field, from left to right.
        bottom: The last row of the header with what stands below it.
        join: Given a field's name and the texts of its columns in a row, returns what they say together.
    """
    joined = all_columns(columns_by_field)
    rows = ListedRows(map(list, sheet.rows))
    for (row, column), error in sheet.extras.errors.items():
        if column in joined:
            rows[row][column] = error
    for cells in rows[bottom + 1 :]:
        for name, columns in columns_by_field.items():
            together = join(name, [tidy(cells[column]) for column in columns])
            for column in columns:
                cells[column] = ""
            cells[columns[0]] = together
    return replace(sheet, rows=rows), replace(
        header.only(header.headed - joined),
        bottom=bottom,
        columns=header.columns | {name: columns[0] for name, columns in columns_by_field.items()},
        headed=header.headed | joined,
        options=header.options | {name: tuple(columns) for name, columns in columns_by_field.items()},
    )


def headings_under_fields(header: Header) -> dict[str, dict[int, str]]:
    """Returns, by the field without a column of its own that their group names, the unknown headings by column."""
    under: dict[str, dict[int, str]] = {}
    for text, column in header.unknown:
        group = field_by_name(header.form, path) if (path := header.groups.get(column)) else None
        if group and group.name not in header.columns:
            under.setdefault(group.name, {})[column] = text
    return under


def texts_below(sheet: Sheet, header: Header) -> dict[int, str]:
    """Returns the texts in the row right below a header, by column."""
    row = header.bottom + 1
    if not header.is_on_the_sheet or row >= len(sheet.rows):
        return {}
    return dict(filled_cells(sheet.rows[row]))


def all_columns(columns_by_field: Mapping[str, Sequence[int]]) -> set[int]:
    return set(chain.from_iterable(columns_by_field.values()))
