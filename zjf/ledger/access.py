"""How a ledger is opened, and read or written in one transaction: one state to read, one writer at a time."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Engine

from zjf.ledger.records import Submission
from zjf.ledger.registers import log
from zjf.ledger.safety.examination import examine
from zjf.ledger.storage import checksums
from zjf.ledger.storage.connections import Connections
from zjf.ledger.storage.damage import damaged_when_garbled
from zjf.ledger.storage.database import copied_in_memory, engine_in_memory, engine_of, take_turn
from zjf.ledger.storage.error_messages import translated_errors
from zjf.ledger.storage.tables import metadata
from zjf.ledger.upgrade import brought_up_to_date, is_there, prepare
from zjf.problems import People
from zjf.unit_names import Roster

NAMES_AS_RECORDED = Roster()
EVERY = "every period"
_NONE = "no period"


class LedgerAccess:
    """Opens, reads and writes a ledger's database. What the ledger holds is in `Ledger`.

    Args:
        roster: The units' present names, and their former ones.
        has_checksums: Whether its tables can be compared with checksums: an older zjf's, and one in memory, have
            none.
        copy_of: The database itself, where `engine` may be a copy of it in memory.
    """

    def __init__(
        self,
        engine: Engine,
        roster: Roster = NAMES_AS_RECORDED,
        *,
        has_checksums: bool = True,
        copy_of: Engine | None = None,
    ) -> None:
        self.engine = engine
        self._original = copy_of or engine
        self._connections = Connections(engine)
        self.roster = roster
        self._sound: set[str] = {_NONE} if has_checksums else {_NONE, EVERY}
        self._people: People | None = None
        self._held: Connection | None = None
        self._answers: dict[Hashable, list[Submission]] = {}

    @classmethod
    def open(cls, url: str, *, folder: Path, roster: Roster = NAMES_AS_RECORDED) -> Self:
        """Opens the ledger; creates it where there is none, and upgrades an older zjf's.

        Args:
            url: As in zjf.toml: `sqlite:///ledger.db`, `postgresql+psycopg://…`.
            folder: The county's folder, from which an SQLite file is looked for.

        Raises:
            CannotDoError: The URL is wrong, or what it names cannot be reached, is not a ledger, or is a
                newer zjf's.
        """
        engine = engine_of(url, folder)
        with translated_errors(engine), damaged_when_garbled():
            prepare(engine)
        return cls(engine, roster)

    @classmethod
    def find(cls, url: str, *, folder: Path, roster: Roster = NAMES_AS_RECORDED) -> Self | None:
        """Opens the ledger for reading; None where there is none. An SQLite file stays as it is.

        An older zjf's file is copied into memory and read there. An older zjf's database on a server is upgraded, as
        `open` does.

        Raises:
            CannotDoError: As `open`.
        """
        engine = engine_of(url, folder)
        with translated_errors(engine), damaged_when_garbled():
            if not is_there(engine):
                return None
            up_to_date = brought_up_to_date(engine)
            return cls(up_to_date, roster, has_checksums=up_to_date is engine, copy_of=engine)

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
        """Returns an empty ledger in memory."""
        engine = engine_in_memory()
        metadata.create_all(engine)
        return cls(engine, roster, has_checksums=False)

    def damages(self) -> list[str]:
        """Returns what is damaged in it, in words that quote no cell. It reads everything, which takes a while."""
        return examine(self._original)

    def note(self, what: str, **detail: Any) -> None:
        """Records an event that concerns the ledger as a whole.

        Args:
            what: What was done, in one word.
            detail: More about it, as JSON can hold it.
        """
        with self.writing("log") as connection:
            log.add(connection, datetime.now(UTC), what, log.Subject(), **detail)

    @classmethod
    def rehearsal(cls, url: str, *, folder: Path, roster: Roster = NAMES_AS_RECORDED) -> Self:
        """Returns a copy of the ledger in memory, empty where there is none. What is written to it is not kept.

        Raises:
            CannotDoError: As `find`.
        """
        existing = cls.find(url, folder=folder, roster=roster)
        if existing is None:
            return cls.empty(roster)
        with existing.reading(EVERY) as connection:
            return cls(copied_in_memory(connection, metadata), roster, has_checksums=False)

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Reads one state of the ledger, in one transaction, until the block ends.

        What others write meanwhile is not seen in it. Nothing may be written to the ledger within the block: an
        SQLite file would wait for its own reader.
        """
        with ExitStack() as until_the_end:
            with translated_errors(self.engine), damaged_when_garbled():
                self._held = until_the_end.enter_context(self._connections.reading())
            try:
                yield
            finally:
                self._held = None
                self._answers.clear()

    def _one_reading(self) -> AbstractContextManager[Connection]:
        """Returns the transaction of the block of `one_state`; outside of one, a new one."""
        return self._connections.reading() if self._held is None else nullcontext(self._held)

    def _once(self, question: Hashable, answer: Callable[[], list[Submission]]) -> list[Submission]:
        """Returns an answer; within `one_state` it is looked for once, however often the question is asked."""
        if self._held is None:
            return answer()
        if question not in self._answers:
            self._answers[question] = answer()
        return list(self._answers[question])

    @contextmanager
    def reading(self, period: str = _NONE) -> Iterator[Connection]:
        """A transaction that reads one state of the ledger. A period (`EVERY`: all) is checked for damage when it is first read."""
        with (
            translated_errors(self.engine),
            damaged_when_garbled(),
            self._one_reading() as connection,
        ):
            if not {period, EVERY} & self._sound:
                checksums.check(connection, None if period == EVERY else period)
                self._sound.add(period)
            yield connection

    @contextmanager
    def writing(self, *things: str) -> Iterator[Connection]:
        """A transaction that writes, after all others that write to the same things, such as a unit given by its name."""
        assert self._held is None  # it would wait for itself
        with translated_errors(self.engine), self._connections.writing() as connection:
            take_turn(connection, *things)
            yield connection
            checksums.renew(connection)
