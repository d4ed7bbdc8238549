import shutil
from collections.abc import Callable, Iterator

import pytest

from tests.ledger.ledger_samples import SQLITE, Home
from tests.ledger.postgres_server import Server, find_pg_ctl, running
from zjf.ledger import Ledger


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server of the tests' own."""
    pg_ctl = find_pg_ctl()
    if pg_ctl is None:
        pytest.skip(
            "this machine has no PostgreSQL server: no pg_ctl, neither on the path nor under /usr/lib/postgresql"
        )
    with running(pg_ctl) as server:
        yield server


@pytest.fixture(scope="session", params=["SQLite", pytest.param("PostgreSQL", marks=pytest.mark.slow)])
def new_home(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Home]:
    """Makes homes for ledgers; whatever uses it is tested on both databases."""
    if request.param == "SQLite":
        return lambda: Home(tmp_path_factory.mktemp("county"), SQLITE)
    server: Server = request.getfixturevalue("postgres")
    return lambda: Home(tmp_path_factory.mktemp("county"), server.new_database())


@pytest.fixture(scope="session")
def copy_of(
    new_home: Callable[[], Home], request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Home], Home]:
    """Makes homes whose ledgers are copies of another, which takes less long than to make one."""

    def copied(made: Home) -> Home:
        if made.url == SQLITE:
            home = new_home()
            shutil.copy(made.folder / "ledger.db", home.folder)
            return home
        server: Server = request.getfixturevalue("postgres")
        return Home(tmp_path_factory.mktemp("county"), server.new_database(like=made.url))

    return copied


@pytest.fixture(scope="session")
def new_ledger(new_home: Callable[[], Home], copy_of: Callable[[Home], Home]) -> Callable[[], Ledger]:
    """Makes empty ledgers: copies of one that zjf has made."""
    made = new_home()
    made.open()
    return lambda: copy_of(made).open()


@pytest.fixture
def home(new_home: Callable[[], Home]) -> Home:
    """Where a ledger can be made, and is not yet."""
    return new_home()


@pytest.fixture
def ledger(new_ledger: Callable[[], Ledger]) -> Ledger:
    """An empty ledger."""
    return new_ledger()
