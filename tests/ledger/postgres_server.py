"""A real PostgreSQL server for the tests, run from the machine's own binaries."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

USER, PASSWORD = "clerk", "p@ss:word"
_QUICK_BUT_NOT_SAFE = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"
_numbers = count(1)


@dataclass(frozen=True)
class Server:
    """A running server.

    Args:
        port: On the loopback address.
    """

    port: int

    def url(self, database: str, user: str = USER, password: str = "p%40ss%3Aword") -> str:
        return f"postgresql+psycopg://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def new_database(self, like: str = "template1") -> str:
        """The url of a new database.

        Args:
            like: The one that it is a copy of, or its url: an empty one, unless another is given.
        """
        name, source = f"county_{next(_numbers)}", like.rpartition("/")[2]
        copy = sql.SQL("create database {} template {}")
        self.execute(copy.format(sql.Identifier(name), sql.Identifier(source)))
        return self.url(name)

    def execute(self, statement: sql.Composable, database: str = "postgres") -> None:
        keys = {"host": "127.0.0.1", "port": self.port, "user": USER, "password": PASSWORD}
        with psycopg.connect(dbname=database, autocommit=True, **keys) as connection:
            connection.execute(statement)


def find_pg_ctl() -> Path | None:
    """PostgreSQL's own control program, the newest one there is."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[4]))
    on_path = [Path(program) for program in [shutil.which("pg_ctl")] if program]
    return next(iter([*installed[::-1], *on_path]), None)


def free_port() -> int:
    """A port of the loopback address on which nobody listens just now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@contextmanager
def running(pg_ctl: Path) -> Iterator[Server]:
    """A server with an empty cluster, for as long as it is needed."""
    with tempfile.TemporaryDirectory(prefix="zjf-postgres-") as name:
        folder = Path(name)
        (folder / "password").write_text(PASSWORD)
        as_user = None
        if os.geteuid() == 0:  # PostgreSQL refuses to be run by root
            as_user = "nobody"
            for path in (folder, folder / "password"):
                shutil.chown(path, as_user)

        def control(*arguments: str) -> None:
            command = [str(pg_ctl), *arguments, "--pgdata", str(folder / "data"), "--silent"]
            log = folder / "output"
            with log.open("ab") as out:
                done = subprocess.run(
                    command,
                    cwd=folder,
                    stdout=out,
                    stderr=out,
                    user=as_user,
                    extra_groups=[] if as_user else None,
                )
            assert done.returncode == 0, log.read_text(errors="replace")

        cluster = f"--username={USER} --pwfile={folder / 'password'} --auth=md5 --encoding=UTF8"
        control("initdb", "--options", f"{cluster} --locale=C --no-sync")

        def start(port: int) -> None:
            listen = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories="
            options = ("--options", f"{listen} {_QUICK_BUT_NOT_SAFE}")
            control("start", "--wait", "--log", str(folder / "log"), *options)

        port = free_port()
        try:
            start(port)
        except AssertionError:  # some other program may have taken the port meanwhile
            port = free_port()
            start(port)
        try:
            yield Server(port)
        finally:
            control("stop", "--mode", "immediate")
