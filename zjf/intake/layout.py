"""Finding the tables of a sheet, and which of its rows are their data."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from zjf.intake.headers import Header, find_headers
from zjf.intake.notes import Notes, read_notes
from zjf.intake.readings import tidy
from zjf.intake.rows import RowKind, RowReader, numbers_the_columns
from zjf.intake.sample_rows import SampleRow, sample_rows
from zjf.intake.sheet_values import Value
from zjf.intake.workbook import Sheet
from zjf.schemas import Form
from zjf.schemas.headings import plain_heading

_NUMBER_OF_PAGE = re.compile(r"[\d\W]|[一二三四五六七八九十续页第表]")

Body = list[tuple[int, RowKind]]
"""Rows with what they are, blank ones left out."""


@dataclass
class TableArea:
    """One table on a sheet. Rows and columns are counted from 0.

    `remarks` are texts that stand alone below the last house, and may be notes or houses. `samples` are
    rows that are none of the unit's own: examples, field codes, instructions.
    """

    header: Header
    notes: Notes
    data: list[int] = field(default_factory=list)
    totals: list[tuple[int, RowKind]] = field(default_factory=list)
    remarks: list[tuple[int, int]] = field(default_factory=list)
    samples: list[SampleRow] = field(default_factory=list)
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
        following = headers[position + 1] if position + 1 < len(headers) else None
        body = _body(sheet, header, following)
        notes = read_notes(
            sheet, range(floor, header.top), [row for row, kind in body if kind is RowKind.NOTE]
        )
        if bodies and _goes_on(sheet, bodies[-1][0], header, notes):
            bodies[-1][1].extend(body)
        else:
            bodies.append((TableArea(header, notes), body))
        floor = (body[-1][0] if body else header.bottom) + 1
    for area, body in bodies:
        _fill(sheet, area, body)
    return [area for area, _ in bodies]


def _fill(sheet: Sheet, area: TableArea, body: Body) -> None:
    """Sorts the rows of a table's body: data, totals, remarks, samples; whether it is a nil return."""
    kinds = _settled(body)
    data = [row for row, kind in kinds if kind is RowKind.DATA]
    area.samples = sample_rows(sheet, area.header, data)
    area.data = sorted(set(data) - {sample.row for sample in area.samples})
    area.totals = [(row, kind) for row, kind in kinds if kind in (RowKind.TOTAL, RowKind.SUBTOTAL)]
    if data:
        remarks = [row for row, kind in kinds if kind is RowKind.REMARK]
        area.remarks = [_first_cell(sheet, area, row) for row in remarks]
    area.nil = area.notes.nil or any(kind in (RowKind.NIL, RowKind.NIL_OF) for _, kind in kinds)
    if not area.data and not area.nil and not area.form.info.key and len(area.totals) == 1:
        # The one row of an attachment, called 合计.
        area.data, area.totals = [area.totals[0][0]], []


def _settled(body: Body) -> Body:
    """The rows with what they are beside the others of the table.

    Where there is data, a village that says 无 is a row like the others, with nothing in its cells; and a
    text alone that may name a house does so above the last one.
    """
    if all(kind is not RowKind.DATA for _, kind in body):
        return body
    settled = [(row, RowKind.DATA if kind is RowKind.NIL_OF else kind) for row, kind in body]
    last = max(row for row, kind in settled if kind is RowKind.DATA)
    return [(row, RowKind.DATA if kind is RowKind.REMARK and row < last else kind) for row, kind in settled]


def _first_cell(sheet: Sheet, area: TableArea, row: int) -> tuple[int, int]:
    return row, next(column for column in sorted(area.columns.values()) if tidy(sheet.rows[row][column]))


def _goes_on(sheet: Sheet, area: TableArea, header: Header, notes: Notes) -> bool:
    """Whether a header is the first one printed again at the top of a page."""
    first = area.header
    return (
        first.form is header.form
        and first.columns == header.columns
        and sheet.rows[first.bottom] == sheet.rows[header.bottom]
        and notes.unit in ("", area.notes.unit)
        and {_NUMBER_OF_PAGE.sub("", title) for title in notes.titles}
        <= {_NUMBER_OF_PAGE.sub("", title) for title in area.notes.titles} | {""}
    )


def _body(sheet: Sheet, header: Header, following: Header | None) -> Body:
    """The rows of a table with their kinds; titles and notes of the following table are left out."""
    reader = RowReader(header)
    rows = list(_kinds(sheet, header, reader, _end(sheet, header, following)))
    while following and rows and _leads_on(sheet, reader, *rows[-1]):
        rows.pop()
    return [(row, kind) for row, kind in rows if kind is not RowKind.BLANK]


def _leads_on(sheet: Sheet, reader: RowReader, row: int, kind: RowKind) -> bool:
    """Whether one of the last rows above a header belongs to what stands around it."""
    return kind in (RowKind.NOTE, RowKind.REMARK, RowKind.BLANK) or reader.may_be_title(sheet.rows[row])


def _end(sheet: Sheet, header: Header, following: Header | None) -> int:
    """Where the rows of a table end: above the next header, with its groups where they are printed again."""
    if following is None:
        return len(sheet.rows)
    end, above = following.top, header.top - 1
    while above >= 0 and end > header.bottom + 1 and _is_group_row(sheet.rows[above], sheet.rows[end - 1]):
        end, above = end - 1, above - 1
    return end


def _is_group_row(first: Sequence[Value], again: Sequence[Value]) -> bool:
    """Whether a row is one of several headings that stood above the first header, too."""
    headings = _headings(first)
    return len(headings) > 1 and headings == _headings(again)


def _headings(row: Sequence[Value]) -> dict[int, str]:
    return {column: plain_heading(str(value)) for column, value in enumerate(row) if value != ""}


def _kinds(sheet: Sheet, header: Header, reader: RowReader, end: int) -> Iterator[tuple[int, RowKind]]:
    many = max(3, len(header.columns) // 2)
    wide = {top for top, left, bottom, right in sheet.merges if top == bottom and right - left >= many - 1}
    anchors = _anchors(sheet, reader.naming, range(header.bottom + 1, end))
    houses: set[int] = set()
    first = header.bottom + 1
    if first < end and numbers_the_columns(sheet.rows[first]):
        first += 1
    for row in range(first, end):
        named_above = not houses.isdisjoint(anchors.get(row, ()))
        kind = reader.kind(sheet.rows[row], merged_across=row in wide, named_above=named_above)
        if kind is RowKind.DATA:
            houses.add(row)
        yield row, kind


def _anchors(sheet: Sheet, columns: Collection[int], within: range) -> dict[int, list[int]]:
    """By row, the rows above it whose cells in the given columns are merged down over it."""
    anchors: dict[int, list[int]] = {}
    for top, left, bottom, _ in sheet.merges:
        if bottom > top and top in within and left in columns and tidy(sheet.rows[top][left]):
            for row in range(top + 1, min(bottom + 1, within.stop)):
                anchors.setdefault(row, []).append(top)
    return anchors
