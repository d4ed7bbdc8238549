"""What changed between two periods: houses, cells, counts and rates."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.smaller_ledgers import rows_of
from zjf.counting.rates import Rate
from zjf.counting.tally import Figures
from zjf.figures.changes import FigureChanges, RateShift, Shift, like_with_like
from zjf.figures.house_changes import house_changes
from zjf.figures.units import UnitFigures

WHOLES = st.integers(1, 10_000)


def test_houses_are_new_gone_or_changed_cell_by_cell() -> None:
    before = rows_of(
        """
        | 房屋编号 | 地上层数 | 产权人 | 改扩建情形 | 备注   |
        | YS01     | 2        | 赵一   |            | 待核   |
        | YS02     | 2        | 钱二   |            |        |
        | YS03     | 2        | 孙三   |            |        |
        """,
        "house-ledger",
    ).assign(township="城关街道")
    after = rows_of(
        """
        | 房屋编号 | 地上层数 | 产权人 | 改扩建情形 | 备注   |
        | YS03     | 2        | 孙三   |            |        |
        | YS01     | 2        | 赵一   | 无         |        |
        | YS04     | 2        | 李四   |            |        |
        """,
        "house-ledger",
    ).assign(township="城关街道")
    found = house_changes(before, after)
    assert [house.house_id for house in found.new] == ["YS04"]
    assert [house.house_id for house in found.gone] == ["YS02"]
    (change,) = [house_change for house_change in found.changed if house_change.house.house_id == "YS01"]
    assert {cell.field.name: (cell.before, cell.after) for cell in change.cells} == {
        "address": ("东村1号", "东村2号"),
        "alterations": (None, ()),
        "remarks": ("待核", None),
    }


def test_a_house_that_moved_to_another_unit_is_the_same_house() -> None:
    houses = rows_of("| 房屋编号 |\n| YS01 |", "house-ledger")
    found = house_changes(houses.assign(township="城关街道"), houses.assign(township="青石镇"))
    assert (found.new, found.gone) == ((), ())
    ((cell,),) = (house_change.cells for house_change in found.changed)
    assert (cell.field.name, cell.before, cell.after) == ("township", "城关街道", "青石镇")


def test_a_house_gone_and_a_new_one_of_the_same_owner_and_address_are_perhaps_one() -> None:
    """Only where it is one of each: of two new ones at one address nobody can say which it became."""
    before = rows_of(
        """
        | 房屋编号 | 产权人 | 房屋地址 |
        | YS01     | 赵一   | 东村1号  |
        | YS02     | 钱二   | 东村2号  |
        | YS03     | 孙三   | 东村3号  |
        """,
        "house-ledger",
    ).assign(township="城关街道")
    after = rows_of(
        """
        | 房屋编号 | 产权人 | 房屋地址 |
        | YS11     | 赵一   | 东村1号  |
        | YS12     | 钱二   | 东村2号  |
        | YS13     | 钱二   | 东村2号  |
        | YS14     | 李四   | 东村3号  |
        """,
        "house-ledger",
    ).assign(township="青石镇")
    found = house_changes(before, after)
    assert len(found.gone) == len(before)
    assert [(gone.house_id, new.unit, new.house_id) for gone, new in found.renumbered] == [
        ("YS01", "青石镇", "YS11")
    ]


def test_a_date_is_a_change_only_if_the_day_is_another() -> None:
    houses = rows_of(
        "| 房屋编号 | 初判结论 | 初判日期 |\n| YS01 | 未发现安全隐患 | 2024-03-01 |", "house-ledger"
    )
    assert house_changes(houses, houses.copy()).changed == ()
    later = houses.assign(judged_on=[date(2024, 3, 2)]).astype(object)
    assert len(house_changes(houses, later).changed) == 1


def told(**units: dict[str, int]) -> dict[str, UnitFigures]:
    """Units by what their attachment-2 says."""
    return {
        unit: UnitFigures(unit, "attachment-2", {"attachment-2": Figures("attachment-2", counts)})
        for unit, counts in units.items()
    }


def moved(then: dict[str, UnitFigures], now: dict[str, UnitFigures]) -> FigureChanges:
    return like_with_like(then, now)["attachment-2"]


def test_counts_and_rates_move_by_numbers_and_percentage_points() -> None:
    """facts.md#formulas a week later: five more closed of 100."""
    then, now = (told(城关街道={"suspected": 100, "closed": closed}) for closed in (82, 87))
    found = moved(then, now)
    assert found.counts["closed"] == Shift(82, 87)
    assert found.counts["closed"].change == 5
    assert found.rates["closure_rate"].points == Decimal("5.00")
    assert found.rates["appraisal_rate"].points is None  # ②, ③ and ④ were not reported


def test_what_one_period_did_not_report_has_no_change() -> None:
    found = moved(told(城关街道={}), told(城关街道={"closed": 3}))
    assert found.counts["closed"] == Shift(None, 3)
    assert found.counts["closed"].change is None


def test_what_a_unit_reports_for_the_first_time_is_no_increase() -> None:
    then = told(城关街道={"suspected": 10, "closed": 2}) | {"青石镇": UnitFigures("青石镇", None, {})}
    now = told(城关街道={"suspected": 10, "closed": 3}, 青石镇={"suspected": 90, "closed": 90})
    found = moved(then, now)
    assert found.counts["closed"] == Shift(2, 3)
    assert found.rates["closure_rate"] == RateShift(Rate(2, 10), Rate(3, 10))


def test_a_count_that_one_unit_told_then_and_another_tells_now_did_not_move() -> None:
    found = moved(told(城关街道={"closed": 2}, 青石镇={}), told(城关街道={}, 青石镇={"closed": 9}))
    assert found.counts["closed"].change is None
    assert found.rates["closure_rate"].points is None


@given(WHOLES, WHOLES, WHOLES, WHOLES)
def test_the_points_are_what_a_reader_gets_who_subtracts_what_is_printed(
    a: int, b: int, c: int, d: int
) -> None:
    shift = RateShift(Rate(min(a, b), b), Rate(min(c, d), d))
    assert shift.points == Decimal(shift.after.value or 0) - Decimal(shift.before.value or 0)


@pytest.mark.parametrize(("before", "after"), [(Rate(0, 0), Rate(1, 2)), (Rate(1, 2), Rate(0, 0))])
def test_a_rate_that_did_not_exist_did_not_move(before: Rate, after: Rate) -> None:
    assert RateShift(before, after).points is None
