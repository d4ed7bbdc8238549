"""Two clerks aggregate at one moment: what one of them takes while the other still checks."""

import json
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pandas as pd
import pytest

from tests.commands.office import FACT_1, GREENSTONE, PERIOD, TOWN, Office, attachment, ledger
from tests.commands.test_reconcile import PLATFORM
from tests.commands.test_sample import SHOP
from tests.sheets import Cells, parse, workbook
from zjf.commands import aggregate_anew
from zjf.county import County
from zjf.errors import CannotDoError
from zjf.ledger import Acceptance, Ledger
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


@pytest.mark.parametrize(
    ("command", "missing"),
    [("sample", "without_ledger"), ("reconcile 平台.xlsx", "units_without_ledger")],
)
def test_a_unit_whose_houses_came_meanwhile_is_compared_or_said_to_be_missing(
    office: Office, monkeypatch: pytest.MonkeyPatch, command: str, missing: str
) -> None:
    office.receive("城关街道.xlsx", ledger(TOWN, SHOP))
    office.aggregate()
    (office.folder / "平台.xlsx").write_bytes(workbook(parse(PLATFORM)[0]))
    another = Ledger.open("sqlite:///ledger.db?timeout=0", folder=office.folder)  # who does not wait
    (sent,) = another.submissions(PERIOD)
    rows, frame = another.frame_of(sent), Ledger.frame
    whose = {"unit": GREENSTONE, "form": sent.form, "period": PERIOD, "file_name": "x.xlsx", "sha256": "x"}

    def and_meanwhile(own: Ledger, form: str, *asked: object) -> pd.DataFrame:
        read = frame(own, form, *asked)  # type: ignore[arg-type]
        if own is not another:
            with suppress(CannotDoError):
                another.accept([Acceptance(**whose, frame=rows.head(1), rows_read=1)])
        return read

    monkeypatch.setattr(Ledger, "frame", and_meanwhile)
    monkeypatch.chdir(office.folder)
    ran = office.run(*command.split(), "--period", PERIOD, "--format", "json", "--county", office.folder)
    assert GREENSTONE in ran.json[missing]
