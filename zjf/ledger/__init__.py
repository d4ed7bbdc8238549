"""The ledger: everything that was accepted, with its history."""

from zjf.ledger.ledger import Ledger
from zjf.ledger.records import (
    Acceptance,
    Arrival,
    Change,
    DrawnUnit,
    Event,
    IssuedPaper,
    Outcome,
    PrintedTable,
    RecordedDraw,
    Rejection,
    SheetRows,
    Sighting,
    Signature,
    Status,
    Submission,
)
from zjf.ledger.rows.versions import VERSION

__all__ = [
    "VERSION",
    "Acceptance",
    "Arrival",
    "Change",
    "DrawnUnit",
    "Event",
    "IssuedPaper",
    "Ledger",
    "Outcome",
    "PrintedTable",
    "RecordedDraw",
    "Rejection",
    "SheetRows",
    "Sighting",
    "Signature",
    "Status",
    "Submission",
]
