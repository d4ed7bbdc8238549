"""What was accepted, with its history."""

from zjf.ledger.book import Ledger
from zjf.ledger.records import Acceptance, Event, Outcome, Sighting, Status, Submission

__all__ = ["Acceptance", "Event", "Ledger", "Outcome", "Sighting", "Status", "Submission"]
