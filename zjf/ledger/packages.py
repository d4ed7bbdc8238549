"""The packages of papers that were handed in: when each was made, and a digest of its figures then."""

from dataclasses import dataclass
from datetime import UTC, datetime

from zjf.ledger.ledger import Ledger
from zjf.ledger.registers import log

_EVENT = "package"


@dataclass(frozen=True)
class MadePackage:
    """A package on record.

    Args:
        figures: A digest of all figures in it.
    """

    at: datetime
    figures: str


class PackageRegister:
    """The packages that were made. Every method may raise `CannotDoError`, as the ledger's do."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def record(self, whose: str, report: str, period: str, figures: str) -> None:
        """Puts a package on record."""
        about = log.Subject(whose, report, period)
        with self._ledger.writing(_EVENT, period) as connection:
            log.add(connection, datetime.now(UTC), _EVENT, about, figures=figures)

    def last(self, period: str) -> dict[str, MadePackage]:
        """Returns, by the present name of the unit or county, the last package of a period."""
        current_name = self._ledger.roster.current_name
        return {
            current_name(entry.unit): MadePackage(entry.at, str(entry.detail["figures"]))
            for entry in self._ledger.events(period)
            if entry.what == _EVENT
        }
