"""One house through the weeks."""

from tests.ledger.ledger_samples import UNIT, accepted, houses
from zjf.ledger import Ledger
from zjf.ledger.appearances import appearances

WEEKS = [f"2024-W{week}" for week in range(21, 26)]


def floors_by_period(ledger: Ledger) -> dict[str, int | None]:
    life = appearances(ledger, [(UNIT, "YS01")])[UNIT, "YS01"]
    return {period.period: period.cells and period.cells["floors"] for period in life}


def test_a_house_is_told_week_by_week(ledger: Ledger) -> None:
    as_reported = [
        houses("YS02", floors=9),
        houses("YS01", floors=2),
        houses("YS02", "YS01", floors=2),
        houses("YS01", floors=3),
        houses("YS02", floors=9),
    ]
    for week, frame in reversed(list(zip(WEEKS, as_reported, strict=True))):
        ledger.accept([accepted(frame, week, period=week)])
    assert floors_by_period(ledger) == dict(zip(WEEKS, (None, 2, 2, 3, None), strict=True))


def test_what_was_superseded_is_not_told(ledger: Ledger) -> None:
    for floors in (2, 20):
        ledger.accept([accepted(houses("YS01", floors=floors), f"{floors}")])
    assert list(floors_by_period(ledger).values()) == [20]


def test_months_stand_among_the_weeks_in_order_of_time(ledger: Ledger) -> None:
    periods = ("2024-W22", "2024-06", "2024-W30")
    for floors, period in enumerate(periods, start=1):
        ledger.accept([accepted(houses("YS01", floors=floors), period, period=period)])
    assert tuple(floors_by_period(ledger)) == periods


def test_a_house_of_another_unit_is_another_house(ledger: Ledger) -> None:
    ledger.accept([accepted(houses("YS01", floors=2), "a1", period=WEEKS[0])])
    ledger.accept([accepted(houses("YS01", unit="青石镇", floors=3), "b2", unit="青石镇", period=WEEKS[0])])
    assert floors_by_period(ledger) == {WEEKS[0]: 2}
