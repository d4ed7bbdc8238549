"""A list printed in parts side by side under the same headings, which is one table."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from zjf.intake.formats.extras import SheetExtras
from zjf.intake.rows.listed_rows import ListedRows
from zjf.intake.rows.sheet_values import Value
from zjf.intake.sheets.headers import Header
from zjf.intake.workbook import Sheet

_FEWEST = 2
_Headed = list[tuple[int, str]]
"""Columns of the sheet with the fields that they are of, from left to right."""


def parts_of(header: Header) -> list[Header]:
    """Returns the header of each part, from left to right; the header itself where there is one part."""
    runs = _runs(header)
    if len(runs) < 2 or not _are_alike(header, runs):
        return [header]
    return [
        replace(header.only(span), columns={name: column for column, name in run}, twice=[], span=span)
        for run, span in _spans(header, runs)
    ]


def _runs(header: Header) -> list[_Headed]:
    """Returns the known columns, divided where a field repeats."""
    known = sorted([(column, name) for name, column in (*header.columns.items(), *header.twice)])
    runs: list[_Headed] = [[]]
    for column, name in known:
        if any(name == before for _, before in runs[-1]):
            runs.append([])
        runs[-1].append((column, name))
    return runs


def _are_alike(header: Header, runs: list[_Headed]) -> bool:
    """Whether each run is a list of its own: it names its rows, and has only columns that the longest has.

    Their order may differ. A column that is there twice by mistake makes no such run.
    """
    names = [[name for _, name in run] for run in runs]
    longest = max(names, key=len)
    if not header.form.info.key:
        return len(longest) >= _FEWEST and all(run == longest for run in names)
    return all(len(run) >= _FEWEST and {*header.form.info.key} <= {*run} <= {*longest} for run in names)


def _spans(header: Header, runs: list[_Headed]) -> Iterator[tuple[_Headed, range]]:
    """Yields each run with its columns, from its first heading to where the next run begins.

    Columns that the form does not know (序号) stand in front, the same number in every part.
    """
    in_front = runs[0][0][0] - min(header.headed)
    starts = [0, *(max(run[0][0] - in_front, before[-1][0] + 1) for before, run in pairwise(runs))]
    ends = [*starts[1:], sys.maxsize]
    yield from zip(runs, map(range, starts, ends), strict=True)


def only_columns(sheet: Sheet, span: range) -> Sheet:
    """Returns a sheet with all other columns blank; every cell keeps its place."""
    left, right = span.start, span.stop

    def masked(row: list[Value]) -> list[Value]:
        return [*[""] * left, *row[left:right], *[""] * (len(row) - right)]

    return replace(
        sheet,
        rows=ListedRows(map(masked, sheet.rows)),
        merges=[
            (top, at, bottom, min(end, right - 1)) for top, at, bottom, end in sheet.merges if at in span
        ],
        extras=_only_in(span, sheet.extras),
    )


def _only_in(span: range, extras: SheetExtras) -> SheetExtras:
    return replace(
        extras,
        errors={cell: error for cell, error in extras.errors.items() if cell[1] in span},
        percents={cell: how for cell, how in extras.percents.items() if cell[1] in span},
        boxes={cell: text for cell, text in extras.boxes.items() if cell[1] in span},
        struck={
            row: {column for column in columns if column in span} for row, columns in extras.struck.items()
        },
    )
