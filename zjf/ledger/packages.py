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


def record_package(ledger: Ledger, whose: str, report: str, period: str, figures: str) -> None:
    """Puts a package on record.

    Raises:
        CannotDoError: As the ledger's methods.
    """
    with ledger.writing(_EVENT, period) as connection:
        log.add(connection, datetime.now(UTC), _EVENT, log.Subject(whose, report, period), figures=figures)


def last_packages(ledger: Ledger, period: str) -> dict[str, MadePackage]:
    """Returns, by the present name of the unit or county, the last package of a period.

    Raises:
        CannotDoError: As the ledger's methods.
    """
    return {
        ledger.roster.current_name(entry.unit): MadePackage(entry.at, str(entry.detail["figures"]))
        for entry in ledger.events(period)
        if entry.what == _EVENT
    }
