"""Deadlines pass whether anybody reports or not: what is said of the days after the last return."""

from datetime import datetime

from zjf.county import County
from zjf.period import OFFICE_TIME
from zjf.services.periods.next_step import standing_of

from .office import TOWN, Office
from .test_status_due import run, take, under


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
