"""`zjf receive`: when a return came in, and whether that was in time. Weekly returns are due on Friday."""

from zjf.ledger import Ledger

from .office import GREENSTONE, PERIOD, TOWN, WRONG, Office, Ran, ledger

FRIDAY, SATURDAY = "2024-06-07 11:30", "2024-06-08 09:00"


def test_it_says_whose_what_for_when_and_whether_in_time(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}))
    ran = receive(office, FRIDAY)
    assert (ran.code, ran.err) == (0, "")
    for said in (f"{TOWN}.xlsx", "自建房台账", PERIOD, FRIDAY, "按时"):
        assert said in ran.out


def test_after_the_deadline_it_is_late(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}))
    assert "迟报（06-07 23:59 截止）" in receive(office, SATURDAY).out


def test_what_was_recorded_first_stands(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}))
    receive(office, FRIDAY)
    said = receive(office, SATURDAY).out.replace("\n", "")
    assert FRIDAY in said
    assert "早先登记过，以早的为准" in said


def test_a_time_that_is_told_afterwards_is_the_true_one(office: Office) -> None:
    """The advice of R601: a return that was only recorded when it was aggregated had come in on Friday."""
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}))
    assert TOWN in late(office)
    assert "按时" in receive(office, FRIDAY).out
    assert TOWN not in late(office)
    (event,) = (
        event
        for event in Ledger.open("sqlite:///ledger.db", folder=office.folder).events()
        if event.what == "seen earlier"
    )
    assert (event.unit, event.detail["came"][:16]) == (TOWN, "2024-06-07T11:30")
    assert event.detail["before"] > event.detail["came"]


def test_it_decides_what_aggregate_says_later(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}))
    receive(office, FRIDAY)
    assert TOWN not in late(office)


def test_nothing_is_checked_or_taken(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, WRONG))
    assert receive(office, FRIDAY).code == 0
    assert office.houses() == {}


def test_without_a_period_the_folder_names_it(office: Office) -> None:
    path = office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}))
    assert PERIOD in office.run("receive", path, "--at", SATURDAY, "--county", office.folder).out


def test_without_a_period_and_such_a_folder_the_return_names_it(office: Office) -> None:
    (_, *rows) = ledger(TOWN, {})
    path = office.receive(f"{TOWN}.xlsx", [[f"填报单位：{TOWN}", "填报时间：2024-05-30"], *rows])
    moved = path.rename(office.folder / path.name)
    ran = office.run("receive", moved, "--at", "2024-06-03 09:00", "--county", office.folder)
    assert "2024-W22" in ran.out
    assert "迟报" in ran.out


def test_a_file_that_cannot_be_read_has_come_in_too(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", b"no workbook")
    ran = receive(office, FRIDAY)
    assert ran.code == 0
    assert "读不出表" in ran.out


def test_a_file_that_cannot_be_opened_is_not_recorded(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}))
    (office.inbox / f"{GREENSTONE}.xlsx").symlink_to("不在了.xlsx")
    ran = receive(office, FRIDAY)
    assert ran.code == 1
    assert "共登记 1 个文件" in ran.out
    assert f"没有登记 {office.inbox / GREENSTONE}.xlsx：链接指向的文件不在了" in ran.out


def test_nothing_comes_in_tomorrow(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}))
    ran = receive(office, "2099-01-01 09:00")
    assert ran.code == 2
    assert "还没有到" in ran.err


def late(office: Office) -> list[str]:
    return [problem["unit"] for problem in office.summary()["reporting"] if problem["code"] == "R601"]


def receive(office: Office, at: str) -> Ran:
    return office.run("receive", office.inbox, "--period", PERIOD, "--at", at, "--county", office.folder)
