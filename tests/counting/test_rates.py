"""Rates: exact, half-up, and never a 100.00 % that is not one (facts.md#exact-rates, facts.md#published-rates)."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zjf.counting.rates import Rate

COUNTS = st.integers(0, 100_000_000)
WHOLES = st.integers(1, 100_000_000)


@pytest.mark.parametrize(
    ("numerator", "denominator", "printed"),
    [
        (544, 546, "99.63%"),
        (11362, 12534, "90.65%"),
        (6864, 12534, "54.76%"),
        (71142, 88641, "80.26%"),
        (21410, 20985, "102.03%"),
        (13736 + 92 + 2358, 16186, "100.00%"),
        (92 + 2358, 16186, "15.14%"),
    ],
)
def test_published_rates(numerator: int, denominator: int, printed: str) -> None:
    assert Rate(numerator, denominator).display == printed


def test_published_rate_at_one_decimal() -> None:
    assert Rate(96, 126).percent(1) == Decimal("76.2")


@pytest.mark.parametrize(
    ("numerator", "denominator", "value", "display"),
    [
        (40, 45, "88.89", "88.89%"),
        (5, 102, "4.90", "4.90%"),
        (0, 0, None, "—"),
        (3, 0, None, "—"),
        (3, -2, None, "—"),
        (0, 7, "0.00", "0.00%"),
        (7, 7, "100.00", "100.00%"),
        (9_999, 10_000, "99.99", "99.99%"),
        (99_999, 100_000, "100.00", "> 99.99%"),
        (1, 100_000, "0.00", "< 0.01%"),
        (1, 20_000, "0.01", "0.01%"),
        (19_999, 20_000, "100.00", "> 99.99%"),
    ],
)
def test_value_is_rounded_and_display_never_lies(
    numerator: int, denominator: int, value: str | None, display: str
) -> None:
    rate = Rate(numerator, denominator)
    assert (rate.value, rate.display) == (value, display)


def test_a_half_is_rounded_up() -> None:
    assert Rate(1, 800).percent(2) == Decimal("0.13")
    assert Rate(1, 8).percent(0) == Decimal(13)


def test_above_the_whole_is_flagged() -> None:
    assert Rate(21410, 20985).over
    assert not Rate(7, 7).over
    assert not Rate(7, 0).over


def test_json_shape() -> None:
    assert Rate(40, 45).as_json() == {
        "numerator": 40,
        "denominator": 45,
        "value": "88.89",
        "display": "88.89%",
    }
    assert Rate(0, 0).as_json() == {"numerator": 0, "denominator": 0, "value": None, "display": "—"}


@given(COUNTS, WHOLES)
def test_below_the_whole_never_prints_100(part: int, rest: int) -> None:
    rate = Rate(part, part + rest)
    assert rate.display != "100.00%"
    assert part == 0 or rate.display != "0.00%"


@given(COUNTS, COUNTS, WHOLES)
def test_more_done_is_never_a_lower_rate(one: int, other: int, whole: int) -> None:
    less, more = sorted((one, other))
    lower, higher = Rate(less, whole).percent(2), Rate(more, whole).percent(2)
    assert lower is not None
    assert higher is not None
    assert lower <= higher


@given(COUNTS, WHOLES, st.integers(0, 4))
def test_rounding_matches_exact_fractions(numerator: int, denominator: int, decimals: int) -> None:
    percent = Rate(numerator, denominator).percent(decimals)
    assert percent is not None
    assert percent.as_tuple().exponent == -decimals
    error = Fraction(100 * numerator, denominator) - Fraction(percent)
    half = Fraction(1, 2 * 10**decimals)
    assert -half <= error < half
