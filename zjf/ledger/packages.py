"""The packages of papers that were handed in: when each was made, and a digest of its figures then."""

from dataclasses import dataclass
from datetime import UTC, datetime

from zjf.ledger.ledger import Ledger
from zjf.ledger.registers import log
from zjf.period import Period

_EVENT = "package"


@dataclass(frozen=True)
class MadePackage:
    """A package on record.

    Args:
        figures: A digest of all figures in it.
        period: The period whose figures they are.
    """

    at: datetime
    figures: str
    period: Period


def record_package(ledger: Ledger, whose: str, report: str, period: str, figures: str) -> None:
    """Puts a package on record.

    Raises:
        CannotDoError: As the ledger's methods.
    """
    with ledger.writing(_EVENT, period) as connection:
        log.add(connection, datetime.now(UTC), _EVENT, log.Subject(whose, report, period), figures=figures)


def last_packages(ledger: Ledger, period: Period) -> dict[str, MadePackage]:
    """Returns, by the present name of the unit or county, the last package of a period or, failing that, of one before.

    Raises:
        CannotDoError: As the ledger's methods.
    """
    made = [
        (
            ledger.roster.current_name(entry.unit),
            MadePackage(entry.at, str(entry.detail["figures"]), made_for),
        )
        for entry in ledger.events()
        if entry.what == _EVENT and (made_for := Period.parse(entry.period)).last <= period.last
    ]
    return dict(sorted(made, key=lambda entry: (entry[1].period == period, entry[1].period.by_end)))
