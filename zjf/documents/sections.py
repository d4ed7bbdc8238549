"""The content of a paper of prose: a title, numbered sections, tables, a signature."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from zjf.documents.layout import Column

Cell = str | int | Decimal | None
"""A cell of a table. A `Decimal` is a percentage; None is printed as —."""

NOTHING = "—"
BLANK_DAY = "　　　　年　　月　　日"
BLANK_NAME = "＿＿＿＿＿＿＿＿"
"""To be written by hand: a day; a name or another text."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph.

    Args:
        lead: A heading on the same line in another type, followed by a full stop: （一）鉴定率.
    """

    text: str
    lead: str = ""


@dataclass(frozen=True)
class LetterTable:
    """A table.

    Args:
        name: Its name in templates.
        caption: The line above it, and the name of its sheet in a workbook.
        columns: Name in templates: the column's heading and width.
        rows: A cell for every column.
        note: The line below it, or nothing.
    """

    name: str
    caption: str
    columns: Mapping[str, Column]
    rows: tuple[Mapping[str, Cell], ...]
    note: str = ""

    def texts(self) -> list[dict[str, str]]:
        """Returns the printed texts of the rows."""
        return [{name: printed(row[name]) for name in self.columns} for row in self.rows]


@dataclass(frozen=True)
class Section:
    """A numbered section.

    Args:
        heading: The heading with its number: 一、报送情况.
    """

    heading: str
    paragraphs: tuple[Paragraph, ...]
    table: LetterTable | None = None


@dataclass(frozen=True)
class Letter:
    """A paper.

    Args:
        subtitle: The period, printed below the title.
        addressee: The person or office that it is addressed to; empty for nobody.
        closing: The last sentence, or nothing.
        annexes: Tables that only a workbook shows.
    """

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    office: str
    day: str
    addressee: str = ""
    closing: str = ""
    annexes: tuple[LetterTable, ...] = ()

    @property
    def tables(self) -> tuple[LetterTable, ...]:
        return (*(section.table for section in self.sections if section.table), *self.annexes)


@dataclass(frozen=True)
class CoverLetter:
    """A letter that is sent together with tables (随文函).

    Args:
        addressee: The office that it is addressed to.
        annexes: The titles of what is sent with it.
    """

    title: str
    addressee: str
    paragraphs: tuple[str, ...]
    annexes: tuple[str, ...]
    office: str
    day: str


def printed(cell: Cell) -> str:
    if cell is None:
        return NOTHING
    return f"{cell}%" if isinstance(cell, Decimal) else str(cell)
