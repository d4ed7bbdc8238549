"""A table as it was read: its typed rows, the places of its cells, and which of them are unknown."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, Self

from zjf.intake.a1 import a1
from zjf.intake.rows.runs import as_runs
from zjf.intake.rows.sent_rows import SentRows
from zjf.intake.rows.sheet_values import Value
from zjf.intake.sheets.notes import Notes
from zjf.problems import (
    People,
    Problem,
    first_few,
    is_name_like,
    masked,
    problem,
    shown,
    without_stray_numbers,
)
from zjf.schemas import Field, Form
from zjf.schemas.masked_rows import may_name_people

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from zjf.intake.rows.typed_column import TypedColumn

_LONGEST_SHOWN = 60
_PLACES_LISTED = 3
CELLS_NAMED = 20
"""How many cells at most a problem names."""

Place = tuple[int, int]
"""A cell's row and column on its sheet, counted from 0."""


def numbered(rows: Iterable[int]) -> str:
    """Returns row numbers as a person writes them: 6–8、12."""
    runs = as_runs(sorted(set(rows)))
    return "、".join(f"{first}–{first + count - 1}" if count > 1 else str(first) for first, count in runs)


def places_listed(places: Sequence[Place]) -> str:
    """Returns how many places a problem has and the first ones, in brackets; blank where there is one place."""
    first = first_few(places, _PLACES_LISTED, "等", lambda place: a1(*place))
    return f"（共 {len(places)} 处：{first}）" if len(places) > 1 else ""


@dataclass(frozen=True)
class Total:
    """A 合计/总计 row.

    Attributes:
        row: The row on the sheet, counted from 0.
        covers: The half-open range of data positions since the total row before it.
        values: Its figures by column name.
        of_group: Whether its text says that it is the total of a page or a village.
        blank: By column name, the text in place of a figure; mostly empty.
    """

    row: int
    covers: tuple[int, int]
    values: dict[str, Any]
    of_group: bool = False
    blank: Mapping[str, str] = field(default_factory=dict)


class Rows(Protocol):
    """The rows of a table that are loaded when they are asked for."""

    def cells(self, name: str) -> list[Any]:
        """Returns the cells of a column."""

    def frame(self) -> "pd.DataFrame":
        """Returns all rows, as a table's frame has them."""


@dataclass
class Table:
    """One table of a return.

    Attributes:
        index: Its number among the tables of the return.
        rows: For each position, the row on the sheet, counted from 0.
        columns: The sheet's column of each field found.
        frame: A row for each position and a column for every column of the form, blanks as None.
        notes: The texts above and below it.
        nil: Whether the unit wrote 无 or 零报.
        unit: Its reporting unit; None where it is not known, and of a roll-up.
        units: The units whose rows it holds: its reporting unit, or those of a roll-up.
        totals: Its 合计/总计 rows.
        anchors: Cell below the first of a merged range: the row of that first cell, which has the text.
        unknown: Field: the positions at which it cannot be relied on, being unreadable, or required and blank.
        missing: The fields whose columns are missing.
        show_personal: Whether messages show personal data whole.
        people: The values in its columns of names.
        hidden, struck: The positions that are hidden, or struck through, on the sheet as it was saved.
        typed: Columns of the frame as they were read, by name; none where the table comes from another process.
        goes_on_from: The index of the table that it continues: at its left, where one list is printed in parts side
            by side (F018), or on an earlier sheet (F020).
    """

    index: int
    sheet: str
    form: Form
    rows: Sequence[int]
    columns: dict[str, int]
    frame: "pd.DataFrame"
    notes: Notes
    nil: bool = False
    unit: str | None = None
    units: tuple[str, ...] = ()
    totals: list[Total] = field(default_factory=list)
    anchors: dict[tuple[int, int], int] = field(default_factory=dict)
    unknown: dict[str, set[int]] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    show_personal: bool = False
    people: Set[Value] = frozenset()
    hidden: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()
    goes_on_from: int | None = None
    typed: "dict[str, TypedColumn]" = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def with_rows_elsewhere(cls, rows_elsewhere: Rows, **attributes: Any) -> Self:
        """Makes a table whose rows are loaded when they are asked for."""
        table = cls(frame=None, **attributes)  # type: ignore[arg-type]
        table.keep_rows_in(rows_elsewhere)
        return table

    def keep_rows_in(self, rows_elsewhere: Rows) -> None:
        """Lets go of the frame: from now on the same rows are loaded from elsewhere when they are asked for."""
        self.__dict__.pop("frame", None)
        self.typed.clear()
        self.__dict__["_sent"] = rows_elsewhere

    def __getstate__(self) -> dict[str, Any]:
        """Packs the rows to be sent to another process."""
        state = self.__dict__ | {"typed": {}}
        if "frame" in state:
            state["_sent"] = SentRows.of(state.pop("frame"))
        return state

    def __getattr__(self, name: str) -> Any:
        """Gives `frame` where the rows are packed or elsewhere: it loads them."""
        if name == "frame" and "_sent" in self.__dict__:
            return self.__dict__["_sent"].frame()
        raise AttributeError(name)

    def cells(self, name: str) -> list[Any]:
        """Returns the cells of a column, by position."""
        if "frame" in self.__dict__:
            return self.frame[name].tolist()
        sent: Rows = self.__dict__["_sent"]
        return sent.cells(name)

    def address(self, name: str, position: int) -> str:
        """Returns the A1 address of a field's cell; of the row's first cell where the column is missing."""
        row = self.rows[position]
        column = self.columns.get(name)
        if column is None:
            return a1(row, min(self.columns.values(), default=0))
        return a1(self.anchors.get((row, column), row), column)

    def is_known(self, names: Iterable[str]) -> "np.ndarray[Any, np.dtype[np.bool_]]":
        """Returns for each position whether all the fields can be relied on."""
        import numpy as np  # a process that only receives results does without numpy

        known = np.ones(len(self.rows), dtype=bool)
        for name in names:
            if name in self.missing:
                known[:] = False
            elif positions := self.unknown.get(name):
                known[list(positions)] = False
        return known

    def is_known_at(self, position: int, *names: str) -> bool:
        """Whether all the fields can be relied on at one position."""
        return all(name not in self.missing and position not in self.unknown.get(name, ()) for name in names)

    def mark_unknown(self, name: str, positions: Iterable[int]) -> None:
        """Marks a field as unknown at the given positions."""
        self.unknown.setdefault(name, set()).update(positions)

    def shown(self, field: Field, value: object) -> str:
        """Returns a value for a message: shortened, and masked where it is personal."""
        text = str(value).strip()
        text = masked(text) if self.names(text) else shown(field, text, whole=self.show_personal)
        if may_name_people(field):
            text = self._without_names(text)
        return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"

    def quoted(self, text: str) -> str:
        """Returns a text from outside the columns for a message, with people masked."""
        return masked(text) if self.names(text) else self._without_names(without_stray_numbers(text))

    def names(self, text: str) -> bool:
        """Whether a text is a person's name, which messages must mask."""
        return text in self.people and is_name_like(text) and not self.show_personal

    @cached_property
    def _people(self) -> People:
        return People(self.people)

    def _without_names(self, text: str) -> str:
        return text if self.show_personal else self._people.masked_in(text)

    def at_table(
        self, code: str, what: str, hint: str = "", about: Field | None = None, **place: Any
    ) -> Problem:
        """Makes a problem of the whole table, or about a field of it; an error rejects every row."""
        if "rows" not in place:
            place["rows"] = tuple(row + 1 for row in self.rows)
        if about:
            place |= {"field": about.name, "heading": about.heading.text}
        return problem(code, what, hint, table=self.index, sheet=self.sheet, **place)

    def at_places(self, code: str, what: str, places: Sequence[Place], hint: str = "") -> Problem:
        """Makes a problem of some cells of the sheet, and rejects no row for it; the first cells are named."""
        cells = tuple(a1(*place) for place in places[:CELLS_NAMED])
        return self.at_table(code, what, hint, cell=cells[0], cells=cells, rows=())

    def at_cells(
        self,
        code: str,
        what: str,
        field: Field,
        position: int,
        hint: str = "",
        also: Iterable[str] = (),
        **place: Any,
    ) -> Problem:
        """Makes a problem of one row, at a field's cell; `also` names further fields concerned."""
        cell = self.address(field.name, position)
        others = (self.address(name, position) for name in also if name in self.columns)
        row = self.rows[position] + 1
        place = {"cells": tuple(dict.fromkeys((cell, *others))), "row": row, "rows": (row,), **place}
        return self.at_table(code, what, hint, field, cell=cell, **place)

    def at_positions(
        self, code: str, what: str, field: Field, positions: Sequence[int], **place: Any
    ) -> Problem:
        """Makes a problem of several rows, at a field's cell in the first; the first cells are named."""
        cells = dict.fromkeys(self.address(field.name, position) for position in positions[:CELLS_NAMED])
        return self.at_cells(code, what, field, positions[0], cells=tuple(cells), **place)

    def by_cell(self, name: str, positions: Iterable[int]) -> list[list[int]]:
        """Returns some positions, those together over which a field's cell is merged."""
        together: dict[str, list[int]] = {}
        for position in positions:
            together.setdefault(self.address(name, position), []).append(position)
        return list(together.values())

    def at_merged(
        self, code: str, what: str, field: Field, positions: Sequence[int], hint: str = "", **place: Any
    ) -> Problem:
        """Makes a problem of a field's cell and of all the rows over which it is merged."""
        rows = tuple(self.rows[position] + 1 for position in positions)
        cells = tuple(a1(row - 1, self.columns[field.name]) for row in rows)
        return self.at_cells(code, what, field, positions[0], hint, **{"cells": cells, "rows": rows, **place})

    def at_total(
        self,
        code: str,
        what: str,
        field: Field,
        row: int,
        value: str,
        also: Iterable[str] = (),
        hint: str = "",
        summands: Iterable[str] = (),
    ) -> Problem:
        """Makes a problem of a 合计 row, at a field's cell; `summands` are the cells that it adds up.

        It rejects the return and none of its rows, as no data row is at fault.
        """
        own = (a1(row, self.columns[name]) for name in (field.name, *also))
        cells = tuple(dict.fromkeys((*own, *summands)))
        place: dict[str, Any] = {"cell": cells[0], "cells": cells, "row": row + 1, "rows": ()}
        return self.at_table(code, what, hint, field, value=value, **place)


def printed_together(tables: Sequence[Table]) -> list[list[Table]]:
    """Returns the tables of a return, the parts of one list printed side by side in one group, from left to right."""
    together: dict[int, list[Table]] = {}
    for table in tables:
        first = table.index if table.goes_on_from is None else table.goes_on_from
        together.setdefault(first, []).append(table)
    return list(together.values())
