"""The places where a saved file differs from the table that it was made from, and their wording."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from zjf.documents.wording import Wording
from zjf.problems import shown
from zjf.public_json import verification

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

    def as_json(self) -> verification.Difference:
        return {
            "place": self.place,
            "row": self.row,
            "heading": self.heading,
            "printed": self.printed,
            "ledger": self.ledger,
            "kind": self.kind,
        }


@dataclass(frozen=True)
class Comparison:
    """The result of comparing a saved file with a table.

    Args:
        unseen: The parts of the file that were not looked at, in words.
        by_hand: What people filled in where the table leaves a blank; the ledger has nothing to compare it with.
        redrawn: Whether its pages have the same words and are not known to be drawn as they were printed: another
            program has written them, or other templates, so nobody can tell whether their letters look like what they are.
    """

    differences: tuple[Difference, ...] = ()
    unseen: tuple[str, ...] = ()
    by_hand: tuple[str, ...] = ()
    redrawn: bool = False


def table_differences(earlier: Wording, current: Wording) -> Iterator[Difference]:
    """Compares a table as it was with the table as it is now, in the columns that both have.

    Rows are matched by their names; of several with one name, the first with the first.
    """
    current_positions = {
        (column.text, column.groups): position for position, column in enumerate(current.columns)
    }
    shared = [
        (position, current_positions[column.text, column.groups])
        for position, column in enumerate(earlier.columns)
        if (column.text, column.groups) in current_positions
    ]
    rows: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for row in current.grid:
        rows.setdefault(row[: current.key_columns], []).append(row)
    for row in earlier.grid:
        name = row_label(earlier, row[: earlier.key_columns])
        same_name = rows.get(row[: earlier.key_columns])
        if not same_name:
            yield Difference("", name, "整行", row_label(earlier, row), MISSING)
            continue
        current_row = same_name.pop(0)
        for position, current_position in shared:
            if row[position] != current_row[current_position]:
                heading = earlier.columns[position].text.replace("\n", "")
                yield Difference(
                    "",
                    name,
                    heading,
                    masked_cell_text(earlier, position, row[position]),
                    masked_cell_text(current, current_position, current_row[current_position]),
                )
    for unmatched_rows in rows.values():
        for row in unmatched_rows:
            yield Difference(
                "", row_label(current, row[: current.key_columns]), "整行", MISSING, row_label(current, row)
            )


def masked_cell_text(table: Wording, column: int, text: str) -> str:
    """Returns a cell's text with personal data masked: paper may show it whole, the screen does not."""
    if not table.is_ledger or text == MISSING or not 0 <= column < len(table.columns):
        return text
    heading = table.columns[column].text
    field = next((field for field in table.form.fields if field.heading.text == heading), None)
    return shown(field, text) if field else text


def row_label(table: Wording, cells: Sequence[str]) -> str:
    """Returns cells of a row in one line, personal data masked."""
    return " ".join(
        filter(None, (masked_cell_text(table, position, text) for position, text in enumerate(cells)))
    )


def plain(value: object) -> str:
    """Returns a text without its white space, since wrapping and spacing mean nothing."""
    return "".join(str(value).split())
