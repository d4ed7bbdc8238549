"""Older and newer ledgers, and forms that have got a column since."""

import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, delete, insert, inspect, select, update
from sqlalchemy.exc import DBAPIError

from tests.ledger.ledger_samples import SQLITE, UNIT, WEEK, Home, accepted, houses, many_houses, said
from zjf.errors import CannotDoError
from zjf.ledger import Ledger
from zjf.ledger.safety.backups import backups_of
from zjf.ledger.storage.tables import VERSIONS, event, metadata, schema
from zjf.ledger.upgrade import MIGRATIONS, newest_version, prepare

HOUSES = VERSIONS["house-ledger"].name
OLDEST = "0001"


def version(home: Home) -> str:
    with home.engine.connect() as connection:
        return connection.scalars(select(schema.c.version_num)).one()


def as_the_first_zjf_made_it(home: Home) -> Ledger:
    """A ledger of version 0001, with one unit's return in it: nothing guarded its events yet."""
    folder = home.folder / "revisions of then"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    for path in folder.glob("versions/revision_*.py"):
        if path.stem > f"revision_{OLDEST}":
            path.unlink()
    prepare(home.engine, folder)
    now = Home(home.folder, "sqlite:///of now.db")
    now.open().accept([accepted(houses("YS01"))])
    then, numbers = MetaData(), {"id", "version_id"}  # the database gives them
    then.reflect(home.engine)
    with now.engine.connect() as source, home.engine.begin() as target:
        for table in (metadata.tables[name] for name in (HOUSES, "submission", "event")):
            of_then = then.tables[table.name].columns.keys()
            for row in source.execute(select(table)).mappings():
                target.execute(
                    insert(table).values({name: row[name] for name in of_then if name not in numbers})
                )
    (home.folder / "of now.db").unlink()
    return Ledger(home.engine, has_checksums=False)


def house_ids(home: Home) -> list[str]:
    """What stands in the table itself, of whatever version it is."""
    with home.engine.connect() as connection:
        return list(connection.scalars(select(VERSIONS["house-ledger"].c.house_id)))


def without_a_column(home: Home, name: str) -> None:
    """Makes the ledger one of a time when the form had a column fewer."""
    with home.engine.begin() as connection:
        Operations(MigrationContext.configure(connection)).drop_column(HOUSES, name)


def test_the_revisions_and_the_declarations_make_the_same_tables(home: Home) -> None:
    home.open()
    with home.engine.connect() as connection:
        options = {"version_table": schema.name, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def test_a_ledgers_version_is_the_number_of_the_last_revision(home: Home) -> None:
    home.open()
    assert version(home) == newest_version() == ScriptDirectory(str(MIGRATIONS)).get_current_head()


def test_an_older_ledger_is_upgraded_when_it_is_opened(home: Home) -> None:
    before = as_the_first_zjf_made_it(home)
    assert version(home) == OLDEST
    kept = before.events()

    ledger = home.open()

    assert version(home) == newest_version()
    assert said(ledger.frame("house-ledger", WEEK)) == said(houses("YS01"))
    *same, upgraded = ledger.events()
    assert same == kept
    assert (upgraded.what, upgraded.detail["from"], upgraded.detail["to"]) == (
        "upgraded",
        OLDEST,
        newest_version(),
    )
    assert home.open().events() == ledger.events()


def test_who_only_looks_at_an_older_file_leaves_it_as_it_is(tmp_path: Path) -> None:
    home = Home(tmp_path, SQLITE)
    as_the_first_zjf_made_it(home)
    kept = (tmp_path / "ledger.db").read_bytes()

    ledger = Ledger.find(home.url, folder=home.folder)

    assert ledger is not None
    assert said(ledger.frame("house-ledger", WEEK)) == said(houses("YS01"))
    assert ledger.signatures(WEEK) == []
    assert ledger.damages() == []
    assert not any(entry.what == "upgraded" for entry in ledger.events())
    with pytest.raises(CannotDoError, match="台账不可写"):
        ledger.accept([accepted(houses("YS02"), "b2")])
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ""] == ["ledger.db"]
    assert (tmp_path / "ledger.db").read_bytes() == kept


def test_who_only_looks_at_an_older_ledger_may_read_it(home: Home) -> None:
    as_the_first_zjf_made_it(home)
    ledger = Ledger.find(home.url, folder=home.folder)
    assert ledger is not None
    assert said(ledger.frame("house-ledger", WEEK)) == said(houses("YS01"))


def test_an_empty_ledger_is_kept_nowhere() -> None:
    ledger = Ledger.empty()
    assert (ledger.periods(), ledger.rejections(WEEK), ledger.arrivals(WEEK)) == ([], [], [])
    assert ledger.frame("house-ledger", WEEK).empty


def test_a_file_is_copied_before_it_is_upgraded(tmp_path: Path) -> None:
    home = Home(tmp_path, "sqlite:///台账 100%.db")
    as_the_first_zjf_made_it(home)
    home.open().accept([accepted(houses("YS02"), "b2")])

    (backup,) = backups_of(tmp_path / "台账 100%.db")
    copy = Home(backup.path.parent, f"sqlite:///{backup.path.name}")
    assert (backup.why, version(copy)) == ("升级前", OLDEST)
    assert house_ids(copy) == ["YS01"]


def test_an_upgrade_that_fails_leaves_the_ledger_as_it_was(home: Home) -> None:
    as_the_first_zjf_made_it(home)
    later = home.folder / "revisions"
    shutil.copytree(MIGRATIONS, later, ignore=shutil.ignore_patterns("__pycache__"))
    (later / "versions" / "revision_9999.py").write_text(
        "from alembic import op\n"
        "import sqlalchemy as sa\n"
        f"revision, down_revision = '9999', '{newest_version()}'\n"
        "def upgrade():\n"
        "    op.add_column('submission', sa.Column('signed', sa.Boolean))\n"
        "    raise InterruptedError('the power went')\n",
        encoding="utf-8",
    )
    with pytest.raises(InterruptedError):
        prepare(home.engine, later)

    assert version(home) == OLDEST
    with home.engine.connect() as connection:
        columns = {column["name"] for column in inspect(connection).get_columns("submission")}
    assert "signed" not in columns
    assert house_ids(home) == ["YS01"]
    assert said(home.open().frame("house-ledger", WEEK)) == said(houses("YS01"))


def test_a_newer_ledger_is_refused_with_a_cure(home: Home) -> None:
    home.open()
    with home.engine.begin() as connection:
        connection.execute(update(schema).values(version_num="9999"))
    with pytest.raises(CannotDoError, match=r"更新版本的 zjf.*请升级：pip install -U zjf"):
        home.open()


def test_a_ledger_from_before_a_form_got_a_column_opens_and_reads(home: Home) -> None:
    home.open().accept([accepted(houses("YS01", "YS02"), period="2024-W22")])
    without_a_column(home, "key_area")

    ledger = home.open()

    assert said(ledger.frame("house-ledger", "2024-W22")) == said(houses("YS01", "YS02"))
    filled = houses("YS01", "YS02", key_area=("学校周边",))
    ledger.accept([accepted(filled)])
    assert said(ledger.frame("house-ledger", WEEK)) == said(filled)
    assert said(ledger.frame("house-ledger", "2024-W22")) == said(houses("YS01", "YS02"))


def test_a_new_column_that_nobody_fills_makes_no_row_a_new_one(home: Home) -> None:
    home.open().accept([accepted(many_houses(50), period="2024-W22")])
    without_a_column(home, "key_area")

    home.open().accept([accepted(many_houses(50))])

    with home.engine.connect() as connection:
        assert len(connection.execute(select(VERSIONS["house-ledger"].c.version_id)).all()) == 50


def test_a_form_that_is_new_gets_its_table(home: Home) -> None:
    ledger = home.open()
    with home.engine.begin() as connection:
        Operations(MigrationContext.configure(connection)).drop_table("sweep_table")
    home.open()
    assert ledger.frame("sweep-table", WEEK).empty


@pytest.mark.parametrize(
    "tamper", [update(event).values(unit="别的镇"), delete(event)], ids=["change", "remove"]
)
def test_the_database_itself_keeps_every_event(ledger: Ledger, tamper: object) -> None:
    ledger.accept([accepted(houses("YS01"))])
    with pytest.raises(DBAPIError, match="only ever added"), ledger.engine.begin() as connection:
        connection.execute(tamper)
    (kept,) = ledger.events()
    assert kept.unit == UNIT
