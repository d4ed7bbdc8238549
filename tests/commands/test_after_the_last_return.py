"""Deadlines pass whether anybody reports or not: what is said of the days after the last return."""

import json
from datetime import datetime

from zjf.county import County
from zjf.period import OFFICE_TIME
from zjf.services.periods.next_step import standing_of

from .office import TOWN, Office
from .test_status_due import SHOP, run, take, under


def test_a_circular_tells_what_fell_due_by_the_end_of_its_month(office: Office) -> None:
    """嘉峰 四(一): shops are judged by 04-25; the last return is of 04-12, and no later one says that it was done."""
    under(office, "jiafeng-2024")
    office.change_settings("[reporting]", '[reporting]\nforms = ["house-ledger"]')
    take(office, "2024-W15", TOWN, SHOP | {"初判结论": "", "初判日期": ""}, at="2024-04-12 09:00")
    run(office, "monthly", "--period", "2024-04", "--as", "md")
    folder = office.folder / "out" / "2024-04"
    document = json.loads((folder / "monthly.json").read_text("utf-8"))
    assert (document["as_of"], document["due"]["day"]) == ("2024-04-12", "2024-04-30")
    assert [(house["state"], house["until"]) for house in document["due"]["houses"]] == [
        ("overdue", "2024-04-25")
    ]
    told = (folder / "通报.md").read_text("utf-8")
    assert "截至2024年4月12日" in told
    assert "未落实事项按最后一期截止日2024年4月12日计，逾期按2024年4月30日计" in told
    assert told.rstrip().endswith("2024年4月30日")


def test_the_board_says_for_which_later_weeks_nobody_reported(office: Office) -> None:
    under(office, "jiafeng-2024")
    office.change_settings("[reporting]", '[reporting]\nforms = ["house-ledger"]')
    take(office, "2024-W15", TOWN, {}, at="2024-04-12 09:00")
    assert "其后没有报表　2024-W16 至 " in run(office, "status").out
    assert "其后没有报表" not in run(office, "status", "--period", "2024-W15").out


def test_the_next_command_asks_for_the_week_that_is_missing_not_for_one_long_past(office: Office) -> None:
    under(office, "jiafeng-2024")
    office.change_settings("[reporting]", '[reporting]\nforms = ["house-ledger"]')
    take(office, "2024-W15", TOWN, {}, at="2024-04-12 09:00")
    moment = datetime(2024, 4, 28, 12, tzinfo=OFFICE_TIME)
    standing = standing_of(County.find(office.folder), moment)
    assert "2024-W16 至 2024-W17 的 2 期截止时间已过，没有接收任何报表。" in standing.lines
    assert standing.next_command == "zjf message --period 2024-W17"
    before_noon = standing_of(County.find(office.folder), datetime(2024, 4, 19, 11, tzinfo=OFFICE_TIME))
    assert before_noon.next_command == "zjf message --period 2024-W15"
