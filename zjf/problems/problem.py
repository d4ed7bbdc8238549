"""What a problem is, and the catalogue that every code is declared in.

Codes never change meaning.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """What a problem means for the row and the return."""

    ERROR = "error"
    BREACH = "breach"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        """The name that clerks see."""
        return _LABELS[self]


_LABELS = {
    Severity.ERROR: "数据错误",
    Severity.BREACH: "未落实",
    Severity.WARNING: "提醒",
    Severity.INFO: "说明",
}


@dataclass(frozen=True, slots=True)
class ProblemCode:
    """One entry of the catalogue.

    Args:
        code: The public code (C104).
        severity: What it means for the row and the return.
        title: The finding in a few words.
        why: Why it matters.
        remedy: What to do, as one sentence for the person who corrects it.
        example: A cell that fires it.
        clause: Number and section of the notice that demands it.
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
    """One finding, at one place.

    `cell` is the address a person sees (A1 style) and `cells` are all cells concerned; both are empty
    for a problem of the file. `row` is the row number on the sheet. `rows` are the data rows that an
    error rejects. `table` counts the tables of the file from 0. `value` is as it may be shown.

    `house` is the house_id, whole, of a house that has no row. `waived_by` are the words of the waiver
    that holds it.
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
        """Whether it keeps its rows from being counted."""
        return self.severity is Severity.ERROR and not self.waived

    def waive(self, by: str) -> "Problem":
        """The same problem, held by a waiver."""
        return replace(self, waived_by=by)

    def as_json(self) -> dict[str, Any]:
        """The public shape of `zjf.validation/1`."""
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
    """Adds a code to the catalogue; a code is declared once."""
    if code.code in CATALOGUE:
        raise ValueError(f"{code.code} is declared twice")
    CATALOGUE[code.code] = code
    return code


def declare_all(severity: Severity, *entries: tuple[str, str, str, str, str]) -> None:
    """Adds codes of one severity to the catalogue.

    Args:
        severity: Theirs.
        entries: Code, title, why it matters, what to do, an example.
    """
    for code, title, why, remedy, example in entries:
        declare(ProblemCode(code, severity, title, why, remedy, example))


def problem(code: str, what: str, hint: str = "", **place: Any) -> Problem:
    """A problem of a catalogued code.

    Args:
        code: The code.
        what: What is wrong, as one clause without its full stop (the place is put in front).
        hint: What to do; the catalogue's remedy when empty.
        **place: Where it is: the other attributes of `Problem`.
    """
    entry = CATALOGUE[code]
    hint = hint or entry.remedy
    where = f"{place['cell']} " if place.get("cell") else ""
    clause = place.pop("clause", entry.clause)
    severity = place.pop("severity", entry.severity)
    return Problem(code, severity, f"{where}{what}。{hint}", hint, clause=clause, **place)
