"""The periods for which returns are expected: the notice's rhythm, from its first day to its last."""

from datetime import date, datetime
from pathlib import Path

import pytest

from zjf.county import County
from zjf.figures.reckoning import Reckoning
from zjf.ledger import Ledger
from zjf.monitoring.attendance import expected_periods, is_judged, why_not_judged
from zjf.notices.notice import Notice
from zjf.period import OFFICE_TIME, Period

LATER = datetime(2030, 1, 1, tzinfo=OFFICE_TIME)


def expected(folder: Path, notice: str, month: str, now: datetime = LATER) -> list[str]:
    (folder / "zjf.toml").write_text(
        f'[county]\nname = "云水县"\nnotice = "{notice}"\n[[units]]\nname = "城关街道"\n', "utf-8"
    )
    ledger = Ledger.open("sqlite:///ledger.db", folder=folder)
    reckoning = Reckoning(County.load(folder), Notice.load(notice), ledger)
    whole = Period.parse(month)
    return [str(period) for period in expected_periods(reckoning, whole.first, whole.last, now, ())]


def test_the_first_friday_is_the_first_after_the_rhythm_began(tmp_path: Path) -> None:
    """嘉峰 四(一): from 2024-03-25, so 03-29."""
    assert expected(tmp_path, "jiafeng-2024", "2024-03") == ["2024-W13"]
    assert expected(tmp_path, "jiafeng-2024", "2024-02") == []


def test_what_is_not_due_yet_is_not_expected(tmp_path: Path) -> None:
    friday_noon = datetime(2024, 4, 12, 12, 0, tzinfo=OFFICE_TIME)
    assert expected(tmp_path, "jiafeng-2024", "2024-04", friday_noon) == ["2024-W14"]


def test_months_are_expected_until_the_campaign_ends(tmp_path: Path) -> None:
    """云霄 四(四): by the 22nd, since 2020-06-12, while the campaign lasts."""
    assert expected(tmp_path, "yunxiao-2020", "2020-05") == []
    assert expected(tmp_path, "yunxiao-2020", "2020-06") == ["2020-06"]
    assert expected(tmp_path, "yunxiao-2020", "2020-11") == ["2020-11"]
    assert expected(tmp_path, "yunxiao-2020", "2020-12") == []


def test_a_notice_without_a_rhythm_expects_none(tmp_path: Path) -> None:
    assert expected(tmp_path, "jiaxiang-2024", "2024-06") == []


@pytest.mark.parametrize(("period", "judged"), [("2024-W12", False), ("2024-W13", True), ("2024-02", True)])
def test_a_period_before_the_rhythm_began_is_not_judged(period: str, judged: bool) -> None:
    notice, asked = Notice.load("jiafeng-2024"), Period.parse(period)
    assert is_judged(notice, asked, asked.closing_day(notice.calendar)) is judged
    assert date(2024, 3, 29) == Period.parse("2024-W13").closing_day(notice.calendar)


@pytest.mark.parametrize(("period", "judged"), [("2020-11", True), ("2020-12", False), ("2020-Q3", False)])
def test_nobody_owes_a_return_after_the_rhythm_ended_or_for_a_quarter(period: str, judged: bool) -> None:
    """云霄 四(四): monthly while the campaign lasts; what comes quarterly comes from the county's departments."""
    notice, asked = Notice.load("yunxiao-2020"), Period.parse(period)
    assert is_judged(notice, asked, asked.closing_day(notice.calendar)) is judged
    assert bool(why_not_judged(notice, asked, asked.closing_day(notice.calendar))) is not judged
