"""Returns in the wrong place are noticed, each with what to do."""

import pytest

from tests.sheets import workbook

from .office import PERIOD, TOWN, Office, ledger

NEXT = "2024-W24"


@pytest.fixture
def here(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.chdir(office.folder)
    office.receive("城关街道.xlsx", ledger(TOWN, {}))
    return office


def test_loose_files_and_folders_of_no_period_are_told_in_status_and_aggregate(here: Office) -> None:
    (here.folder / "青石镇.xlsx").write_bytes(workbook(ledger("青石镇", {})))
    (here.folder / "returns" / "石岭.xls").write_bytes(b"x")
    (here.folder / "returns" / "2024年第24周").mkdir()
    (here.folder / "returns" / "2024年第24周" / "青石镇.xlsx").write_bytes(b"x")
    (here.folder / "单位名单.xlsx").write_bytes(b"x")
    for said in (here.aggregate().out, here.run("status", "--period", PERIOD).out, here.run().out):
        assert (
            f"县文件夹里有 1 个表格文件（青石镇.xlsx），不会汇总：是报表的，请移到 returns/{PERIOD}。" in said
        )
        assert "returns 里有 1 个表格文件（石岭.xls）" in said
        assert "returns/2024年第24周 不是期次的写法，zjf friday 找不到它：请改名为 2024-W24。" in said


def test_where_all_is_in_its_place_nothing_is_said(here: Office) -> None:
    assert "放错地方" not in here.aggregate().out
    assert "放错地方" not in here.run("status", "--period", PERIOD).out


def test_a_return_of_another_week_is_told_by_its_name_title_or_day(here: Office) -> None:
    rows = ledger("青石镇", {})
    here.receive("青石镇第22周.xlsx", rows)
    said = here.aggregate().out
    assert f"青石镇第22周.xlsx 写的是 2024-W22，放在了 {PERIOD}" in said
    here.receive("青石镇第22周.xlsx", [["青石镇自建房台账（2024年第22周）"], *rows])
    (here.inbox / "青石镇第22周.xlsx").rename(here.inbox / "青石镇.xlsx")
    assert "青石镇.xlsx 写的是 2024-W22" in here.aggregate().out
    here.receive("青石镇.xlsx", [["填报单位：青石镇", "填报时间：2024年5月30日"], *rows[1:]])
    assert "青石镇.xlsx 的填报时间是 2024年5月30日，在 2024-W23 之前" in here.aggregate().out


def test_what_was_aggregated_under_a_wrong_week_is_told_for_as_long_as_it_stands(here: Office) -> None:
    """Not by `aggregate` alone, whose lines are gone when somebody else looks."""
    here.aggregate()
    later = here.folder / "returns" / NEXT
    later.mkdir()
    (later / f"{TOWN}.xlsx").write_bytes(workbook(ledger(TOWN, {}, {})))
    sent_twice = (here.inbox / f"{TOWN}.xlsx").read_bytes()
    (later / "青石镇.xlsx").write_bytes(sent_twice)  # it lies in its place, too
    assert "文件夹里" not in here.run("status", "--period", PERIOD).out
    here.run("aggregate", later, "--period", PERIOD)
    said = here.run("status", "--period", PERIOD).out
    assert f"{PERIOD} 接收的 1 个表格文件（{TOWN}.xlsx）放在 {NEXT} 文件夹里：误收进 {PERIOD} 的，" in said
    (here.inbox / f"{TOWN}.xlsx").write_bytes((later / f"{TOWN}.xlsx").read_bytes())
    assert "文件夹里" not in here.run("status", "--period", PERIOD).out


def test_a_return_whose_name_or_folder_says_another_unit(here: Office) -> None:
    here.receive("青石镇.xlsx", ledger("石岭矿区管理处", {}))
    said = "青石镇.xlsx 从文件名或文件夹看是青石镇的，表里写的是石岭矿区管理处，按表里写的算：请核对是不是拿错了表。"
    assert f"放错地方　{said}" in here.aggregate().out
    (here.inbox / "青石镇").mkdir()
    (here.inbox / "青石镇.xlsx").rename(here.inbox / "青石镇" / "台账.xlsx")
    assert "台账.xlsx 从文件名或文件夹看是青石镇的" in here.aggregate().out
    here.receive("青石镇/台账.xlsx", ledger("青石镇", {}))
    assert "放错地方" not in here.aggregate().out


def test_returns_from_the_folder_of_another_week_are_told_in_one_sentence(here: Office) -> None:
    for unit in ("青石镇", "柳溪镇", "白鹭镇", "双桥镇"):
        rows = ledger(unit, {})
        here.receive(f"{unit}.xlsx", [[f"填报单位：{unit}", "填报时间：2024年6月7日"], *rows[1:]])
    said = here.run("aggregate", here.inbox, "--period", "2024-W24", "--county", here.folder).out
    assert (
        f"{PERIOD} 文件夹里的表，这次按 2024-W24 汇总：期次写错了的，请用 --period {PERIOD} 重新汇总" in said
    )
    assert "的填报时间是 2024年6月7日 等 4 份，在 2024-W24 之前" in said


def test_friday_without_returns_says_where_they_lie(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office.folder)
    (office.folder / "returns").mkdir()
    (office.folder / "returns" / "城关街道.xlsx").write_bytes(workbook(ledger(TOWN, {})))
    ran = office.run("friday", "--period", PERIOD)
    assert ran.code == 3
    assert f"请移到 returns/{PERIOD}" in ran.err


def test_the_very_file_of_the_week_before_is_pointed_out(here: Office) -> None:
    said = f"1 个表格文件（城关街道.xlsx）与 {PERIOD} 接收的一字不差"
    assert said not in here.aggregate().out
    last, again = here.inbox / "城关街道.xlsx", here.folder / "returns" / NEXT / "城关街道.xlsx"
    again.parent.mkdir()
    for data, is_same in ((last.read_bytes(), True), (workbook(ledger(TOWN, {}, {})), False)):
        again.write_bytes(data)
        ran = here.run("aggregate", again.parent, "--period", NEXT, "--county", here.folder, "--no-merged")
        assert (said in ran.out) == is_same
