"""Finding the tables of a sheet, and the data rows of each."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat

from zjf.intake.sheets import without_headings
from zjf.intake.sheets.apart_below import Body, with_tables_told_apart
from zjf.intake.sheets.cumulative_columns import with_cumulative_columns
from zjf.intake.sheets.dates_in_parts import with_dates_read
from zjf.intake.sheets.headers import Header, find_headers
from zjf.intake.sheets.notes import Notes, add_notes, read_notes
from zjf.intake.sheets.option_columns import with_options_read
from zjf.intake.sheets.printed_pages import are_of_one_table, is_repeated, rows_end
from zjf.intake.sheets.rows import RowKind, RowReader, rows_to_judge
from zjf.intake.sheets.sample_rows import SampleRow, sample_rows
from zjf.intake.sheets.side_by_side import only_columns, parts_of
from zjf.intake.sheets.under_headings import gives_units, is_under_headings, numbers_the_columns
from zjf.intake.sheets.village_lines import VillageLine, village_lines
from zjf.intake.values.readings import filled_cells, tidy
from zjf.intake.workbook import Sheet
from zjf.schemas import Form


@dataclass(eq=False)
class TableArea:
    """One table on a sheet, or a part of one that was printed in parts side by side. Rows and columns are counted from 0.

    `page` is the sheet, or block of one, that it stands on; `sheet` says the same, but nothing in the columns of other
    parts. `remarks` are texts that stand alone below the last house, and may be notes or houses. `samples` are rows
    that are none of the unit's own: examples, field codes, instructions. `villages` are lines that say of which village
    the houses below are. `parts` are all of the table's, from left to right. `around` are the rows that belong to no
    other table, `apart` those of tables of another kind below it.
    """

    page: Sheet
    sheet: Sheet
    header: Header
    notes: Notes
    data: list[int] = field(default_factory=list)
    totals: list[tuple[int, RowKind]] = field(default_factory=list)
    remarks: list[tuple[int, int]] = field(default_factory=list)
    samples: list[SampleRow] = field(default_factory=list)
    villages: list[VillageLine] = field(default_factory=list)
    apart: list[int] = field(default_factory=list)
    nil: bool = False
    parts: "list[TableArea]" = field(default_factory=list)
    around: range = range(0)

    @property
    def form(self) -> Form:
        return self.header.form

    @property
    def columns(self) -> dict[str, int]:
        return self.header.columns

    @property
    def goes_on_from(self) -> "TableArea | None":
        """The leftmost part of the table, of which this one is the continuation."""
        return None if self.parts[0] is self else self.parts[0]

    @property
    def continues_a_sheet(self) -> bool:
        """Whether it goes on with the list of a sheet before: it has no headings, and no unit, of its own."""
        return not (self.header.is_on_the_sheet or self.notes.unit)


def find_tables(sheet: Sheet, forms: Sequence[Form]) -> list[TableArea]:
    """Returns every table of the given forms on a sheet, in order; parts side by side follow each other."""
    return _tables_under(find_headers(sheet, forms), sheet)


def going_on(form: Form, columns: Mapping[str, int], sheet: Sheet) -> list[TableArea]:
    """Returns the rows of a sheet without headings where they continue the last table of the sheets before."""
    header = without_headings.headed_by(form, columns, sheet)
    return _tables_under([header], sheet) if header else []


def _tables_under(headers: Sequence[Header], sheet: Sheet) -> list[TableArea]:
    """Returns the tables under some headers, from top to bottom."""
    tables: list[_Printed] = []
    floor = 0
    for position, header in enumerate(headers):
        following = headers[position + 1] if position + 1 < len(headers) else None
        printed = _printed(sheet, header, following, range(floor, header.top))
        if tables and _is_next_page(sheet, tables[-1], printed):
            for (area, body), (again, more) in zip(tables[-1].parts, printed.parts, strict=True):
                body.extend(more)
                add_notes(area.notes, sheet, _of_kinds(more, RowKind.NOTE))
                area.around = range(area.around.start, again.around.stop)
        else:
            tables.append(printed)
        floor = max((body[-1][0] for _, body in printed.parts if body), default=header.bottom) + 1
    return [area for printed in tables for area in _non_empty_parts(printed.parts)]


@dataclass(frozen=True)
class _Printed:
    """A table as it is printed: its header, and its parts with the kinds of their rows."""

    header: Header
    parts: "list[tuple[TableArea, Body]]"


def _printed(sheet: Sheet, header: Header, following: Header | None, above: range) -> _Printed:
    parts: list[tuple[TableArea, Body]] = []
    left: Body = []
    data_above: set[int] = set()
    end = rows_end(sheet, header, following)
    headed = parts_of(header)
    for part in headed if len(headed) > 1 else without_headings.beside(header, sheet, end):
        own = sheet if part.span is None else only_columns(sheet, part.span)
        own = without_headings.wide_enough(own, part)
        own, part = with_dates_read(*with_options_read(own, with_cumulative_columns(own, part)))
        area = TableArea(sheet, own, part, Notes(), around=range(above.start, end))
        early = without_headings.above(part, own, above)
        data_above.update(early)
        body = [*zip(early, repeat(RowKind.DATA)), *_body(own, part, following)]
        if beside := dict(left):
            body = [(row, _beside(area, row, kind, beside)) for row, kind in body]
        parts.append((area, body))
        left = body
    notes = read_notes(sheet, [row for row in above if row not in data_above])
    for area, body in parts:
        area.notes = notes
        add_notes(notes, sheet, _of_kinds(body, RowKind.NOTE))
    return _Printed(header, parts)


def _beside(area: TableArea, row: int, kind: RowKind, left: Mapping[int, RowKind]) -> RowKind:
    """Returns the kind of a row of a part, given the kinds of rows in the part at its left.

    Figures without a name belong to a total that begins at the left, and a text alone to a label there.
    """
    if kind not in (RowKind.DATA, RowKind.REMARK) or row not in left:
        return kind
    keys = [area.columns[name] for name in area.form.info.key if name in area.columns]
    if left[row] in (RowKind.TOTAL, RowKind.SUBTOTAL) and not any(
        tidy(area.sheet.rows[row][key]) for key in keys
    ):
        return left[row]
    stands_alone = len(filled_cells(area.sheet.rows[row])) == 1
    before = filled_cells(area.page.rows[row][: min(area.header.headed)])
    labelled = left[row] is RowKind.NOTE and before[-1][1].endswith((":", "："))
    return RowKind.NOTE if labelled and stands_alone else kind


def _non_empty_parts(parts: "list[tuple[TableArea, Body]]") -> list[TableArea]:
    """Returns the parts of a table that are not empty, at least the first one."""
    for area, body in parts:
        _fill(area, body)
    areas = [area for area, _ in parts]
    filled = [area for area in areas if area.data or area.totals or area.samples] or areas[:1]
    for area in filled:
        area.parts = filled
    return filled


def _fill(area: TableArea, body: Body) -> None:
    """Sorts a table's rows into data, totals, remarks and samples; notes whether it is a nil return."""
    kinds = _kinds_in_context(body)
    data = [row for row, kind in kinds if kind is RowKind.DATA]
    others = [(row, kind) for row, kind in kinds if kind is not RowKind.DATA]
    area.samples = sample_rows(area.sheet, area.header, data)
    area.villages = village_lines(area.sheet, area.header, data, area.around.start)
    no_data = {sample.row for sample in area.samples} | {line.row for line in area.villages}
    area.data = [row for row in data if row not in no_data] if no_data else data
    area.totals = [(row, kind) for row, kind in others if kind in (RowKind.TOTAL, RowKind.SUBTOTAL)]
    area.apart = _of_kinds(others, RowKind.APART)
    area.remarks = [_first_cell(area, row) for row in _of_kinds(others, RowKind.REMARK)] if data else []
    area.nil = area.notes.nil or bool(_of_kinds(others, RowKind.NIL, RowKind.NIL_OF))
    is_attachment_without_data = not (area.data or area.nil or area.form.info.key)
    if is_attachment_without_data and len(area.totals) == 1:  # its one row is called 合计
        area.data, area.totals = [area.totals[0][0]], []


def _of_kinds(rows: Sequence[tuple[int, RowKind]], *kinds: RowKind) -> list[int]:
    return [row for row, kind in rows if kind in kinds]


def _kinds_in_context(body: Body) -> Body:
    """Returns the rows with the kinds that depend on the other rows of the table.

    Where there is data, a village with 无 is a data row with blank cells, and a text alone that may name a house does
    name one above the last data row.
    """
    kinds = {kind for _, kind in body}
    if RowKind.DATA not in kinds or kinds.isdisjoint((RowKind.NIL_OF, RowKind.REMARK)):
        return body
    settled = [(row, RowKind.DATA if kind is RowKind.NIL_OF else kind) for row, kind in body]
    last = next(row for row, kind in reversed(settled) if kind is RowKind.DATA)
    return [(row, RowKind.DATA if kind is RowKind.REMARK and row < last else kind) for row, kind in settled]


def _first_cell(area: TableArea, row: int) -> tuple[int, int]:
    return row, next(column for column in sorted(area.columns.values()) if tidy(area.sheet.rows[row][column]))


def _is_next_page(sheet: Sheet, last: _Printed, printed: _Printed) -> bool:
    return (
        [area.columns for area, _ in last.parts] == [area.columns for area, _ in printed.parts]
        and is_repeated(sheet, last.header, printed.header)
        and are_of_one_table(last.parts[0][0].notes, printed.parts[0][0].notes)
    )


def _body(sheet: Sheet, header: Header, following: Header | None) -> Body:
    """Returns the rows of a table with their kinds, without titles and notes of the following table."""
    reader = RowReader(header)
    rows = list(_kinds(sheet, header, reader, rows_end(sheet, header, following)))
    while following and rows and _may_precede_header(sheet, reader, *rows[-1]):
        rows.pop()
    return with_tables_told_apart(sheet, header, rows)


def _may_precede_header(sheet: Sheet, reader: RowReader, row: int, kind: RowKind) -> bool:
    """Whether one of the last rows above a header belongs to what stands around it."""
    return kind in (RowKind.NOTE, RowKind.REMARK, RowKind.BLANK) or (
        kind is not RowKind.SUBTOTAL and reader.may_be_title(sheet.rows[row])
    )


def _kinds(sheet: Sheet, header: Header, reader: RowReader, end: int) -> Iterator[tuple[int, RowKind]]:
    many = max(3, len(header.columns) // 2)
    wide = {top for top, left, bottom, right in sheet.merges if top == bottom and right - left >= many - 1}
    anchors = _anchors(sheet, reader.naming, range(header.bottom + 1, end))
    houses: set[int] = set()
    first = header.bottom + 1
    while first < end and (
        numbers_the_columns(sheet.rows[first])
        or gives_units(sheet.rows[first])
        or is_under_headings(sheet, header, first)
    ):
        first += 1
    for row in chain(rows_to_judge(sheet.rows, range(first, end)), (end,)):
        if first < row:  # between those that are looked at, each is data
            houses.update(range(first, row))
            yield from zip(range(first, row), repeat(RowKind.DATA))
        first = row + 1
        if row == end:
            return
        named_above = not houses.isdisjoint(anchors.get(row, ()))
        kind = reader.kind(sheet.rows[row], merged_across=row in wide, named_above=named_above)
        if kind is RowKind.DATA:
            houses.add(row)
        yield row, kind


def _anchors(sheet: Sheet, columns: Collection[int], within: range) -> dict[int, list[int]]:
    """Returns, by row, the rows above whose cells in the given columns are merged down over it."""
    anchors: dict[int, list[int]] = {}
    for top, left, bottom, _ in sheet.merges:
        if bottom > top and top in within and left in columns and tidy(sheet.rows[top][left]):
            for row in range(top + 1, min(bottom + 1, within.stop)):
                anchors.setdefault(row, []).append(top)
    return anchors
