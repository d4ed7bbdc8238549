"""Several programs at one ledger: real processes, no pretence."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier

import pandas as pd
import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations

from tests.ledger.ledger_samples import UNIT, WEEK, Home, accepted, houses, many_houses, said
from zjf.ledger import Outcome, OvertakenError, Sighting, Status
from zjf.ledger.papers import House, PaperRegister
from zjf.ledger.storage.database import take_turn
from zjf.ledger.storage.tables import VERSIONS
from zjf.pipeline import workers

pytestmark = pytest.mark.slow

SENDINGS = 4
CLERKS = ("甲", "乙", "丙", "丁")

HOUSES = 40
"""Of a return."""

processes = workers.context()


def send_many_times(home: Home, clerk: str, barrier: Barrier) -> None:
    barrier.wait()
    ledger = home.open()
    for number in range(SENDINGS):
        ledger.record_seen([Sighting(sha256=f"file {number}", file_name="台账.xlsx", period=WEEK)])
        for unit in (UNIT, f"{clerk}镇"):
            ledger.accept([accepted(sent(clerk, number, unit), f"{clerk}{number}", unit=unit)])
            assert len(ledger.frame("house-ledger", WEEK, [unit])) == HOUSES


def sent(clerk: str, number: int, unit: str) -> pd.DataFrame:
    return many_houses(HOUSES, unit=unit, remarks=f"{clerk} {number}")


def at_once(work: Callable[..., None], home: Home, whose: Sequence[object]) -> None:
    """Does the same work in as many programs, all starting together, and sees that each comes to its end."""
    barrier = processes.Barrier(len(whose))
    clerks = [processes.Process(target=work, args=(home, units, barrier)) for units in whose]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()
    assert {clerk.exitcode for clerk in clerks} == {0}


def test_four_programs_that_make_and_fill_a_ledger_at_once_lose_nothing(home: Home) -> None:
    at_once(send_many_times, home, CLERKS)

    ledger = home.open()
    for clerk in CLERKS:
        own = ledger.history(f"{clerk}镇", "house-ledger", WEEK)
        assert [submission.sha256 for submission in own] == [f"{clerk}{number}" for number in range(SENDINGS)]

    shared = ledger.history(UNIT, "house-ledger", WEEK)
    assert sorted(submission.sha256 for submission in shared) == sorted(
        f"{clerk}{number}" for clerk in CLERKS for number in range(SENDINGS)
    )
    assert [submission.status for submission in shared[:-1]] == [Status.SUPERSEDED] * (
        len(CLERKS) * SENDINGS - 1
    )
    assert [submission.superseded_by for submission in shared] == [
        *(submission.id for submission in shared[1:]),
        None,
    ]
    for submission in shared:
        assert said(ledger.frame_of(submission)) == said(
            sent(submission.sha256[0], int(submission.sha256[1:]), UNIT)
        )
    log = [event.what for event in ledger.events()]
    assert log.count("seen") == SENDINGS
    assert len(log) == SENDINGS + 2 * len(CLERKS) * SENDINGS


def accept_and_tell(home: Home, unit: str, line: Connection) -> None:
    line.send(home.open().accept([accepted(houses("YS01", unit=unit), unit=unit)]))


@contextmanager
def another_clerk_sends(home: Home, unit: str) -> Iterator[Connection]:
    """A second program accepts a unit's return; the line tells when it is done, and with what outcome."""
    here, there = processes.Pipe()
    clerk = processes.Process(target=accept_and_tell, args=(home, unit, there))
    clerk.start()
    yield here
    clerk.join()
    clerk.close()


def test_who_sends_the_same_unit_waits_for_his_turn(home: Home) -> None:
    home.open()
    with home.engine.connect() as first, another_clerk_sends(home, UNIT) as second:
        take_turn(first, UNIT)
        assert not second.poll(1)
        first.rollback()
        assert second.poll(20)
        assert second.recv() == [Outcome.NEW]


def test_who_sends_another_unit_need_not_wait_on_postgresql(home: Home) -> None:
    if home.url.startswith("sqlite"):
        pytest.skip("an SQLite file has one writer at a time")
    home.open()
    with home.engine.connect() as first, another_clerk_sends(home, "青石镇") as second:
        take_turn(first, UNIT)
        assert second.poll(20)
        assert second.recv() == [Outcome.NEW]
        first.rollback()


def test_what_was_accepted_meanwhile_is_not_passed_over(home: Home) -> None:
    ledger = home.open()
    home.open().accept([accepted(houses("YS01", unit="青石镇"), unit="青石镇")])
    own = accepted(houses("YS02"))
    with pytest.raises(OvertakenError):
        ledger.accept([own], compared_with=set())
    assert ledger.history(UNIT, "house-ledger", WEEK) == []

    compared_with = {submission.id for submission in ledger.submissions(WEEK)}
    assert ledger.accept([own], compared_with=compared_with) == [Outcome.NEW]
    assert compared_with == {submission.id for submission in ledger.submissions(WEEK)}


def send_compared(home: Home, unit: str, barrier: Barrier) -> None:
    """Accepts a return of a house as `zjf aggregate` does: not where another unit has it by now."""
    ledger = home.open()
    barrier.wait()
    with suppress(OvertakenError):
        ledger.accept([accepted(houses("YS01", unit=unit), unit, unit=unit)], compared_with=set())


def test_of_two_that_are_accepted_at_one_moment_one_is_the_second(home: Home) -> None:
    home.open()
    at_once(send_compared, home, CLERKS)
    assert len(home.open().submissions(WEEK)) == 1


def send_a_roll_up(home: Home, units: tuple[str, ...], barrier: Barrier) -> None:
    barrier.wait()
    for number in range(SENDINGS):
        of_all = [accepted(many_houses(HOUSES, unit=unit), f"{units} {number}", unit=unit) for unit in units]
        home.open().accept(of_all)


def test_roll_ups_that_name_the_same_units_in_other_orders_do_not_block_each_other(home: Home) -> None:
    units = (UNIT, "青石镇", "石桥镇")
    at_once(send_a_roll_up, home, [units, units[::-1]])
    for unit in units:
        assert len(home.open().history(unit, "house-ledger", WEEK)) == 2 * SENDINGS


def make_papers(home: Home, houses: tuple[House, ...], barrier: Barrier) -> None:
    barrier.wait()
    PaperRegister(home.open()).issue("plan", houses, WEEK, numbered=True)


def test_papers_of_the_same_houses_made_at_once_are_one_paper_of_each(home: Home) -> None:
    home.open()
    named = tuple((UNIT, f"YS{number:06d}") for number in range(50))
    at_once(make_papers, home, [named, named[::-1]])
    on_record = PaperRegister(home.open()).papers("plan")
    assert sorted((line.unit, line.house_id) for line in on_record) == list(named)
    assert sorted(line.number or 0 for line in on_record) == [*range(1, 51)]


def record_many_things(home: Home, clerk: str, barrier: Barrier) -> None:
    """Changes every period's events, sightings and submissions again and again, while another looks."""
    ledger = home.open()
    barrier.wait()
    for number in range(4 * SENDINGS):
        ledger.record_seen([Sighting(sha256=f"{clerk} {number}", file_name="台账.xlsx", period=WEEK)])
        ledger.accept([accepted(houses("YS01", remarks=str(number)), f"{clerk}{number}", unit=f"{clerk}镇")])


def look_at_all(home: Home, barrier: Barrier) -> None:
    barrier.wait()
    for _ in range(2 * SENDINGS):
        ledger = home.open()
        assert ledger.damages() == []
        ledger.frame("house-ledger", WEEK)
        ledger.events()


def upgrade_again_and_again(home: Home, barrier: Barrier) -> None:
    """An upgrade looks at everything first: here that of a form that has got a column since."""
    barrier.wait()
    for _ in range(SENDINGS):
        with home.engine.begin() as connection:
            take_turn(connection, alone=True)
            context = MigrationContext.configure(connection)
            Operations(context).drop_column(VERSIONS["spot-check"].name, "remarks")
        home.open()


@pytest.mark.parametrize("look", [look_at_all, upgrade_again_and_again])
def test_what_others_write_meanwhile_is_not_taken_for_damage(home: Home, look: Callable[..., None]) -> None:
    home.open()
    barrier = processes.Barrier(3)
    programs = [
        *(processes.Process(target=record_many_things, args=(home, clerk, barrier)) for clerk in CLERKS[:2]),
        processes.Process(target=look, args=(home, barrier)),
    ]
    for program in programs:
        program.start()
    for program in programs:
        program.join()
    assert [program.exitcode for program in programs] == [0] * 3
    assert home.open().damages() == []
