"""A ledger on PostgreSQL: what a clerk is told when it is not to be had."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from psycopg import sql
from sqlalchemy import make_url

from tests.commands.office import SETTINGS
from tests.ledger.ledger_samples import WEEK, Home, accepted, houses, many_houses, said
from tests.ledger.postgres_server import Server
from zjf.county import County
from zjf.errors import CannotDoError
from zjf.ledger import Ledger
from zjf.ledger.of_county import find_ledger
from zjf.ledger.safety.backups import Why
from zjf.ledger.safety.server_dump import damages_of, dump

pytestmark = pytest.mark.slow


def refusal(url: str, folder: Path) -> str:
    with pytest.raises(CannotDoError) as refused:
        Ledger.open(url, folder=folder)
    assert "p@ss" not in str(refused.value)
    assert "p%40ss" not in str(refused.value)
    assert refused.value.cure.startswith("请")
    return str(refused.value)


def test_the_short_form_of_the_address_will_do(postgres: Server, tmp_path: Path) -> None:
    url = postgres.new_database().replace("+psycopg", "")
    Ledger.open(url, folder=tmp_path).accept([accepted(houses("YS01"))])
    assert said(Ledger.open(url, folder=tmp_path).frame("house-ledger", WEEK)) == said(houses("YS01"))
    assert list(tmp_path.iterdir()) == []


def test_without_the_extra_one_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)  # as Python sees what is not installed
    says = refusal("postgresql+psycopg://clerk@127.0.0.1/county", tmp_path)
    assert "缺少连接 PostgreSQL 的组件 psycopg" in says
    assert "pip install 'zjf[postgres]'" in says


def test_a_server_that_is_away_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken_but_silent:
        taken_but_silent.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{taken_but_silent.getsockname()[1]}/county"
        says = refusal(f"postgresql+psycopg://clerk:p%40ss@{address}", tmp_path)
    assert f"连不上台账数据库：postgresql+psycopg://clerk@{address}" in says


def test_a_wrong_password_is_told_and_not_printed(postgres: Server, tmp_path: Path) -> None:
    postgres.execute(sql.SQL("create database locked"))
    for url in (postgres.url("locked", password="p%40ssed"), postgres.url("locked", user="nobody")):
        assert "用户名或密码不对" in refusal(url, tmp_path)


def test_a_database_that_is_not_there_is_told_from_a_wrong_password(postgres: Server, tmp_path: Path) -> None:
    assert "没有这个台账数据库" in refusal(postgres.url("atlantis"), tmp_path)


def test_a_lost_ledger_is_named_without_its_password(postgres: Server, tmp_path: Path) -> None:
    url = postgres.new_database()
    (tmp_path / "zjf.toml").write_text(f"{SETTINGS}\n[ledger]\nurl = '{url}'\n", "utf-8")
    results = tmp_path / "out" / WEEK / "summary.json"
    results.parent.mkdir(parents=True)
    results.write_text("{}")
    with pytest.raises(CannotDoError, match=r"找不到台账（postgresql.*clerk@") as refused:
        find_ledger(County.load(tmp_path))
    assert url.rpartition("@")[0] not in str(refused.value)


def test_a_database_of_another_program_is_left_alone(postgres: Server, tmp_path: Path) -> None:
    postgres.execute(sql.SQL("create database diary"))
    postgres.execute(sql.SQL("create table diary (day text)"), "diary")
    assert "其他程序的数据库" in refusal(postgres.url("diary"), tmp_path)


def test_a_user_who_may_not_write_is_told_whom_to_ask(postgres: Server, tmp_path: Path) -> None:
    url = postgres.new_database()
    Ledger.open(url, folder=tmp_path)
    name = url.rpartition("/")[2]
    postgres.execute(sql.SQL("create role reader login password 'reader'"))
    postgres.execute(sql.SQL("grant select on all tables in schema public to reader"), name)

    reader = Ledger.open(postgres.url(name, "reader", "reader"), folder=tmp_path)
    assert reader.frame("house-ledger", WEEK).empty
    with pytest.raises(CannotDoError, match=r"没有读写台账的权限.*数据库管理员"):
        reader.accept([accepted(houses("YS01"))])


def test_a_number_too_long_for_a_cell_is_kept(ledger: Ledger) -> None:
    mistyped = houses("YS01", occupants=13_800_138_000)
    ledger.accept([accepted(mistyped)])
    assert said(ledger.frame("house-ledger", WEEK)) == said(mistyped)


@pytest.mark.skipif(shutil.which("pg_restore") is None, reason="this machine has no pg_dump and pg_restore")
def test_a_backup_by_the_server_s_own_program_is_restored_as_the_guide_says(
    postgres: Server, tmp_path: Path
) -> None:
    home = Home(tmp_path, postgres.new_database())
    home.open().accept([accepted(many_houses(20))])
    made = dump(home.url, Why.ASKED, tmp_path / "backups")
    assert damages_of(made.path) == []
    home.open().accept([accepted(many_houses(5), "b2")])  # after the backup
    restored = Home(tmp_path, postgres.new_database())
    target = make_url(restored.url)
    subprocess.run(
        ["pg_restore", "--no-owner", f"--dbname={target.database}", made.path],
        env=os.environ
        | {
            "PGHOST": str(target.host),
            "PGPORT": str(target.port),
            "PGUSER": str(target.username),
            "PGPASSWORD": str(target.password),
        },
        check=True,
    )
    ledger = restored.open()
    assert ledger.damages() == []
    assert said(ledger.frame("house-ledger", WEEK)) == said(many_houses(20))
