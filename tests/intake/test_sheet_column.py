"""What is looked for in all of a column's texts at once is found as it is in each of them."""

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from zjf.intake.rows.sheet_column import NUL, SheetColumn
from zjf.intake.rows.sheet_values import Value
from zjf.intake.values.lost_letters import are_perhaps_lost_in, may_be_lost
from zjf.intake.values.texts import are_plain
from zjf.schemas.kinds import Kind

TEXTS = st.text(st.sampled_from("张家坝村无同上 -/_x000D（例?？锟屯é鍥\x0712月年,𠮷" + NUL), max_size=8)
VALUES = st.one_of(TEXTS, st.sampled_from([0, 1.5, date(2024, 5, 6)]))


@given(st.lists(VALUES, max_size=12))
def test_a_column_says_what_its_values_say(values: list[Value]) -> None:
    column = SheetColumn(values)
    texts = [value for value in values if isinstance(value, str)]
    assert column.holds_blank == ("" in values)
    assert column.holds_only_texts == (len(texts) == len(values) and not any(NUL in text for text in texts))
    halves = "".join(texts).encode("utf-16-le")
    letters = {chr(number) for number in np.frombuffer(halves, dtype=np.uint16)}
    assert set(column.letters) - {NUL} == letters - {NUL}


@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_many_texts_are_plain_where_each_of_them_is(texts: list[str]) -> None:
    together = are_plain(Kind.TEXT, SheetColumn([*texts, ""]))
    assert together == all(are_plain(Kind.TEXT, SheetColumn([text])) for text in texts)


@given(st.lists(TEXTS.filter(lambda text: NUL not in text), max_size=6))
def test_letters_may_be_lost_in_many_texts_where_they_may_in_one(texts: list[str]) -> None:
    assert are_perhaps_lost_in(NUL.join(texts)) == any(map(may_be_lost, texts))
