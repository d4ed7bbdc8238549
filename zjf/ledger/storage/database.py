"""The ledger's database: how it is reached, and who may write to it when."""

import json
import logging
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from functools import lru_cache, partial
from hashlib import blake2b
from pathlib import Path
from threading import Timer
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    MetaData,
    NullPool,
    StaticPool,
    create_engine,
    event,
    func,
    insert,
    make_url,
    select,
)
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from zjf.errors import CannotDoError
from zjf.extras import not_installed
from zjf.files import refuse_without_locks

PATIENCE_SECONDS = 120
"""How long one waits for another clerk's acceptance to finish."""
SILENT_SECONDS = 3
"""How long one waits before a line says why."""

_FILE = "which file"
_WHOLE = "the whole ledger"
_LOOK = "SELECT 1 FROM sqlite_master LIMIT 1"
"""The shortest query that waits while another connection has an SQLite file locked."""
_WRITE = "BEGIN IMMEDIATE"
_ROWS_AT_ONCE = 5_000
_MOST_STATEMENTS = 2_000

_log = logging.getLogger(__name__)

_DRIVERS = {
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
_HOW_TO_WRITE_URL = (
    "请照 sqlite:///ledger.db 或 postgresql+psycopg://用户:密码@主机:5432/库名 的样式写"
    "（密码中的 @ : / 等符号写成 %40 %3A %2F）。"
)


def engine_of(url: str, folder: Path) -> Engine:
    """The engine of a ledger; an SQLite file is looked for from the folder.

    Raises:
        CannotDoError: The URL is not one, or its driver is not installed.
    """
    try:
        target = _target_of(make_url(url), folder)
        return _engine(target)
    except UnicodeEncodeError as garbled:
        raise CannotDoError(
            "县文件夹的路径里有乱码（不是 UTF-8 的字）", "请把文件夹改名后重试。"
        ) from garbled
    except (ArgumentError, ValueError) as wrong:  # a port that is no number is a ValueError
        raise CannotDoError("[ledger] 的 url 写法有误", _HOW_TO_WRITE_URL) from wrong
    except ImportError as missing:
        raise not_installed(missing.name or "psycopg", "postgres") from missing


def engine_of_file(file: Path) -> Engine:
    return engine_of(f"sqlite:///{file.resolve().as_posix()}", file.parent)


def engine_like(engine: Engine, file: Path) -> Engine:
    """The engine of another SQLite file, which is reached as the ledger is."""
    return _engine(engine.url.set(database=str(file)))


class _CompiledStatements(dict[tuple[Any, ...], Any]):
    """The statements that were compiled, by dialect: the same for all ledgers that a process opens.

    SQLAlchemy itself keeps them by engine, and each ledger has an engine of its own.
    """

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        dialect, *statement = key
        return super().get((dialect.name, *statement), default)

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        dialect, *statement = key
        if len(self) >= _MOST_STATEMENTS:
            self.clear()
        super().__setitem__((dialect.name, *statement), compiled)


_compiled = _CompiledStatements()


@lru_cache(maxsize=16)
def _engine(target: URL) -> Engine:
    # Kept for the statements compiled so far; no connection is kept.
    engine = create_engine(
        target,
        poolclass=NullPool,  # one connection a transaction: no file stays open
        hide_parameters=True,  # rows are personal data, and an error's text is not the place for them
        json_serializer=partial(json.dumps, ensure_ascii=False),
        execution_options={"compiled_cache": _compiled},
    )
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _wait_to_read)
    return engine


def engine_in_memory() -> Engine:
    """Returns the engine of a database in memory. All share one connection: another would see another database."""
    return create_engine("sqlite://", poolclass=StaticPool, hide_parameters=True)


def copied_in_memory(connection: Connection, metadata: MetaData) -> Engine:
    """Returns a copy in memory of what the tables hold now, from whatever kind of database."""
    copy = engine_in_memory()
    metadata.create_all(copy)
    with copy.begin() as target:
        for table in metadata.sorted_tables:
            for rows in connection.execute(select(table)).mappings().partitions(_ROWS_AT_ONCE):
                target.execute(insert(table), [dict(row) for row in rows])
    return copy


def name_of(engine: Engine) -> str:
    """Returns the name of the database for a message: the file, or the address without the password."""
    if engine.dialect.name == "sqlite":
        return str(engine.url.database)
    where = engine.url
    shown = URL.create(where.drivername, where.username, None, where.host, where.port, where.database)
    return shown.render_as_string()


def take_turn(connection: Connection, *things: str, alone: bool = False) -> None:
    """At the beginning of a transaction, waits until nobody else writes to these things, and keeps the others out of them.

    An SQLite file has one writer at a time, whatever is named; on PostgreSQL only those who name the
    same things wait for each other, but for one who writes alone: then everybody else waits.

    Args:
        things: What is to be written to: a unit's name, or what else must not be done by two at once.
    """
    if connection.dialect.name == "sqlite":
        if not connection.in_transaction():
            connection.begin()  # which SQLAlchemy only notes
        if not _done_at_once(_driver_of(connection), _WRITE):
            with _long_waits_announced():
                connection.exec_driver_sql(_WRITE)
        if connection.info.get(_FILE) != _file_at(connection.engine.url.database or ""):
            raise CannotDoError("台账刚刚换成了另一个文件（可能有人在恢复备份）", "请重新运行。")
        return
    with _long_waits_announced():
        _wait_on_server(connection, things, alone=alone)


@contextmanager
def seeing_one_state(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads, and sees nothing of what others write meanwhile."""
    with engine.connect() as connection:
        yield begin_to_read(connection)


def begin_to_read(connection: Connection) -> Connection:
    """Begins a transaction as `seeing_one_state` does, and returns its connection."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN")
        return connection
    return connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def reaches_its_file(connection: Connection) -> bool:
    """Whether the file that an SQLite connection opened is still the one of that name.

    False where there is no file: in memory, or on a server.
    """
    opened = connection.info.get(_FILE)
    return opened is not None and opened == _file_at(connection.engine.url.database or "")


def wait_to_read_again(connection: Connection) -> None:
    """Waits until no other connection has the SQLite file locked, as one waits when it is opened."""
    if not _done_at_once(_driver_of(connection), _LOOK):
        with _long_waits_announced():
            connection.exec_driver_sql(_LOOK).close()


def _wait_to_read(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
    record.info[_FILE] = _file_at(_name_of_file(connection))
    connection.execute("PRAGMA cell_size_check = ON").close()
    if not _done_at_once(connection, _LOOK):
        with _long_waits_announced(), closing(connection.execute(_LOOK)):
            pass


def _done_at_once(connection: sqlite3.Connection, statement: str) -> bool:
    """Runs a statement if it need not wait for another connection's lock, and returns whether it was run.

    It nearly always is: then no timer, which is a thread, is needed.

    Raises:
        CannotDoError: There are no locks where the file is, so that nobody's could be waited for.
    """
    with closing(connection.execute("PRAGMA busy_timeout")) as answer:
        (patience,) = answer.fetchone()
    connection.execute("PRAGMA busy_timeout = 0").close()
    try:
        connection.execute(statement).close()
    except sqlite3.OperationalError:  # other errors come up again in the query that waits
        refuse_without_locks(Path(_name_of_file(connection)).parent)
        return False
    finally:
        connection.execute(f"PRAGMA busy_timeout = {patience}").close()
    return True


def _wait_on_server(connection: Connection, things: Iterable[str], *, alone: bool) -> None:
    # A client that loses its network in mid-transaction must not keep the others out for hours.
    for limit in ("lock_timeout", "idle_in_transaction_session_timeout"):
        connection.execute(select(func.set_config(limit, f"{PATIENCE_SECONDS}s", True)))
    whole = func.pg_advisory_xact_lock if alone else func.pg_advisory_xact_lock_shared
    connection.execute(select(whole(_key(_WHOLE))))
    for key in sorted(map(_key, things)):  # everybody locks in the same order, so no two wait for each other
        connection.execute(select(func.pg_advisory_xact_lock(key)))


def _driver_of(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def _name_of_file(connection: sqlite3.Connection) -> str:
    name: str = connection.execute("PRAGMA database_list").fetchone()[2]
    return name


def _file_at(path: str) -> tuple[int, int] | None:
    """Returns which file has a path now (device and inode); None where there is none, as of a ledger in memory."""
    if not path:
        return None
    try:
        status = Path(path).stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


@contextmanager
def _long_waits_announced() -> Iterator[None]:
    timer = Timer(SILENT_SECONDS, _log.warning, ["台账正被另一个程序使用，正在等待……"])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _target_of(url: URL, folder: Path) -> URL:
    driver = _DRIVERS.get(url.drivername)
    if driver is None or url.database in (None, "", ":memory:"):
        raise ArgumentError("not a ledger's address")
    if driver == "sqlite":
        patience = {"timeout": str(PATIENCE_SECONDS)}
        return url.set(database=str(folder / str(url.database)), query={**patience, **url.query})
    usual = {"connect_timeout": "10", "client_encoding": "utf8"}
    return url.set(drivername=driver, query={**usual, **url.query})


def _key(thing: str) -> int:
    digest = blake2b(f"zjf {thing}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)
