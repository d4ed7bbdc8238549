"""The ledger: everything that was accepted, with its history."""

from zjf.ledger.acceptances import Acceptance, OvertakenError, SameRows, SheetRows
from zjf.ledger.ledger import Ledger
from zjf.ledger.records import (
    Arrival,
    DrawnUnit,
    Event,
    IssuedPaper,
    Outcome,
    PrintedTable,
    RecordedDraw,
    Rejection,
    Sighting,
    Signature,
    Status,
    Submission,
)
from zjf.ledger.rows.ready_rows import ReadyRows
from zjf.ledger.rows.spilled_rows import SpilledRows, SpillFile
from zjf.ledger.rows.versions import VERSION

__all__ = [
    "VERSION",
    "Acceptance",
    "Arrival",
    "DrawnUnit",
    "Event",
    "IssuedPaper",
    "Ledger",
    "Outcome",
    "OvertakenError",
    "PrintedTable",
    "ReadyRows",
    "RecordedDraw",
    "Rejection",
    "SameRows",
    "SheetRows",
    "Sighting",
    "Signature",
    "SpillFile",
    "SpilledRows",
    "Status",
    "Submission",
]
