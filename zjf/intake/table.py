"""A table as it was read: typed rows, where each cell stands, and what is unknown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, Self

from zjf.intake.a1 import column_letters
from zjf.intake.sent_rows import SentRows
from zjf.intake.sheet_values import Value
from zjf.intake.sheets.notes import Notes
from zjf.problems import People, Problem, is_name_like, masked, problem, shown, without_stray_numbers
from zjf.schemas import Field, Form
from zjf.schemas.masked_rows import may_name_people

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

_LONGEST_SHOWN = 60
CELLS_NAMED = 20
"""So many cells at most are named in a problem of many."""


def a1(row: int, column: int) -> str:
    """The address a person sees, of a row and column counted from 0."""
    return f"{column_letters(column)}{row + 1}"


def numbered(rows: Iterable[int]) -> str:
    """Row numbers as a person says them: 6–8、12."""
    parts: list[list[int]] = []
    for row in sorted(set(rows)):
        if parts and row == parts[-1][-1] + 1:
            parts[-1][1:] = [row]
        else:
            parts.append([row])
    return "、".join("–".join(map(str, part)) for part in parts)


@dataclass(frozen=True)
class Total:
    """A 合计/总计 row.

    `row` is counted from 0; `covers` is the half-open range of data positions since the total row
    before it; `values` are its figures by column name, `blank` what it says instead of one (mostly nothing).
    `of_group` says that it calls itself a page's or a village's total.
    """

    row: int
    covers: tuple[int, int]
    values: dict[str, Any]
    of_group: bool = False
    blank: Mapping[str, str] = field(default_factory=dict)


class Rows(Protocol):
    """The rows of a table that are not at hand: they are had when they are asked for."""

    def cells(self, name: str) -> list[Any]:
        """Returns the cells of a column."""

    def frame(self) -> "pd.DataFrame":
        """Returns all rows, as a table's frame has them."""


@dataclass
class Table:
    """One table of a return, read.

    `frame` has a row for each data row and a column for every column of the form, blanks as None.
    `rows[i]` is the row on the sheet, counted from 0, of position i; `columns` the sheet's column of
    each field found; `anchors` where a merged-down cell's text stands. `units` are those whose rows it
    holds: its reporting unit, or those of a roll-up. `unknown` are the positions at which a field cannot
    be relied on: unreadable, or required and blank. `people` is what stands in the columns of names. `hidden` are
    the positions that cannot be seen on the sheet as it was saved. `goes_on_from` is the index of the table that it
    goes on with: at its left, where one list is printed in parts side by side (F018), or on a sheet in front (F020).
    """

    index: int
    sheet: str
    form: Form
    rows: list[int]
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
    people: frozenset[Value] = frozenset()
    hidden: frozenset[int] = frozenset()
    goes_on_from: int | None = None

    @classmethod
    def with_rows_elsewhere(cls, its: Rows, **said: Any) -> Self:
        """Makes a table whose rows are had when they are asked for.

        Args:
            its: Its rows.
            said: What the table is but for them.
        """
        table = cls(frame=None, **said)  # type: ignore[arg-type]
        table.leave_rows_to(its)
        return table

    def leave_rows_to(self, its: Rows) -> None:
        """From now on its rows are had when they are asked for; they are the same."""
        self.__dict__.pop("frame", None)
        self.__dict__["_sent"] = its

    def __getstate__(self) -> dict[str, Any]:
        """Between processes, rows go packed."""
        state = dict(self.__dict__)
        if "frame" in state:
            state["_sent"] = SentRows.of(state.pop("frame"))
        return state

    def __getattr__(self, name: str) -> Any:
        """The rows, where they came packed from another process: they are unpacked when they are asked for."""
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
        """The A1 address of a field's cell; the row's first cell where the column is missing."""
        row = self.rows[position]
        column = self.columns.get(name)
        if column is None:
            return a1(row, min(self.columns.values(), default=0))
        return a1(self.anchors.get((row, column), row), column)

    def is_known(self, names: Iterable[str]) -> "np.ndarray[Any, np.dtype[np.bool_]]":
        """Per position, whether every one of the fields can be relied on."""
        import numpy as np  # a process that only hears what was found has no rows to ask about

        known = np.ones(len(self.rows), dtype=bool)
        for name in names:
            if name in self.missing:
                known[:] = False
            elif positions := self.unknown.get(name):
                known[list(positions)] = False
        return known

    def is_known_at(self, position: int, *names: str) -> bool:
        """Whether every one of the fields can be relied on in one row."""
        return all(name not in self.missing and position not in self.unknown.get(name, ()) for name in names)

    def mark_unknown(self, name: str, positions: Iterable[int]) -> None:
        """Marks a field as unknown at the given positions."""
        self.unknown.setdefault(name, set()).update(positions)

    def shown(self, field: Field, value: object) -> str:
        """A value as a message may show it: shortened, and masked where it is personal."""
        text = str(value).strip()
        text = masked(text) if self.names(text) else shown(field, text, whole=self.show_personal)
        if may_name_people(field):
            text = self._without_names(text)
        return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"

    def quoted(self, text: str) -> str:
        """A text that stands in no column, as a message may show it."""
        return masked(text) if self.names(text) else self._without_names(without_stray_numbers(text))

    def names(self, text: str) -> bool:
        """Whether a text is a person's name that is not to be shown, wherever it stands."""
        return text in self.people and is_name_like(text) and not self.show_personal

    @cached_property
    def _people(self) -> People:
        return People(self.people)

    def _without_names(self, text: str) -> str:
        return text if self.show_personal else self._people.masked_in(text)

    def at_table(self, code: str, what: str, hint: str = "", **place: Any) -> Problem:
        """A problem of the whole table; as an error it rejects every row."""
        place.setdefault("rows", tuple(row + 1 for row in self.rows))
        return problem(code, what, hint, table=self.index, sheet=self.sheet, **place)

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
        """A problem of one row, at a field's cell; `also` names further fields concerned."""
        cell = self.address(field.name, position)
        cells = dict.fromkeys(
            [cell, *(self.address(name, position) for name in also if name in self.columns)]
        )
        row = self.rows[position] + 1
        place = {"cells": tuple(cells), "row": row, "rows": (row,), **place}
        return problem(
            code,
            what,
            hint,
            table=self.index,
            sheet=self.sheet,
            cell=cell,
            field=field.name,
            heading=field.heading.text,
            **place,
        )

    def at_positions(
        self, code: str, what: str, field: Field, positions: Sequence[int], **place: Any
    ) -> Problem:
        """A problem of several rows, at a field's cell in the first; the first cells are named."""
        cells = dict.fromkeys(self.address(field.name, position) for position in positions[:CELLS_NAMED])
        return self.at_cells(code, what, field, positions[0], cells=tuple(cells), **place)

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
        """A problem of a 合计 row, at a field's cell; `summands` are the cells that it adds up.

        It is no fault of a data row: it stops the return, and rejects none of its rows.
        """
        own = (a1(row, self.columns[name]) for name in (field.name, *also))
        cells = tuple(dict.fromkeys((*own, *summands)))
        return problem(
            code,
            what,
            hint,
            table=self.index,
            sheet=self.sheet,
            cell=cells[0],
            cells=cells,
            row=row + 1,
            field=field.name,
            heading=field.heading.text,
            value=value,
        )


def printed_together(tables: Sequence[Table]) -> list[list[Table]]:
    """The tables of a return, those that are parts of one list side by side together, from left to right."""
    together: dict[int, list[Table]] = {}
    for table in tables:
        first = table.index if table.goes_on_from is None else table.goes_on_from
        together.setdefault(first, []).append(table)
    return list(together.values())
