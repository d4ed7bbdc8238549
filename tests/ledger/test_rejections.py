"""What was sent back leaves a trace, until the unit sends what can be accepted."""

from datetime import UTC, datetime
from typing import Any

from tests.ledger.ledger_samples import UNIT, WEEK, accepted, houses
from zjf.ledger import Arrival, Ledger, Rejection, Sighting

FRIDAY = datetime(2024, 6, 7, 3, 0, tzinfo=UTC)
LEDGER = (UNIT, "house-ledger")


def sent_back(sha256: str = "a1", **said: Any) -> Rejection:
    usual = {"unit": UNIT, "form": "house-ledger", "period": WEEK, "file_name": f"台账-{sha256}.xlsx"}
    return Rejection(**{**usual, "sha256": sha256, "errors": {"C104": 2}, **said})


def test_a_rejection_stands_and_is_recorded_once(ledger: Ledger) -> None:
    for _ in range(2):
        ledger.record_rejected(WEEK, [sent_back()])
    assert ledger.rejections(WEEK) == [sent_back()]
    assert [event.what for event in ledger.events()] == ["rejected"]
    assert ledger.rejections("2024-W24") == []


def test_another_sending_that_is_no_better_takes_its_place(ledger: Ledger) -> None:
    ledger.record_rejected(WEEK, [sent_back("a1")])
    ledger.record_rejected(WEEK, [sent_back("b2", errors={"C101": 1})])
    assert ledger.rejections(WEEK) == [sent_back("b2", errors={"C101": 1})]


def test_an_accepted_return_answers_it(ledger: Ledger) -> None:
    unreadable = sent_back("b2", form="", errors={"F001": 1})
    of_another = sent_back("c3", unit="青石镇")
    ledger.record_rejected(WEEK, [sent_back("a1"), unreadable, of_another])
    ledger.accept([accepted(houses("YS01"), "d4")])
    assert ledger.rejections(WEEK) == [of_another]


def test_a_return_on_record_that_is_sent_once_more_answers_it(ledger: Ledger) -> None:
    first = accepted(houses("YS01"), "a1")
    ledger.accept([first])
    ledger.record_rejected(WEEK, [sent_back("b2"), sent_back("c3", form="")])
    ledger.accept([first])
    assert len(ledger.rejections(WEEK)) == 2
    ledger.record_rejected(WEEK, [], [LEDGER])
    assert ledger.rejections(WEEK) == []


def test_a_unit_with_one_good_and_one_unreadable_file_changes_nothing_when_run_again(ledger: Ledger) -> None:
    unreadable = sent_back("b2", form="", errors={"F001": 1})
    for _ in range(2):
        ledger.accept([accepted(houses("YS01"), "a1")], at=FRIDAY)
        ledger.record_rejected(WEEK, [unreadable], [LEDGER], at=FRIDAY)
    assert ledger.rejections(WEEK) == [unreadable]
    assert [event.what for event in ledger.events()] == ["new", "rejected"]


def test_what_came_in_is_listed_with_its_time(ledger: Ledger) -> None:
    sighting = Sighting(sha256="a1", file_name="台账.xlsx", period=WEEK, unit=UNIT, form="house-ledger")
    ledger.record_seen([sighting], at=FRIDAY)
    assert ledger.arrivals(WEEK) == [Arrival(**vars(sighting), first_seen_at=FRIDAY)]
    assert ledger.arrivals("2024-W24") == []


def test_what_counts_is_listed_for_all_periods(ledger: Ledger) -> None:
    for period, sha256 in ((WEEK, "a1"), (WEEK, "b2"), ("2024-W24", "c3")):
        ledger.accept([accepted(houses("YS01"), sha256, period=period)])
    assert sorted(ledger.accepted()) == [(*LEDGER, WEEK), (*LEDGER, "2024-W24")]


def test_all_that_one_run_sends_back_stands_until_the_next(ledger: Ledger) -> None:
    of_no_unit = [sent_back("x1", unit="", form=""), sent_back("x2", unit="", form="")]
    ledger.record_rejected(WEEK, [sent_back("a1"), sent_back("b2"), *of_no_unit])
    assert ledger.rejections(WEEK) == [sent_back("a1"), sent_back("b2"), *of_no_unit]
    ledger.record_rejected(WEEK, [sent_back("b2")])
    assert ledger.rejections(WEEK) == [sent_back("b2"), *of_no_unit]
    before = ledger.events()
    ledger.record_rejected(WEEK, [sent_back("b2"), *of_no_unit])
    assert ledger.events() == before


def test_a_file_of_no_unit_is_answered_by_one_of_its_name_with_a_unit(ledger: Ledger) -> None:
    of_no_unit = [sent_back(name, unit="") for name in ("x1", "x2", "x3")]
    ledger.record_rejected(WEEK, of_no_unit)
    ledger.accept([accepted(houses("YS01"), "d4", file_name=of_no_unit[0].file_name)])
    assert ledger.rejections(WEEK) == of_no_unit[1:]
    corrected = sent_back("e5", file_name=of_no_unit[1].file_name)
    ledger.record_rejected(WEEK, [corrected])
    assert ledger.rejections(WEEK) == [of_no_unit[2], corrected]


def test_a_file_of_no_unit_stands_beside_one_of_its_name_in_another_folder(ledger: Ledger) -> None:
    of_no_unit = [sent_back("x1", unit="", file_name="台账.xlsx"), sent_back("x2", unit="")]
    of_a_unit = sent_back("a1", file_name="台账.xlsx")
    for _ in range(2):
        ledger.record_rejected(WEEK, [of_no_unit[0], of_a_unit, of_no_unit[1]])
        assert ledger.rejections(WEEK) == [*of_no_unit, of_a_unit]


def test_runs_of_one_moment_are_told_apart_by_what_was_accepted_between_them(ledger: Ledger) -> None:
    """As on a computer whose clock stands still."""
    ledger.record_rejected(WEEK, [sent_back("a1")], at=FRIDAY)
    ledger.accept([accepted(houses("YS01"), "b2")], at=FRIDAY)
    ledger.record_rejected(WEEK, [sent_back("c3")], at=FRIDAY)
    assert ledger.rejections(WEEK) == [sent_back("c3")]
