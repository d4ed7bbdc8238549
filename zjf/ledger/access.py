"""Opening a ledger's database: for reading one consistent state, for checking damage, for writing by
turns.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Engine

from zjf.county import Roster
from zjf.ledger.registers import log
from zjf.ledger.safety.examination import examine
from zjf.ledger.storage import checksums
from zjf.ledger.storage.damage import noticed_when_garbled
from zjf.ledger.storage.database import (
    copied_in_memory,
    engine_in_memory,
    engine_of,
    seeing_one_state,
    take_turn,
)
from zjf.ledger.storage.error_messages import translated_errors
from zjf.ledger.storage.tables import metadata
from zjf.ledger.upgrade import as_it_is_now, is_there, prepare
from zjf.problems import People

NAMES_AS_RECORDED = Roster()
EVERY = "every period"
_NONE = "no period"


class LedgerAccess:
    """How a ledger is opened, read and written; what it holds is `Ledger`'s to say.

    Args:
        engine: Of its database.
        roster: The units' names of now, and their former ones.
        has_checksums: Whether what it says can be held against them: not where it is an older zjf's, or
            kept nowhere.
    """

    def __init__(
        self, engine: Engine, roster: Roster = NAMES_AS_RECORDED, *, has_checksums: bool = True
    ) -> None:
        self._engine = engine
        self._roster = roster
        self._sound: set[str] = {_NONE} if has_checksums else {_NONE, EVERY}
        self._people: People | None = None

    @classmethod
    def open(cls, url: str, *, folder: Path, roster: Roster = NAMES_AS_RECORDED) -> Self:
        """Opens the ledger; creates it where there is none, and upgrades an older zjf's.

        Args:
            url: As in zjf.toml: `sqlite:///ledger.db`, `postgresql+psycopg://…`.
            folder: The county's folder, from which an SQLite file is looked for.
            roster: The units' names of now, and their former ones.

        Raises:
            CannotDoError: The URL is wrong, or what it names cannot be reached, is not a ledger, or is a
                newer zjf's.
        """
        engine = engine_of(url, folder)
        with translated_errors(engine), noticed_when_garbled():
            prepare(engine)
        return cls(engine, roster)

    @classmethod
    def find(cls, url: str, *, folder: Path, roster: Roster = NAMES_AS_RECORDED) -> Self | None:
        """The ledger where there is one already, for who only looks: an SQLite file stays as it is.

        An older zjf's file is read from a copy in memory; an older zjf's database on a server is upgraded,
        as `open` does.

        Raises:
            CannotDoError: As `open`.
        """
        engine = engine_of(url, folder)
        with translated_errors(engine), noticed_when_garbled():
            if not is_there(engine):
                return None
            now = as_it_is_now(engine)
            return cls(now, roster, has_checksums=now is engine)

    @classmethod
    def is_kept(cls, url: str, *, folder: Path) -> bool:
        """Whether there is a ledger at the address, of whatever version.

        Raises:
            CannotDoError: As `open`.
        """
        engine = engine_of(url, folder)
        with translated_errors(engine):
            return is_there(engine)

    @classmethod
    def empty(cls, roster: Roster = NAMES_AS_RECORDED) -> Self:
        """A ledger in which nothing is, and that is kept nowhere."""
        engine = engine_in_memory()
        metadata.create_all(engine)
        return cls(engine, roster, has_checksums=False)

    @property
    def is_file(self) -> bool:
        """Whether it is an SQLite file, or one in memory; else it is on a server."""
        return self._engine.dialect.name == "sqlite"

    def damages(self) -> list[str]:
        """What is damaged in it, in words that quote no cell. Looks at everything, which takes a while."""
        return examine(self._engine)

    def note(self, what: str, **detail: Any) -> None:
        """Records in the event log what was done with the ledger as a whole.

        Args:
            what: What was done, in one word.
            detail: More of it, as JSON can hold it.
        """
        with self._writing("log") as connection:
            log.note(connection, datetime.now(UTC), what, **detail)

    @classmethod
    def rehearsal(cls, url: str, *, folder: Path, roster: Roster = NAMES_AS_RECORDED) -> Self:
        """Returns a copy of the ledger in memory, empty where there is none, to try out what would become of it.

        Whatever is written to it is kept nowhere.

        Raises:
            CannotDoError: As `find`.
        """
        existing = cls.find(url, folder=folder, roster=roster)
        if existing is None:
            return cls.empty(roster)
        with existing._reading(EVERY) as state:
            return cls(copied_in_memory(state, metadata), roster, has_checksums=False)

    @contextmanager
    def _reading(self, period: str = _NONE) -> Iterator[Connection]:
        """One state of the ledger; a period that is read from is looked at first, once, whether it is sound."""
        with translated_errors(self._engine), noticed_when_garbled(), seeing_one_state(self._engine) as state:
            if not {period, EVERY} & self._sound:
                checksums.check(state, None if period == EVERY else period)
                self._sound.add(period)
            yield state

    @contextmanager
    def _writing(self, *things: str) -> Iterator[Connection]:
        with translated_errors(self._engine), self._engine.begin() as connection:
            take_turn(connection, *things)
            yield connection
            checksums.renew(connection)
