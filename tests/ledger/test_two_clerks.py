"""Several programs at one ledger, and programs that are killed: real processes, no pretence."""

import multiprocessing
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pandas as pd
import pytest
from ledger_samples import UNIT, WEEK, accepted, many_houses, open_ledger, said, table

from zjf.ledger import Acceptance, Outcome, Status
from zjf.schemas import FORMS

KILLS = 8
SENDINGS = 6
FIGURES = FORMS["attachment-1"]

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["zjf.ledger"])


def a_return(floors: int) -> list[Acceptance]:
    """One unit's return: its houses, and a figure that says the same as they do."""
    houses = many_houses(2000, floors=floors)
    figures = table(FIGURES, [dict.fromkeys(FIGURES.counts, floors) | {"township": UNIT}])
    return [accepted(houses, f"{floors}"), accepted(figures, f"{floors}", form=FIGURES.id)]


def accept_when_told(folder: Path, floors: int, line: Connection) -> None:
    tables = a_return(floors)
    line.send("ready")
    line.recv()
    open_ledger(folder).accept(tables)


def test_killed_at_any_moment_the_ledger_holds_a_return_whole_or_not_at_all(tmp_path: Path) -> None:
    open_ledger(tmp_path).accept(a_return(floors=1))
    started = time.perf_counter()
    open_ledger(tmp_path).accept(a_return(floors=2))
    duration = time.perf_counter() - started

    for kill in range(KILLS):
        floors, before = kill + 3, kill + 2
        accept_and_be_killed(tmp_path, floors, after=1.3 * duration * kill / KILLS)
        ledger = open_ledger(tmp_path)
        assert whole_return(tmp_path) in (before, floors)
        assert set(ledger.accept(a_return(floors))) <= {Outcome.REPLACED, Outcome.UNCHANGED}
        assert whole_return(tmp_path) == floors
        assert len(ledger.submissions(WEEK)) == 2


def test_killed_while_a_ledger_is_made_the_next_one_makes_it(tmp_path: Path) -> None:
    for kill in range(KILLS):
        folder = tmp_path / f"{kill}"
        folder.mkdir()
        accept_and_be_killed(folder, floors=1, after=0.004 * kill)
        open_ledger(folder).accept(a_return(floors=1))
        assert whole_return(folder) == 1


def accept_and_be_killed(folder: Path, floors: int, after: float) -> None:
    here, there = processes.Pipe()
    clerk = processes.Process(target=accept_when_told, args=(folder, floors, there))
    clerk.start()
    assert here.recv() == "ready"
    here.send("go")
    time.sleep(after)
    clerk.kill()
    clerk.join()
    clerk.close()


def whole_return(folder: Path) -> int:
    """The figure that the whole of the return agrees on."""
    ledger = open_ledger(folder)
    houses, figures = ledger.frame("house-ledger", WEEK), ledger.frame(FIGURES.id, WEEK)
    floors = int(figures.total.item())
    assert said(houses) == said(many_houses(2000, floors=floors))
    return floors


def send_many_times(folder: Path, clerk: str, barrier: Barrier) -> None:
    barrier.wait()
    ledger = open_ledger(folder)
    for number in range(SENDINGS):
        for unit in (UNIT, f"{clerk}镇"):
            ledger.accept([accepted(sent(clerk, number, unit), f"{clerk}{number}", unit=unit)])
            assert len(ledger.frame("house-ledger", WEEK, [unit])) == 300


def sent(clerk: str, number: int, unit: str) -> pd.DataFrame:
    return many_houses(300, unit=unit, remarks=f"{clerk} {number}")


@pytest.fixture
def two_at_once(tmp_path: Path) -> Iterator[Path]:
    """A ledger that two programs have made and filled at the same time."""
    barrier = processes.Barrier(2)
    clerks = [
        processes.Process(target=send_many_times, args=(tmp_path, name, barrier)) for name in ("甲", "乙")
    ]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()
    assert [clerk.exitcode for clerk in clerks] == [0, 0]
    yield tmp_path
    for clerk in clerks:
        clerk.close()


def test_two_programs_at_once_lose_nothing(two_at_once: Path) -> None:
    ledger = open_ledger(two_at_once)
    for clerk in ("甲", "乙"):
        own = ledger.history(f"{clerk}镇", "house-ledger", WEEK)
        assert [each.sha256 for each in own] == [f"{clerk}{number}" for number in range(SENDINGS)]

    shared = ledger.history(UNIT, "house-ledger", WEEK)
    assert sorted(each.sha256 for each in shared) == sorted(
        f"{clerk}{number}" for clerk in ("甲", "乙") for number in range(SENDINGS)
    )
    assert [each.status for each in shared[:-1]] == [Status.SUPERSEDED] * (2 * SENDINGS - 1)
    assert [each.superseded_by for each in shared] == [*(each.id for each in shared[1:]), None]
    for each in shared:
        assert said(ledger.frame_of(each)) == said(sent(each.sha256[0], int(each.sha256[1:]), UNIT))
    assert len(ledger.events()) == 4 * SENDINGS
