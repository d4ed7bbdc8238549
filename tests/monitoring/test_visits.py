"""Visits that were missed stay listed, whatever visits come later (云霄 二(四)2)."""

from datetime import date
from pathlib import Path

from tests.typed_rows import typed
from zjf.county import County
from zjf.figures.reckoning import Reckoning
from zjf.ledger import Acceptance, Ledger
from zjf.monitoring.due import due_list
from zjf.monitoring.due_houses import State
from zjf.notices.notice import Notice

HEADER = "| 户编号 | 结构类型 | 名单提供日期 | 最近回访日期 |\n"


def county(folder: Path, **months: str) -> Reckoning:
    (folder / "zjf.toml").write_text(
        '[county]\nname = "云水县"\nnotice = "yunxiao-2020"\n[[units]]\nname = "城关街道"\n', "utf-8"
    )
    ledger = Ledger.open("sqlite:///ledger.db", folder=folder)
    for month, rows in months.items():
        households = typed(HEADER + rows, "household-ledger")
        ledger.accept(
            [
                Acceptance(
                    unit="城关街道",
                    form="household-ledger",
                    period=f"2020-{month[1:]}",
                    file_name="台账.xlsx",
                    sha256=month,
                    frame=households,
                    rows_read=len(households),
                )
            ]
        )
    return Reckoning(County.load(folder), Notice.load("yunxiao-2020"), ledger)


def missed(reckoning: Reckoning, period: str, day: str) -> list[tuple[str, str]]:
    found = due_list(reckoning, period, date.fromisoformat(day)).of(State.OVERDUE)
    return [(house.house_id, str(house.until)) for house in found if house.code == "R605"]


def test_a_missed_quarter_stays_listed_after_a_later_visit(tmp_path: Path) -> None:
    reckoning = county(
        tmp_path,
        m06="| H1 | 土坯结构 | | |",
        m07="| H1 | 土坯结构 | | 2020-03-30 |",
        m10="| H1 | 土坯结构 | | 2020-09-30 |",
    )
    assert missed(reckoning, "2020-06", "2020-06-22") == []
    assert missed(reckoning, "2020-07", "2020-07-22") == [("H1", "2020-06-30")]
    assert missed(reckoning, "2020-10", "2020-10-22") == [("H1", "2020-06-30")]


def test_a_visit_that_is_filled_in_later_takes_the_miss_back(tmp_path: Path) -> None:
    reckoning = county(tmp_path, m07="| H1 | 土坯结构 | | |", m08="| H1 | 土坯结构 | | 2020-06-29 |")
    assert missed(reckoning, "2020-08", "2020-08-22") == []


def test_where_no_return_was_made_in_between_nobody_knows_and_nothing_is_said(tmp_path: Path) -> None:
    reckoning = county(tmp_path, m10="| H1 | 土坯结构 | | 2020-10-02 |")
    assert missed(reckoning, "2020-10", "2020-10-22") == []


def test_who_was_listed_later_was_not_to_be_visited_before(tmp_path: Path) -> None:
    reckoning = county(tmp_path, m07="| H1 | 土坯结构 | 2020-07-02 | |\n| H2 | 砖混结构 | | |")
    assert missed(reckoning, "2020-07", "2020-07-22") == []
