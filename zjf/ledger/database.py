"""Opening the ledger's database, and what to tell a clerk when it will not do as asked."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    NullPool,
    create_engine,
    insert,
    inspect,
    literal,
    make_url,
    select,
)
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.schema import CreateTable

from zjf.errors import CannotDoError
from zjf.ledger.tables import SCHEMA_VERSION, metadata, schema

PATIENCE_SECONDS = 120
"""How long one waits for another clerk's acceptance to finish."""

_SQLITE_SAYS = {
    "NOTADB": ("不是台账数据库", "请检查 zjf.toml 中 [ledger] 的 url，或用备份恢复该文件。"),
    "CORRUPT": ("台账数据库已损坏", "请用备份恢复该文件；没有备份的，移走它后重新汇总各期报表。"),
    "BUSY": ("台账正被另一个程序占用", "请等它结束后重试，或关闭正在打开该文件的程序。"),
    "READONLY": ("台账不可写", "请检查文件和所在文件夹的写入权限。"),
    "CANTOPEN": ("打不开台账", "请检查文件夹是否存在、是否有读写权限。"),
    "IOERR": ("读写台账时磁盘出错", "请检查磁盘和网络盘的连接后重试。"),
    "FULL": ("磁盘已满，台账没有改动", "请腾出空间后重试。"),
}


def engine_of(url: str, folder: Path) -> Engine:
    """The engine of a ledger; an SQLite file is looked for from the folder.

    Raises:
        CannotDoError: The URL is not one, or its driver is not installed.
    """
    try:
        target = make_url(url)
        if target.get_backend_name() == "sqlite":
            target = _placed(target, folder)
        return create_engine(
            target,
            poolclass=NullPool,  # one connection a transaction: no file stays open
            hide_parameters=True,  # rows are personal data, and an error's text is not the place for them
            json_serializer=partial(json.dumps, ensure_ascii=False),
        )
    except ArgumentError as wrong:
        raise CannotDoError("[ledger] 的 url 写法有误", "请照 sqlite:///ledger.db 的样式写。") from wrong
    except ImportError as missing:
        raise CannotDoError(
            f"缺少连接台账数据库的组件 {missing.name}", "请先安装：pip install 'zjf[all]'。"
        ) from missing


def _placed(url: URL, folder: Path) -> URL:
    if url.database in (None, "", ":memory:"):
        raise ArgumentError("no file named")
    # A transaction takes its turn to write when it begins, and waits for it; else two that have begun
    # to read could each wait for the other.
    turns = {"isolation_level": "IMMEDIATE", "timeout": str(PATIENCE_SECONDS)}
    return url.set(database=str(folder / str(url.database)), query={**turns, **url.query})


def prepare(engine: Engine) -> None:
    """Creates what is missing of the ledger's tables.

    Raises:
        CannotDoError: It is another program's database, or a newer zjf's.
    """
    with engine.connect() as connection:
        found = set(inspect(connection).get_table_names())
        version = connection.scalar(select(schema.c.version_num)) if schema.name in found else None
    if found and schema.name not in found:
        raise CannotDoError(
            f"{_name(engine)} 是其他程序的数据库，不是台账", "请检查 zjf.toml 中 [ledger] 的 url。"
        )
    if version and version > SCHEMA_VERSION:
        raise CannotDoError(f"{_name(engine)} 由更新版本的 zjf 建立", "请升级：pip install -U zjf。")
    if version is None or not found.issuperset(metadata.tables):
        with engine.begin() as connection:
            _create(connection)


def _create(connection: Connection) -> None:
    # Two programs may come here at once: the insert makes the second wait, and then find everything there.
    connection.execute(CreateTable(schema, if_not_exists=True))
    first = select(literal(SCHEMA_VERSION)).where(~select(schema).exists())
    connection.execute(insert(schema).from_select(["version_num"], first))
    metadata.create_all(connection)


@contextmanager
def explained(engine: Engine) -> Iterator[None]:
    """Turns what the database says into what a clerk can act on.

    Raises:
        CannotDoError: The database cannot be opened, read or written.
    """
    try:
        yield
    except DBAPIError as failed:
        reason = getattr(failed.orig, "sqlite_errorname", "SQLITE_").split("_")[1]
        if reason in _SQLITE_SAYS:
            what, cure = _SQLITE_SAYS[reason]
            raise CannotDoError(f"{what}：{_name(engine)}", cure) from failed
        if isinstance(failed, OperationalError) and not reason:
            raise CannotDoError(
                f"连不上台账数据库 {_name(engine)}", "请检查网络和 [ledger] 的 url。"
            ) from failed
        raise


def _name(engine: Engine) -> str:
    if engine.dialect.name == "sqlite":
        return str(engine.url.database)
    return engine.url.render_as_string(hide_password=True)
