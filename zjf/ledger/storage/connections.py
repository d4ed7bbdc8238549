"""The connection by which one ledger is read and written: kept from one transaction to the next."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from zjf.ledger.storage.database import begin_to_read, reaches_its_file, wait_to_read_again


class Connections:
    """Reaches a database in one transaction after another.

    A command looks into the ledger dozens of times, and SQLite reads what all tables declare whenever the file is
    opened: the connection is kept, outside of any transaction, as long as this object is. It is
    given up where the file of that name is another one meanwhile, and where a transaction fails. What is no file is
    reached anew each time.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._idle: list[Connection] = []

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads, and sees nothing of what others write meanwhile."""
        connection = self._taken()
        try:
            yield begin_to_read(connection)
            connection.rollback()
        except BaseException:
            connection.close()
            raise
        self._leave(connection)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is committed, unless it fails."""
        connection = self._taken()
        try:
            with connection.begin():
                yield connection
        except BaseException:
            connection.close()
            raise
        self._leave(connection)

    def _taken(self) -> Connection:
        while self._idle:
            connection = self._idle.pop()
            if reaches_its_file(connection):
                wait_to_read_again(connection)
                connection.rollback()
                return connection
            connection.close()
        return self._engine.connect()

    def _leave(self, connection: Connection) -> None:
        if reaches_its_file(connection) and not self._idle:
            self._idle.append(connection)
        else:
            connection.close()
