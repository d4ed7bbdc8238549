"""One house through the weeks."""

from tests.ledger.ledger_samples import UNIT, accepted, houses
from zjf.ledger import Ledger

WEEKS = [f"2024-W{week}" for week in range(21, 26)]


def test_a_house_is_told_week_by_week_where_it_changed(ledger: Ledger) -> None:
    as_reported = [
        houses("YS02", floors=9),
        houses("YS01", floors=2),
        houses("YS02", "YS01", floors=2),
        houses("YS01", floors=3, controls=("停止使用",)),
        houses("YS02", floors=9),
    ]
    for week, frame in reversed(list(zip(WEEKS, as_reported, strict=True))):
        ledger.accept([accepted(frame, week, period=week)])

    assert ledger.house_history(UNIT, "YS01") == [
        ("2024-W22", {"house_id": (None, "YS01"), "floors": (None, 2)}),
        ("2024-W24", {"floors": (2, 3), "controls": (None, ("停止使用",))}),
        ("2024-W25", {"house_id": ("YS01", None), "floors": (3, None), "controls": (("停止使用",), None)}),
    ]


def test_what_was_superseded_is_not_told(ledger: Ledger) -> None:
    for floors in (2, 20):
        ledger.accept([accepted(houses("YS01", floors=floors), f"{floors}")])
    (only,) = ledger.house_history(UNIT, "YS01")
    assert only.cells["floors"] == (None, 20)


def test_months_stand_among_the_weeks_in_order_of_time(ledger: Ledger) -> None:
    for floors, period in enumerate(("2024-W22", "2024-06", "2024-W30"), start=1):
        ledger.accept([accepted(houses("YS01", floors=floors), period, period=period)])
    assert [change.period for change in ledger.house_history(UNIT, "YS01")] == [
        "2024-W22",
        "2024-06",
        "2024-W30",
    ]


def test_a_house_of_another_unit_is_another_house(ledger: Ledger) -> None:
    ledger.accept([accepted(houses("YS01", unit="青石镇"), unit="青石镇")])
    assert ledger.house_history(UNIT, "YS01") == []
