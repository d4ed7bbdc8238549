"""The places where a saved file differs from the table that it was made from, and their wording."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from zjf.documents.wording import Wording
from zjf.problems import shown

FOOT = "页脚"
MISSING = "（没有）"


class DifferenceKind(StrEnum):
    """What was done to a table."""

    CONTENT = "content"
    HIDDEN = "hidden"
    NUMBER_FORMAT = "number-format"
    FORMULA = "formula"
    ADDED = "added"
    PAGE = "page"
    CODE = "code"


@dataclass(frozen=True)
class Difference:
    """A place where a saved table differs from the ledger.

    Args:
        place: The cell (`C9`), or the page of a PDF; empty where there is none.
        row: What the row is called.
        heading: The column's heading, or what else it is.
        printed: What the file shows.
        ledger: What the ledger says.
        kind: What was done.
    """

    place: str
    row: str
    heading: str
    printed: str
    ledger: str
    kind: DifferenceKind = DifferenceKind.CONTENT

    def __str__(self) -> str:
        where = " ".join(filter(None, (self.place, self.row, self.heading)))
        return f"{where}：表上是「{self.printed}」，台账是「{self.ledger}」"


@dataclass(frozen=True)
class Comparison:
    """The result of comparing a saved file with a table.

    Args:
        differences: The places where they differ.
        unseen: The parts of the file that were not looked at, in words.
        by_hand: What was filled in where the table leaves a blank; the ledger knows nothing of it.
    """

    differences: tuple[Difference, ...] = ()
    unseen: tuple[str, ...] = ()
    by_hand: tuple[str, ...] = ()


def table_differences(then: Wording, now: Wording) -> Iterator[Difference]:
    """Compares a table as it was with the table as it is now; rows are matched by their names."""
    places = {(column.text, column.groups): at for at, column in enumerate(now.columns)}
    shared = [
        (at, places[column.text, column.groups])
        for at, column in enumerate(then.columns)
        if (column.text, column.groups) in places
    ]
    rows: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for row in now.grid:
        rows.setdefault(row[: now.keys], []).append(row)
    for row in then.grid:
        name = row_said(then, row[: then.keys])
        same_name = rows.get(row[: then.keys])
        if not same_name:
            yield Difference("", name, "整行", row_said(then, row), MISSING)
            continue
        other = same_name.pop(0)
        for at, there in shared:
            if row[at] != other[there]:
                heading = then.columns[at].text.replace("\n", "")
                yield Difference(
                    "", name, heading, cell_said(then, at, row[at]), cell_said(now, there, other[there])
                )
    for left in rows.values():
        for row in left:
            yield Difference("", row_said(now, row[: now.keys]), "整行", MISSING, row_said(now, row))


def cell_said(table: Wording, column: int, text: str) -> str:
    """A cell's text with personal data masked: a ledger may be whole on paper, but not on the screen."""
    if not table.is_ledger or text == MISSING or not 0 <= column < len(table.columns):
        return text
    heading = table.columns[column].text
    field = next((field for field in table.form.fields if field.heading.text == heading), None)
    return shown(field, text) if field else text


def row_said(table: Wording, cells: Sequence[str]) -> str:
    """The first cells of a row, or all of them, in one line."""
    return " ".join(filter(None, (cell_said(table, at, text) for at, text in enumerate(cells))))


def plain(value: object) -> str:
    """A text without its white space: wrapping and spacing say nothing."""
    return "".join(str(value).split())
