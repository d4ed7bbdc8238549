"""What is asked of the rows that say something only is told of every row."""

from datetime import date

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from zjf.schemas.house_facts import any_of, before, names_any

DAYS = st.none() | st.dates(date(2024, 1, 1), date(2024, 1, 5))
CODES = st.none() | st.lists(st.sampled_from(["停用", "停业", "监测"]), max_size=2).map(tuple)


@given(st.lists(st.tuples(DAYS, DAYS), max_size=12))
def test_one_date_before_another(pairs: list[tuple[date | None, date | None]]) -> None:
    earlier, later = (pd.Series([pair[place] for pair in pairs], dtype=object) for place in (0, 1))
    told = [first is not None and second is not None and first < second for first, second in pairs]
    assert before(earlier, later).tolist() == told


@given(st.lists(CODES, max_size=12))
def test_codes_that_are_named(cells: list[tuple[str, ...] | None]) -> None:
    column = pd.Series(cells, dtype=object)
    assert names_any(column).tolist() == [bool(cell) for cell in cells]
    assert any_of(column, frozenset({"停用", "监测"})).tolist() == [
        bool(cell) and not {"停用", "监测"}.isdisjoint(cell or ()) for cell in cells
    ]
