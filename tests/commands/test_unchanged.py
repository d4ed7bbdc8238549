"""A run that changes nothing reads and writes nothing; whatever could change the outcome has all read anew."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.test_start import loaded
from zjf import public_json
from zjf.commands import aggregate_anew
from zjf.services.periods.last_run import (
    AggregationRequest,
    AggregationResult,
    remember,
    state_of_ledger,
    still_true,
)

from .office import GREENSTONE, PERIOD, TOWN, WRONG, Office, ledger

Count = Callable[[], int]


@pytest.fixture
def read_anew(monkeypatch: pytest.MonkeyPatch) -> Count:
    """How often returns were really read and checked."""
    runs: list[None] = []
    whole = aggregate_anew.aggregation.aggregate

    def counted(*arguments: object, **options: object) -> object:
        runs.append(None)
        return whole(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(aggregate_anew.aggregation, "aggregate", counted)
    return lambda: len(runs)


@pytest.fixture
def aggregated(office: Office, read_anew: Count) -> Office:
    """An office that has aggregated a good return and a wrong one."""
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, {}))
    office.receive(f"{GREENSTONE}.xlsx", ledger(GREENSTONE, {}, WRONG))
    office.aggregate(merged=True)
    assert read_anew() == 1
    return office


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """What tells whether a file below a folder was written."""
    files = (path for path in folder.rglob("*") if path.is_file() and ".zjf" not in path.name)
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_ino) for path in files}


def test_a_run_that_changes_nothing_reads_and_writes_nothing(aggregated: Office, read_anew: Count) -> None:
    before = stamps(aggregated.folder)
    again, document = aggregated.aggregate(merged=True), aggregated.aggregate("--format", "json", merged=True)
    assert read_anew() == 1
    assert stamps(aggregated.folder) == before
    shutil.rmtree(aggregated.folder / "out" / ".last")
    assert (aggregated.aggregate(merged=True), aggregated.aggregate("--format", "json", merged=True)) == (
        again,
        document,
    )
    assert read_anew() == 2


def test_a_run_that_changes_nothing_loads_nothing_heavy(aggregated: Office) -> None:
    code, heavy = loaded(f"aggregate {aggregated.inbox} --period {PERIOD}", aggregated.folder)
    assert (code, heavy) == (1, set())


@pytest.mark.parametrize("paper", ["weekly", "monthly"])
def test_figures_put_beside_the_periods_own_change_nothing(
    paper: str, aggregated: Office, read_anew: Count
) -> None:
    document = aggregated.aggregate("--format", "json", merged=True)
    summary = aggregated.out / "summary.json"
    public_json.write(summary, document.json | {paper: {"schema": "…"}})
    assert aggregated.aggregate("--format", "json", merged=True) == document
    assert read_anew() == 1
    public_json.write(summary, document.json | {paper: {}, "rows": {}})
    assert aggregated.aggregate("--format", "json", merged=True) == document
    summary.write_text("[]", encoding="utf-8")
    assert aggregated.aggregate("--format", "json", merged=True) == document
    assert read_anew() == 3


def a_return_is_corrected(office: Office) -> None:
    office.receive(f"{GREENSTONE}.xlsx", ledger(GREENSTONE, {}, {}))


def a_return_is_taken_away(office: Office) -> None:
    (office.inbox / f"{GREENSTONE}.xlsx").unlink()


def a_return_goes_by_another_name(office: Office) -> None:
    (office.inbox / f"{GREENSTONE}.xlsx").rename(office.inbox / f"{GREENSTONE}（二）.xlsx")


def something_is_waived(office: Office) -> None:
    waiver = 'code = "C106"\nunit = "青石镇"\nreason = "已核"\nby = "县办"\nuntil = 2030-01-01\n'
    (office.folder / "waivers.toml").write_text(f"[[waivers]]\n{waiver}", encoding="utf-8")


def the_settings_change(office: Office) -> None:
    office.change_settings("[county]", '[county]\noffice = "县城建局"')


def the_county_writes_a_notice(office: Office) -> None:
    (office.folder / "notices").mkdir()
    (office.folder / "notices" / "本县.toml").write_text('inherits = "jiaxiang-2024"\n', encoding="utf-8")


def a_result_is_thrown_away(office: Office) -> None:
    (office.out / "汇总表.xlsx").unlink()


def a_result_is_written_in(office: Office) -> None:
    with (office.out / "退回清单.xlsx").open("ab") as file:
        file.write(b" ")


def the_ledger_is_touched(office: Office) -> None:
    os.utime(office.folder / "ledger.db")


def an_earlier_period_comes_in(office: Office) -> None:
    office.run("aggregate", office.inbox, "--county", office.folder, "--period", "2024-W22")


def what_was_kept_is_damaged(office: Office) -> None:
    kept = office.folder / "out" / ".last" / f"{PERIOD}.json"
    said = kept.read_bytes()
    kept.write_bytes(said.replace("退回".encode(), "接收".encode(), 1))


CHANGES = (
    a_return_is_corrected,
    a_return_is_taken_away,
    a_return_goes_by_another_name,
    something_is_waived,
    the_settings_change,
    the_county_writes_a_notice,
    a_result_is_thrown_away,
    a_result_is_written_in,
    the_ledger_is_touched,
    an_earlier_period_comes_in,
    what_was_kept_is_damaged,
)


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_could_change_the_outcome_has_all_read_anew(
    change: Callable[[Office], None], aggregated: Office, read_anew: Count
) -> None:
    change(aggregated)
    before = read_anew()
    told = aggregated.aggregate(merged=True)
    assert read_anew() == before + 1
    shutil.rmtree(aggregated.folder / "out" / ".last")
    assert aggregated.aggregate(merged=True) == told


@pytest.mark.parametrize("option", ["--partial", "--no-merged", "--sheet=Sheet*"])
def test_other_options_have_all_read_anew(option: str, aggregated: Office, read_anew: Count) -> None:
    aggregated.aggregate(option, merged=True)
    assert read_anew() == 2


@pytest.mark.parametrize(
    ("until", "holds"), [("2999-01-01T12:00:00+08:00", True), ("2000-01-01T12:00:00+08:00", False)]
)
def test_once_the_deadline_has_passed_others_may_be_missing(until: str, holds: bool, tmp_path: Path) -> None:
    (tmp_path / "ledger.db").write_bytes(b"a ledger")
    asked = AggregationRequest(tmp_path, PERIOD, tmp_path, (), partial=False, sheets=(), merged=True)
    state = state_of_ledger(tmp_path / "ledger.db")
    told = AggregationResult(["说过的话"], 1, str(tmp_path / "ledger.db"), state, {}, until)
    remember(asked, told, [])
    assert (still_true(asked) == told) is holds


def test_no_merged_leaves_the_merged_ledger_out_and_says_which_one_stands(aggregated: Office) -> None:
    before = aggregated.results()
    ran = aggregated.aggregate("--no-merged")
    assert "合并台账.xlsx 这次没有写" in ran.out
    assert aggregated.results() == before
    (aggregated.out / "合并台账.xlsx").unlink()
    assert "合并台账.xlsx" not in aggregated.aggregate("--no-merged", "--sheet", "*").out
    assert sorted(before.keys() - aggregated.results().keys()) == ["合并台账.xlsx"]


def test_a_full_disk_is_told_before_anything_is_taken_in(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, {}))
    monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=700))
    ran = office.aggregate(merged=True)
    assert ran.code == 3
    assert "磁盘只剩 0.0 MB；还没有接收任何报表。请清理磁盘后重试；或加上 --no-merged" in ran.err
    assert office.houses() == {}
    office.aggregate("--no-merged")
    assert office.houses() == {TOWN: 2}


def test_where_nothing_can_be_kept_of_a_run_it_is_done_all_the_same(office: Office, read_anew: Count) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, {}))
    (office.folder / "out").mkdir()
    (office.folder / "out" / ".last").write_text("in the way", encoding="utf-8")
    first = office.aggregate(merged=True)
    assert first.code == 1  # others are missing
    assert office.aggregate(merged=True) == first
    assert read_anew() == 2
