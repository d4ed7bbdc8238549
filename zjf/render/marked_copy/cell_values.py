"""Other values for a few cells of an .xlsx, put into the file as it stands; all else of it stays byte for byte."""

import io
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from xml.sax.saxutils import escape

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

from zjf.intake.repairs import Written
from zjf.render.marked_copy.book_sheets import BookSheets
from zjf.render.marked_copy.package import Package
from zjf.render.marked_copy.sheet_rows import RowSource, cells_of, row_of

Values = Mapping[str, Mapping[str, Written]]
"""What is to stand in which cell, by sheet and address."""


def with_values(data: bytes, values: Values) -> tuple[bytes, set[tuple[str, str]]]:
    """The file with other values in some cells, and the cells (sheet, address) in which they stand now.

    A cell that holds a formula is left as it is, and so is one that the file does not have.

    Args:
        data: The bytes of an .xlsx.
        values: The values.

    Raises:
        UnusualPackageError: It is not put together as an .xlsx is.
        UnusualXmlError: The rows of a sheet cannot be told apart.
    """
    package = Package(data)
    done: set[tuple[str, str]] = set()
    for title, part in BookSheets(package).worksheets().items():
        if wanted := values.get(title):
            rows = RowSource(package.zip, part)
            head, tail = rows.frame()
            package.put(part, partial(_pieces, rows, head, tail, title, _by_row(wanted), done))
    copy = io.BytesIO()
    package.save(copy, last=lambda: None)
    return copy.getvalue(), done


def _by_row(values: Mapping[str, Written]) -> dict[int, dict[int, Written]]:
    found: dict[int, dict[int, Written]] = defaultdict(dict)
    for address, value in values.items():
        row, column = xl_cell_to_rowcol(address)
        found[row][column] = value
    return found


def _pieces(
    rows: RowSource,
    head: bytes,
    tail: bytes,
    title: str,
    values: Mapping[int, Mapping[int, Written]],
    done: set[tuple[str, str]],
) -> Iterator[bytes]:
    yield head
    for number, row in rows.rows():
        wanted = values.get(number)
        if not wanted:
            yield row
            continue
        cells = []
        for column, attributes, rest in cells_of(row):
            if column in wanted and b"<f" not in rest:
                attributes, rest = _valued(attributes, wanted[column])
                done.add((title, xl_rowcol_to_cell(number, column)))
            cells.append((column, attributes, rest))
        yield row_of(number, row, cells)
    yield tail


def _valued(attributes: bytes, value: Written) -> tuple[bytes, bytes]:
    kept = b"".join(
        b" " + part for part in attributes.split() if not part.startswith((b"t=", b"cm=", b"vm="))
    )
    if isinstance(value, str):
        text = escape(ILLEGAL_CHARACTERS_RE.sub("", value)).encode()
        return kept + b' t="inlineStr"', b'><is><t xml:space="preserve">%b</t></is></c>' % text
    return kept, b"><v>%b</v></c>" % repr(value).encode()
