"""Programs that are killed at any moment: real processes, no pretence."""

import shutil
import subprocess
import time
from collections.abc import Callable
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

import pytest

from tests.ledger.ledger_samples import SQLITE, WEEK, Home, accepted, houses, many_houses, said, table
from tests.ledger.test_upgrade import as_the_first_zjf_made_it
from tests.warm_programs import PROJECT, program
from zjf.ledger import Acceptance, Ledger
from zjf.pipeline import workers
from zjf.schemas import FORMS

pytestmark = pytest.mark.slow

KILLS = 15
HOUSES = 60
"""Of a return."""
UNITS = ("城关街道", "青石镇", "石桥镇")
FIGURES = FORMS["attachment-1"]
RETURNS = {"竹溪乡": "竹溪乡.csv", "黄土岭乡": "黄土岭乡.ods", "马家坳乡": "马家坳乡台账.csv"}
"""Three returns of the sample county's week."""

processes = workers.context()


def a_return(unit: str, floors: int) -> list[Acceptance]:
    """One unit's return: its houses, and a figure that says the same as they do."""
    houses = many_houses(HOUSES, unit=unit, floors=floors)
    figures = table(FIGURES, [dict.fromkeys(FIGURES.counts, floors) | {"township": unit}])
    return [
        accepted(houses, f"{floors}", unit=unit),
        accepted(figures, f"{floors}", unit=unit, form=FIGURES.id),
    ]


def returns(floors: int) -> list[list[Acceptance]]:
    return [a_return(unit, floors) for unit in UNITS]


def accept_when_told(home: Home, floors: int, line: Connection) -> None:
    tables = returns(floors)
    line.send("ready")
    line.recv()
    ledger = home.open()
    for acceptance in tables:
        ledger.accept(acceptance)


def start_and_be_killed(work: Callable[..., None], arguments: tuple[object, ...], after: float) -> None:
    """Starts a program that tells when it is ready, and kills it some seconds after it was told to go on."""
    here, there = processes.Pipe()
    clerk = processes.Process(target=work, args=(*arguments, there))
    clerk.start()
    assert here.recv() == "ready"
    here.send("go")
    time.sleep(after)
    clerk.kill()
    clerk.join()
    clerk.close()


@cache
def sent(unit: str, floors: int) -> str:
    """What the houses of such a return say."""
    return said(many_houses(HOUSES, unit=unit, floors=floors))


def whole_return(ledger: Ledger, unit: str) -> int:
    """The figure that the whole of a unit's return agrees on."""
    houses, figures = (ledger.frame(form, WEEK, [unit]) for form in ("house-ledger", FIGURES.id))
    floors = int(figures.total.item())
    assert said(houses) == sent(unit, floors)
    return floors


def test_killed_at_any_moment_the_ledger_holds_each_unit_before_or_after(home: Home) -> None:
    ledger, chance = home.open(), Random("云水县")
    started = time.perf_counter()
    for sent in returns(floors=1):
        ledger.accept(sent)
    duration = time.perf_counter() - started

    for floors in range(2, KILLS + 2):
        start_and_be_killed(accept_when_told, (home, floors), after=1.5 * duration * chance.random())
        ledger = home.open()
        for unit in UNITS:
            assert whole_return(ledger, unit) in (floors - 1, floors)
        for sent in returns(floors):
            ledger.accept(sent)
        assert [whole_return(ledger, unit) for unit in UNITS] == [floors] * len(UNITS)
        assert len(ledger.submissions(WEEK)) == 2 * len(UNITS)
    assert len(ledger.events()) == 2 * len(UNITS) * (KILLS + 1)


def test_killed_while_a_ledger_is_made_the_next_one_makes_it(new_home: Callable[[], Home]) -> None:
    for kill in range(0, KILLS, 3):
        home = new_home()
        start_and_be_killed(accept_when_told, (home, 1), after=0.01 * kill)
        ledger = home.open()
        for sent in returns(floors=1):
            ledger.accept(sent)
        assert [whole_return(ledger, unit) for unit in UNITS] == [1] * len(UNITS)


def aggregate(folder: Path) -> subprocess.Popen[bytes]:
    """`zjf aggregate`, as a program of its own, on the returns of the week."""
    words = ("aggregate", "returns", "--period", WEEK, "-j", "1")
    return program(*words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_zjf_aggregate_killed_at_any_moment_takes_each_unit_or_leaves_it(tmp_path: Path) -> None:
    chance, county = Random("云水县"), PROJECT / "sample_data" / "county"
    shutil.copy(county / "zjf.toml", tmp_path)
    (tmp_path / "returns").mkdir()
    for name in RETURNS.values():
        shutil.copy(county / "returns" / WEEK / name, tmp_path / "returns")
    started = time.perf_counter()
    ended = aggregate(tmp_path).wait()
    duration = time.perf_counter() - started
    home, nothing = Home(tmp_path, SQLITE), said(many_houses(0))
    whole = {unit: said(home.open().frame("house-ledger", WEEK, [unit])) for unit in RETURNS}
    assert nothing not in whole.values()

    for _ in range(0, KILLS, 5):
        (tmp_path / "ledger.db").unlink(missing_ok=True)
        shutil.rmtree(tmp_path / "out", ignore_errors=True)  # else a lost ledger is asked about
        running = aggregate(tmp_path)
        time.sleep(duration * chance.uniform(0.2, 1))
        running.kill()
        running.wait()
        ledger = home.open()
        for unit in RETURNS:
            assert said(ledger.frame("house-ledger", WEEK, [unit])) in (nothing, whole[unit])
        assert aggregate(tmp_path).wait() == ended
        assert {unit: said(ledger.frame("house-ledger", WEEK, [unit])) for unit in RETURNS} == whole


def open_when_told(home: Home, line: Connection) -> None:
    line.send("ready")
    line.recv()
    home.open()


def test_killed_while_an_older_ledger_is_upgraded_nothing_is_lost(tmp_path: Path) -> None:
    older = Home(tmp_path, SQLITE)
    as_the_first_zjf_made_it(older)
    whole = (tmp_path / "ledger.db").read_bytes()
    chance = Random("云水县")
    started = time.perf_counter()
    older.open()
    duration = time.perf_counter() - started
    for number in range(KILLS):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "ledger.db").write_bytes(whole)
        home = Home(folder, SQLITE)
        start_and_be_killed(open_when_told, (home,), after=duration * chance.uniform(0, 1.2))
        ledger = home.open()
        assert said(ledger.frame("house-ledger", WEEK)) == said(houses("YS01"))
        assert ledger.damages() == []
