"""Making a ledger's tables, and bringing an older ledger up to this zjf."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, inspect, select

from zjf import __version__
from zjf.errors import CannotDoError
from zjf.ledger.database import engine_in_memory, name_of, take_turn
from zjf.ledger.tables import VERSIONS, event, schema

MIGRATIONS = Path(__file__).with_name("migrations")

Lacking = dict[str, list[str]]


def prepare(engine: Engine, migrations: Path = MIGRATIONS) -> None:
    """Creates or upgrades the ledger's tables, in one transaction; does nothing where all is as it should be.

    An SQLite file is copied first, to a file beside it that bears its version's number.

    Args:
        engine: Of the ledger.
        migrations: The folder of Alembic's revisions.

    Raises:
        CannotDoError: It is another program's database, or a newer zjf's.
    """
    if is_as_it_should_be(engine, migrations):
        return
    with engine.begin() as connection:
        take_turn(connection, "upgrade")
        _upgrade(connection, newest_version(migrations), migrations)


def is_as_it_should_be(engine: Engine, migrations: Path = MIGRATIONS) -> bool:
    """Whether the ledger's tables are this zjf's.

    Raises:
        CannotDoError: It is another program's database, or a newer zjf's.
    """
    newest = newest_version(migrations)
    with engine.connect() as connection:
        found = set(inspect(connection).get_table_names())
        if found and schema.name not in found:
            raise CannotDoError(
                f"{name_of(engine)} 是其他程序的数据库，不是台账",
                "请检查 zjf.toml 中 [ledger] 的 url；台账要单独用一个库。",
            )
        version = _version(connection)
        if version > newest:
            raise CannotDoError(f"{name_of(engine)} 由更新版本的 zjf 建立", "请升级：pip install -U zjf。")
        return version == newest and not _lacking(connection)


def as_it_is_now(engine: Engine) -> Engine:
    """The ledger as this zjf reads it, for who only looks.

    An older zjf's SQLite file is copied into memory and the copy upgraded, and nothing can be written to
    it. A server's database cannot be copied: it is upgraded.

    Raises:
        CannotDoError: As `prepare`.
    """
    if is_as_it_should_be(engine):
        return engine
    if engine.dialect.name != "sqlite":
        prepare(engine)
        return engine
    copy = engine_in_memory()
    with engine.connect() as reader, copy.connect() as writer:
        source, target = (each.connection.driver_connection for each in (reader, writer))
        assert isinstance(source, sqlite3.Connection)
        assert isinstance(target, sqlite3.Connection)
        source.backup(target)
    prepare(copy)
    with copy.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    return copy


def is_there(engine: Engine) -> bool:
    """Whether anything has been kept at the address yet."""
    if engine.dialect.name == "sqlite":
        return Path(name_of(engine)).is_file()
    with engine.connect() as connection:
        return bool(inspect(connection).get_table_names())


def newest_version(migrations: Path = MIGRATIONS) -> str:
    """The version of the latest revision; versions sort as text."""
    # Read off the files' names: to load Alembic costs more than to open a ledger.
    return max(each.stem.removeprefix("revision_") for each in migrations.glob("versions/revision_*.py"))


def _version(connection: Connection) -> str:
    """The ledger's version; empty where there is no ledger yet."""
    if not inspect(connection).has_table(schema.name):
        return ""
    return connection.scalar(select(schema.c.version_num)) or ""


def _lacking(connection: Connection) -> Lacking:
    """The columns that forms declare and their tables have not, by form; all of them where there is no table."""
    there = inspect(connection).get_multi_columns(filter_names=[each.name for each in VERSIONS.values()])
    names = {table: {each["name"] for each in columns} for (_, table), columns in there.items()}
    lacking = {
        form: [column.name for column in table.c if column.name not in names.get(table.name, ())]
        for form, table in VERSIONS.items()
    }
    return {form: columns for form, columns in lacking.items() if columns}


def _upgrade(connection: Connection, newest: str, migrations: Path) -> None:
    # Loaded where it is needed, which is once a year.
    from alembic import command
    from alembic.config import Config

    version = _version(connection)  # again: another program may have been here meanwhile
    if version < newest:
        if version and _is_file(connection):
            _copy(connection.engine, version)
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(migrations).replace("%", "%%"))
        command.upgrade(config, newest)
        if version:
            _log(connection, version, newest)
    _widen(connection)


def _is_file(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite" and bool(connection.engine.url.database)


def _copy(engine: Engine, version: str) -> None:
    """Copies the file, whole and consistent; nobody writes to it meanwhile."""
    file = Path(name_of(engine))
    copy = file.with_name(f"{file.name}.{version}.bak")
    copy.unlink(missing_ok=True)  # of an upgrade that was broken off
    with engine.connect() as reader:
        reader.exec_driver_sql("VACUUM INTO ?", (str(copy),))


def _widen(connection: Connection) -> None:
    """Adds what the forms declare: a column added to a form needs no revision."""
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    operations = Operations(MigrationContext.configure(connection))
    for form, columns in _lacking(connection).items():
        table = VERSIONS[form]
        if len(columns) == len(table.c):
            table.create(connection)
        else:
            for name in columns:
                operations.add_column(table.name, table.c[name])


def _log(connection: Connection, before: str, after: str) -> None:
    about = {"unit": "", "form": "", "period": ""}
    detail = {"from": before, "to": after, "zjf_version": __version__}
    connection.execute(insert(event).values(at=datetime.now(UTC), what="upgraded", detail=detail, **about))
