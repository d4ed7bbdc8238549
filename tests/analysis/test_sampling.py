"""The ≥ 10 % draw: its share, its proportion, and the same houses from the same seed."""

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zjf.analysis.sampling import Draw, apportion, draw
from zjf.rules.spot_checks import required
from zjf.schemas import FORMS

TENTH = Decimal("0.10")
COUNTIES = st.dictionaries(
    st.sampled_from(["城关街道", "青石镇", "柳溪镇", "白鹭镇", "双桥镇"]),
    st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 20)),
    min_size=1,
)
"""Units with their commercial houses judged clear, the other commercial ones, and the non-commercial ones."""
SHARES = st.decimals("0.01", "1", places=2)
SEEDS = st.integers(0, 2**32)


def houses_of(drawn: Draw) -> list[str]:
    return [house for unit in drawn.units for house in unit.houses]


def ledger(units: dict[str, tuple[int, int, int]]) -> pd.DataFrame:
    """A house ledger in which those houses stand."""
    kinds = (("是", "未发现安全隐患"), ("是", "存在一定安全隐患"), ("否", "未发现安全隐患"))
    blank = dict.fromkeys(FORMS["house-ledger"].by_name)
    rows = [
        blank
        | {
            "house_id": f"{unit}{kind}{number:03}",
            "township": unit,
            "is_commercial": commercial,
            "initial_judgement": judgement,
        }
        for unit, numbers in units.items()
        for kind, ((commercial, judgement), count) in enumerate(zip(kinds, numbers, strict=True))
        for number in range(count)
    ]
    return pd.DataFrame(rows, columns=list(blank), dtype=object)


@pytest.mark.parametrize(
    ("commercial", "clear", "wanted"), [(95, 90, 10), (100, 90, 10), (101, 90, 11), (100, 4, 4), (0, 0, 0)]
)
def test_a_tenth_of_all_commercial_houses_rounded_up_or_all_there_are(
    commercial: int, clear: int, wanted: int
) -> None:
    assert required(commercial, clear, TENTH) == wanted


@settings(deadline=None)
@given(COUNTIES, SHARES, SEEDS)
def test_the_share_is_drawn_from_the_commercial_houses_judged_clear(
    units: dict[str, tuple[int, int, int]], share: Decimal, seed: int
) -> None:
    drawn = draw(ledger(units), share, seed)
    clear = {f"{unit}0{number:03}" for unit, (count, _, _) in units.items() for number in range(count)}
    assert set(houses_of(drawn)) <= clear
    assert len(set(houses_of(drawn))) == len(houses_of(drawn))
    commercial = sum(count + others for count, others, _ in units.values())
    assert len(houses_of(drawn)) >= min(ceil(share * commercial), len(clear))


@settings(deadline=None)
@given(COUNTIES, SHARES, SEEDS)
def test_no_unit_is_left_short_and_each_has_one_where_there_is_one(
    units: dict[str, tuple[int, int, int]], share: Decimal, seed: int
) -> None:
    for unit in draw(ledger(units), share, seed).units:
        clear, others, _ = units[unit.unit]
        assert (unit.commercial, unit.clear) == (clear + others, clear)
        assert len(unit.houses) >= required(clear + others, clear, share)
        assert bool(unit.houses) == bool(clear)


@settings(deadline=None)
@given(COUNTIES, SHARES, SEEDS)
def test_the_proportion_holds_where_every_unit_has_enough(
    units: dict[str, tuple[int, int, int]], share: Decimal, seed: int
) -> None:
    """Each gets its part of the county's number, rounded down or up, and at least what is asked of it alone."""
    all_clear = {unit: (clear + others, 0, 0) for unit, (clear, others, _) in units.items()}
    everything = sum(count for count, _, _ in all_clear.values())
    for unit in draw(ledger(all_clear), share, seed).units:
        part = Fraction(ceil(share * everything) * unit.commercial, everything or 1)
        alone = required(unit.commercial, unit.clear, share)
        assert len(unit.houses) in {max(floor(part), alone), max(ceil(part), alone)}


@settings(deadline=None)
@given(COUNTIES, SHARES, SEEDS)
def test_one_seed_gives_the_same_houses_in_whatever_order_they_stand(
    units: dict[str, tuple[int, int, int]], share: Decimal, seed: int
) -> None:
    houses = ledger(units)
    assert draw(houses, share, seed) == draw(houses.iloc[::-1], share, seed)


def test_another_seed_gives_other_houses() -> None:
    houses = ledger({"城关街道": (200, 0, 0)})
    assert houses_of(draw(houses, TENTH, 1)) != houses_of(draw(houses, TENTH, 2))


def test_what_one_unit_cannot_give_is_drawn_in_the_others() -> None:
    """A tenth of 300 is 30; 青石镇 has but 2 clear houses, so 28 are drawn of the two others, 2 : 1."""
    drawn = draw(ledger({"青石镇": (2, 118, 0), "城关街道": (120, 0, 0), "柳溪镇": (60, 0, 0)}), TENTH, 7)
    assert {unit.unit: len(unit.houses) for unit in drawn.units} == {"青石镇": 2, "城关街道": 19, "柳溪镇": 9}


@given(
    st.dictionaries(st.text(max_size=2), st.tuples(st.integers(1, 90), st.integers(1, 90)), min_size=1),
    st.data(),
)
def test_apportioning_gives_out_everything_and_nobody_gets_too_much(
    parties: dict[str, tuple[int, int]], data: st.DataObject
) -> None:
    weights = {name: weight for name, (weight, _) in parties.items()}
    most = {name: limit for name, (_, limit) in parties.items()}
    number = data.draw(st.integers(0, sum(most.values())))
    given_out = apportion(number, weights, most)
    assert sum(given_out.values()) == number
    assert all(0 <= given_out[name] <= most[name] for name in weights)
