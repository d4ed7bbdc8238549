"""What the county holds of each return until the end says the same in few bytes."""

import pickle

from hypothesis import given
from hypothesis import strategies as st

from zjf.checking.compact import PackedList, PackedTexts, as_run


@given(st.sets(st.one_of(st.text(), st.integers())))
def test_packed_texts_are_a_set_of_the_texts(values: set[str | int]) -> None:
    texts = {value for value in values if isinstance(value, str)}
    packed = pickle.loads(pickle.dumps(PackedTexts(values)))
    assert packed == texts
    assert len(packed) == len(texts)
    assert all(text in packed for text in texts)
    assert "谁也不是谁" not in packed


@given(st.lists(st.integers(0, 9), unique=True))
def test_rows_are_the_same_rows_as_a_range(rows: list[int]) -> None:
    run = as_run(rows)
    assert list(run) == rows
    assert isinstance(run, range) == (rows == [rows[0] + step for step in range(len(rows))] if rows else True)


@given(st.lists(st.none() | st.text()))
def test_a_packed_list_is_the_list(texts: list[str | None]) -> None:
    packed = pickle.loads(pickle.dumps(PackedList(texts)))
    assert list(packed) == texts
    assert len(packed) == len(texts)
    assert [packed[position] for position in range(len(texts))] == texts
    assert packed[1:] == texts[1:]
