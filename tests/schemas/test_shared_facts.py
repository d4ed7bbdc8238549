"""A fact is worked out once for a table, and anew for any other."""

from random import Random

import pandas as pd
import pytest

from tests.analysis import recount
from zjf.schemas.house_facts import FACTS, commercial
from zjf.schemas.shared_facts import columns_of, shared_fact, sharing_facts
from zjf.schemas.vocabulary import Commercial


def houses(*answers: Commercial) -> pd.DataFrame:
    return pd.DataFrame({"is_commercial": answers}, dtype=object)


def test_a_fact_is_worked_out_once_for_the_table_that_is_shared() -> None:
    asked: list[int] = []

    def counted(table: pd.DataFrame) -> "pd.Series[bool]":
        asked.append(len(table))
        return commercial(table)

    tell = shared_fact("counted", counted)
    shared, other = houses(Commercial.YES, Commercial.NO), houses(Commercial.NO)
    with sharing_facts(shared):
        assert [tell(shared).tolist() for _ in range(3)] == 3 * [[True, False]]
        assert tell(other).tolist() == [False]
        assert tell(shared.copy()).tolist() == [True, False]
    assert asked == [2, 1, 2]


def test_a_table_that_is_not_shared_may_change() -> None:
    table = houses(Commercial.NO)
    with sharing_facts(table):
        assert FACTS["commercial"].holds(table).tolist() == [False]
    table.is_commercial = [Commercial.YES]
    assert FACTS["commercial"].holds(table).tolist() == [True]


@pytest.mark.parametrize("name", FACTS)
def test_every_fact_is_the_same_of_arrays(name: str) -> None:
    """As rules and figures ask small tables, and lists the whole ledger."""
    holds, chance = FACTS[name].holds, Random(name)
    rows = [recount.random_house(chance, number, "城关街道") for number in range(60)]
    for table in (pd.DataFrame(rows, dtype=object), pd.DataFrame(rows[:1], dtype=object)):
        assert holds(columns_of(table)).to_numpy().tolist() == holds(table).tolist()
