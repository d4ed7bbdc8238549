"""Ranking units by a rate: ties, rates above 100 %, and units without one."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from zjf.briefings.ranking import Ranking
from zjf.counting.rates import Rate

counts = st.integers(0, 40)
units = st.dictionaries(st.text("甲乙丙丁", min_size=1, max_size=4), st.builds(Rate, counts, counts))


def ranking(**rates: tuple[int, int]) -> Ranking:
    return Ranking.of({unit: Rate(*rate) for unit, rate in rates.items()})


def test_units_that_tie_share_a_rank_and_the_next_rank_is_left_out() -> None:
    found = ranking(甲=(1, 2), 乙=(3, 4), 丙=(2, 4), 丁=(1, 4))
    assert found.ranks == {"乙": 1, "甲": 2, "丙": 2, "丁": 4}


def test_a_unit_with_nothing_to_do_is_ranked_apart() -> None:
    found = ranking(甲=(0, 0), 乙=(0, 5), 丙=(1, 5))
    assert (found.ranks, found.nothing_to_do, found.without) == ({"丙": 1, "乙": 2}, ("甲",), ("甲",))


def test_a_unit_of_which_nobody_knows_is_not_said_to_have_nothing_to_do() -> None:
    found = Ranking.of({"甲": None, "乙": Rate(0, 5), "丙": Rate(1, 5)})
    assert (found.ranks, found.nothing_to_do, found.unknown) == ({"丙": 1, "乙": 2}, (), ("甲",))


def test_more_in_the_numerator_than_in_the_denominator_is_ranked_apart() -> None:
    found = ranking(甲=(21410, 20985), 乙=(1, 2), 丙=(3, 0), 丁=(1, 3))
    assert [(apart.unit, apart.rate.display) for apart in found.over] == [("甲", "102.03%"), ("丙", "—")]
    assert found.ranks == {"乙": 1, "丁": 2}
    assert found.nothing_to_do == ()


def test_the_only_unit_that_has_something_to_do_is_first_and_not_behind() -> None:
    found = ranking(甲=(0, 5), 乙=(0, 0))
    assert (found.ranks, found.nothing_to_do, found.behind()) == ({"甲": 1}, ("乙",), ())


def test_the_rate_of_a_part_says_nothing_of_a_place() -> None:
    """What is left out of a return is what had errors: the rows that were taken may all be done."""
    rates = {"甲": Rate(5, 5), "乙": Rate(1, 2), "丙": Rate(1, 3), "丁": Rate(0, 0), "戊": Rate(2, 1)}
    found = Ranking.of(rates, in_part=("甲", "丁", "戊"))
    assert found.ranks == {"乙": 1, "丙": 2}
    assert [apart.unit for apart in found.in_part] == ["甲", "丁"]
    assert (found.nothing_to_do, [apart.unit for apart in found.over]) == ((), ["戊"])


def test_what_prints_alike_need_not_tie() -> None:
    assert ranking(甲=(10000, 30001), 乙=(1, 3)).ranks == {"乙": 1, "甲": 2}


def behind(*rates: int) -> str:
    """The places, counted from 1, of the units that are behind, by how many of ten they have done."""
    found = Ranking.of({str(place): Rate(done, 10) for place, done in enumerate(rates, 1)})
    return "".join(place.unit for place in found.behind())


def test_the_last_three_are_behind_and_never_more_than_half_of_the_units() -> None:
    assert behind(10, 9, 8, 7, 6, 5) == "456"
    assert (behind(10, 9, 8, 7, 6), behind(10, 9, 8, 7), behind(10, 9, 8), behind(10, 9)) == (
        "45",
        "34",
        "3",
        "2",
    )


def test_a_tie_is_named_as_a_whole_or_not_at_all() -> None:
    assert behind(10, 9, 8, 7, 7, 7, 1) == "7", "with the tie four of seven"
    assert behind(10, 9, 8, 7, 1, 1, 1, 1) == "5678", "the last of all, though four"
    assert behind(10, 0, 0, 0, 0) == "", "nearly all"


def test_no_paper_ranks_a_unit_alone_or_units_that_have_done_nothing() -> None:
    assert ranking(甲=(3, 5), 乙=(0, 0)).undecided
    assert ranking(甲=(0, 5), 乙=(0, 2)).undecided
    assert not ranking(甲=(1, 5), 乙=(0, 2)).undecided


def test_nobody_is_behind_where_all_tie_or_are_done() -> None:
    assert ranking(甲=(1, 2), 乙=(1, 2)).behind() == ()
    assert ranking(甲=(6, 5), 乙=(5, 5)).behind() == ()
    assert ranking().behind() == ()


@given(units)
def test_whoever_is_behind_has_work_left_and_all_that_come_later_are_behind_too(
    rates: dict[str, Rate],
) -> None:
    found = Ranking.of(rates)
    last = found.behind()
    assert found.places[len(found.places) - len(last) :] == last
    assert 2 * len(last) <= len(found.places)
    assert all(place.rank > 1 and place.rate.numerator < place.rate.denominator for place in last)
    assert not {place.rank for place in last} & {place.rank for place in found.places if place not in last}


@given(units, st.sets(st.sampled_from("甲乙丙丁")))
def test_every_unit_has_one_place_and_a_better_rate_never_a_later_one(
    rates: dict[str, Rate], in_part: set[str]
) -> None:
    found = Ranking.of(rates, in_part)
    apart = [unit.unit for unit in (*found.over, *found.in_part)]
    assert sorted([*found.ranks, *found.without, *apart]) == sorted(rates)
    exact = [Fraction(place.rate.numerator, place.rate.denominator) for place in found.places]
    assert exact == sorted(exact, reverse=True)
    for place, value in zip(found.places, exact, strict=True):
        assert place.rank == 1 + sum(other > value for other in exact)
