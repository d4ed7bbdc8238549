"""The register of papers about houses and households: which were made, under which number. No number is used twice."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, func, select

from zjf.ledger.access import EVERY
from zjf.ledger.ledger import Ledger
from zjf.ledger.records import IssuedPaper
from zjf.ledger.registers import log
from zjf.ledger.storage.checksums import add_lines
from zjf.ledger.storage.tables import paper
from zjf.schemas.form_ids import HOUSES

House = tuple[str, str]
"""A unit's name and the number of a house or a household in it."""


class PaperRegister:
    """The papers that a county made. Every method may raise `CannotDoError`, as the ledger's do."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def issue(
        self,
        kind: str,
        houses: Sequence[House],
        period: str,
        *,
        numbered: bool,
        anew: bool = False,
        form: str = HOUSES,
    ) -> dict[House, IssuedPaper]:
        """Puts papers on record, and gives those that are numbered a number.

        Args:
            houses: The houses that they are about, each once.
            period: The period of the ledger that they speak of.
            numbered: Whether papers of the kind have numbers, counted within the year in which they are made.
            anew: Whether a house that has a paper already gets another number.
            form: The form whose rows they are about.

        Returns:
            The line of the register of each house: a new one, or that of the paper it has already.
        """
        at = datetime.now(UTC)
        with self._ledger.writing("paper", kind) as connection:
            issued_before = (
                {} if anew else {(line.unit, line.house_id): line for line in self._papers(connection, kind)}
            )
            new = [house for house in houses if house not in issued_before]
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
            add_lines(connection, paper, *map(vars, lines.values()))
            about = log.Subject(form=form, period=period)
            log.add(connection, at, "papers", about, kind=kind, papers=len(houses), new=len(lines))
        issued = issued_before | lines
        return {house: issued[house] for house in houses}

    def papers(self, kind: str | None = None) -> list[IssuedPaper]:
        """Returns the papers that were made, of one kind or all, the oldest first."""
        with self._ledger.reading(EVERY) as connection:
            return self._papers(connection, kind)

    def _papers(self, connection: Connection, kind: str | None) -> list[IssuedPaper]:
        lines = select(*(column for column in paper.c if column.name != "id")).order_by(paper.c.id)
        rows = connection.execute(lines if kind is None else lines.where(paper.c.kind == kind)).all()
        current_name = self._ledger.roster.current_name
        return [IssuedPaper(**row._asdict() | {"unit": current_name(row.unit)}) for row in rows]


def _last_number(connection: Connection, kind: str, year: int) -> int:
    numbers = select(func.max(paper.c.number)).where(paper.c.kind == kind, paper.c.year == year)
    return connection.scalar(numbers) or 0
