"""The texts of a printed table, as the ledger keeps them and as they are read back.

An attachment is kept as it reads. A ledger is kept by the submissions that it was printed from, whose
rows are on record anyway, and by a digest of how it read: ten thousand rows take a few hundred bytes,
and nothing of a person is written down a second time.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import blake2b

from zjf.documents.attachment import Attachment
from zjf.documents.figure_texts import column_of
from zjf.documents.layout import Column, fitting_width
from zjf.documents.ledger_table import LedgerTable
from zjf.documents.paper_sizes import BODY_POINTS
from zjf.documents.seal import Seal
from zjf.documents.wording import Wording, wording_of
from zjf.ledger import Ledger, PrintedTable
from zjf.ledger.as_of import LedgerThen
from zjf.register.people_of_period import people_when_printed, sources_of_names
from zjf.register.print_context import PrintContext
from zjf.schemas import FORMS

Table = Attachment | LedgerTable
Grid = Sequence[tuple[str, ...]]


def entry_of(table: Table, context: PrintContext, *, set_by: str = "") -> PrintedTable:
    """What the register says of a table.

    Args:
        table: A table with a seal.
        context: The period's tables, among which it was made.
        set_by: A digest of the templates that set it; empty where that is not known.
    """
    assert table.seal is not None
    unit, said = context.unit_named(table.unit), wording_of(table)
    about = {
        "title": said.title,
        "foot": said.foot,
        "columns": [[column.text, *column.groups] for column in said.columns],
        "keys": said.keys,
        "totalled": said.totalled,
        "above": list(said.above),
        "remarks": list(said.remarks),
        "draft": context.shortcomings(unit) if table.draft else [],
        **({"set_by": set_by} if set_by else {}),
    }
    if isinstance(table, LedgerTable):
        about |= {"of": context.sources(table.form, unit), "whole": table.shows_personal}
        about |= {"digest": _digest(table.grid)}
        about |= {"people": sources_of_names(context.submissions)} if table.people else {}
    else:
        about |= {"rows": [list(row) for row in said.grid]}
    return PrintedTable(**vars(table.seal), said=about, as_of=context.as_of(unit))


def whole(printed: PrintedTable) -> bool:
    """Whether it shows personal data."""
    return bool(printed.said.get("whole"))


def agrees(printed: PrintedTable, table: Table, called: Callable[[str], str]) -> bool:
    """Whether a table reads as the printed one did, row by row.

    Args:
        printed: The printed one.
        table: The table.
        called: What a unit goes by now: one with another name since is the same unit.
    """
    if "rows" in printed.said:
        keys = printed.said["keys"]
        return [(*map(called, row[:keys]), *row[keys:]) for row in _rows(printed)] == list(table.grid)
    return bool(printed.said["digest"] == _digest(table.grid))


def grid_of(printed: PrintedTable, ledger: Ledger, now: Table | None = None) -> Grid | None:
    """The rows of the printed table; None where this zjf prints that ledger otherwise.

    Args:
        printed: The printed table.
        ledger: The ledger.
        now: The table as it is now, which may be the same.
    """
    if "rows" in printed.said:
        return _rows(printed)
    if now and printed.said["digest"] == _digest(now.grid):
        return now.grid
    form, sent = (
        FORMS[printed.form],
        ledger.submissions(printed.period, printed.form, include_superseded=True),
    )
    by_number = {submission.id: submission for submission in sent}
    counted = [replace(by_number[number], unit=unit) for unit, number in printed.said["of"]]
    units = list(dict.fromkeys(submission.unit for submission in counted))
    rows = LedgerThen(ledger, printed.period, counted).frame(form.id, printed.period, units)
    people = people_when_printed(printed, ledger)
    again = LedgerTable(form, rows, unit=printed.unit, shows_personal=whole(printed), people=people)
    places = {column.text: at for at, column in enumerate(again.columns)}
    shown = [places.get(text) for text, *_ in printed.said["columns"]]
    grid = [tuple(row[at] for at in shown if at is not None) for row in again.grid]
    return grid if _digest(grid) == printed.said["digest"] else None


def legible(printed: PrintedTable, grid: Grid) -> Wording:
    """What the printed table said, its rows being these."""
    said = printed.said
    return Wording(
        FORMS[printed.form],
        said["title"],
        said["foot"],
        _columns(printed, grid),
        said["keys"],
        grid,
        said["totalled"],
        said["above"],
        said["remarks"],
        draft=bool(said["draft"]),
        shows_personal=whole(printed),
        set_by=said.get("set_by", ""),
        seal=Seal(printed.form, printed.period, printed.unit, printed.code),
    )


def _columns(printed: PrintedTable, grid: Grid) -> list[Column]:
    """Its columns, as wide as they were when it was made."""
    form, said = FORMS[printed.form], printed.said
    widths = {column_of(field).text: field.heading.width for field in form.fields}
    columns = [
        Column(text, tuple(groups), widths.get(text, Column(text).width)) for text, *groups in said["columns"]
    ]
    named = grid[:-1] if said["totalled"] else grid
    return [
        replace(column, width=fitting_width((row[at] for row in named), column.width, BODY_POINTS))
        if at < said["keys"]
        else column
        for at, column in enumerate(columns)
    ]


def _rows(printed: PrintedTable) -> list[tuple[str, ...]]:
    return [tuple(row) for row in printed.said["rows"]]


def _digest(grid: Grid) -> str:
    return blake2b(json.dumps(grid, ensure_ascii=False).encode(), digest_size=16).hexdigest()
