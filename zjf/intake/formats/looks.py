"""What the styles of a workbook's cells mean, where that bears on what the cells say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from zjf.intake.formats.extras import SheetExtras
from zjf.intake.formats.fonts import WHITE, Colour, Font
from zjf.intake.formats.number_formats import (
    NumberFormat,
    hides,
    number_format,
    puts_percent_behind,
    writes_white,
)


class Look(NamedTuple):
    """What a style means: whether it strikes a cell through, shows nothing of a text or of a number in it, writes a percent
    sign behind a number in percentage points, or letters and zeros around it.
    """

    struck: bool
    hides_texts: bool
    hides_numbers: bool
    percent: bool
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
            puts_percent_behind(code),
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
            sheet.percents.add((row, column))
        if look.written:
            sheet.formats[row, column] = look.written
