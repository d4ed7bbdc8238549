"""Rows kept by column alone say what rows with a line of their own say, and their damage is noticed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Executable, delete, func, select, text, update

from tests.ledger.ledger_samples import SQLITE, UNIT, WEEK, Home, accepted, many_houses, said, tables
from zjf.errors import CannotDoError
from zjf.figures.differing_rows import rows_that_differ
from zjf.ledger import VERSION, Ledger
from zjf.ledger.appearances import appearances
from zjf.ledger.rows import ready_rows
from zjf.ledger.rows.blocks import KeptColumn, PackedColumn, keep
from zjf.ledger.storage.tables import VERSIONS, batch, block
from zjf.schemas import FORMS

FORM, NEXT_WEEK = "house-ledger", "2024-W24"
MANY = 600
HOUSE = (UNIT, "YS000007")


def lines(home: Home, form: str = FORM) -> int:
    """How many rows have a line of their own."""
    with home.engine.connect() as connection:
        return connection.scalars(select(func.count()).select_from(VERSIONS[form])).one()


def a_week_later() -> pd.DataFrame:
    """The houses, with another owner of one, another remark on one, and a new one."""
    later = many_houses(MANY + 1)
    later.loc[7, "owner_name"], later.loc[9, "remarks"] = "李建平", "屋面已修"
    return later


@pytest.fixture
def kept(home: Home) -> Home:
    """A ledger with a first week by column, and a second one in which little has changed."""
    home.open().accept([accepted(many_houses(MANY))])
    home.open().accept([accepted(a_week_later(), "b2", period=NEXT_WEEK)])
    return home


def test_the_first_rows_of_a_unit_have_no_line_of_their_own_and_later_ones_do(kept: Home) -> None:
    ledger = kept.open()
    assert lines(kept) == 3
    assert said(ledger.frame(FORM, WEEK)) == said(many_houses(MANY))
    assert said(ledger.frame(FORM, NEXT_WEEK)) == said(a_week_later())
    first, second = (ledger.columns(FORM, week, [VERSION])[VERSION] for week in (WEEK, NEXT_WEEK))
    assert np.flatnonzero(first != second[:MANY]).tolist() == [7, 9]
    assert ledger.damages() == []


def test_a_week_later_the_rows_that_differ_are_found_in_both(kept: Home) -> None:
    before, after = rows_that_differ(kept.open(), WEEK, NEXT_WEEK, [UNIT])
    assert said(before) == said(many_houses(MANY).iloc[[7, 9]])
    assert said(after) == said(a_week_later().iloc[[7, 9, MANY]])


def test_the_story_of_a_house_goes_through_both(kept: Home) -> None:
    story = appearances(kept.open(), [HOUSE])[HOUSE]
    assert [(told.period, told.cells and told.cells["owner_name"]) for told in story] == [
        (WEEK, "王某某"),
        (NEXT_WEEK, "李建平"),
    ]


def test_whoever_is_named_in_either_is_masked(kept: Home) -> None:
    assert kept.open().people().masked_in("王某某、李建平和张建国") == "王**、李**和张建国"


def test_a_row_that_comes_back_is_the_one_of_then(kept: Home) -> None:
    ledger = kept.open()
    ledger.accept([accepted(many_houses(MANY), "c3", period="2024-W25")])
    first, third = (ledger.columns(FORM, week, [VERSION])[VERSION].tolist() for week in (WEEK, "2024-W25"))
    assert first == third
    assert lines(kept) == 3


def test_a_unit_of_few_houses_has_them_line_by_line(tmp_path: Path) -> None:
    home = Home(tmp_path, SQLITE)
    home.open().accept([accepted(many_houses(20))])
    assert lines(home) == 20


DAMAGE: dict[str, Executable] = {
    "the digests": update(batch).values(digests=b"x" * 16 * MANY),
    "the unit": update(batch).values(unit="青石镇"),
    "the number": update(batch).values(id=5),
    "the columns": update(batch).values(column_digests={}),
    "the batch": delete(batch),
    "a column": update(block).where(block.c.column == "house-ledger.owner_name").values(packed=b"x"),
    "a lost column": delete(block).where(block.c.column == "house-ledger.owner_name"),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_its_damage_is_noticed(kept: Home, what: str) -> None:
    with kept.engine.begin() as connection:
        connection.execute(DAMAGE[what])
    for look in (
        lambda ledger: rows_that_differ(ledger, WEEK, NEXT_WEEK, [UNIT]),
        lambda ledger: appearances(ledger, [HOUSE]),
    ):
        with pytest.raises(CannotDoError, match="已损坏") as noticed:
            look(kept.open())
        assert "YS0" not in str(noticed.value)
        assert "某" not in str(noticed.value)
    assert kept.open().damages()


@pytest.mark.parametrize("garbled", ["column_digests = '{'", "digests = 'x'", "seal = x'ff'"])
def test_nothing_is_accepted_where_it_cannot_be_read(tmp_path: Path, garbled: str) -> None:
    home = Home(tmp_path, SQLITE)
    home.open().accept([accepted(many_houses(MANY))])
    with home.engine.begin() as connection:
        connection.execute(text(f"UPDATE batch SET {garbled}"))
    with pytest.raises(CannotDoError, match="已损坏"):
        home.open().accept([accepted(many_houses(MANY), "c3", period=NEXT_WEEK)])


def test_the_doctor_counts_the_rows_of_a_lost_column_and_of_a_lost_batch(tmp_path: Path) -> None:
    home = Home(tmp_path, SQLITE)
    home.open().accept([accepted(many_houses(MANY))])
    with home.engine.begin() as connection:
        connection.execute(DAMAGE["a lost column"])
    assert home.open().damages() == [f"自建房台账有 {MANY} 行与接收时不同"]
    with home.engine.begin() as connection:
        connection.execute(DAMAGE["the batch"])
    assert home.open().damages() == [f"自建房台账少了 {MANY} 行"]


def test_rows_have_lines_where_an_older_zjf_stored_another_column_under_their_digest(tmp_path: Path) -> None:
    """It did not tell a cell that says None from a blank one."""
    frame = many_houses(MANY)
    frame.loc[1:, "remarks"] = "甲"
    says_none = PackedColumn(("None", "甲"), np.array([0] + [1] * (MANY - 1)))
    home = Home(tmp_path, SQLITE)
    home.open()
    with home.engine.begin() as connection:
        of_then = KeptColumn(says_none.digest_of_old, says_none.pack())
        keep(connection, FORMS[FORM], UNIT, {"remarks": of_then})
    home.open().accept([accepted(frame)])
    assert lines(home) == MANY
    assert said(home.open().frame(FORM, WEEK)) == said(frame)


@pytest.fixture(scope="module")
def two_ledgers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, Home]:
    """Two ledgers that are told the same, for all examples."""
    by_line, by_column = (Home(tmp_path_factory.mktemp(name), SQLITE) for name in ("line", "column"))
    return by_line, by_column


def told(ledger: Ledger, form: str) -> Any:
    """What a ledger says of two weeks: their rows, which of these are the same, and each row by its number."""
    keys = [ledger.columns(form, week, [VERSION]) for week in (WEEK, NEXT_WEEK)]
    versions = pd.concat(keys)[VERSION].tolist()
    return (
        [said(ledger.frame(form, week)) for week in (WEEK, NEXT_WEEK)],
        pd.factorize(np.array(versions, dtype=object))[0].tolist(),
        [said(ledger.numbered_rows(form, of_week)) for of_week in keys],
        ledger.damages(),
    )


@pytest.mark.parametrize("form", [FORM, "issue-ledger", "attachment-2"])
@given(data=st.data())
@settings(max_examples=6, deadline=None)
def test_a_ledger_by_column_says_what_one_by_line_says(
    two_ledgers: tuple[Home, Home], form: str, data: st.DataObject
) -> None:
    sent: Callable[[], pd.DataFrame] = lambda: data.draw(tables(FORMS[form], max_size=4))  # noqa: E731
    first, second = sent(), sent()
    second = pd.concat([first.iloc[1:], second], ignore_index=True).astype(object)
    say = []
    for home, many in zip(two_ledgers, (100, 1), strict=True):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(ready_rows, "_MANY_ROWS", many)
            for week, frame in ((WEEK, first), (NEXT_WEEK, second)):
                home.open().accept([accepted(frame, form=form, period=week)])
        say.append(told(home.open(), form))
    assert say[0] == say[1]
    assert say[0][-1] == []
