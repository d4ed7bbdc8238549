"""The records that go into the ledger and come out of it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, ClassVar

from zjf.schemas.form_ids import SPOT_CHECKS

CurrentName = Callable[[str], str]
"""Gives the present name of a unit by a name on record."""


class Outcome(StrEnum):
    """What accepting a table did to the ledger."""

    NEW = "new"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


class Status(StrEnum):
    """Whether a submission counts; of one unit, form and period exactly one does."""

    CURRENT = "current"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, kw_only=True)
class Submission:
    """A table of a unit's return that was accepted. A superseded one stays, with the id of the one that replaced it.

    `unit` is the unit by its present name, `accepted_as` the name under which the return came.
    """

    id: int
    unit: str
    form: str
    period: str
    file_name: str
    sha256: str
    received_at: datetime
    zjf_version: str
    rows_read: int
    rows_accepted: int
    rows_rejected: int
    partial: bool
    nil: bool
    notes: Mapping[str, str]
    status: Status
    superseded_by: int | None
    accepted_as: str = ""

    @property
    def identifying_values(self) -> list[Any]:
        """What tells it from any other submission; none of it ever changes."""
        return [
            self.id,
            self.form,
            self.sha256,
            self.received_at.isoformat(),
            self.rows_accepted,
            dict(self.notes),
        ]

    @property
    def identity(self) -> str:
        """A digest that no other submission has, of this ledger or of a restored one."""
        return sha256(
            json.dumps(self.identifying_values, ensure_ascii=False).encode("utf-8", "surrogatepass")
        ).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """A file that came in for a period; unit and form stay empty where they could not be read."""

    sha256: str
    file_name: str
    period: str
    unit: str = ""
    form: str = ""


@dataclass(frozen=True, kw_only=True)
class Arrival(Sighting):
    """A file on record, with the moment at which it was first seen for the period."""

    first_seen_at: datetime


@dataclass(frozen=True, kw_only=True)
class Rejection(Sighting):
    """A table that was sent back: nothing of it was accepted.

    Args:
        errors: Code → how many problems of that code stood against it.
    """

    errors: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Signature:
    """A printed table that was signed by hand.

    Args:
        unit: Whose table: the reporting unit's or the county's name.
        period: The period as written.
        code: The short code that the paper bears.
        scan_name: The file of the scan; empty where there is none.
        scan_sha256: The digest of its bytes; empty likewise.
    """

    unit: str
    form: str
    period: str
    code: str
    signed_by: str
    signed_on: date
    scan_name: str = ""
    scan_sha256: str = ""


@dataclass(frozen=True, kw_only=True)
class PrintedTable:
    """A table that was handed out under a code.

    Args:
        unit: Whose table: the reporting unit's or the county's name.
        period: The period as written.
        code: The short code that it bears.
        content: What it says, as JSON can hold it; made and read by `zjf.register.printed_tables`.
        as_of: When the last of the returns came in that it was made from.
    """

    unit: str
    form: str
    period: str
    code: str
    content: Mapping[str, Any]
    as_of: datetime


@dataclass(frozen=True, kw_only=True)
class IssuedPaper:
    """A paper about a house that was made.

    Args:
        number: Its number within the kind and year; None where the kind has none.
        period: The period of the ledger that it speaks of.
        made_at: When it was first made.
    """

    kind: str
    year: int
    number: int | None
    unit: str
    house_id: str
    period: str
    made_at: datetime


@dataclass(frozen=True, kw_only=True)
class Event:
    """One change to the ledger. Events are only ever added."""

    id: int
    at: datetime
    what: str
    unit: str
    form: str
    period: str
    detail: Mapping[str, Any]


@dataclass(frozen=True)
class DrawnUnit:
    """What a draw took of one unit: from how many houses, and which."""

    unit: str
    commercial: int
    clear: int
    houses: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RecordedDraw:
    """A draw of houses to be checked again.

    Args:
        period: The period whose house ledgers were drawn from, as written.
        by: Who drew.
        seed: The seed of the draw; the same seed and houses give the same draw.
        share: The share of all commercial houses that was asked for, 0 to 1.
        reason: Why another was drawn beside the first; empty for the first.
        digest: Of the houses drawn from; it shows whether the ledger has changed since.
    """

    period: str
    at: datetime
    by: str
    seed: int
    share: str
    reason: str = ""
    digest: str
    units: tuple[DrawnUnit, ...]

    unit: ClassVar[str] = ""
    form: ClassVar[str] = SPOT_CHECKS

    @property
    def pool(self) -> int:
        """How many houses were drawn from."""
        return sum(unit.clear for unit in self.units)

    @property
    def houses(self) -> tuple[str, ...]:
        """The houses drawn, unit by unit."""
        return tuple(house for unit in self.units for house in unit.houses)
