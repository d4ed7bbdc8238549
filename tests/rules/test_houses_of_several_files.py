"""Houses that several files name (D401, D402), against a plain recount."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from zjf.rules.duplicates import across_returns
from zjf.rules.house_keys import HouseKeys

TOWN, VILLAGE = "城关街道", "青石镇"
NUMBERED = st.lists(st.tuples(st.sampled_from("ABCDEF"), st.sampled_from([TOWN, VILLAGE, None])), max_size=4)
"""Some houses of a table, each with its unit."""


@given(st.lists(st.tuples(st.sampled_from(["house-ledger", "household-ledger"]), NUMBERED), max_size=5))
def test_every_house_that_several_files_or_units_name_is_found(tables: list[tuple[str, list[Any]]]) -> None:
    files = []
    claims: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for file, (form, houses) in enumerate(tables):
        ids, units = [house for house, _ in houses], [unit for _, unit in houses]
        files.append((file, [HouseKeys(0, "台账", form, 0, ids, range(len(ids)), units, {})]))
        for house, unit in houses:
            if unit:
                claims.setdefault((form, house), []).append((file, unit))
    names = [f"{file}.xlsx" for file in range(len(tables))]
    found = {(file, problem.value) for file, problem in across_returns(files, names)}
    expected = {
        (file, house)
        for (_, house), claimants in claims.items()
        for file, unit in claimants
        if len({other for _, other in claimants}) > 1 or file != claimants[0][0]
    }
    assert found == expected
