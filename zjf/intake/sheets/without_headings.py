"""Parts of a list without headings of their own: on a later sheet, at the right, or above the header.

They are read by the headings before them, but only where every row fits; a problem tells so (F020, F018).
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from zjf.intake.a1 import a1
from zjf.intake.rows.listed_rows import ListedRows
from zjf.intake.rows.sheet_values import Value
from zjf.intake.sheets.headers import Header
from zjf.intake.sheets.remarks import names_a_row, sets_aside
from zjf.intake.sheets.row_signs import RowSigns
from zjf.intake.table import Table, numbered
from zjf.intake.values.readings import NOTHING, tidy
from zjf.intake.workbook import Sheet
from zjf.problems import Problem
from zjf.schemas import Form
from zjf.schemas.kinds import Kind

if TYPE_CHECKING:
    from zjf.intake.sheets.layout import TableArea  # it asks this module what stands around a table

_TELLING = frozenset(Kind) - {Kind.TEXT, Kind.UNIT, Kind.IDENTIFIER}
_TITLES = 5
_LONG_ROW = 4
_TOLD_BY = 2
_LOOKED_AT = 60


def headed_by(form: Form, columns: Mapping[str, int], sheet: Sheet) -> Header | None:
    """Returns the header for a sheet without one: that of the table before it, if the rows fit its columns."""
    if _is_set_aside(sheet):
        return None
    places = columns.values()
    header = Header(form, -1, -1, dict(columns), numbers=set(range(min(places))))
    header.headed = set(range(max(places) + 1))
    return _moved_to_fit(header, sheet.rows, 0)


def _is_set_aside(sheet: Sheet) -> bool:
    """Whether a sheet's name or title says that its rows are not to be reported now; then F016 asks about it."""
    titles = [
        tidy(value) for row in sheet.rows[:_TITLES] if row.count("") > len(row) - _LONG_ROW for value in row
    ]
    return any(map(sets_aside, (sheet.name, *titles)))


def beside(header: Header, sheet: Sheet, end: int) -> list[Header]:
    """Returns a header and that of the part at its right without headings; the header alone where there is none."""
    beyond, first = max(header.headed) + 1, header.bottom + 1
    if first >= end or len(sheet.rows[first]) <= beyond:
        return [header]
    rows = sheet.rows[first:end]
    right = _moved_to_fit(header, [[*[""] * beyond, *row[beyond:]] for row in rows], beyond)
    if right is None:
        return [header]
    right.span = range(min(right.headed), sys.maxsize)
    return [replace(header, span=range(right.span.start)), right]


def above(header: Header, sheet: Sheet, rows: Sequence[int]) -> list[int]:
    """Returns which of some rows above a header are data: rows added there, or a table sorted with its header.

    The rows are those that belong to no other table.
    """
    fitting = {row for row in rows if _fit(header, [sheet.rows[row]])}
    key = next((header.columns[name] for name in header.form.info.key if name in header.columns), None)
    if key is None or not fitting:
        return []
    return [row for row in rows if row in fitting or names_a_row(tidy(sheet.rows[row][key]))]


def rows_above_header(area: "TableArea", table: Table) -> Iterator[Problem]:
    """Yields F020: rows above the header were read by it."""
    rows = [row for row in area.data if row < area.header.top]
    if rows:
        first = min(table.columns.values())
        what = f"第 {numbered(row + 1 for row in rows)} 行在表头的上面，已按下面的表头读取"
        hint = "请核对各列是否对齐；下次报送请把表头移到第一行数据的上面。"
        yield table.at_places("F020", what, [(row, first) for row in rows], hint)


def _moved_to_fit(header: Header, rows: Sequence[Sequence[Value]], beyond: int) -> Header | None:
    """Returns a header moved to where rows without headings begin: at its row numbers, or after them."""
    used = (
        column
        for column in range(beyond, len(rows[0]) if rows else 0)
        if any(row[column] != "" for row in rows)
    )
    first = next(used, None)
    if first is None:
        return None
    begins = dict.fromkeys((min(header.headed), *sorted(header.numbers)[:1], min(header.columns.values())))
    moved = [_moved(header, first - begin, first) for begin in begins]
    fitting = [candidate for candidate in moved if _fit(candidate, rows)]
    return fitting[0] if len(fitting) == 1 else None


def _moved(header: Header, by: int, first: int) -> Header:
    return replace(
        header,
        columns={name: column + by for name, column in header.columns.items()},
        numbers={column + by for column in header.numbers if column + by >= first},
        headed={column + by for column in header.headed if column + by >= first},
        twice=[],
        spanned=[],
        unknown=[],
    )


def wide_enough(sheet: Sheet, header: Header) -> Sheet:
    """Returns a sheet widened to all columns of a header; without headings, the last ones may be blank."""
    lacking = max(header.columns.values()) + 1 - max(map(len, sheet.rows[:1]), default=0)
    if lacking <= 0:
        return sheet
    return replace(sheet, rows=ListedRows([*row, *[""] * lacking] for row in sheet.rows))


def _fit(header: Header, rows: Sequence[Sequence[Value]]) -> bool:
    """Whether rows belong to a table: they have its key, and their values fit its columns."""
    keys = [header.columns.get(name, sys.maxsize) for name in header.form.info.key]
    long_rows = list(_long_rows(rows))
    width = max(header.headed) + 1
    if not keys or not all(_names_itself(row, keys) and not any(row[width:]) for row in long_rows):
        return False
    fields = header.fields
    telling = [column for column, field in fields.items() if field.kind in _TELLING]
    enough = max(_TOLD_BY, sum(fields[column].required for column in telling) - 1)
    signs = RowSigns(fields)
    fits = [
        signs.fits(column, text)
        for row in long_rows
        for column in telling
        if column < len(row) and (text := tidy(row[column])) not in NOTHING
    ]
    return sum(fits) >= max(enough * len(long_rows), 1) and 3 * sum(fits) >= 2 * len(fits)


def _names_itself(row: Sequence[Value], keys: Sequence[int]) -> bool:
    return all(key < len(row) and tidy(row[key]) for key in keys)


def _long_rows(rows: Sequence[Sequence[Value]]) -> Iterator[Sequence[Value]]:
    """Yields the first rows that are fuller than a note."""
    long_rows = (row for row in rows if len(row) - row.count("") >= _LONG_ROW)
    for _, row in zip(range(_LOOKED_AT), long_rows, strict=False):
        yield row


def read_by_other_headings(table: Table, before: Table) -> Problem:
    """Returns F020: a sheet without headings was read by those of another."""
    first = a1(min(table.rows, default=0), min(table.columns.values()))
    return table.at_table(
        "F020",
        f"工作表「{table.sheet}」没有表头，内容与「{before.sheet}」的各列相符，已按它的表头接着读取",
        cell=first,
        rows=(),
    )
