"""`zjf` alone: where the office stands, and the one next command."""

import pytest

from .office import PERIOD, TOWN, Office, ledger
from .papers import take_in


@pytest.fixture
def here(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.chdir(office.folder)
    return office


def test_outside_a_county_s_folder_it_says_how_to_begin(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    ran = office.run()
    assert (ran.code, "zjf init" in ran.out) == (0, True)


def test_returns_that_wait_are_counted(here: Office) -> None:
    here.receive("城关街道.xlsx", ledger(TOWN, {}))
    ran = here.run()
    assert ran.code == 0
    assert "有 1 个文件，还没有汇总" in ran.out
    assert f"zjf friday --period {PERIOD}" in ran.out


def test_who_is_missing_is_named_and_then_what_is_unsigned(here: Office) -> None:
    here.receive("城关街道.xlsx", ledger(TOWN, {}))
    here.aggregate()
    assert "未报：青石镇、石岭矿区管理处" in here.run().out
    take_in(here)
    said = here.run().out
    assert "还没有签字" in said
    assert f"下一步：zjf report 附件1 附件2 --as pdf --period {PERIOD}" in said
