"""Making a ledger's tables, and bringing an older ledger up to this zjf."""

import glob
import secrets
import sqlite3
import time
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, inspect, select

from zjf import __version__
from zjf.errors import CannotDoError
from zjf.files import grant_access
from zjf.ledger.safety.backups import Why, back_up
from zjf.ledger.safety.sealing import seal_rows
from zjf.ledger.storage import checksums
from zjf.ledger.storage.damage import LedgerDamagedError
from zjf.ledger.storage.database import engine_in_memory, engine_like, name_of, take_turn
from zjf.ledger.storage.tables import VERSIONS, event, schema

MIGRATIONS = Path(__file__).with_name("migrations")

_FIRST_SEALED = "0006"
"""The first version that has digests and checksums."""

_LEFT_BEHIND_SECONDS = 3600

_DECLARATIONS = "SELECT group_concat(sql, ';') FROM sqlite_master WHERE type = 'table'"
_complete: set[tuple[str, str]] = set()
"""Declarations that lack nothing of a version, and the version: a process compares their columns once."""

Lacking = dict[str, list[str]]


def prepare(engine: Engine, migrations: Path = MIGRATIONS) -> None:
    """Creates or upgrades the ledger's tables, in one transaction; does nothing where they are up to date.

    An SQLite file is backed up first.

    Raises:
        CannotDoError: It is another program's database, or a newer zjf's.
    """
    if engine.dialect.name == "sqlite" and engine.url.database and not is_there(engine):
        _make_file(engine, migrations)
    if is_up_to_date(engine, migrations):
        return
    with engine.begin() as connection:
        take_turn(connection, alone=True)
        # Another program may have upgraded it while this one waited.
        if not _is_of_this_version(connection, newest_version(migrations)):
            _upgrade(connection, newest_version(migrations), migrations)


def is_up_to_date(engine: Engine, migrations: Path = MIGRATIONS) -> bool:
    """Whether the ledger's tables are this zjf's.

    Raises:
        CannotDoError: It is another program's database, or a newer zjf's.
    """
    newest = newest_version(migrations)
    with engine.connect() as connection:
        declared = _declarations(connection)
        if declared and (declared, newest) in _complete and _version_in_table(connection) == newest:
            return True
        tables = set(inspect(connection).get_table_names())
        if tables and schema.name not in tables:
            raise CannotDoError(
                f"{name_of(engine)} 是其他程序的数据库，不是台账",
                "请检查 zjf.toml 中 [ledger] 的 url；台账要单独用一个库。",
            )
        if _version(connection) > newest:
            raise CannotDoError(
                f"{name_of(engine)} 由更新版本的 zjf 建立",
                "请升级：pip install -U zjf；不能上网的，用新的安装包再装一次。",
            )
        complete = _is_of_this_version(connection, newest)
        if complete and declared:
            _complete.add((declared, newest))
        return complete


def _declarations(connection: Connection) -> str | None:
    """Returns the statements that declare an SQLite file's tables; None for a database on a server."""
    if connection.dialect.name != "sqlite":
        return None
    statements: str | None = connection.exec_driver_sql(_DECLARATIONS).scalar()
    return statements


def _is_of_this_version(connection: Connection, newest: str) -> bool:
    return _version(connection) == newest and not _lacking_columns(connection)


def brought_up_to_date(engine: Engine) -> Engine:
    """Returns a ledger of this zjf's version, for reading.

    An older zjf's SQLite file stays as it is: it is copied into memory, and the copy is upgraded and read-only. A
    server's database cannot be copied: it is upgraded itself.

    Raises:
        CannotDoError: As `prepare`.
    """
    if is_up_to_date(engine):
        return engine
    if engine.dialect.name != "sqlite":
        prepare(engine)
        return engine
    copy = engine_in_memory()
    with engine.connect() as reader, copy.connect() as writer:
        source, target = (connection.connection.driver_connection for connection in (reader, writer))
        assert isinstance(source, sqlite3.Connection)
        assert isinstance(target, sqlite3.Connection)
        source.backup(target)
    with copy.begin() as connection:
        _upgrade(connection, newest_version(), MIGRATIONS, on_record=False)
    with copy.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    return copy


def is_there(engine: Engine) -> bool:
    """Whether anything has been kept at the address yet.

    Raises:
        LedgerDamagedError: The file is empty; zjf never leaves an empty one behind.
    """
    if engine.dialect.name == "sqlite":
        file = Path(name_of(engine))
        if file.is_file() and not file.stat().st_size:
            raise LedgerDamagedError("文件是空的，0 字节")
        return file.exists()
    with engine.connect() as connection:
        return bool(inspect(connection).get_table_names())


def _make_file(engine: Engine, migrations: Path) -> None:
    """Makes a new ledger under another name and then renames it, so that it appears whole or not at all."""
    file = Path(name_of(engine))
    making = file.with_name(f".{file.name}.{secrets.token_hex(4)}.new")
    try:
        with engine_like(engine, making).begin() as connection:
            take_turn(connection, alone=True)
            for statement in _statements(migrations, newest_version(migrations)):
                connection.exec_driver_sql(statement)
        grant_access(making)
        with suppress(FileExistsError):  # another made one meanwhile: that is the ledger
            name_unless_taken(making, file)
    finally:
        making.unlink(missing_ok=True)
    _remove_leftovers(file)


@cache
def _statements(migrations: Path, newest: str) -> tuple[str, ...]:
    """Returns the SQL statements that make a ledger; kept for a process that makes several."""
    engine = engine_in_memory()
    with engine.begin() as connection:
        _upgrade(connection, newest, migrations)
    with engine.connect() as connection:
        database = connection.connection.driver_connection
        assert isinstance(database, sqlite3.Connection)
        _begin, *statements, _commit = database.iterdump()
    return tuple(statements)


def _remove_leftovers(file: Path) -> None:
    """Removes the unfinished files of programs that were killed while they made a ledger."""
    long_ago = time.time() - _LEFT_BEHIND_SECONDS
    for leftover in file.parent.glob(f".{glob.escape(file.name)}.*.new*"):
        with suppress(OSError):
            if leftover.stat().st_mtime < long_ago:
                leftover.unlink()


def name_unless_taken(new: Path, place: Path) -> None:
    """Gives a file its name, unless another has it.

    Raises:
        FileExistsError: Another has it.
    """
    try:
        place.hardlink_to(new)
    except FileExistsError:
        raise
    except OSError as no_links:  # some disks know none
        if place.exists():
            raise FileExistsError(place) from no_links
        new.rename(place)


def newest_version(migrations: Path = MIGRATIONS) -> str:
    """The version of the latest revision; versions sort as text."""
    # Read off the files' names: to load Alembic costs more than to open a ledger.
    return max(path.stem.removeprefix("revision_") for path in migrations.glob("versions/revision_*.py"))


def _version(connection: Connection) -> str:
    """The ledger's version; empty where there is no ledger yet."""
    return _version_in_table(connection) if inspect(connection).has_table(schema.name) else ""


def _version_in_table(connection: Connection) -> str:
    return connection.scalar(select(schema.c.version_num)) or ""


def _lacking_columns(connection: Connection) -> Lacking:
    """Returns, by form, the declared columns that its table lacks; all of them where there is no table."""
    present = checksums.columns_there(connection)
    lacking = {
        form: [column.name for column in table.c if column.name not in present.get(table.name, ())]
        for form, table in VERSIONS.items()
    }
    return {form: columns for form, columns in lacking.items() if columns}


def _upgrade(connection: Connection, newest: str, migrations: Path, *, on_record: bool = True) -> None:
    """Brings a ledger up to a version.

    Args:
        on_record: Whether it stays: then the upgrade is told in its log, and what it holds gets digests and checksums.
    """
    # Alembic takes long to import and is needed once a year.
    from alembic import command
    from alembic.config import Config

    version = _version(connection)
    if version >= _FIRST_SEALED:  # nobody else writes now, so rows and checksums are of one moment
        checksums.check(connection, columns=checksums.columns_there(connection))
    if version < newest:
        if version and _is_file(connection):
            back_up(Path(name_of(connection.engine)), Why.UPGRADE)
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(migrations).replace("%", "%%"))
        command.upgrade(config, newest)
        if version and on_record:
            _log_upgrade(connection, version, newest)
    _add_lacking_columns(connection)
    if on_record and newest >= _FIRST_SEALED:
        seal_rows(connection)
        checksums.renew_all(connection)


def _is_file(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite" and bool(connection.engine.url.database)


def _add_lacking_columns(connection: Connection) -> None:
    """Adds the columns and tables that forms declare, so that a new column of a form needs no revision."""
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    operations = Operations(MigrationContext.configure(connection))
    for form, columns in _lacking_columns(connection).items():
        table = VERSIONS[form]
        if len(columns) == len(table.c):
            table.create(connection)
        else:
            for name in columns:
                operations.add_column(table.name, table.c[name])


def _log_upgrade(connection: Connection, before: str, after: str) -> None:
    about = {"unit": "", "form": "", "period": ""}
    detail = {"from": before, "to": after, "zjf_version": __version__}
    connection.execute(insert(event).values(at=datetime.now(UTC), what="upgraded", detail=detail, **about))
