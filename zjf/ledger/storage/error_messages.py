"""The messages for a clerk when the ledger's database refuses something."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Engine, NullPool, create_engine
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from zjf.errors import CannotDoError
from zjf.files import sha256_of
from zjf.ledger.storage.damage import RESTORE, LedgerDamagedError
from zjf.ledger.storage.database import name_of

_DAMAGED = "台账数据库已损坏"
_BUSY = ("台账正被另一个程序占用", "请等它结束后重试，或关闭正在打开台账的程序。")
_FULL = ("磁盘已满，写不进台账", "请腾出空间后重试。")
_UNREACHABLE = ("连不上台账数据库", "请检查数据库服务是否已启动、网络是否连通、[ledger] 的 url 是否正确。")
_SQLITE_SAYS = {
    "NOTADB": (
        "不是台账数据库，或开头已损坏",
        "请检查 zjf.toml 中 [ledger] 的 url，或用备份恢复：zjf restore。",
    ),
    "CORRUPT": (_DAMAGED, RESTORE),
    "BUSY": _BUSY,
    "READONLY": ("台账不可写", "请检查文件和所在文件夹的写入权限。"),
    "CANTOPEN": ("打不开台账", "请检查文件夹是否存在、是否有读写权限。"),
    "IOERR": ("读写台账时磁盘出错", "请检查磁盘和网络盘的连接后重试。"),
    "FULL": _FULL,
}
_POSTGRES_SAYS = {  # by SQLSTATE
    "55P03": _BUSY,
    "40P01": _BUSY,
    "53100": _FULL,
    "42501": ("没有读写台账的权限", "请数据库管理员为该用户授予此库的全部权限（GRANT ALL）。"),
    "25P03": _UNREACHABLE,
    "25006": ("台账不可写", "该数据库为只读，请联系数据库管理员。"),
    "42P01": (_DAMAGED, "请数据库管理员用备份恢复。"),
    "42703": (_DAMAGED, "请数据库管理员用备份恢复。"),
    "XX001": (_DAMAGED, "请数据库管理员用备份恢复。"),
    "XX002": (_DAMAGED, "请数据库管理员重建索引（REINDEX），或用备份恢复。"),
}
_MISSING_DATABASE = (
    "没有这个台账数据库",
    "请数据库管理员先建库（CREATE DATABASE），或检查 [ledger] 的 url。",
)
_WRONG_PASSWORD = ("台账数据库的用户名或密码不对", "请检查 zjf.toml 中 [ledger] 的 url。")


@contextmanager
def translated_errors(engine: Engine) -> Iterator[None]:
    """Turns the database's errors raised within into messages that a clerk can act on.

    Raises:
        CannotDoError: The database cannot be reached, opened, read or written, or is damaged.
    """
    try:
        yield
    except (DBAPIError, sqlite3.Error) as failed:  # the latter where a file is copied page by page
        message, cure = (
            _postgres(failed, engine)
            if isinstance(failed, DBAPIError) and engine.dialect.name != "sqlite"
            else _sqlite(getattr(failed, "orig", failed), engine)
        )
        raise CannotDoError(f"{message}：{name_of(engine)}", cure) from failed
    except LedgerDamagedError as damaged:
        raise CannotDoError(f"{_DAMAGED}（{damaged}）：{name_of(engine)}", RESTORE) from damaged


# The database's own message is never shown: it quotes the statement, and sometimes a cell.


def _sqlite(failed: object, engine: Engine) -> tuple[str, str]:
    reason: str = getattr(failed, "sqlite_errorname", "")
    if reason.startswith("SQLITE_CORRUPT") and _is_whole(engine):
        reason = "IOERR"  # SQLite calls a ledger damaged, too, of which the disk or the network failed to read a page
    message = _SQLITE_SAYS.get(reason.removeprefix("SQLITE_").split("_")[0])
    # Any other error means a table or a text that is not as zjf wrote it.
    return message or (f"{_DAMAGED}（{reason or '文字读不出'}）", RESTORE)


def _is_whole(engine: Engine) -> bool:
    """Whether an SQLite ledger's pages fit each other, as far as the disk gives them."""
    try:
        if engine.url.database:
            sha256_of(Path(engine.url.database))
        with engine.connect() as connection:
            return connection.exec_driver_sql("pragma integrity_check(1)").scalar() == "ok"
    except OSError:  # what cannot be read now may be whole all the same
        return True
    except DBAPIError:
        return False


def _postgres(failed: DBAPIError, engine: Engine) -> tuple[str, str]:
    state = getattr(failed.orig, "sqlstate", None)
    if state in _POSTGRES_SAYS:
        return _POSTGRES_SAYS[state]
    if not isinstance(failed, OperationalError | InterfaceError):
        return f"台账数据库出错（{state or type(failed.orig).__name__}）", "请把这一行告诉数据库管理员。"
    no_connection = getattr(failed.orig, "pgconn", None) is not None
    return _refusal(engine.url) if no_connection else _UNREACHABLE


def _refusal(url: URL) -> tuple[str, str]:
    # A server gives its reason only as text in its own language, so it is asked again: by now one that was just shutting
    # down asks for no password any more, and one that was just starting does not refuse.
    asked = _asks_for_password(url)
    if asked is not None and _asks_for_password(url.set(database="postgres")) is None:
        return _MISSING_DATABASE
    return _WRONG_PASSWORD if asked else _UNREACHABLE


def _asks_for_password(url: URL) -> bool | None:
    """Returns whether a server that refuses has asked for a password; None where it does not refuse."""
    try:
        with create_engine(url, poolclass=NullPool).connect():
            return None
    except DBAPIError as failed:
        attempt = getattr(failed.orig, "pgconn", None)
        return attempt is not None and (attempt.used_password or attempt.needs_password)
