"""What a clerk is told when the ledger's database will not do as asked."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, NullPool, create_engine
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from zjf.errors import CannotDoError
from zjf.ledger.database import name_of

_BUSY = ("台账正被另一个程序占用", "请等它结束后重试，或关闭正在打开台账的程序。")
_FULL = ("磁盘已满，写不进台账", "请腾出空间后重试。")
_UNREACHABLE = ("连不上台账数据库", "请检查数据库服务是否已启动、网络是否连通、[ledger] 的 url 是否正确。")
_SQLITE_SAYS = {
    "NOTADB": ("不是台账数据库", "请检查 zjf.toml 中 [ledger] 的 url，或用备份恢复该文件。"),
    "CORRUPT": ("台账数据库已损坏", "请用备份恢复该文件；没有备份的，移走它后重新汇总各期报表。"),
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
}
_MISSING_DATABASE = (
    "没有这个台账数据库",
    "请数据库管理员先建库（CREATE DATABASE），或检查 [ledger] 的 url。",
)
_WRONG_PASSWORD = ("台账数据库的用户名或密码不对", "请检查 zjf.toml 中 [ledger] 的 url。")


@contextmanager
def translated_errors(engine: Engine) -> Iterator[None]:
    """Turns what the database says into what a clerk can act on.

    Raises:
        CannotDoError: The database cannot be reached, opened, read or written.
    """
    try:
        yield
    except DBAPIError as failed:
        said = _sqlite(failed) if engine.dialect.name == "sqlite" else _postgres(failed, engine)
        if said is None:
            raise
        what, cure = said
        raise CannotDoError(f"{what}：{name_of(engine)}", cure) from failed


def _sqlite(failed: DBAPIError) -> tuple[str, str] | None:
    reason: str = getattr(failed.orig, "sqlite_errorname", "SQLITE_")
    return _SQLITE_SAYS.get(reason.split("_")[1])


def _postgres(failed: DBAPIError, engine: Engine) -> tuple[str, str] | None:
    state = getattr(failed.orig, "sqlstate", None)
    if state in _POSTGRES_SAYS:
        return _POSTGRES_SAYS[state]
    if not isinstance(failed, OperationalError | InterfaceError):
        return None
    attempt = getattr(failed.orig, "pgconn", None)  # there where the connection was not even made
    return (
        _UNREACHABLE if attempt is None else _refusal(attempt.used_password or attempt.needs_password, engine)
    )


def _refusal(asked_for_password: bool, engine: Engine) -> tuple[str, str]:
    # A server gives its reason only in words, and in its own language; so it is tried out.
    try:
        with create_engine(engine.url.set(database="postgres"), poolclass=NullPool).connect():
            return _MISSING_DATABASE
    except DBAPIError:
        return _WRONG_PASSWORD if asked_for_password else _UNREACHABLE
