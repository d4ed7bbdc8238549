"""How the county stands to a goal: what one unit has too many of does not do another's work."""

from hypothesis import given
from hypothesis import strategies as st

from zjf.counting.rates import Rate
from zjf.monitoring.goals import GoalStanding, Reached, of_the_county

rates = st.builds(Rate, st.integers(0, 12), st.integers(0, 10))


def test_twenty_of_twenty_is_not_all_done_where_one_unit_closed_twelve_of_ten() -> None:
    county = of_the_county([Rate(12, 10), Rate(8, 10)], 100)
    assert (county.reached, county.short_by) == (Reached.SHORT, 2)
    assert county.in_words("栋") == "还差2栋"


def test_a_figure_that_nobody_can_trust_reaches_no_goal() -> None:
    county = of_the_county([Rate(12, 10), Rate(10, 10)], 100)
    assert (county.reached, county.short_by) == (Reached.DOUBTFUL, None)
    assert county.in_words("栋") == "有单位分子多于分母，待核对"


def test_nobody_told_nothing_to_do_and_all_done_are_three_things() -> None:
    assert of_the_county([], 100).reached is Reached.UNKNOWN
    assert of_the_county([Rate(0, 0)], 100).reached is Reached.NO_TASK
    assert of_the_county([Rate(0, 0), Rate(3, 3)], 100).reached is Reached.REACHED


@given(known=st.lists(rates, min_size=1, max_size=5))
def test_the_county_reaches_a_full_goal_only_where_each_unit_does(known: list[Rate]) -> None:
    county = of_the_county(known, 100)
    own = [GoalStanding(rate, 100) for rate in known]
    if county.reached is Reached.REACHED:
        assert all(unit.reached in (Reached.REACHED, Reached.NO_TASK) for unit in own)
    if county.reached is Reached.SHORT:
        assert county.short_by == sum(unit.short_by or 0 for unit in own)
