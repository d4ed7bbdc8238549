"""Where the rows of a return stood: kept with what was accepted, so that a figure can name its cells."""

import json
import zlib
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.ledger_samples import accepted, houses
from zjf.ledger import Ledger, SheetRows
from zjf.ledger.rows.places import pack, unpack

ON_TWO_SHEETS = (
    SheetRows("台账", {"house_id": 0, "grade": 15}, (3, 4)),
    SheetRows("补报", {"house_id": 1}, (7,)),
)
parts = st.builds(
    SheetRows,
    st.text(max_size=31),
    st.dictionaries(st.text(max_size=10), st.integers(0, 16_383)),
    st.lists(st.integers(0, 1_048_575)).map(tuple),
)


@given(st.lists(parts).map(tuple))
def test_places_are_read_as_they_were_kept(sheets: tuple[SheetRows, ...]) -> None:
    assert unpack(pack(sheets, 7), 7) == sheets


def test_places_that_an_older_zjf_kept_did_not_say_whose_they_are() -> None:
    older = zlib.compress(
        json.dumps([{"sheet": "台账", "columns": {"house_id": 0}, "runs": [[3, 2]]}]).encode()
    )
    assert unpack(older, 7) == (SheetRows("台账", {"house_id": 0}, (3, 4)),)


def test_a_submission_knows_where_its_rows_stood(ledger: Ledger) -> None:
    ledger.accept([replace(accepted(houses("YS1", "YS2", "YS3")), sheets=ON_TWO_SHEETS)])
    (sent,) = ledger.submissions("2024-W23")
    assert ledger.places(sent) == ON_TWO_SHEETS


def test_what_an_older_zjf_took_in_has_its_places_when_the_same_file_comes_again(ledger: Ledger) -> None:
    without = accepted(houses("YS1", "YS2", "YS3"))
    ledger.accept([without])
    (sent,) = ledger.submissions("2024-W23")
    assert ledger.places(sent) == ()
    ledger.accept([replace(without, sheets=ON_TWO_SHEETS)])
    assert [submission.id for submission in ledger.submissions("2024-W23")] == [sent.id]
    assert ledger.places(sent) == ON_TWO_SHEETS
