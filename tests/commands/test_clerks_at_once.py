"""Two clerks aggregate at one moment: what one of them takes while the other still checks."""

import json
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.commands.office import FACT_1, GREENSTONE, PERIOD, TOWN, Office, attachment, ledger
from tests.sheets import Cells
from zjf.commands import aggregate_anew
from zjf.county import County
from zjf.locking import exclusive
from zjf.period import Period
from zjf.services.periods.aggregation import Aggregation, aggregate

OF_BOTH = {"房屋编号": "YS7777"}


def aggregate_while_another_does(office: Office, own: Path, other: Path) -> tuple[Aggregation, int]:
    """Aggregates a return; when it is checked, another clerk begins and ends with his.

    Returns:
        The result, and how often the return was checked.
    """
    checked: list[None] = []

    def before_taking(_: Sequence[object]) -> None:
        checked.append(None)
        if len(checked) == 1:
            ran = office.run("aggregate", other, "--county", office.folder, "--period", PERIOD, "--no-merged")
            assert "退回 0" in ran.out

    home, period = County.find(office.folder), Period.parse(PERIOD)
    return aggregate([own], home, period, before_taking=before_taking), len(checked)


@pytest.mark.parametrize(
    ("other", "codes", "times"),
    [
        (ledger(GREENSTONE, {}, OF_BOTH), {"D402"}, 2),
        (ledger(GREENSTONE, {}, {}), set(), 1),
        (attachment("attachment-2", {TOWN: FACT_1}), set(), 2),
    ],
    ids=["a house of both", "other houses", "the same unit's attachment"],
)
def test_it_is_compared_with_what_came_meanwhile(
    office: Office, other: Cells, codes: set[str], times: int
) -> None:
    own = office.receive("own/城关街道.xlsx", ledger(TOWN, {}, OF_BOTH))
    result, checked = aggregate_while_another_does(office, own, office.receive("other/别人的.xlsx", other))
    (decision,) = result.decisions
    assert {problem.code for problem in decision.checked.problems if problem.blocks} == codes
    assert (decision.taken, checked) == (not codes, times)
    assert office.houses()[TOWN] == (0 if codes else 2)


def test_who_counts_later_writes_later(office: Office) -> None:
    """While the results are written by one clerk the other waits; then he counts what both have taken."""
    own, other = (office.receive(f"{unit}.xlsx", ledger(unit, {})) for unit in (TOWN, GREENSTONE))
    home, held = County.find(office.folder), threading.Event()

    def another_clerk() -> None:
        with exclusive(office.folder, "zjf aggregate", wait=0):
            held.set()
            while not office.houses()[TOWN]:
                time.sleep(0.01)
            aggregate([other], home, Period.parse(PERIOD))

    with ThreadPoolExecutor(1) as elsewhere:
        writing = elsewhere.submit(another_clerk)
        held.wait()
        ran = office.run("aggregate", own, "--county", office.folder, "--period", PERIOD, "--format", "json")
        writing.result()
    assert ran.json["coverage"]["accepted"] == [TOWN, GREENSTONE]
    assert json.loads((office.out / "summary.json").read_text("utf-8")) == ran.json


def test_who_waits_in_vain_learns_that_his_returns_are_taken(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aggregate_anew, "_WAIT_SECONDS", 0)
    own = office.receive("城关街道.xlsx", ledger(TOWN, {}))
    with exclusive(office.folder, "zjf weekly", wait=0):
        ran = office.run("aggregate", own, "--county", office.folder, "--period", PERIOD)
    assert ran.code == 3
    assert "1 份报表已经接收进台账，缺的只是结果文件" in ran.err
    assert office.houses() == {TOWN: 1}
