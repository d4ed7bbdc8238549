"""`zjf` alone: where the office stands, and the one next command."""

import os

import pytest

from .office import PERIOD, TOWN, Office, ledger
from .papers import PAPERS, report, take_in


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


def test_where_all_that_came_was_aggregated_the_others_are_written_to(here: Office) -> None:
    here.receive("城关街道.xlsx", ledger(TOWN, {}))
    here.aggregate()
    assert f"下一步：zjf message --period {PERIOD}" in here.run().out
    here.receive("青石镇.xlsx", ledger("青石镇", {}))
    said = here.run().out
    assert "有 1 个文件是汇总以后放进来或改过的" in said
    assert f"下一步：zjf friday --period {PERIOD}" in said


def test_who_says_that_a_unit_is_missing_says_that_returns_wait(here: Office) -> None:
    """Also of a copy that kept the time of an old file; a file that was only touched was taken in."""
    commands = (("status",), ("weekly", "--as", "md"), ("report", "attachment-2"))
    told = "有 1 个文件是汇总以后放进来或改过的，还没有汇总"
    taken_in = here.receive("城关街道.xlsx", ledger(TOWN, {}))
    here.aggregate()
    taken_in.touch()
    late = ledger("青石镇", {})
    for waits in (False, True):
        if waits:
            os.utime(here.receive("青石镇.xlsx", late), (0, 0))
        for command in commands:
            ran = here.run(*command, "--period", PERIOD)
            assert (told in ran.out + ran.err) == waits, command


def test_every_file_that_a_run_sent_back_is_known(here: Office) -> None:
    """Two files of one unit that differ, and three of which nobody can tell whose they are."""
    of_no_unit = [f"无名{number}.xlsx" for number in (1, 2, 3)]
    for number, name in enumerate((f"{TOWN}东村.xlsx", f"{TOWN}西村.xlsx"), 1):
        here.receive(name, ledger(TOWN, {}, number_from=number))
    for number, name in enumerate(of_no_unit, 1):
        here.receive(name, ledger("", {}, number_from=number))
    here.aggregate()
    assert "还没有汇总" not in here.run().out
    status = here.run("status", "--period", PERIOD, "--format", "json").json
    assert [file["file"] for file in status["unknown"]] == of_no_unit
    assert status["units"][0]["errors"]["D404"] == 2


@pytest.mark.slow  # six tables are printed and signed
def test_printed_tables_are_to_be_signed_and_then_the_next_period_begins(here: Office) -> None:
    take_in(here)
    report(here, *PAPERS)
    said = here.run().out
    assert "表已出好，打印、签字后用 zjf sign 文件 --by 签字人 登记" in said
    assert f"下一步：zjf open --period {PERIOD}" in said
    for path in (here.out / "附件").glob("*[!县].xlsx"):
        here.run("sign", path, "--by", "张某某")
    said = here.run().out
    assert f"{PERIOD} 没有未报、退回、待签字的" in said
    assert "下一步：zjf friday --period" in said


def test_what_falls_due_is_told_and_of_whom_it_is_not_known(here: Office) -> None:
    suspected = {"初判结论": "存在严重安全隐患", "初判日期": "2023-05-10"}
    take_in(here, {TOWN: [suspected, {}]})
    said = here.run().out
    assert "临近，2024-06-15" in said
    assert "用 zjf status --due 看" in said
