"""The merged ledger: the same file, whether this process puts the houses in words or others do."""

from zipfile import ZipFile

import pytest

from zjf.errors import CannotDoError
from zjf.services.periods import merged_ledger

from .office import GREENSTONE, TOWN, Office, ledger

MERGED = "out/2024-W23/合并台账.xlsx"


@pytest.fixture
def county(office: Office) -> Office:
    for unit in (TOWN, GREENSTONE):
        office.receive(f"{unit}.xlsx", ledger(unit, {}, {"备注": "<档案> _x0041_ "}))
    return office


def test_workers_write_what_this_process_writes(county: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    county.aggregate()
    here = county.folder.joinpath(MERGED).read_bytes()
    monkeypatch.setattr(merged_ledger, "_FEW_HOUSES", 0)
    county.folder.joinpath(MERGED).unlink()
    county.aggregate()
    assert county.folder.joinpath(MERGED).read_bytes() == here


def test_where_workers_cannot_this_process_does(county: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merged_ledger, "_FEW_HOUSES", 0)
    monkeypatch.setattr(
        merged_ledger, "done_apart", lambda _, shares, *__, **___: [CannotDoError("内存不足")] * len(shares)
    )
    county.aggregate()
    with ZipFile(county.folder / MERGED) as package:
        assert package.testzip() is None
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row ") == 2 + 2 * 2
