"""The register of papers about houses: what was made, and under which number. A number is never used twice."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, func, insert, select

from zjf.ledger.access import EVERY
from zjf.ledger.ledger import Ledger
from zjf.ledger.records import IssuedPaper
from zjf.ledger.storage.checksums import about_to_change
from zjf.ledger.storage.tables import event, paper

House = tuple[str, str]
"""A unit's name and a house_id."""


class PaperRegister:
    """The papers about houses that a county made. Every method may raise `CannotDoError`, as the ledger's do."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def issue(
        self, kind: str, houses: Sequence[House], period: str, *, numbered: bool, anew: bool = False
    ) -> dict[House, IssuedPaper]:
        """Puts papers on record, and gives those that are numbered a number.

        Args:
            kind: The kind of paper.
            houses: The houses that they are about, each once.
            period: The period of the ledger that they speak of.
            numbered: Whether papers of the kind have numbers, counted within the year of making.
            anew: Whether a house that has one already gets another number.

        Returns:
            House: its line of the register; the last one, where it is made again under its number.
        """
        at = datetime.now(UTC)
        known = {} if anew else {(line.unit, line.house_id): line for line in self.papers(kind)}
        with self._ledger._writing("paper", kind) as connection:
            new = [house for house in houses if house not in known]
            first = _last_number(connection, kind, at.year) + 1
            lines = {
                (unit, house_id): IssuedPaper(
                    kind=kind,
                    year=at.year,
                    number=number if numbered else None,
                    unit=unit,
                    house_id=house_id,
                    period=period,
                    made_at=at,
                )
                for number, (unit, house_id) in enumerate(new, first)
            }
            about_to_change(connection, event, period)
            if lines:
                about_to_change(connection, paper, period)
                connection.execute(insert(paper), [vars(line) for line in lines.values()])
            detail = {"kind": kind, "papers": len(houses), "new": len(lines)}
            about = {"unit": "", "form": "house-ledger", "period": period}
            connection.execute(insert(event).values(at=at, what="papers", detail=detail, **about))
        issued = known | lines
        return {house: issued[house] for house in houses}

    def papers(self, kind: str | None = None) -> list[IssuedPaper]:
        """The papers that were made, of one kind or all, the oldest first."""
        lines = select(*(column for column in paper.c if column.name != "id")).order_by(paper.c.id)
        with self._ledger._reading(EVERY) as connection:
            rows = connection.execute(lines if kind is None else lines.where(paper.c.kind == kind)).all()
        called = self._ledger._roster.current_name
        return [IssuedPaper(**row._asdict() | {"unit": called(row.unit)}) for row in rows]


def _last_number(connection: Connection, kind: str, year: int) -> int:
    numbers = select(func.max(paper.c.number)).where(paper.c.kind == kind, paper.c.year == year)
    return connection.scalar(numbers) or 0
