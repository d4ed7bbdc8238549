"""What was accepted, with its history."""

from zjf.ledger.ledger import Ledger
from zjf.ledger.records import (
    Acceptance,
    Arrival,
    Change,
    Event,
    IssuedPaper,
    Outcome,
    PrintedTable,
    Rejection,
    SheetRows,
    Sighting,
    Signature,
    Status,
    Submission,
)

__all__ = [
    "Acceptance",
    "Arrival",
    "Change",
    "Event",
    "IssuedPaper",
    "Ledger",
    "Outcome",
    "PrintedTable",
    "Rejection",
    "SheetRows",
    "Sighting",
    "Signature",
    "Status",
    "Submission",
]
