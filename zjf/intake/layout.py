"""Finding the tables of a sheet, and which of its rows are their data."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from zjf.intake.headers import Header, find_headers
from zjf.intake.notes import Notes, read_notes
from zjf.intake.rows import RowKind, RowReader, names_a_row, numbers_the_columns
from zjf.intake.workbook import Sheet, Value
from zjf.schemas import Form

_NUMBER_OF_PAGE = re.compile(r"[\d\W]|[一二三四五六七八九十续页第表]")

Body = list[tuple[int, RowKind]]
"""Rows with what they are, blank ones left out."""


@dataclass
class TableArea:
    """One table on a sheet. Rows and columns are counted from 0."""

    header: Header
    notes: Notes
    data: list[int] = field(default_factory=list)
    totals: list[tuple[int, RowKind]] = field(default_factory=list)
    nil: bool = False

    @property
    def form(self) -> Form:
        return self.header.form

    @property
    def columns(self) -> dict[str, int]:
        return self.header.columns


def find_tables(sheet: Sheet, forms: Sequence[Form]) -> list[TableArea]:
    """Every table of the given forms on a sheet, in order."""
    headers = find_headers(sheet, forms)
    bodies: list[tuple[TableArea, Body]] = []
    floor = 0
    for position, header in enumerate(headers):
        last = position + 1 == len(headers)
        body = _body(sheet, header, len(sheet.rows) if last else headers[position + 1].top, last=last)
        notes = read_notes(
            sheet, range(floor, header.top), [row for row, kind in body if kind is RowKind.NOTE]
        )
        if bodies and _goes_on(sheet, bodies[-1][0], header, notes):
            bodies[-1][1].extend(body)
        else:
            bodies.append((TableArea(header, notes), body))
        floor = (body[-1][0] if body else header.bottom) + 1
    for area, body in bodies:
        _fill(area, body)
    return [area for area, _ in bodies]


def _fill(area: TableArea, body: Body) -> None:
    kinds = dict(body)
    if RowKind.DATA in kinds.values():
        # Beside other rows, a village that says 无 is a row like them, with nothing in its cells.
        kinds = {row: RowKind.DATA if kind is RowKind.NIL_OF else kind for row, kind in kinds.items()}
    area.totals = [(row, kind) for row, kind in body if kind in (RowKind.TOTAL, RowKind.SUBTOTAL)]
    area.data = [row for row, kind in kinds.items() if kind is RowKind.DATA]
    area.nil = area.notes.nil or any(kind in (RowKind.NIL, RowKind.NIL_OF) for kind in kinds.values())
    if not area.data and not area.nil and not area.form.info.key and len(area.totals) == 1:
        # The one row of an attachment, called 合计.
        area.data, area.totals = [area.totals[0][0]], []


def _goes_on(sheet: Sheet, area: TableArea, header: Header, notes: Notes) -> bool:
    """Whether a header is the first one printed again at the top of a page."""
    first = area.header
    return (
        first.form is header.form
        and first.columns == header.columns
        and sheet.rows[first.bottom] == sheet.rows[header.bottom]
        and notes.unit in ("", area.notes.unit)
        and {_NUMBER_OF_PAGE.sub("", each) for each in notes.titles}
        <= {_NUMBER_OF_PAGE.sub("", each) for each in area.notes.titles} | {""}
    )


def _body(sheet: Sheet, header: Header, end: int, *, last: bool) -> Body:
    """The rows of a table with their kinds; titles and notes of the next table are left out."""
    rows = list(_kinds(sheet, header, end))
    if not last:
        while rows and (rows[-1][1] in (RowKind.NOTE, RowKind.BLANK) or _is_title(sheet.rows[rows[-1][0]])):
            rows.pop()
    return [(row, kind) for row, kind in rows if kind is not RowKind.BLANK]


def _is_title(row: Sequence[Value]) -> bool:
    """Whether a row right above the next header is but one text, and names no house."""
    texts = [value for value in row if value != ""]
    return len(texts) == 1 and isinstance(texts[0], str) and not names_a_row(texts[0])


def _kinds(sheet: Sheet, header: Header, end: int) -> Iterator[tuple[int, RowKind]]:
    many = max(3, len(header.columns) // 2)
    wide = {top for top, left, bottom, right in sheet.merges if top == bottom and right - left >= many - 1}
    reader = RowReader(header)
    first = header.bottom + 1
    if first < end and numbers_the_columns(sheet.rows[first]):
        first += 1
    for row in range(first, end):
        yield row, reader.kind(sheet.rows[row], merged_across=row in wide)
