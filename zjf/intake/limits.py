"""How large a return may be, and how much time and memory reading it may take. Light to import."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zjf.county import County

MEBIBYTE = 1024 * 1024
"""In bytes."""


@dataclass(frozen=True)
class Limits:
    """How large a return may be (F003), and what reading it may cost.

    Sizes are in bytes, `seconds` is wall time of one file, `memory` the address space of its worker. Of a sheet
    with `long_from` bytes of XML or more each distinct cell is parsed once.
    """

    file_bytes: int = 100 * MEBIBYTE
    unpacked_bytes: int = 1024 * MEBIBYTE
    rows: int = 1_048_576
    columns: int = 16_384
    cells: int = 20_000_000
    sheets: int = 1_000
    memory: int = 2 * 1024 * MEBIBYTE
    seconds: float = 300.0
    long_from: int = MEBIBYTE

    @classmethod
    def under(cls, county: "County | None") -> "Limits":
        """Returns the limits in a county's settings."""
        if county is None:
            return cls()
        return cls(memory=county.reading.memory * 1024 * MEBIBYTE, seconds=float(county.reading.seconds))
