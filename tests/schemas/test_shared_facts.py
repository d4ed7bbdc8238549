"""A fact is worked out once for a table, and anew for any other."""

from random import Random

import pandas as pd
import pytest

from tests.analysis import recount
from zjf.schemas.house_facts import FACTS, commercial
from zjf.schemas.shared_facts import shared_fact, sharing_facts
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


def test_a_fact_of_a_part_is_taken_from_the_table_that_has_all_its_rows() -> None:
    asked: list[int] = []

    def counted(table: pd.DataFrame) -> "pd.Series[bool]":
        asked.append(len(table))
        return commercial(table)

    tell = shared_fact("counted", counted)
    every = houses(Commercial.YES, Commercial.NO, Commercial.YES, Commercial.NO)
    first, second = every.iloc[[0, 3]], every.iloc[[1, 2]]
    with sharing_facts(every):
        for part, expected in ((first, [True, False]), (second, [False, True])):
            with sharing_facts(part, within=True):
                told = tell(part)
                assert told.tolist() == expected
                assert told.index.equals(part.index)
            assert tell(part).tolist() == expected  # anew: it is no longer shared
    assert asked == [4, 2, 2]


@pytest.mark.parametrize("name", FACTS)
def test_every_fact_is_of_a_house_alone_whatever_houses_stand_beside_it(name: str) -> None:
    """What is worked out for all units' houses holds for each unit's."""
    holds = FACTS[name].holds
    chance = Random(name)
    every = pd.DataFrame(
        [recount.random_house(chance, number, "城关街道") for number in range(60)], dtype=object
    )
    for part in (every.iloc[:7], every.iloc[7:]):
        with sharing_facts(every), sharing_facts(part, within=True):
            assert holds(part).tolist() == holds(part.copy()).tolist()
