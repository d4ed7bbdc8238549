"""Rows that are sent from process to process are, cell by cell, what they were."""

import pickle
from datetime import date
from decimal import Decimal

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from zjf.intake.rows.sent_rows import SentRows

TEXTS = st.none() | st.text(max_size=3)
DAYS = st.none() | st.sampled_from([date(2024, 6, 3), date(1999, 12, 31)])
CODES = st.none() | st.sampled_from([(), ("管控",), ("管控", "拆除")])
FIGURES = st.none() | st.integers(-3, 300)
MIXED = st.sampled_from([None, 1, True, Decimal("1.0"), Decimal("1.00"), 1.0, "1", date(2024, 6, 3), ()])


@given(st.lists(st.tuples(TEXTS, DAYS, CODES, FIGURES, MIXED), max_size=300))
def test_rows_that_were_sent_are_what_they_were(rows: list[tuple[object, ...]]) -> None:
    frame = pd.DataFrame(rows, columns=["text", "day", "codes", "figure", "mixed"], dtype=object)
    sent = pickle.loads(pickle.dumps(SentRows.of(frame)))
    came = sent.frame()
    pd.testing.assert_index_equal(came.index, frame.index, exact=False)
    for name in frame:
        cells = list(map(repr, frame[name]))
        assert list(map(repr, came[name])) == cells
        assert list(map(repr, sent.cells(name))) == cells
    assert set(map(str, came.dtypes)) == {"object"}
