"""抽查台账 read back: enough houses drawn and checked (R606), enough of them right (R607), of this ledger (R610)."""

from decimal import Decimal

import pandas as pd
import pytest

from tests.analysis.test_sampling import ledger
from tests.smaller_ledgers import rows_of
from zjf.analysis.spot_checks import Drawn, by_unit
from zjf.rules.spot_checks import SpotChecks, UnitSpotChecks

TENTH, MARK = Decimal("0.10"), Decimal("0.90")


def checks(*found: tuple[str, str]) -> pd.DataFrame:
    """Spot-checks in 城关街道: house and finding."""
    rows = "\n".join(
        f"| {house} | 2024-06-05 | 未发现安全隐患 | {finding} | 周工 |" for house, finding in found
    )
    return rows_of(f"| 房屋编号 | 抽查日期 | 原结论 | 抽查结论 | 抽查人 |\n{rows}", "spot-check")


def codes(line: UnitSpotChecks) -> list[str]:
    return [problem.code for problem in line.problems(MARK)]


def house(number: int) -> str:
    return f"城关街道0{number:03}"


HUNDRED = ledger({"城关街道": (90, 10, 40)})
"""A hundred commercial houses, ninety of them judged clear."""


def draw(*numbers: int, unit: str = "城关街道") -> dict[str, frozenset[str]]:
    """A draw of these houses."""
    return {unit: frozenset(house(number) for number in numbers)}


TEN: Drawn = [draw(*range(10))]


def test_ten_of_a_hundred_are_enough_and_nine_are_not() -> None:
    ten = [(house(number), "无误") for number in range(10)]
    (enough,) = by_unit(checks(*ten), HUNDRED, TENTH, TEN)
    assert (enough.checked, enough.required, enough.share.display) == (10, 10, "10.00%")
    assert codes(enough) == []
    (short,) = by_unit(checks(*ten[:9]), HUNDRED, TENTH, TEN)
    assert codes(short) == ["R606"]
    said = next(short.problems(MARK)).message
    assert (
        "城关街道已抽查 9 栋，应不少于 10 栋（经营性自建房 100 栋，其中初判未发现安全隐患 90 栋；抽到的还有 1 栋没有查）"
        in said
    )


def test_all_are_enough_where_few_are_judged_clear() -> None:
    few = ledger({"城关街道": (2, 98, 0)})
    (line,) = by_unit(checks((house(0), "无误"), (house(1), "无误")), few, TENTH, [draw(0, 1)])
    assert (line.required, codes(line)) == (2, [])


def test_a_house_checked_twice_and_a_house_for_living_count_not_towards_the_share() -> None:
    living = "城关街道2000"
    again = rows_of(
        f"""
        | 房屋编号   | 抽查日期   | 原结论           | 抽查结论 | 抽查人 |
        | {house(1)} | 2024-06-05 | 未发现安全隐患   | 无误     | 周工   |
        | {house(1)} | 2024-06-06 | 未发现安全隐患   | 无误     | 周工   |
        | {house(2)} | 2024-06-06 | 存在一定安全隐患 | 无误     | 周工   |
        | {living}   | 2024-06-06 | 未发现安全隐患   | 无误     | 周工   |
        """,
        "spot-check",
    )
    (line,) = by_unit(again, HUNDRED, TENTH, TEN)
    assert (line.checked, line.findings, line.not_clear) == (1, 2, 1)


@pytest.mark.parametrize(("wrong", "found"), [(0, []), (1, []), (2, ["R607"])])
def test_exactly_nine_in_ten_pass(wrong: int, found: list[str]) -> None:
    said = ["漏排", "错排"][:wrong] + ["无误"] * (10 - wrong)
    (line,) = by_unit(checks(*((house(at), finding) for at, finding in enumerate(said))), HUNDRED, TENTH, TEN)
    assert codes(line) == found


def test_without_checks_there_is_no_rate_to_fall_short() -> None:
    (line,) = by_unit(checks((house(0), "无误")).iloc[:0], HUNDRED, TENTH)
    assert line.pass_rate.display == "—"
    assert codes(line) == ["R606"]


def test_without_a_house_ledger_it_is_unknown_how_many_are_enough() -> None:
    (line,) = by_unit(checks((house(0), "错排")), HUNDRED.iloc[:0], TENTH, [draw(0)])
    assert (line.required, line.share.display) == (None, "—")
    assert codes(line) == ["R607"]
    assert "抽查合格率为 0.00%，低于 90%" in next(line.problems(MARK)).message


def test_houses_that_nobody_drew_count_not_towards_the_share() -> None:
    picked = checks(*((house(number), "无误") for number in range(40, 60)))
    (line,) = by_unit(picked, HUNDRED, TENTH, TEN)
    assert (line.checked, line.findings, line.drawn) == (0, 20, 10)
    assert codes(line) == ["R606"]
    (undrawn,) = by_unit(picked, HUNDRED, TENTH)
    assert (undrawn.checked, undrawn.drawn) == (0, None)
    assert "没有抽取记录" in next(undrawn.problems(MARK)).message


def test_picked_houses_do_not_make_up_for_the_drawn_ones() -> None:
    drawn = [(house(number), "错排" if number < 2 else "无误") for number in range(10)]
    picked = [(house(number), "无误") for number in range(40, 80)]
    (line,) = by_unit(checks(*drawn, *picked), HUNDRED, TENTH, TEN)
    assert (line.pass_rate.display, line.drawn_pass_rate.display) == ("96.00%", "80.00%")
    assert codes(line) == ["R607"]
    assert "抽查合格率为 80.00%" in next(line.problems(MARK)).message


def test_a_house_counts_with_its_first_verdict() -> None:
    twice = rows_of(
        f"""
        | 房屋编号   | 抽查日期   | 原结论         | 抽查结论 | 抽查人 |
        | {house(1)} | 2024-06-06 | 未发现安全隐患 | 无误     | 周工   |
        | {house(1)} | 2024-06-05 | 未发现安全隐患 | 错排     | 周工   |
        """,
        "spot-check",
    )
    (line,) = by_unit(twice, HUNDRED, TENTH, TEN)
    assert (line.checked, line.findings, line.right) == (1, 1, 0)


def test_another_draw_counts_once_the_first_was_carried_out() -> None:
    both: Drawn = [draw(*range(10)), draw(*range(50, 60))]
    second = [(house(number), "无误") for number in range(50, 60)]
    (evaded,) = by_unit(checks(*second), HUNDRED, TENTH, both)
    assert (evaded.checked, len(evaded.left), codes(evaded)) == (0, 10, ["R606"])
    first = [(house(number), "无误") for number in range(10)]
    (done,) = by_unit(checks(*first, *second), HUNDRED, TENTH, both)
    assert (done.checked, done.left, codes(done)) == (20, (), [])


def test_a_house_of_no_ledger_or_of_another_judgement_is_named() -> None:
    unsure = "城关街道1000"
    street = rows_of(
        f"""
        | 房屋编号   | 抽查日期   | 原结论           | 抽查结论 | 抽查人 |
        | 城关没有   | 2024-06-05 | 未发现安全隐患   | 无误     | 周工   |
        | {unsure}   | 2024-06-05 | 未发现安全隐患   | 无误     | 周工   |
        | {house(1)} | 2024-06-05 | 存在一定安全隐患 | 无误     | 周工   |
        | {house(2)} | 2024-06-05 | 未发现安全隐患   | 无误     | 周工   |
        """,
        "spot-check",
    )
    (line,) = by_unit(street, HUNDRED, TENTH, [draw(2)])
    assert (line.strangers, line.differing) == (("城关没有",), (house(1), unsure))
    assert (line.checked, line.findings, line.not_clear) == (1, 1, 3)
    assert codes(line) == ["R606", "R610", "R610"]
    (unknown,) = by_unit(street, HUNDRED.iloc[:0], TENTH, [draw(2)])
    assert (unknown.strangers, unknown.differing) == ((), ())


def test_a_judgement_raised_after_the_check_found_fault_is_no_contradiction() -> None:
    raised = HUNDRED.copy()
    raised.loc[raised.house_id.isin([house(0), house(50)]), "initial_judgement"] = "存在一定安全隐患"
    (line,) = by_unit(checks((house(0), "错排"), (house(50), "漏排")), raised, TENTH, TEN)
    assert (line.differing, line.checked, line.findings, line.right) == ((), 1, 2, 0)


def test_six_in_a_hundred_of_the_county_pass_no_rule_of_ten() -> None:
    """Units that were left out are short as a county, even where the others are not."""
    street = ledger({"城关街道": (60, 0, 0), "青石镇": (40, 0, 0)})
    six = checks(*((house(number), "无误") for number in range(6)))
    found = SpotChecks(tuple(by_unit(six, street, TENTH, [draw(*range(6))])), TENTH, MARK, "云水县")
    assert (found.county.checked, found.county.required) == (6, 10)
    assert [(problem.code, problem.value) for problem in found.problems] == [
        ("R606", "青石镇"),
        ("R606", "云水县"),
    ]


def test_the_county_surveys_again_when_its_sum_falls_short() -> None:
    street = ledger({"城关街道": (10, 0, 0), "青石镇": (10, 0, 0)})
    eight = checks(*((house(number), "错排" if number == 0 else "无误") for number in range(8)))
    found = SpotChecks(tuple(by_unit(eight, street, TENTH, [draw(*range(8))])), TENTH, MARK, "云水县")
    assert found.county.pass_rate.display == "87.50%"
    assert ("R607", "云水县") in [(problem.code, problem.value) for problem in found.problems]
