"""A paper of prose, whatever file it is written to: a title, numbered sections, tables, a signature."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from zjf.documents.layout import Column

Cell = str | int | Decimal | None
"""A cell of a table. A `Decimal` is a percentage; None is printed as —."""

NOTHING = "—"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph.

    Args:
        text: Its sentences.
        lead: What stands before them in another type, a full stop behind it: （一）鉴定率.
    """

    text: str
    lead: str = ""


@dataclass(frozen=True)
class LetterTable:
    """A table.

    Args:
        name: What a template calls it.
        caption: What stands above it, and names its sheet in a workbook.
        columns: What a template calls a column: its heading and width.
        rows: For every column a cell.
        note: What stands below it, or nothing.
    """

    name: str
    caption: str
    columns: Mapping[str, Column]
    rows: tuple[Mapping[str, Cell], ...]
    note: str = ""

    def texts(self) -> list[dict[str, str]]:
        """The rows as they are printed."""
        return [{name: printed(row[name]) for name in self.columns} for row in self.rows]


@dataclass(frozen=True)
class Section:
    """A numbered section.

    Args:
        heading: With its number: 一、报送情况.
        paragraphs: What it says.
        table: The table that it shows, or none.
    """

    heading: str
    paragraphs: tuple[Paragraph, ...]
    table: LetterTable | None = None


@dataclass(frozen=True)
class Letter:
    """A paper.

    Args:
        title: What it is.
        subtitle: Of when; below the title.
        addressee: To whom it is written; nobody where it is empty.
        sections: What it says.
        closing: Its last words, or none.
        office: Who signs it.
        day: Its date.
        annexes: Tables that only a workbook shows.
    """

    title: str
    subtitle: str
    addressee: str
    sections: tuple[Section, ...]
    closing: str
    office: str
    day: str
    annexes: tuple[LetterTable, ...] = ()

    @property
    def tables(self) -> tuple[LetterTable, ...]:
        return (*(section.table for section in self.sections if section.table), *self.annexes)


@dataclass(frozen=True)
class CoverLetter:
    """What goes with tables to whom they are sent (随文函).

    Args:
        title: What it is.
        addressee: To whom it is written.
        paragraphs: What it says.
        annexes: What goes with it.
        office: Who signs it.
        day: Its date.
    """

    title: str
    addressee: str
    paragraphs: tuple[str, ...]
    annexes: tuple[str, ...]
    office: str
    day: str


def printed(cell: Cell) -> str:
    """What a table prints of a cell."""
    if cell is None:
        return NOTHING
    return f"{cell}%" if isinstance(cell, Decimal) else str(cell)
