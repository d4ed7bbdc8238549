"""The ledger: what was accepted, per unit, form and period."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

import pandas as pd
from sqlalchemy import select

from zjf.ledger.acceptances import Acceptance, SheetRows
from zjf.ledger.access import EVERY, LedgerAccess
from zjf.ledger.people import people_on_record
from zjf.ledger.records import (
    Arrival,
    Event,
    Outcome,
    PrintedTable,
    RecordedDraw,
    Rejection,
    Sighting,
    Signature,
    Submission,
)
from zjf.ledger.registers import draws, log, printed, signatures
from zjf.ledger.registers import sightings as seen
from zjf.ledger.rows.places import places_of
from zjf.ledger.rows.submissions import (
    IS_CURRENT,
    OF_SUBMISSION,
    accept,
    filled_columns,
    prepared,
    refuse_overtaken,
    rows_that_count,
    stored_rows,
    submission_of,
    those_with,
)
from zjf.ledger.rows.versions import VERSION, load, load_versions
from zjf.ledger.storage.tables import submission
from zjf.problems import People
from zjf.schemas import FORMS


class Ledger(LedgerAccess):
    """A county's ledger.

    A unit goes by its present name, whatever name its returns were sent under. Only printed and signed tables keep
    the name that stands on the paper.

    Every method may raise `CannotDoError` where the database does not open, cannot be reached, is
    damaged, full, not writable, or held by another program for minutes.
    """

    def accept(
        self,
        acceptances: Sequence[Acceptance],
        *,
        at: datetime | None = None,
        compared_with: set[int] | None = None,
    ) -> list[Outcome]:
        """Accepts the tables of units' returns in one transaction: all of them, or none.

        A table that is on record already, from the same file and with the same rows, changes nothing. Any other one
        replaces the current submission of its unit, form and period, which stays on record.

        Args:
            at: When it was received, with a time zone; now unless given.
            compared_with: The numbers of the submissions with which they were compared, if they were; those of what
                is accepted are added.

        Returns:
            What became of each, in order.

        Raises:
            OvertakenError: They were not compared with all that counts for their period by now.
            ValueError: Two of them are of one unit, form and period.
        """
        tables = {(acceptance.unit, acceptance.form, acceptance.period) for acceptance in acceptances}
        if len(tables) < len(acceptances):
            raise ValueError("one table a unit, form and period")
        at = at or datetime.now(UTC)
        # Packing takes long: it is done before the transaction, which keeps other writers waiting.
        ready = [
            (acceptance, prepared(FORMS[acceptance.form], acceptance.unit, acceptance.frame))
            for acceptance in acceptances
        ]
        self._people = None  # the new rows name other people, too
        with self.writing(*{acceptance.unit for acceptance in acceptances}) as connection:
            outcomes = [
                accept(connection, acceptance, rows, at, self.roster.current_name)
                for acceptance, rows in ready
            ]
            if compared_with is not None:
                refuse_overtaken(connection, acceptances, compared_with, self.roster.current_name)
            return outcomes

    def frame(self, form: str, period: str, units: Iterable[str] | None = None) -> pd.DataFrame:
        """The rows that count for a period, as they were accepted.

        Args:
            units: The units wanted, in this order; all, by name, unless given.

        Returns:
            Every column of the form, dtype object, the unit's column filled; no rows where nothing was accepted.
        """
        with self.reading(period) as connection:
            return rows_that_count(connection, FORMS[form], period, units, self.roster.current_name)

    def keys(self, form: str, period: str, units: Iterable[str] | None = None) -> pd.DataFrame:
        """Returns the unit and the key of each row that counts for a period; much faster than `frame`."""
        return self.columns(form, period, (), units)

    def columns(
        self, form: str, period: str, names: Collection[str], units: Iterable[str] | None = None
    ) -> pd.DataFrame:
        """Returns some columns of the rows that count for a period, and the unit and the key of each row.

        Args:
            names: The columns. `VERSION` may be among them: rows that have the same number are the same.
            units: As for `frame`.
        """
        columns = {*names, *FORMS[form].info.key}
        with self.reading(period) as connection:
            return rows_that_count(connection, FORMS[form], period, units, self.roster.current_name, columns)

    def numbered_rows(self, form: str, keys: pd.DataFrame) -> pd.DataFrame:
        """Returns whole rows, as `frame` has them, of some rows that `columns` gave with their `VERSION`."""
        declaration = FORMS[form]
        with self.reading() as connection:
            return load_versions(
                connection, declaration, keys[declaration.unit_field.name].tolist(), keys[VERSION].tolist()
            )

    def filled_columns(self, form: str, period: str, units: Collection[str]) -> set[str]:
        """Returns the columns of a form that are not blank throughout, in some units' rows of a period."""
        with self.reading(period) as connection:
            return filled_columns(connection, FORMS[form], period, units, self.roster.current_name)

    def frame_of(self, accepted: Submission, columns: Collection[str] | None = None) -> pd.DataFrame:
        """The rows of one submission, superseded or not, as they were accepted; all columns, or some."""
        with self.reading(accepted.period) as connection:
            return load(connection, FORMS[accepted.form], [stored_rows(connection, accepted)], columns)

    def places(self, accepted: Submission) -> tuple[SheetRows, ...]:
        """Returns where the rows of `frame_of` stood in their file; none where an older zjf kept no places."""
        with self.reading() as connection:
            return places_of(connection, accepted.id)

    def submissions(
        self, period: str, form: str | None = None, include_superseded: bool = False
    ) -> list[Submission]:
        """The submissions for a period, in the order in which they were accepted."""
        values = {"period": period} if form is None else {"period": period, "form": form}
        answer = partial(self._submissions, values, superseded=include_superseded)
        return self._once((period, form, include_superseded), answer)

    def history(self, unit: str, form: str, period: str) -> list[Submission]:
        """Returns every submission of one unit's table for a period, the oldest first."""
        submissions = self._submissions({"form": form, "period": period}, superseded=True)
        return [submission for submission in submissions if submission.unit == unit]

    def accepted(self) -> list[tuple[str, str, str]]:
        """Returns the unit, form and period of every current submission."""
        columns = (submission.c.unit, submission.c.form, submission.c.period)
        with self.reading(EVERY) as connection:
            current = connection.execute(select(*columns).where(IS_CURRENT))
            return [(self.roster.current_name(row.unit), row.form, row.period) for row in current]

    def people(self) -> People:
        """Returns everybody who is named in its rows, of any period. They are read once."""
        if self._people is None:
            with self.reading() as connection:
                self._people = people_on_record(connection)
        return self._people

    def periods(self) -> list[str]:
        """The periods for which something was accepted, sorted as text."""
        with self.reading(EVERY) as connection:
            return sorted(connection.scalars(select(submission.c.period).distinct()))

    def record_seen(
        self, sightings: Iterable[Sighting], *, at: datetime | None = None, corrects: bool = False
    ) -> None:
        """Records when files came in; one on record keeps its time, unless a later one is to be corrected.

        Call it once a run: files of one run came in together.
        """
        with self.writing("seen") as connection:
            log.warn_of_clock(connection, datetime.now(UTC))
            moment = at or datetime.now(UTC)
            seen.record(connection, sightings, moment, self.roster.current_name, corrects=corrects)

    def first_seen(self, sha256: str, period: str | None = None) -> datetime | None:
        """When a file's bytes were first seen, ever or for a period; None where they never were."""
        with self.reading(EVERY if period is None else period) as connection:
            return seen.first_seen(connection, sha256, period)

    def arrivals(self, period: str) -> list[Arrival]:
        """Returns the files that came in for a period, the earliest first."""
        with self.reading(period) as connection:
            return seen.arrivals(connection, period, self.roster.current_name)

    def record_rejected(
        self,
        period: str,
        rejections: Sequence[Rejection],
        taken: Collection[tuple[str, str]] = (),
        *,
        at: datetime | None = None,
    ) -> None:
        """Records the tables that a run sent back. One that is on record already changes nothing.

        Args:
            taken: Unit and form of those that were accepted: they answer earlier rejections.
            at: When; now unless given.
        """
        with self.writing("rejected", period) as connection:
            standing = log.standing_rejections(connection, period, self.roster.current_name)
            log.reject(connection, standing, rejections, taken, at or datetime.now(UTC))

    def rejections(self, period: str) -> list[Rejection]:
        """The tables of a period that were sent back, and have not been accepted since."""
        with self.reading(period) as connection:
            standing = log.standing_rejections(connection, period, self.roster.current_name)
            return [rejection for of_unit_and_form in standing.values() for rejection in of_unit_and_form]

    def sent_back_ever(self, period: str) -> frozenset[tuple[str, str, str]]:
        """Unit, form and digest of every table of a period that was sent back, answered since or not."""
        with self.reading(period) as connection:
            return log.sent_back_ever(connection, period, self.roster.current_name)

    def record_printed(self, tables: Sequence[PrintedTable]) -> None:
        """Records printed tables with their codes; writes nothing where all are on record."""
        with self.reading() as connection:
            if not printed.lacking(connection, tables):
                return
        with self.writing("printed") as connection:
            printed.add(connection, tables, datetime.now(UTC))

    def printed(self, unit: str, form: str, period: str, code: str) -> list[PrintedTable]:
        """Returns the tables that were printed under a code, the first printed first.

        They have the same figures; one of them may have been a draft.
        """
        with self.reading(period) as connection:
            return printed.tables_bearing(connection, unit, form, period, code)

    def sign(
        self, signature: Signature, tables: Sequence[PrintedTable] = (), *, at: datetime | None = None
    ) -> bool:
        """Records that a table was signed.

        Returns:
            Whether it was recorded: not where it is the table's last signature already.
        """
        at = at or datetime.now(UTC)
        with self.writing("printed", "signed", signature.period) as connection:
            log.warn_of_clock(connection, at)
            printed.add(connection, tables, at)
            return signatures.add(connection, signature, at)

    def signatures(self, period: str, include_former: bool = False) -> list[Signature]:
        """Returns the last signature of every table of a period, or all of them."""
        with self.reading(period) as connection:
            return (signatures.all_of if include_former else signatures.last_of)(connection, period)

    def record_draw(self, draw: RecordedDraw) -> bool:
        """Records a draw of houses to be checked again; returns whether it was recorded.

        The first draw of a period stands. A further one is recorded beside it only where it gives a reason.
        """
        with self.writing("drawn", draw.period) as connection:
            return draws.add(connection, draw, self.roster.current_name)

    def draws(self, period: str | None = None) -> list[RecordedDraw]:
        """The draws of a period, or all of them, the first drawn first."""
        with self.reading(EVERY if period is None else period) as connection:
            return draws.draws(connection, period, self.roster.current_name)

    def events(self, period: str | None = None) -> list[Event]:
        """Returns the events of a period, or all of them, the oldest first."""
        with self.reading(EVERY if period is None else period) as connection:
            return log.events(connection, period)

    def latest_event(self) -> datetime | None:
        """Returns when the last event was recorded; later than now where a clock was wrong."""
        with self.reading() as connection:
            return log.latest(connection)

    def _submissions(self, values: Mapping[str, str], *, superseded: bool) -> list[Submission]:
        with self.reading(values["period"]) as connection:
            query = those_with(*values, columns=OF_SUBMISSION, superseded=superseded)
            rows = connection.execute(query, values)
            return [submission_of(row, self.roster.current_name) for row in rows]
