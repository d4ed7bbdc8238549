"""Backups of a ledger on a PostgreSQL server, by the server's own programs."""

import os
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, make_url

from zjf.errors import CannotDoError
from zjf.files import replacing
from zjf.ledger.safety.backups import Backup, Why, file_name
from zjf.period import OFFICE_TIME

NAMED_AFTER = "ledger.db"
SUFFIX = ".dump"
HOW_TO_RESTORE = (
    "请数据库管理员建一个空库，用 pg_restore --no-owner --dbname=新库 备份文件 恢复到其中，"
    "再把 zjf.toml 中 [ledger] 的 url 改成新库；原来的库先留着。"
)
_HOW_TO_DUMP = "请装上 PostgreSQL 的 pg_dump（版本不低于服务器），或请数据库管理员每天备份这个库。"


def dump(url: str, why: Why, folder: Path) -> Backup:
    """Has pg_dump copy the database, as it is at one moment.

    Raises:
        CannotDoError: There is no pg_dump here, it fails, or the copy cannot be written.
    """
    program = shutil.which("pg_dump")
    if program is None:
        raise CannotDoError("台账在 PostgreSQL 上，这台电脑没有 pg_dump", _HOW_TO_DUMP)
    target, made_at = make_url(url), datetime.now(OFFICE_TIME).replace(microsecond=0)
    path = folder / file_name(Path(NAMED_AFTER), made_at, why, SUFFIX)
    with replacing(path) as temporary:
        # The address and password go into the environment: everybody on the machine can read a command line.
        command = [program, "--format=custom", f"--file={temporary}"]
        ran = subprocess.run(
            command, env=os.environ | _address(target), stderr=subprocess.DEVNULL, check=False
        )
        if ran.returncode:
            raise CannotDoError(f"pg_dump 没有做成备份（退出码 {ran.returncode}）", _HOW_TO_DUMP)
    return Backup(path, made_at, why)


def damages_of(dumped: Path) -> list[str]:
    """Returns what is damaged in a dump, as far as its table of contents shows."""
    program = shutil.which("pg_restore")
    if program is None:
        return ["这台电脑没有 pg_restore，看不了这份备份"]
    ran = subprocess.run(
        [program, "--list", str(dumped)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    return ["pg_restore 读不出它的目录"] if ran.returncode else []


def _address(url: URL) -> dict[str, str]:
    address = {
        "PGHOST": url.host,
        "PGPORT": url.port and str(url.port),
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
    }
    return {name: str(value) for name, value in address.items() if value}
