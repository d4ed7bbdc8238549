"""What periods come to is counted once in a run, and from nothing that does not count."""

import shutil
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pytest

from tests.commands.office import MINE, PERIOD, TOWN, Office, ledger, office_in
from tests.sheets import Cells
from zjf.briefings.owed_rows import owed_rows
from zjf.county import County
from zjf.figures.reckoning import Reckoning
from zjf.ledger import Ledger
from zjf.monitoring.due import due_list
from zjf.notices.notice import Notice
from zjf.period import Period

BEFORE = "2024-W22"
APPRAISED = {
    "初判结论": "存在一定安全隐患",
    "初判日期": "2024-03-01",
    "鉴定日期": "2024-04-01",
    "鉴定机构": "江岳鉴定所",
    "鉴定等级": "B",
    "鉴定报告编号": "J1",
}
AUDITS: Cells = [
    [f"填报单位：{TOWN}"],
    ["报告编号", "房屋编号", "鉴定机构", "抽查日期", "抽查结论", "问题类型"],
    ["J1", "YS0001", "江岳鉴定所", "2024-05-20", "不合格", "缺项漏项"],
]
"""The report of the first house does not hold, and was not uploaded again."""


@pytest.fixture(scope="module")
def two_weeks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two weeks of two units, one of which sends an audit of appraisal reports, too."""
    office = office_in(tmp_path_factory.mktemp("两周") / "云水县")
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, APPRAISED, {}), AUDITS)
    office.receive(f"{MINE}.xlsx", ledger(MINE, {}))
    for period in (BEFORE, PERIOD):
        office.run("aggregate", office.inbox, "--county", office.folder, "--period", period)
    return office.folder


@pytest.fixture
def office(two_weeks: Path, tmp_path: Path) -> Office:
    """That county, of which a test may make what it likes."""
    return Office(Path(shutil.copytree(two_weeks, tmp_path / "云水县")))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Counter[tuple[str, str]]:
    """How often the rows of each form and period are read from the ledger."""
    found: Counter[tuple[str, str]] = Counter()
    frame = Ledger.frame

    def counting(self: Ledger, form: str, period: str, units: Iterable[str] | None = None) -> pd.DataFrame:
        found[form, period] += 1
        return frame(self, form, period, units)

    monkeypatch.setattr(Ledger, "frame", counting)
    return found


def test_a_weekly_summary_counts_each_period_once(office: Office, read: Counter[tuple[str, str]]) -> None:
    shutil.rmtree(office.folder / "out" / ".last")
    office.run("weekly", "--county", office.folder, "--period", PERIOD, "--as", "md,html")
    assert read["house-ledger", BEFORE] == 1  # for the comparison and for the trend
    assert read["house-ledger", PERIOD] == 1  # for the figures; which houses are overdue, some columns tell


def test_what_was_counted_when_a_period_was_aggregated_is_not_counted_again(
    office: Office, read: Counter[tuple[str, str]]
) -> None:
    office.run("report", "attachment-2", "--county", office.folder, "--period", PERIOD)
    assert not read
    office.run("weekly", "--county", office.folder, "--period", PERIOD, "--as", "md")
    assert not read["house-ledger", BEFORE]
    assert not read["house-ledger", PERIOD]  # some columns tell which houses are overdue


def test_the_same_returns_are_counted_once_whatever_the_ledger_was(
    office: Office, read: Counter[tuple[str, str]]
) -> None:
    home = County.load(office.folder)
    book = Ledger.open(home.ledger_url, folder=home.folder)
    reckoning = Reckoning(home, Notice.load(home.notice), book)
    first = reckoning.units(PERIOD)
    before = read.copy()
    assert reckoning.units(PERIOD) == first
    assert reckoning.with_ledger(book).units(PERIOD) == first
    assert read == before


def test_a_large_county_is_told_some_units_at_a_time_and_comes_to_the_same(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = County.load(office.folder)
    notice, book = Notice.load(home.notice), Ledger.open(home.ledger_url, folder=home.folder)
    shutil.rmtree(office.folder / "out" / ".last")

    def told() -> tuple[object, ...]:
        reckoning, period = Reckoning(home, notice, book), Period.parse(PERIOD)
        due = due_list(reckoning, PERIOD, period.last)
        return reckoning.units(PERIOD), reckoning.unmet(PERIOD), owed_rows(reckoning, period), due

    def parts() -> list[list[str]]:
        columns = Reckoning(home, notice, book).columns("house-ledger", PERIOD, ())
        return [part.township.unique().tolist() for part in columns]

    at_once = told()
    assert parts() == [[TOWN, MINE]]
    monkeypatch.setattr("zjf.figures.reckoning._ROWS_AT_ONCE", 1)
    monkeypatch.setattr("zjf.figures.reckoning._NARROW_ROWS_AT_ONCE", 1)
    assert parts() == [[TOWN], [MINE]]
    assert told() == at_once


@pytest.mark.parametrize("notice", ["jiaxiang-2024", "jiafeng-2024"])
def test_last_weeks_failed_report_changes_no_figure_and_asks_for_another(office: Office, notice: str) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, APPRAISED, {}))
    office.run("aggregate", office.inbox, "--county", office.folder, "--period", "2024-W24")
    home = County.load(office.folder)
    book = Ledger.open(home.ledger_url, folder=home.folder)
    town, _ = Reckoning(home, Notice.load(notice), book).units("2024-W24")
    assert town.counts["appraised"] == 1
    assert town.to_reappraise == ("YS0001",)
