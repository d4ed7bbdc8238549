"""What reading a return depends on beside its bytes: what is looked for, and what is too large."""

import dataclasses
from dataclasses import dataclass
from datetime import date

from zjf.county import County, Roster
from zjf.period import Period
from zjf.schemas import FORMS

MEBIBYTE = 1024 * 1024
"""In bytes."""


@dataclass(frozen=True)
class Limits:
    """How large a return may be (F003), and what reading it may cost.

    Sizes are in bytes, `seconds` is wall time of one file, `memory` the address space of its worker. A sheet
    of `halved_from` bytes or more is parsed in two halves, side by side.
    """

    file_bytes: int = 100 * MEBIBYTE
    unpacked_bytes: int = 1024 * MEBIBYTE
    rows: int = 1_048_576
    cells: int = 20_000_000
    memory: int = 2 * 1024 * MEBIBYTE
    seconds: float = 300.0
    halved_from: int = 8 * MEBIBYTE

    @classmethod
    def under(cls, county: County | None) -> "Limits":
        """What reading may cost by a county's settings."""
        if county is None:
            return cls()
        return cls(memory=county.reading.memory * 1024 * MEBIBYTE, seconds=float(county.reading.seconds))


@dataclass(frozen=True)
class Intake:
    """What reading a return depends on beside its bytes.

    Args:
        roster: The county's units; an empty one takes names as written.
        latest_day: No past event may lie after it (C106): the closing day, or today.
        period: The days asked for; None asks for none (F010).
        forms: The forms looked for.
        limits: What is too large.
        show_personal: Whether problems show personal data unmasked.
        only_sheets: The sheets asked for, by name or pattern; none: all of them.
        ignore_sheets: Sheets that the county leaves unread, by name or pattern.
    """

    roster: Roster
    latest_day: date
    period: Period | None = None
    forms: tuple[str, ...] = tuple(FORMS)
    limits: Limits = dataclasses.field(default_factory=Limits)
    show_personal: bool = False
    only_sheets: tuple[str, ...] = ()
    ignore_sheets: tuple[str, ...] = ()
