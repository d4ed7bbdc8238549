"""What python-calamine does not show of a workbook: error values, formulas saved without their value,
merged ranges of some formats, how far a sheet reaches, and whether every part of the file is whole.

Each format has its own module (`xlsx_parts`, `xlsb_parts`, `ods_parts`, `xls_parts`); this one says what
they find.
"""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Merge = tuple[int, int, int, int]
"""A merged range: top, left, bottom, right, counted from 0."""

UNCOMPUTED = "（公式未计算）"
"""Stands for a formula that was saved without its value."""


class DamagedError(Exception):
    """A part of the file is not as it was written: what it says cannot be relied on.

    Its text, if any, tells a clerk what is wrong.
    """


class LockedError(Exception):
    """The file's contents are encrypted."""


@dataclass
class SheetExtras:
    """What is known of one sheet beyond its values.

    `size` is how many rows and columns it reaches over, where that could be told before reading it.
    """

    merges: list[Merge] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    size: tuple[int, int] | None = None


@dataclass
class WorkbookExtras:
    """What is known of a workbook beyond its values.

    `sheets` are in the workbook's order. `starts_1904` says that its dates are counted from 1904.
    `data` are its bytes, as python-calamine can follow them.
    """

    data: bytes
    sheets: list[SheetExtras] = field(default_factory=list)
    starts_1904: bool = False


@contextmanager
def intact() -> Iterator[None]:
    """Within, a part of a package whose checksum is wrong or that breaks off raises `DamagedError`."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError) as broken:
        raise DamagedError from broken


def read_through(package: zipfile.ZipFile, parts: set[str]) -> None:
    """Reads the given parts to their ends, where their checksums are."""
    for part in parts:
        with package.open(part) as stream:
            while stream.read(1 << 20):
                pass
