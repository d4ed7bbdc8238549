"""The texts of a printed table, as the ledger keeps them and as they are read back.

Of an attachment all texts are kept. Of a ledger are kept the numbers of the submissions that it was printed
from, whose rows are on record anyway, and a digest of its texts: ten thousand rows take a few hundred bytes,
and no personal data is stored a second time.
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
from zjf.ledger.registers.printed import PRESS
from zjf.register.people_of_period import people_when_printed, sources_of_names
from zjf.register.print_context import PrintContext
from zjf.schemas import FORMS

Table = Attachment | LedgerTable
Grid = Sequence[tuple[str, ...]]


def entry_of(table: Table, context: PrintContext, *, set_by: str = "", pressed_by: str = "") -> PrintedTable:
    """Returns a table's entry for the register.

    Args:
        context: The period's tables, among which it was made.
        set_by: A digest of the templates that set it; empty where that is not known.
        pressed_by: The fingerprint of the press that sets it as a PDF; empty where it is not printed as one.
    """
    assert table.seal is not None
    unit, wording = context.unit_named(table.unit), wording_of(table)
    content = {
        "title": wording.title,
        "foot": wording.foot,
        "columns": [[column.text, *column.groups] for column in wording.columns],
        "keys": wording.key_columns,
        "totalled": wording.totalled,
        "above": list(wording.above),
        "remarks": list(wording.remarks),
        "draft": context.shortcomings(unit) if table.draft else [],
        **({"set_by": set_by} if set_by else {}),
        **({PRESS: pressed_by} if pressed_by else {}),
    }
    if isinstance(table, LedgerTable):
        content |= {"of": context.sources(table.form, unit), "whole": table.shows_personal}
        content |= {"digest": _digest(table.grid)}
        content |= {"people": sources_of_names(context.submissions)} if table.people else {}
    else:
        content |= {"rows": [list(row) for row in wording.grid]}
    return PrintedTable(**vars(table.seal), content=content, as_of=context.as_of(unit))


def whole(printed: PrintedTable) -> bool:
    """Whether it shows personal data unmasked."""
    return bool(printed.content.get("whole"))


def agrees(printed: PrintedTable, table: Table, current_name: Callable[[str], str]) -> bool:
    """Whether a table reads as the printed one did, row by row.

    Args:
        current_name: Gives the present name of a unit; a renamed unit is the same unit.
    """
    if "rows" in printed.content:
        keys = printed.content["keys"]
        return [(*map(current_name, row[:keys]), *row[keys:]) for row in _rows(printed)] == list(table.grid)
    return bool(printed.content["digest"] == _digest(table.grid))


def rows_of_printed(printed: PrintedTable, ledger: Ledger, current: Table | None = None) -> Grid | None:
    """Returns the rows of the printed table; None where this version of zjf prints that ledger otherwise.

    Args:
        current: The table as it is now: where it has the same rows, they need not be made again.
    """
    if "rows" in printed.content:
        return _rows(printed)
    if current and printed.content["digest"] == _digest(current.grid):
        return current.grid
    then = LedgerThen.of_numbers(ledger, printed.period, printed.content["of"])
    table = LedgerTable(
        FORMS[printed.form],
        then.frame(printed.form, printed.period, then.units),
        unit=printed.unit,
        shows_personal=whole(printed),
        people=people_when_printed(printed, ledger),
    )
    positions = {column.text: position for position, column in enumerate(table.columns)}
    printed_positions = [positions.get(text) for text, *_ in printed.content["columns"]]
    grid = [
        tuple(row[position] for position in printed_positions if position is not None) for row in table.grid
    ]
    return grid if _digest(grid) == printed.content["digest"] else None


def legible(printed: PrintedTable, grid: Grid) -> Wording:
    """Returns the texts of the printed table, with the given rows."""
    content = printed.content
    return Wording(
        FORMS[printed.form],
        content["title"],
        content["foot"],
        _columns(printed, grid),
        content["keys"],
        grid,
        content["totalled"],
        content["above"],
        content["remarks"],
        draft=bool(content["draft"]),
        shows_personal=whole(printed),
        set_by=content.get("set_by", ""),
        pressed_by=content.get(PRESS, ""),
        seal=Seal(printed.form, printed.period, printed.unit, printed.code),
    )


def _columns(printed: PrintedTable, grid: Grid) -> list[Column]:
    """Returns the columns of a printed table, as wide as they were when it was made."""
    form, content = FORMS[printed.form], printed.content
    widths = {column_of(field).text: field.heading.width for field in form.fields}
    columns = [
        Column(text, tuple(groups), widths.get(text, Column(text).width))
        for text, *groups in content["columns"]
    ]
    named_rows = grid[:-1] if content["totalled"] else grid
    return [
        replace(column, width=fitting_width((row[position] for row in named_rows), column.width, BODY_POINTS))
        if position < content["keys"]
        else column
        for position, column in enumerate(columns)
    ]


def _rows(printed: PrintedTable) -> list[tuple[str, ...]]:
    return [tuple(row) for row in printed.content["rows"]]


def _digest(grid: Grid) -> str:
    return blake2b(json.dumps(grid, ensure_ascii=False).encode(), digest_size=16).hexdigest()
