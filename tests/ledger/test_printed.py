"""The register of printed tables: every code that was handed out, with what its table said."""

import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime
from multiprocessing.synchronize import Barrier
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DBAPIError

from tests.ledger.ledger_samples import UNIT, WEEK, Home, open_ledger
from tests.ledger.test_database import as_an_ordinary_user
from tests.ledger.test_two_clerks import at_once
from zjf.errors import CannotDoError
from zjf.ledger import Ledger, PrintedTable, Signature
from zjf.ledger.registers.printed import pack, unpack
from zjf.ledger.storage.tables import printed

TABLE = PrintedTable(
    unit=UNIT,
    form="attachment-2",
    period=WEEK,
    code="BRA6-GE3-994",
    content={"title": f"{UNIT}工作台账", "rows": [["100", "—"]], "draft": []},
    as_of=datetime(2024, 6, 7, 4, tzinfo=UTC),
)
DRAFT = replace(TABLE, content={**TABLE.content, "draft": ["备注：部分接收。"]})
OF_TABLE = (TABLE.unit, TABLE.form, TABLE.period, TABLE.code)
PRINTINGS = 20


def lines(home: Home) -> int:
    with home.engine.connect() as connection:
        return connection.scalars(select(func.count()).select_from(printed)).one()


def test_what_was_printed_can_be_told_by_its_code(ledger: Ledger) -> None:
    ledger.record_printed([TABLE, replace(TABLE, code="0000-000-000")])
    assert ledger.printed(*OF_TABLE) == [TABLE]
    assert ledger.printed(UNIT, "attachment-1", WEEK, TABLE.code) == []


def test_the_same_table_printed_again_adds_nothing(home: Home) -> None:
    ledger = home.open()
    for _ in range(2):
        ledger.record_printed([TABLE, TABLE])
    later = replace(TABLE, as_of=datetime(2024, 6, 8, tzinfo=UTC))  # sent once more, with the same figures
    ledger.record_printed([later])
    assert lines(home) == 1


def test_a_draft_and_the_table_itself_are_told_apart(ledger: Ledger) -> None:
    ledger.record_printed([DRAFT])
    ledger.record_printed([TABLE])
    assert ledger.printed(*OF_TABLE) == [DRAFT, TABLE]


def test_a_signature_puts_its_table_on_record(ledger: Ledger) -> None:
    one = Signature(
        unit=UNIT,
        form=TABLE.form,
        period=WEEK,
        code=TABLE.code,
        signed_by="王志远",
        signed_on=date(2024, 6, 7),
    )
    assert ledger.sign(one, [TABLE])
    assert not ledger.sign(one, [TABLE])
    assert ledger.printed(*OF_TABLE) == [TABLE]


def print_many(home: Home, clerk: str, barrier: Barrier) -> None:
    barrier.wait()
    for number in range(PRINTINGS):
        home.open().record_printed(
            [replace(TABLE, code=f"{number}"), replace(TABLE, code=f"{clerk}{number}")]
        )


def test_two_programs_that_print_at_once_record_each_table_once(home: Home) -> None:
    home.open()
    at_once(print_many, home, ["甲", "乙"])
    assert lines(home) == 3 * PRINTINGS


@pytest.mark.parametrize(
    "tamper", [update(printed).values(code="X"), delete(printed)], ids=["change", "remove"]
)
def test_the_database_itself_keeps_every_line(ledger: Ledger, tamper: object) -> None:
    ledger.record_printed([TABLE])
    with pytest.raises(DBAPIError, match="only ever added"), ledger.engine.begin() as connection:
        connection.execute(tamper)
    assert ledger.printed(*OF_TABLE) == [TABLE]


def test_what_is_on_record_can_be_printed_from_a_ledger_that_cannot_be_written_to() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ledger = open_ledger(folder)
        ledger.record_printed([TABLE])
        (folder / "ledger.db").chmod(0o444)
        folder.chmod(0o555)
        with as_an_ordinary_user():
            ledger.record_printed([TABLE])
            with pytest.raises(CannotDoError, match="台账不可写"):
                ledger.record_printed([DRAFT])
        folder.chmod(0o755)


def test_a_countys_table_takes_a_kilobyte_at_most() -> None:
    chance = Random("云水县")
    grid = [[f"乡镇{unit}", *(str(chance.randrange(2000)) for _ in range(17))] for unit in range(15)]
    content = {"rows": grid}
    assert unpack(pack(content)) == content
    assert len(pack(content)) < 1024
