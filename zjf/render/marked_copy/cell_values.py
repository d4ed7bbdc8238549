"""Changing the values of a few cells in an .xlsx; all else of the file stays the same, byte for byte."""

import io
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial

from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

from zjf.intake.repairs import Written
from zjf.render.marked_copy.book_sheets import BookSheets
from zjf.render.marked_copy.package import Package
from zjf.render.marked_copy.sheet_rows import RowSource, cells_of, row_of
from zjf.render.xlsx.inline_texts import escaped

Values = Mapping[str, Mapping[str, Written]]
"""The new values, by sheet and address."""


def with_values(data: bytes, values: Values) -> tuple[bytes, set[tuple[str, str]]]:
    """Returns the file with new values in some cells, and the cells (sheet, address) that were changed.

    Cells with a formula, and cells that the file does not have, are left as they are.

    Raises:
        UnusualPackageError: It is not put together as an .xlsx is.
        UnusualXmlError: The rows of a sheet cannot be told apart.
    """
    package = Package(data)
    changed_cells: set[tuple[str, str]] = set()
    for title, part in BookSheets(package).worksheets().items():
        if sheet_values := values.get(title):
            rows = RowSource(package.zip, part)
            head, tail = rows.frame()
            package.put(part, partial(_pieces, rows, head, tail, title, _by_row(sheet_values), changed_cells))
    copy = io.BytesIO()
    package.save(copy, last=lambda: None)
    return copy.getvalue(), changed_cells


def _by_row(values: Mapping[str, Written]) -> dict[int, dict[int, Written]]:
    by_row: dict[int, dict[int, Written]] = defaultdict(dict)
    for address, value in values.items():
        row, column = xl_cell_to_rowcol(address)
        by_row[row][column] = value
    return by_row


def _pieces(
    rows: RowSource,
    head: bytes,
    tail: bytes,
    title: str,
    values: Mapping[int, Mapping[int, Written]],
    changed_cells: set[tuple[str, str]],
) -> Iterator[bytes]:
    yield head
    for number, row in rows.rows():
        row_values = values.get(number)
        if not row_values:
            yield row
            continue
        cells = []
        for column, attributes, rest in cells_of(row):
            if column in row_values and b"<f" not in rest:
                attributes, rest = _cell_with_value(attributes, row_values[column])
                changed_cells.add((title, xl_rowcol_to_cell(number, column)))
            cells.append((column, attributes, rest))
        yield row_of(number, row, cells)
    yield tail


def _cell_with_value(attributes: bytes, value: Written) -> tuple[bytes, bytes]:
    kept_attributes = b"".join(
        b" " + part for part in attributes.split() if not part.startswith((b"t=", b"cm=", b"vm="))
    )
    if isinstance(value, str):
        text = escaped(value).encode()
        return kept_attributes + b' t="inlineStr"', b'><is><t xml:space="preserve">%b</t></is></c>' % text
    return kept_attributes, b"><v>%b</v></c>" % repr(value).encode()
