"""抽查台账 read back: enough houses checked (R606), enough of them right (R607)."""

from decimal import Decimal

import pandas as pd
import pytest

from tests.analysis.test_sampling import ledger
from tests.smaller_ledgers import rows_of
from zjf.rules.spot_checks import UnitSpotChecks, by_unit

TENTH, MARK = Decimal("0.10"), Decimal("0.90")


def checks(*found: tuple[str, str]) -> pd.DataFrame:
    """Spot-checks in 城关街道: house and finding."""
    rows = "\n".join(
        f"| {house} | 2024-06-05 | 未发现安全隐患 | {finding} | 周工 |" for house, finding in found
    )
    return rows_of(f"| 房屋编号 | 抽查日期 | 原结论 | 抽查结论 | 抽查人 |\n{rows}", "spot-check")


def codes(line: UnitSpotChecks) -> list[str]:
    return [each.code for each in line.problems(MARK)]


def house(number: int) -> str:
    return f"城关街道0{number:03}"


HUNDRED = ledger({"城关街道": (90, 10, 40)})
"""A hundred commercial houses, ninety of them judged clear."""


def test_ten_of_a_hundred_are_enough_and_nine_are_not() -> None:
    ten = [(house(number), "无误") for number in range(10)]
    (enough,) = by_unit(checks(*ten), HUNDRED, TENTH)
    assert (enough.checked, enough.required, enough.share.display) == (10, 10, "10.00%")
    assert codes(enough) == []
    (short,) = by_unit(checks(*ten[:9]), HUNDRED, TENTH)
    assert codes(short) == ["R606"]
    said = next(short.problems(MARK)).message
    assert "城关街道已抽查 9 栋，应不少于 10 栋（经营性自建房 100 栋，其中初判未发现安全隐患 90 栋）" in said


def test_all_are_enough_where_few_are_judged_clear() -> None:
    few = ledger({"城关街道": (2, 98, 0)})
    (line,) = by_unit(checks((house(0), "无误"), (house(1), "无误")), few, TENTH)
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
    (line,) = by_unit(again, HUNDRED, TENTH)
    assert (line.checked, line.findings) == (1, 4)


@pytest.mark.parametrize(("wrong", "found"), [(0, []), (1, []), (2, ["R607"])])
def test_exactly_nine_in_ten_pass(wrong: int, found: list[str]) -> None:
    said = ["漏排", "错排"][:wrong] + ["无误"] * (10 - wrong)
    (line,) = by_unit(checks(*((house(at), finding) for at, finding in enumerate(said))), HUNDRED, TENTH)
    assert codes(line) == found


def test_without_checks_there_is_no_rate_to_fall_short() -> None:
    (line,) = by_unit(checks((house(0), "无误")).iloc[:0], HUNDRED, TENTH)
    assert line.pass_rate.display == "—"
    assert codes(line) == ["R606"]


def test_without_a_house_ledger_it_is_unknown_how_many_are_enough() -> None:
    (line,) = by_unit(checks((house(0), "错排")), HUNDRED.iloc[:0], TENTH)
    assert (line.required, line.share.display) == (None, "—")
    assert codes(line) == ["R607"]
    assert "抽查合格率为 0.00%，低于 90%" in next(line.problems(MARK)).message
