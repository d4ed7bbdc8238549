"""Another notice: a dry look at what it would say of the same returns, and what becomes of earlier periods under it."""

from pathlib import Path

import pytest

from .office import PERIOD, SWEPT_NOTHING, TOWN, UNREVIEWED, Office, attachment, ledger

HAZARD = {"初判结论": "存在一定安全隐患", "初判日期": "2023-03-01"}


@pytest.fixture
def sent(office: Office) -> Office:
    """One house closed on management measures alone: a breach under 嘉祥, a warning elsewhere (L208)."""
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {**HAZARD, **UNREVIEWED}))
    return office


def files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("notice", "severity"), [("jiaxiang-2024", "breach"), ("yunyang-2022", "warning")])
def test_validate_judges_by_the_notice_that_is_named(notice: str, severity: str, sent: Office) -> None:
    told = sent.validate("--notice", notice, "--format", "json").json
    assert told["notice"] == notice
    found = {problem["code"]: problem["severity"] for problem in told["files"][0]["problems"]}
    assert found["L208"] == severity


def test_validate_without_a_county_may_name_a_notice(
    sent: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = sent.run("validate", sent.inbox, "--notice", "jiaxiang-2024", "--format", "json")
    assert (ran.code, ran.json["notice"]) == (1, "jiaxiang-2024")
    assert sent.run("validate", sent.inbox, "--format", "json").json["notice"] is None


def test_a_notice_that_does_not_exist_is_wrong_usage(sent: Office) -> None:
    ran = sent.validate("--notice", "jiaxiang-2023")
    assert ran.code == 2
    assert "jiaxiang-2024" in ran.err


def test_aggregate_takes_nothing_in_under_another_notice(sent: Office) -> None:
    ran = sent.aggregate("--notice", "yunyang-2022")
    assert ran.code == 2
    assert "--dry-run" in ran.err


@pytest.mark.parametrize("more", [(), ("--notice", "yunyang-2022")])
@pytest.mark.parametrize("before", [False, True], ids=["no ledger", "a ledger"])
def test_a_dry_run_writes_nothing_at_all(more: tuple[str, ...], before: bool, sent: Office) -> None:
    if before:
        sent.run("aggregate", sent.inbox, "--period", "2024-W22", "--county", sent.folder)
    there = files(sent.folder)
    ran = sent.aggregate("--dry-run", *more)
    assert "没有写台账，也没有写任何文件" in ran.out
    assert files(sent.folder) == there


def test_a_dry_run_comes_to_what_the_run_comes_to(sent: Office) -> None:
    at = ("--period", PERIOD, "--at", "2024-06-07 09:30", "--county", sent.folder)
    sent.run("receive", sent.inbox, *at)  # or it is late, by a second more or less
    tried = sent.aggregate("--dry-run", "--format", "json")
    done = sent.aggregate("--format", "json")
    assert tried.code == done.code
    assert tried.json == done.json | {"dry_run": True}


def test_a_dry_run_counts_what_was_accepted_before(sent: Office) -> None:
    sent.aggregate()
    sent.receive("青石镇.xlsx", ledger("青石镇", HAZARD))
    tried = sent.aggregate("--dry-run", "--format", "json", "--notice", "yunyang-2022").json
    assert tried["notice"] == "yunyang-2022"
    assert [unit["unit"] for unit in tried["units"]] == [TOWN, "青石镇"]
    assert sent.houses() == {TOWN: 1}


def test_a_dry_run_has_no_place_to_write_to(sent: Office) -> None:
    assert sent.aggregate("--dry-run", "-o", sent.folder / "x").code == 2


CHANGED = "这一期汇总时执行的是嘉祥2024，现按嘉峰2024看，当时没有要的表也算未报。"
"""嘉祥 asks for a house ledger, 嘉峰 for the sweep table, on Fridays."""


def told(office: Office) -> list[str]:
    """What is said of a period, on the screen and on paper."""
    asked = ("--county", office.folder, "--period", PERIOD)
    office.run("weekly", *asked, "--as", "md")
    weekly = (office.folder / "out" / PERIOD / "周报.md").read_text("utf-8")
    return ["".join(said.split()) for said in (office.run("status", *asked).out, weekly)]


def test_who_looks_at_an_earlier_period_by_another_notice_is_told(sent: Office) -> None:
    sent.aggregate()
    assert not any(CHANGED in said for said in told(sent))
    sent.change_settings("jiaxiang-2024", "jiafeng-2024")
    assert all(CHANGED in said for said in told(sent))


def test_a_period_that_is_aggregated_anew_is_of_the_new_notice(sent: Office) -> None:
    sent.aggregate()
    sent.change_settings("jiaxiang-2024", "jiafeng-2024")
    sent.aggregate()
    assert not any(CHANGED in said for said in told(sent))


def test_the_month_of_the_change_counts_no_week_before_it(sent: Office) -> None:
    """Under 嘉峰 every week is expected; W24 was 嘉祥's, which expects none, and so was what closed before."""
    sent.run("aggregate", sent.inbox, "--period", "2024-W24", "--county", sent.folder)
    sent.change_settings("jiaxiang-2024", "jiafeng-2024")
    sent.receive("摸排.xlsx", attachment("sweep-table", {TOWN: SWEPT_NOTHING}))
    sent.run("aggregate", sent.inbox, "--period", "2024-W25", "--county", sent.folder)
    sent.run("monthly", "--period", "2024-06", "--as", "md", "--county", sent.folder)
    circular = (sent.folder / "out/2024-06/通报.md").read_text("utf-8")
    assert "本月应报3期，其中2024年第26周" in circular
    assert "应评迟报未报的有2期" in circular, "the first of them was another notice's"
