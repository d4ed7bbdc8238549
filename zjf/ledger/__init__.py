"""What was accepted, with its history."""

from zjf.ledger.book import Ledger
from zjf.ledger.records import (
    Acceptance,
    Arrival,
    Event,
    Outcome,
    Rejection,
    Sighting,
    Status,
    Submission,
)

__all__ = [
    "Acceptance",
    "Arrival",
    "Event",
    "Ledger",
    "Outcome",
    "Rejection",
    "Sighting",
    "Status",
    "Submission",
]
