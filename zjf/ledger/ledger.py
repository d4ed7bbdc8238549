"""The ledger: what was accepted, per unit, form and period."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime

import pandas as pd
from sqlalchemy import ColumnElement, select

from zjf.ledger.acceptances import Acceptance, SheetRows
from zjf.ledger.access import EVERY, LedgerAccess
from zjf.ledger.people import people_on_record
from zjf.ledger.records import (
    Arrival,
    Change,
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
from zjf.ledger.rows.history import house_history
from zjf.ledger.rows.places import places_of
from zjf.ledger.rows.submissions import (
    IS_CURRENT,
    OF_SUBMISSION,
    accept,
    filled_columns,
    prepared,
    rows_that_count,
    stored_rows,
    submission_of,
    where_equals,
)
from zjf.ledger.rows.versions import VERSION, load, load_versions
from zjf.ledger.storage.tables import submission
from zjf.problems import People
from zjf.schemas import FORMS


class Ledger(LedgerAccess):
    """A county's ledger.

    What it tells of a unit, it tells under the name that the unit goes by now, whatever name its returns
    were sent under; what was printed and signed bears the name that stands on the paper.

    Every method may raise `CannotDoError` where the database does not open, cannot be reached, is
    damaged, full, not writable, or held by another program for minutes.
    """

    def accept(self, acceptances: Sequence[Acceptance], *, at: datetime | None = None) -> list[Outcome]:
        """Takes in the tables of one unit's return: all of them, or none.

        A table that is on record already, from the same file and with the same rows, changes nothing.
        Another one replaces the current submission of its unit, form and period, which stays on record.
        Two that accept the same unit's tables at once take turns.

        Args:
            acceptances: The tables.
            at: When it was received; now, unless given. Has a time zone.

        Returns:
            What became of each, in order.

        Raises:
            ValueError: Two of them are of one unit, form and period.
        """
        if len({(acceptance.unit, acceptance.form, acceptance.period) for acceptance in acceptances}) < len(
            acceptances
        ):
            raise ValueError("one table a unit, form and period")
        at = at or datetime.now(UTC)
        # What takes long is done before the others are kept waiting.
        ready = [
            (acceptance, prepared(FORMS[acceptance.form], acceptance.unit, acceptance.frame))
            for acceptance in acceptances
        ]
        self._people = None  # they will name others, too
        with self._writing(*{acceptance.unit for acceptance in acceptances}) as connection:
            return [
                accept(connection, acceptance, rows, at, self._roster.current_name)
                for acceptance, rows in ready
            ]

    def frame(self, form: str, period: str, units: Iterable[str] | None = None) -> pd.DataFrame:
        """The rows that count for a period, as they were accepted.

        Args:
            form: The form's id.
            period: The period.
            units: The units wanted, in this order; all, by name, unless given.

        Returns:
            Every column of the form, dtype object, the unit's column filled; no rows where nothing was accepted.
        """
        with self._reading(period) as connection:
            return rows_that_count(connection, FORMS[form], period, units, self._roster.current_name)

    def keys(self, form: str, period: str, units: Iterable[str] | None = None) -> pd.DataFrame:
        """The unit and the key of each row that counts for a period: much sooner read than the rows."""
        return self.columns(form, period, (), units)

    def columns(
        self, form: str, period: str, names: Collection[str], units: Iterable[str] | None = None
    ) -> pd.DataFrame:
        """Some columns of the rows that count for a period, in their order, and the unit and the key of each row.

        Args:
            form: The form's id.
            period: The period.
            names: The columns. `VERSION` may be among them, a number for each row: two rows of one number say
                the same.
            units: As for `frame`.
        """
        wanted = {*names, *FORMS[form].info.key}
        with self._reading(period) as connection:
            return rows_that_count(connection, FORMS[form], period, units, self._roster.current_name, wanted)

    def numbered_rows(self, form: str, keys: pd.DataFrame) -> pd.DataFrame:
        """The rows that some of `columns` stand for, `VERSION` among them, in their order and as `frame` has them."""
        its = FORMS[form]
        assert its.unit_field is not None  # every form names its unit
        with self._reading() as connection:
            return load_versions(connection, its, keys[its.unit_field.name].tolist(), keys[VERSION].tolist())

    def filled_columns(self, form: str, period: str, units: Collection[str]) -> set[str]:
        """The columns of a form in which something stands in what counts of some units for a period."""
        with self._reading(period) as connection:
            return filled_columns(connection, FORMS[form], period, units, self._roster.current_name)

    def frame_of(self, accepted: Submission, columns: Collection[str] | None = None) -> pd.DataFrame:
        """The rows of one submission, superseded or not, as they were accepted; all columns, or some."""
        with self._reading(accepted.period) as connection:
            return load(connection, FORMS[accepted.form], [stored_rows(connection, accepted)], columns)

    def places(self, accepted: Submission) -> tuple[SheetRows, ...]:
        """Returns where the rows of `frame_of` stood in their file, in order; none where no zjf kept that."""
        with self._reading() as connection:
            return places_of(connection, accepted.id)

    def submissions(
        self, period: str, form: str | None = None, include_superseded: bool = False
    ) -> list[Submission]:
        """The submissions for a period, in the order in which they were accepted."""
        where = where_equals(period=period) if form is None else where_equals(period=period, form=form)
        if not include_superseded:
            where.append(IS_CURRENT)
        return self._submissions(period, where)

    def history(self, unit: str, form: str, period: str) -> list[Submission]:
        """Every sending of one unit's table for a period, the oldest first."""
        sent = self._submissions(period, where_equals(form=form, period=period))
        return [submission for submission in sent if submission.unit == unit]

    def accepted(self) -> list[tuple[str, str, str]]:
        """The unit, form and period of everything that counts."""
        columns = (submission.c.unit, submission.c.form, submission.c.period)
        with self._reading(EVERY) as connection:
            current = connection.execute(select(*columns).where(IS_CURRENT))
            return [(self._roster.current_name(row.unit), row.form, row.period) for row in current]

    def house_history(self, unit: str, house_id: str) -> list[Change]:
        """What became of a house, period by period, where a unit's current returns changed its row.

        Returns:
            In order of time; the first holds all that was said of the house at first.
        """
        with self._reading(EVERY) as connection:
            recorded = connection.scalars(select(submission.c.unit).distinct())
            names = [name for name in recorded if self._roster.current_name(name) == unit]
            return house_history(connection, names, house_id)

    def people(self) -> People:
        """Everybody whom its ledgers name, of whatever period; they are looked for once."""
        if self._people is None:
            with self._reading() as connection:
                self._people = people_on_record(connection)
        return self._people

    def periods(self) -> list[str]:
        """The periods for which something was accepted, sorted as text."""
        with self._reading(EVERY) as connection:
            return sorted(connection.scalars(select(submission.c.period).distinct()))

    def record_seen(
        self, sightings: Iterable[Sighting], *, at: datetime | None = None, corrects: bool = False
    ) -> None:
        """Records that files came in; one on record keeps its time, but for an earlier one that `corrects` it.

        Call it once a run: files of one run are first seen together.
        """
        with self._writing("seen") as connection:
            moment = at or datetime.now(UTC)
            seen.record(connection, sightings, moment, self._roster.current_name, corrects=corrects)

    def first_seen(self, sha256: str, period: str | None = None) -> datetime | None:
        """When a file's bytes were first seen, ever or for a period; None where they never were."""
        with self._reading(EVERY if period is None else period) as connection:
            return seen.first_seen(connection, sha256, period)

    def arrivals(self, period: str) -> list[Arrival]:
        """What came in for a period, the earliest first."""
        with self._reading(period) as connection:
            return seen.arrivals(connection, period, self._roster.current_name)

    def record_rejected(
        self,
        period: str,
        rejections: Sequence[Rejection],
        taken: Collection[tuple[str, str]] = (),
        *,
        at: datetime | None = None,
    ) -> None:
        """Records what was sent back in a run; what stands recorded already changes nothing.

        Args:
            period: The period.
            rejections: What was sent back.
            taken: Unit and form of what was accepted, which answers an earlier rejection.
            at: When; now, unless given.
        """
        with self._writing("rejected", period) as connection:
            standing = log.standing_rejections(connection, period, self._roster.current_name)
            log.reject(connection, standing, rejections, taken, at or datetime.now(UTC))

    def rejections(self, period: str) -> list[Rejection]:
        """The tables of a period that were sent back, and have not been accepted since."""
        with self._reading(period) as connection:
            return list(log.standing_rejections(connection, period, self._roster.current_name).values())

    def record_printed(self, tables: Sequence[PrintedTable], *, at: datetime | None = None) -> None:
        """Records what was printed under which code; where all of it is on record, nothing is written."""
        with self._reading() as connection:
            if not printed.lacking(connection, tables):
                return
        with self._writing("printed") as connection:
            printed.add(connection, tables, at or datetime.now(UTC))

    def printed(self, unit: str, form: str, period: str, code: str) -> list[PrintedTable]:
        """The tables that were printed under a code, the first printed first.

        They say the same figures; one may have been a draft.
        """
        with self._reading(period) as connection:
            return printed.tables_bearing(connection, unit, form, period, code)

    def sign(
        self, one: Signature, tables: Sequence[PrintedTable] = (), *, at: datetime | None = None
    ) -> bool:
        """Records that a table was signed; whether it was not on record as its last signature already.

        Args:
            one: The signature.
            tables: What was signed, to be recorded where it is not on record.
            at: When; now, unless given.
        """
        at = at or datetime.now(UTC)
        with self._writing("printed", "signed", one.period) as connection:
            printed.add(connection, tables, at)
            return signatures.add(connection, one, at)

    def signatures(self, period: str, include_former: bool = False) -> list[Signature]:
        """The last signature of every table of a period, or all that there ever was."""
        with self._reading(period) as connection:
            return (signatures.every if include_former else signatures.signatures)(connection, period)

    def record_draw(self, draw: RecordedDraw) -> bool:
        """Records a draw of houses to be checked again; whether it was recorded.

        The first draw of a period stands. Another is kept beside it where it gives a reason, and is not
        recorded where it gives none.
        """
        with self._writing("drawn", draw.period) as connection:
            return draws.add(connection, draw, self._roster.current_name)

    def draws(self, period: str | None = None) -> list[RecordedDraw]:
        """The draws of a period, or all of them, the first drawn first."""
        with self._reading(EVERY if period is None else period) as connection:
            return draws.draws(connection, period, self._roster.current_name)

    def events(self, period: str | None = None) -> list[Event]:
        """What was done to the ledger, the oldest first."""
        with self._reading(EVERY if period is None else period) as connection:
            return log.events(connection, period)

    def latest_event(self) -> datetime | None:
        """When the last thing was done to it, by the clock of then; later than now where a clock was wrong."""
        with self._reading() as connection:
            return log.latest(connection)

    def _submissions(self, period: str, where: list[ColumnElement[bool]]) -> list[Submission]:
        with self._reading(period) as connection:
            rows = connection.execute(select(*OF_SUBMISSION).where(*where).order_by(submission.c.id))
            return [submission_of(row, self._roster.current_name) for row in rows]
