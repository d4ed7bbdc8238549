"""What was handed in together: when a unit's package was made, and what its figures were then."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import insert

from zjf.ledger.ledger import Ledger
from zjf.ledger.storage.checksums import about_to_change
from zjf.ledger.storage.tables import event

_EVENT = "package"


@dataclass(frozen=True)
class MadePackage:
    """A package on record.

    Args:
        at: When it was made.
        figures: A digest of all figures in it.
    """

    at: datetime
    figures: str


class PackageRegister:
    """The packages that were made. Every method may raise `CannotDoError`, as the ledger's do."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def record(self, whose: str, report: str, period: str, figures: str) -> None:
        """Puts a package on record.

        Args:
            whose: The unit, or the county.
            report: The kind of report in it.
            period: The period of which its figures are.
            figures: A digest of all figures in it.
        """
        about = {"unit": whose, "form": report, "period": period}
        with self._ledger._writing(_EVENT, period) as connection:
            about_to_change(connection, event, period)
            connection.execute(
                insert(event).values(at=datetime.now(UTC), what=_EVENT, detail={"figures": figures}, **about)
            )

    def last(self, period: str) -> dict[str, MadePackage]:
        """Whose, by its name of now: the package of a period that was made last."""
        called = self._ledger._roster.current_name
        return {
            called(entry.unit): MadePackage(entry.at, str(entry.detail["figures"]))
            for entry in self._ledger.events(period)
            if entry.what == _EVENT
        }
