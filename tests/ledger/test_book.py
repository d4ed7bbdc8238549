"""What the ledger keeps of the returns that were accepted."""

from datetime import UTC, datetime, timedelta, timezone
from threading import Thread

import pytest

from tests.ledger.ledger_samples import UNIT, WEEK, Home, accepted, houses, said, table
from zjf import __version__
from zjf.errors import CannotDoError
from zjf.ledger import Acceptance, Ledger, Outcome, Sighting, Status
from zjf.schemas import FORMS

MONDAY = datetime(2024, 6, 3, 1, 30, tzinfo=UTC)
FRIDAY = MONDAY + timedelta(days=4)


def test_a_first_return_is_on_record_with_all_that_is_known_of_it(ledger: Ledger) -> None:
    notes = {"填报人": "李某", "联系方式": "0000-1234567"}
    one = accepted(houses("YS01", "YS02"), "a1", rows_rejected=3, partial=True, notes=notes)

    assert ledger.accept([one], at=MONDAY) == [Outcome.NEW]

    (recorded,) = ledger.submissions(WEEK)
    assert (recorded.unit, recorded.form, recorded.period) == (UNIT, "house-ledger", WEEK)
    assert (recorded.file_name, recorded.sha256) == ("台账-a1.xlsx", "a1")
    assert (recorded.received_at, recorded.zjf_version) == (MONDAY, __version__)
    assert (recorded.rows_read, recorded.rows_accepted, recorded.rows_rejected) == (5, 2, 3)
    assert (recorded.partial, recorded.nil, recorded.notes) == (True, False, notes)
    assert (recorded.status, recorded.superseded_by) == (Status.CURRENT, None)


def test_the_same_return_again_changes_nothing(ledger: Ledger) -> None:
    ledger.accept([accepted(houses("YS01", "YS02"), "a1")], at=MONDAY)
    before = (ledger.submissions(WEEK, include_superseded=True), ledger.events())

    assert ledger.accept([accepted(houses("YS01", "YS02"), "a1")], at=FRIDAY) == [Outcome.UNCHANGED]

    assert (ledger.submissions(WEEK, include_superseded=True), ledger.events()) == before


def test_a_corrected_return_replaces_the_former_which_stays_on_record(ledger: Ledger) -> None:
    wrong, right = houses("YS01", "YS02", floors=2), houses("YS01", "YS02", floors=3)
    ledger.accept([accepted(wrong, "a1")], at=MONDAY)

    assert ledger.accept([accepted(right, "b2")], at=FRIDAY) == [Outcome.REPLACED]

    former, current = ledger.history(UNIT, "house-ledger", WEEK)
    assert (former.status, former.superseded_by) == (Status.SUPERSEDED, current.id)
    assert (current.status, current.received_at) == (Status.CURRENT, FRIDAY)
    assert ledger.submissions(WEEK) == [current]
    assert said(ledger.frame("house-ledger", WEEK)) == said(right)
    assert said(ledger.frame_of(former)) == said(wrong)


@pytest.mark.parametrize(
    "again",
    [
        accepted(houses("YS01", "YS02"), "b2"),
        accepted(houses("YS01"), "a1"),
        accepted(houses("YS02", "YS01"), "a1"),
        accepted(houses("YS01", "YS02"), "a1", rows_rejected=1, partial=True),
    ],
    ids=["another file", "fewer rows", "another order", "rejected rows"],
)
def test_a_return_that_differs_in_anything_that_counts_is_a_new_submission(
    ledger: Ledger, again: Acceptance
) -> None:
    ledger.accept([accepted(houses("YS01", "YS02"), "a1")])
    assert ledger.accept([again]) == [Outcome.REPLACED]


def test_each_week_is_read_as_it_was_and_may_be_corrected_later(ledger: Ledger) -> None:
    weeks = {f"2024-W{week}": houses("YS01", "YS02", floors=week) for week in (21, 22, 23)}
    for week, frame in weeks.items():
        ledger.accept([accepted(frame, week, period=week)])
    weeks["2024-W21"] = houses("YS01", floors=99)

    ledger.accept([accepted(weeks["2024-W21"], "late correction", period="2024-W21")])

    assert ledger.periods() == sorted(weeks)
    assert {week: said(ledger.frame("house-ledger", week)) for week in weeks} == {
        week: said(frame) for week, frame in weeks.items()
    }


def test_units_come_by_name_or_as_asked_for_and_the_township_is_always_theirs(ledger: Ledger) -> None:
    for unit in ("石桥镇", "城关街道", "青石镇"):
        ledger.accept([accepted(houses(f"{unit}01", unit=unit).assign(township=None), unit, unit=unit)])

    everything = ledger.frame("house-ledger", WEEK)
    assert everything.township.tolist() == sorted(["石桥镇", "城关街道", "青石镇"])
    some = ledger.frame("house-ledger", WEEK, ["青石镇", "云外镇", "石桥镇"])
    assert some.house_id.tolist() == ["青石镇01", "石桥镇01"]


def test_a_period_without_returns_is_an_empty_table_with_all_columns(ledger: Ledger) -> None:
    assert said(ledger.frame("house-ledger", WEEK)) == said(houses())
    assert ledger.submissions(WEEK) == []
    assert ledger.periods() == []


def test_a_nil_return_is_on_record_without_rows(ledger: Ledger) -> None:
    ledger.accept([accepted(houses(), nil=True)])
    (recorded,) = ledger.submissions(WEEK)
    assert (recorded.nil, recorded.rows_accepted) == (True, 0)
    assert said(ledger.frame("house-ledger", WEEK)) == said(houses())


def test_one_return_of_several_forms_goes_in_whole_or_not_at_all(ledger: Ledger) -> None:
    form = FORMS["attachment-1"]
    figures = table(form, [dict.fromkeys(form.counts, 0) | {"township": UNIT}])
    broken = figures.assign(total=2**64)  # more than a database holds

    with pytest.raises((OverflowError, CannotDoError)):
        ledger.accept([accepted(houses("YS01")), accepted(broken, form="attachment-1")])
    assert (ledger.submissions(WEEK), ledger.events()) == ([], [])

    outcomes = ledger.accept([accepted(houses("YS01")), accepted(figures, form="attachment-1")])
    assert outcomes == [Outcome.NEW, Outcome.NEW]
    assert [submission.form for submission in ledger.submissions(WEEK)] == ["house-ledger", "attachment-1"]
    assert [submission.form for submission in ledger.submissions(WEEK, "attachment-1")] == ["attachment-1"]


def test_every_row_read_is_accounted_for() -> None:
    with pytest.raises(ValueError, match="3 rows read"):
        Acceptance(
            unit=UNIT,
            form="house-ledger",
            period=WEEK,
            file_name="台账.xlsx",
            sha256="a1",
            frame=houses("YS01"),
            rows_read=3,
            rows_rejected=1,
        )


def test_two_tables_of_one_unit_form_and_period_cannot_both_count(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="one table"):
        ledger.accept([accepted(houses("YS01"), "a1"), accepted(houses("YS02"), "b2")])


def test_every_change_is_an_event(ledger: Ledger) -> None:
    ledger.record_seen([Sighting(sha256="a1", file_name="台账.xlsx", period=WEEK)], at=MONDAY)
    for sha256 in ("a1", "a1", "b2"):
        ledger.accept([accepted(houses("YS01"), sha256)], at=FRIDAY)

    log = ledger.events(WEEK)
    assert [(event.what, event.at, event.detail["sha256"]) for event in log] == [
        ("seen", MONDAY, "a1"),
        ("new", FRIDAY, "a1"),
        ("replaced", FRIDAY, "b2"),
    ]
    assert ledger.events("2024-W24") == []


def test_a_file_keeps_the_time_when_it_was_first_seen(ledger: Ledger) -> None:
    assert ledger.first_seen("a1") is None
    in_china = MONDAY.astimezone(timezone(timedelta(hours=8)))
    unread = Sighting(sha256="a1", file_name="台账.xlsx", period=WEEK)
    read = Sighting(sha256="a1", file_name="台账.xlsx", period=WEEK, unit=UNIT, form="house-ledger")

    ledger.record_seen([unread, unread], at=in_china)
    ledger.record_seen([unread, read], at=FRIDAY)

    assert ledger.first_seen("a1") == MONDAY
    assert ledger.first_seen("a1", "2024-W24") is None
    assert [event.at for event in ledger.events()] == [MONDAY, FRIDAY]


def test_within_one_state_nothing_is_seen_of_what_another_takes_in(home: Home) -> None:
    ledger, another = home.open(), home.open()
    taking_in = Thread(target=another.accept, args=([accepted(houses("YS01"))],))

    with ledger.one_state():
        before = ledger.submissions(WEEK)
        taking_in.start()
        assert [ledger.submissions(WEEK), ledger.periods()] == [before, []] == [[], []]
        assert ledger.frame("house-ledger", WEEK).empty
    taking_in.join()

    assert [submission.unit for submission in ledger.submissions(WEEK)] == [UNIT]
    assert ledger.periods() == [WEEK]


def test_within_one_state_nothing_can_be_written(ledger: Ledger) -> None:
    with ledger.one_state(), pytest.raises(AssertionError):
        ledger.note("tried")
    ledger.note("tried")

    assert [event.what for event in ledger.events()] == ["tried"]
