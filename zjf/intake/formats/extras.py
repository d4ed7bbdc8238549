"""What python-calamine does not show of a workbook: error values, formulas saved without their value,
merged ranges of some formats, what is hidden or struck through, pictures in cells, how far a sheet reaches,
and whether every part of the file is whole.

Each format has its own module (`xlsx`, `xlsb`, `ods`, `xls`); this one says what they find.
"""

import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from python_calamine import CalamineSheet, CalamineWorkbook

from zjf.intake.formats.number_formats import NumberFormat
from zjf.intake.formats.rich_texts import SeenText
from zjf.intake.values.radicals import may_hold_radicals

if TYPE_CHECKING:
    from zjf.intake.rows.coded_rows import PlacedCells

Merge = tuple[int, int, int, int]
"""A merged range: top, left, bottom, right, counted from 0."""

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""How large a sheet of a spreadsheet program may be."""

_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}

UNCOMPUTED = "（公式未计算）"
"""Stands for a formula that was saved without its value."""

PICTURE = "（图片）"
"""Stands for a picture that was put into a cell."""


_LARGE_PART = 16 * 1024 * 1024
_MOST_PACKED = 250
"""How many times smaller a large part may be in its package: cells and texts are packed ten to fifty times."""


class DamagedError(Exception):
    """A part of the file is not as it was written. The text, if any, tells a clerk what is wrong."""


class LockedError(Exception):
    """The file's contents are encrypted."""


@dataclass
class SheetExtras:
    """What is known of one sheet beyond its values. Rows and columns are counted from 0.

    Attributes:
        merges: Its merged ranges, in formats of which python-calamine does not give them.
        errors: Cells without a value of their own: what stands for it (an error's name, `UNCOMPUTED`, `PICTURE`).
        size: How many rows and columns it has, where that is known before reading it.
        most_alike: How many rows of the same content are written as one.
        struck: Row: its columns whose cells are struck through.
        unseen: Row: its columns whose cells show nothing: their letters have the colour of the ground, or their format hides them.
        left: Cells that are struck through in part: the rest of their texts.
        marked: Cells with digits set high or low: their texts with such digits.
        comments: The unit's own comments at cells.
        boxes: Text boxes, by the cell where each begins.
        percents: Cells whose format writes a percent sign after a number in percentage points, and how it writes the number.
        formats: Cells whose format writes letters or zeros around their content.
        may_have_radicals: Whether radicals may stand for characters in texts of the sheet itself.
        may_be_cut_off: Whether the file may have broken off within its last row.
        name: The sheet's name, where python-calamine cannot read it.
    """

    merges: list[Merge] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    size: tuple[int, int] | None = None
    most_alike: int = 1
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    struck: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    unseen: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    left: dict[tuple[int, int], str] = field(default_factory=dict)
    marked: dict[tuple[int, int], str] = field(default_factory=dict)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    boxes: dict[tuple[int, int], str] = field(default_factory=dict)
    percents: dict[tuple[int, int], str] = field(default_factory=dict)
    formats: dict[tuple[int, int], NumberFormat] = field(default_factory=dict)
    may_have_radicals: bool = False
    may_be_cut_off: bool = False
    name: str = ""

    @property
    def seen(self) -> Mapping[tuple[int, int], str]:
        """The cells whose text is seen otherwise than its letters say, with what is seen."""
        return {**self.marked, **self.left} if self.marked or self.left else {}

    def note_seen(self, row: int, column: int, text: SeenText) -> None:
        """Notes how the text of a cell looks. One that is wholly struck through is read all the same, and F017 names it."""
        if not text.is_left:
            self.marked[row, column] = text.text
        elif text.text.strip():
            self.left[row, column] = text.text
        else:
            self.struck[row].add(column)


class OddSheetError(Exception):
    """A sheet is not written as nearly every program does, and has to be read the usual way."""


@dataclass(frozen=True, eq=False)
class ParsedLongSheet:
    """A long sheet, each distinct cell of which was parsed once.

    Args:
        position: Which of the workbook's sheets it is.
        book: The workbook with another sheet in its place.
        merged: That other sheet, whose merged ranges are those of this one.
        cells: Those that are not blank, as python-calamine tells them.
    """

    position: int
    book: CalamineWorkbook
    merged: CalamineSheet
    cells: "PlacedCells"


@dataclass
class WorkbookExtras:
    """What is known of a workbook beyond its values.

    `sheets` are in the workbook's order. `starts_1904` says that its dates are counted from 1904.
    `data` are its bytes, as python-calamine can follow them. `may_have_radicals` says that radicals may
    stand for characters in its texts. `long` is its longest sheet, where that is long and could be parsed ahead.
    """

    data: bytes
    sheets: list[SheetExtras] = field(default_factory=list)
    starts_1904: bool = False
    may_have_radicals: bool = True
    long: ParsedLongSheet | None = None


def error_name(number: int) -> str:
    """Returns an error value by its number in the binary formats (.xls, .xlsb)."""
    return _ERRORS.get(number, "#N/A")


def twice(cell: str) -> DamagedError:
    """Returns what is wrong where a cell is there twice: a reader keeps the later one, and the other is lost."""
    return DamagedError(f"文件已损坏，{cell} 这一格写了两次，不知道以哪一次为准")


@contextmanager
def intact() -> Iterator[None]:
    """A context in which reading a part with a wrong checksum, or one that breaks off, raises `DamagedError`."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError) as broken:
        raise DamagedError from broken


def is_swollen(member: zipfile.ZipInfo) -> bool:
    """Whether a part unpacks to a huge run of one letter; parsers take very long over a tag like that."""
    largest = max(_LARGE_PART, member.compress_size * _MOST_PACKED)
    return member.filename.endswith((".xml", ".rels", ".vml")) and member.file_size > largest


def read_through(package: zipfile.ZipFile, parts: set[str]) -> bool:
    """Reads the given parts to their ends, where their checksums are; returns whether a radical stands in any."""
    found, tail = False, b""
    for part in parts:
        with package.open(part) as stream:
            while block := stream.read(1 << 20):
                found = found or xml_may_hold_radicals(tail + block)
                tail = block[-2:]
    return found


def xml_may_hold_radicals(xml: bytes) -> bool:
    """Whether a piece of XML holds a radical, or a character by its number, which may be one."""
    return (b"&" in xml and b"&#" in xml) or may_hold_radicals(xml)
