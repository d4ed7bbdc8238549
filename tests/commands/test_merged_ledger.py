"""The merged ledger: the same file, whether this process puts the houses in words or others do."""

import shutil
from collections.abc import Callable, Sequence
from typing import Any
from zipfile import ZipFile

import pytest

from zjf.errors import CannotDoError
from zjf.ledger import Acceptance, Ledger
from zjf.services.periods import merged_ledger

from .office import GREENSTONE, MINE, TOWN, Office, ledger

MERGED = "out/2024-W23/合并台账.xlsx"


@pytest.fixture
def county(office: Office) -> Office:
    for unit in (TOWN, GREENSTONE):
        office.receive(f"{unit}.xlsx", ledger(unit, {}, {"备注": "<档案> _x0041_ "}))
    return office


def test_workers_write_what_this_process_writes(county: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    county.aggregate(merged=True)
    here = county.folder.joinpath(MERGED).read_bytes()
    monkeypatch.setattr(merged_ledger, "_MOST_HOUSES_IN_ONE_PROCESS", 0)
    county.folder.joinpath(MERGED).unlink()
    county.aggregate(merged=True)
    assert county.folder.joinpath(MERGED).read_bytes() == here


def test_where_workers_cannot_this_process_does(county: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merged_ledger, "_MOST_HOUSES_IN_ONE_PROCESS", 0)
    monkeypatch.setattr(
        merged_ledger,
        "map_in_workers",
        lambda _, shares, *__, **___: [CannotDoError("内存不足")] * len(shares),
    )
    county.aggregate(merged=True)
    with ZipFile(county.folder / MERGED) as package:
        assert package.testzip() is None
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row ") == 2 + 2 * 2


def test_what_another_takes_in_while_workers_write_is_in_it(
    county: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merged_ledger, "_MOST_HOUSES_IN_ONE_PROCESS", 0)
    in_workers, times = merged_ledger.map_in_workers, []

    def and_meanwhile(*work: Any, **how: Any) -> Any:
        times.append(None)
        another = Ledger.open("sqlite:///ledger.db", folder=county.folder)
        (sent,) = (one for one in another.submissions("2024-W23") if one.unit == TOWN)
        whose = {"unit": sent.unit, "form": sent.form, "period": sent.period, "file_name": "更正.xlsx"}
        rows = another.frame_of(sent).head(1)
        another.accept([Acceptance(**whose, sha256="更正", frame=rows, rows_read=1)])
        return in_workers(*work, **how)

    monkeypatch.setattr(merged_ledger, "map_in_workers", and_meanwhile)
    assert "未报 1" in county.aggregate(merged=True).out
    assert len(times) == 2
    sheet = ZipFile(county.folder / MERGED).read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row ") == 2 + 1 + 2


@pytest.fixture
def put_in_words(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The units whose houses are put in words, as this happens."""
    units: list[str] = []
    really = merged_ledger._MergedTable.table

    def noted(words: Any, ledger: Any, asked: Sequence[str]) -> Any:
        units.extend(asked)
        return really(words, ledger, asked)

    monkeypatch.setattr(merged_ledger._MergedTable, "table", noted)
    return units


def made_anew(county: Office) -> bytes:
    """The merged ledger as it is where nothing of it was kept."""
    shutil.rmtree(county.folder / "out")
    county.aggregate(merged=True)
    return county.folder.joinpath(MERGED).read_bytes()


def test_few_houses_are_put_in_words_together_and_many_unit_by_unit(
    county: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    county.aggregate(merged=True)
    together = county.folder.joinpath(MERGED).read_bytes()
    monkeypatch.setattr(merged_ledger, "_MOST_HOUSES_AT_ONCE", 0)
    assert made_anew(county) == together


def test_only_who_sent_again_is_put_in_words_again(county: Office, put_in_words: list[str]) -> None:
    county.aggregate(merged=True)
    assert put_in_words == [TOWN, GREENSTONE]
    county.receive(f"{GREENSTONE}.xlsx", ledger(GREENSTONE, {}, {"备注": "改过"}))
    county.aggregate(merged=True)
    assert put_in_words == [TOWN, GREENSTONE, GREENSTONE]
    written = county.folder.joinpath(MERGED).read_bytes()
    assert "改过" in ZipFile(county.folder / MERGED).read("xl/worksheets/sheet1.xml").decode()
    assert made_anew(county) == written


CHANGES: dict[str, Callable[[Office], object]] = {
    "a row more above": lambda office: office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, {}, {})),
    "a column more": lambda office: office.receive(
        f"{TOWN}.xlsx", ledger(TOWN, {}, {"管控解除日期": "2024-06-01"})
    ),
    "another county's name": lambda office: office.change_settings("[county]", "[county] # 改过"),
    "a unit more": lambda office: office.receive(f"{MINE}.xlsx", ledger(MINE, {})),
    "a workbook that was touched": lambda office: _touch(office),
    "a record that was touched": lambda office: _touch_record(office),
    "no workbook": lambda office: office.folder.joinpath(MERGED).unlink(),
}


def _touch(office: Office) -> None:
    """Every byte of the sheet is another, and its length is the same: as if it had been exchanged."""
    path = office.folder / MERGED
    path.write_bytes(bytes(byte ^ 1 for byte in path.read_bytes()))


def _touch_record(office: Office) -> None:
    record = office.folder / "out/.last/merged/2024-W23.json"
    record.write_text(record.read_text().replace('"start": ', '"start": 1'))


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_changes_it_says_what_it_would_anew(county: Office, what: str) -> None:
    county.aggregate(merged=True)
    CHANGES[what](county)
    county.receive(f"{GREENSTONE}.xlsx", ledger(GREENSTONE, {}, {"备注": "再报"}))
    county.aggregate(merged=True)
    written = county.folder.joinpath(MERGED).read_bytes()
    assert made_anew(county) == written
