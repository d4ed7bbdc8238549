"""A ledger looked through for damage: SQLite puts each row in words, and they are the row's own."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, func, select, update

from tests.ledger.ledger_samples import SQLITE, Home, accepted, many_houses, tables
from zjf.ledger.rows import row_texts
from zjf.ledger.rows.row_texts import changed_rows
from zjf.ledger.safety.examination import examine
from zjf.ledger.storage.database import seeing_one_state
from zjf.ledger.storage.tables import VERSIONS, stored_columns
from zjf.schemas import FORMS


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """One ledger for all examples: it holds whatever the former ones left behind."""
    return Home(tmp_path_factory.mktemp("ledger"), SQLITE)


def looked_at(engine: Engine, form: str) -> list[bool]:
    with seeing_one_state(engine) as connection:
        looked = changed_rows(connection, VERSIONS[form], stored_columns(FORMS[form]))
        return [is_changed for _, is_changed in looked]


@pytest.mark.parametrize("form", FORMS)
@given(data=st.data())
@settings(max_examples=5, deadline=None)
def test_whatever_was_accepted_is_sound(shared: Home, form: str, data: st.DataObject) -> None:
    shared.open().accept([accepted(data.draw(tables(FORMS[form], max_size=3)), form=form)])
    assert not any(looked_at(shared.engine, form))


def test_rows_are_sound_without_being_read_cell_by_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a large county would wait for its backup: letters of every kind are put in words alike."""
    home = Home(tmp_path, SQLITE)
    frame = many_houses(3)
    frame["remarks"] = ['引号"、反斜杠\\、换行\n、制表\t', "\x01\x1f\x7f\u2028 / 𠮷 é", None]
    home.open().accept([accepted(frame)])
    monkeypatch.setattr(row_texts, "_read_by_cell", lambda *_: iter([(0, True)]))
    assert looked_at(home.engine, "house-ledger") == [False] * 3


def test_every_changed_row_and_every_lost_one_is_counted(tmp_path: Path) -> None:
    home, houses = Home(tmp_path, SQLITE), VERSIONS["house-ledger"]
    for week in ("2024-W22", "2024-W23"):
        home.open().accept([accepted(many_houses(20), period=week)])
    assert examine(home.engine) == []
    with home.engine.begin() as connection:
        last = connection.scalar(select(func.max(houses.c.version_id))) or 0
        connection.execute(update(houses).where(houses.c.version_id <= 2).values(remarks="改过"))
        connection.execute(delete(houses).where(houses.c.version_id.in_([3, last - 1, last])))
    assert examine(home.engine) == [
        "自建房台账有 2 行与接收时不同",
        "自建房台账少了 3 行",
    ]
