"""A dry look: what another notice would say of the same returns, with nothing written."""

from pathlib import Path

import pytest

from .office import PERIOD, TOWN, UNREVIEWED, Office, ledger

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
