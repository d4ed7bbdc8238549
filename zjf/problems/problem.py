"""Problems, and the catalogue in which every code is declared. Codes never change meaning."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from zjf.public_json import parts

_Thing = TypeVar("_Thing")


class Severity(StrEnum):
    """How grave a problem is: it decides whether the row, and the return, is counted."""

    ERROR = "error"
    BREACH = "breach"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        """Its Chinese name."""
        return _LABELS[self]


_LABELS = {
    Severity.ERROR: "数据错误",
    Severity.BREACH: "未落实",
    Severity.WARNING: "提醒",
    Severity.INFO: "说明",
}


@dataclass(frozen=True, slots=True)
class ProblemCode:
    """One entry of the catalogue: a public code (C104), what was found, why it matters, and an example.

    The remedy is one sentence for the person who corrects it; the clause names the notice and section that demand it.
    """

    code: str
    severity: Severity
    title: str
    why: str
    remedy: str
    example: str = ""
    clause: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem at one place.

    Attributes:
        table: The table in the file, counted from 0.
        cell: The A1 address; None for a problem of the file or sheet.
        cells: The addresses of all cells concerned.
        row: The row's number on the sheet, counted from 1.
        rows: The data rows that an error rejects.
        value: The cell's text, masked as it may be shown.
        house: The unmasked house_id, for a house that has no row.
        waived_by: The description of the waiver that covers the problem.
    """

    code: str
    severity: Severity
    message: str
    hint: str = ""
    table: int | None = None
    sheet: str | None = None
    cell: str | None = None
    cells: tuple[str, ...] = ()
    row: int | None = None
    rows: tuple[int, ...] = ()
    field: str | None = None
    heading: str | None = None
    value: str | None = None
    clause: str | None = None
    count: int = 1
    house: str | None = None
    waived_by: str | None = None

    @property
    def waived(self) -> bool:
        return self.waived_by is not None

    @property
    def blocks(self) -> bool:
        """Whether its rows are not counted because of it."""
        return self.severity is Severity.ERROR and not self.waived

    def waive(self, by: str) -> "Problem":
        """Returns the same problem, covered by a waiver."""
        return replace(self, waived_by=by)

    def as_json(self) -> parts.Problem:
        """Returns the problem in the form of `zjf.validation/1`."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "table": self.table,
            "sheet": self.sheet,
            "cell": self.cell,
            "cells": list(self.cells),
            "row": self.row,
            "field": self.field,
            "heading": self.heading,
            "value": self.value,
            "message": self.message,
            "hint": self.hint,
            "clause": self.clause,
            "waived": self.waived,
        }


CATALOGUE: dict[str, ProblemCode] = {}
"""Every code that the program can emit."""


def declare(code: ProblemCode) -> ProblemCode:
    """Adds a code to the catalogue.

    Raises:
        ValueError: The code is declared already.
    """
    if code.code in CATALOGUE:
        raise ValueError(f"{code.code} is declared twice")
    CATALOGUE[code.code] = code
    return code


def declare_all(severity: Severity, *entries: tuple[str, ...]) -> None:
    """Adds codes of one severity: code, title, why it matters, what to do, an example, perhaps the clause."""
    for code, *words in entries:
        declare(ProblemCode(code, severity, *words))


def problem(code: str, fault: str, hint: str = "", **place: Any) -> Problem:
    """Makes a problem of a code in the catalogue.

    Args:
        fault: What is wrong, as one clause without a full stop; the cell's address is put in front of it.
        hint: What to do; the catalogue's remedy if empty.
        **place: The other attributes of `Problem`, mostly its place; `cells` is the `cell` alone unless given.
    """
    entry = CATALOGUE[code]
    if place.get("cell"):
        place.setdefault("cells", (place["cell"],))
    hint = hint or entry.remedy
    address = f"{place['cell']} " if place.get("cell") else ""
    clause = place.pop("clause", entry.clause)
    severity = place.pop("severity", entry.severity)
    return Problem(code, severity, f"{address}{fault}。{hint}", hint, clause=clause, **place)


def first_few(things: Sequence[_Thing], most: int, more: str, say: Callable[[_Thing], str] = str) -> str:
    """Returns the first of some things as they are said, and `more` (等 12 栋) behind them where there are more."""
    return "、".join(map(say, things[:most])) + (more if len(things) > most else "")
