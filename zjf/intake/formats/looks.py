"""What the styles of a workbook's cells mean, where that bears on what they say; a sheet's filled cells with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from zjf.intake.a1 import a1
from zjf.intake.formats.extras import SheetExtras, twice
from zjf.intake.formats.fonts import WHITE, Colour, Font
from zjf.intake.formats.number_formats import (
    NumberFormat,
    hides,
    number_format,
    percent_behind,
    writes_white,
)


class Look(NamedTuple):
    """What a style means: whether it strikes a cell through, or shows nothing of a text or of a number in it.

    `percent` is how it writes a number in percentage points before a percent sign; blank where it does not. `written`
    is what it writes around a number or a text, if anything.
    """

    struck: bool
    hides_texts: bool
    hides_numbers: bool
    percent: str
    written: NumberFormat | None

    @classmethod
    def of(cls, code: str, font: Font, ground: Colour) -> "Look":
        """Returns what a style means by the code of its number format, its font and the ground of its cells."""
        is_unseen = font.is_unseen(ground)
        in_its_colour = font._replace(colour=WHITE) if writes_white(code) else font
        return cls(
            font.struck,
            is_unseen or hides(code, numbers=False),
            in_its_colour.is_unseen(ground) or hides(code, numbers=True),
            percent_behind(code),
            number_format(code),
        )


@dataclass(frozen=True)
class Looks:
    """What a workbook's styles mean, and which of the cells' metadata are pictures, by their numbers in the file."""

    styles: Mapping[int, Look] = field(default_factory=dict)
    pictures: frozenset[int] = frozenset()

    @property
    def telling(self) -> list[int]:
        """The styles that mean anything."""
        return [number for number, look in self.styles.items() if any(look)]

    def note(self, row: int, column: int, style: int, sheet: SheetExtras, *, is_number: bool) -> None:
        """Notes what a filled cell's style means."""
        look = self.styles.get(style)
        if look is None:
            return
        if look.struck:
            sheet.struck[row].add(column)
        if look.hides_numbers if is_number else look.hides_texts:
            sheet.unseen[row].add(column)
        if look.percent:
            sheet.percents[row, column] = look.percent
        if look.written:
            sheet.formats[row, column] = look.written


class FilledCells:
    """The filled cells of a sheet, row by row: `extras` tells how far they reach, and what their styles mean."""

    def __init__(self, looks: Looks) -> None:
        self.extras = SheetExtras(size=(0, 0))
        self._looks = looks
        self._row, self._columns = -1, set[int]()

    def note(self, row: int, column: int, style: int, *, is_number: bool) -> None:
        """Adds a cell.

        Raises:
            DamagedError: It is there twice.
        """
        if row != self._row:
            self._row, self._columns = row, set()
        if column in self._columns:
            raise twice(a1(row, column))
        self._columns.add(column)
        self._looks.note(row, column, style, self.extras, is_number=is_number)
        rows, columns = self.extras.size or (0, 0)
        self.extras.size = max(rows, row + 1), max(columns, column + 1)
