"""A return held against the last accepted period, as `validate` and `aggregate` do it."""

from datetime import date
from pathlib import Path

from tests.sheets import A_PLAIN_HOUSE, COUNTY, check, workbook
from zjf.acceptance import decide
from zjf.checking.across_returns import CountyContext, check_together
from zjf.checking.earlier_periods import LastAccepted
from zjf.checking.one_return import CheckedReturn
from zjf.checking.waivers import Waiver, apply_waivers
from zjf.ledger import Acceptance, Ledger
from zjf.period import Calendar, Period

UNIT = "城关街道"
FRIDAYS = Calendar(weekday="周五")


def test_each_unit_is_held_against_its_own_last_period(tmp_path: Path) -> None:
    """A unit that missed a week is held against the week before it; what came later does not matter."""
    ledger = opened(tmp_path)
    accept(ledger, "2024-W20", "YS01")
    accept(ledger, "2024-W24", "YS99")
    assert missing(ledger, "2024-W23") == ["YS01"]
    accept(ledger, "2024-W22", "YS02")
    assert missing(ledger, "2024-W23") == ["YS02"]
    assert missing(ledger, "2024-W20") == []


def test_months_and_weeks_stand_in_the_order_in_which_they_close(tmp_path: Path) -> None:
    """May closes on the 31st, the same Friday as its last week; June closes after the 23rd week."""
    ledger = opened(tmp_path)
    accept(ledger, "2024-05", "YS05")
    accept(ledger, "2024-06", "YS06")
    assert missing(ledger, "2024-W23") == ["YS05"]
    assert missing(ledger, "2024-W27") == ["YS06"]


def test_a_missing_house_sends_the_return_back_unless_it_is_waived(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    accept(ledger, "2024-W22", "YS01", "YS02")
    found = sent(ledger, "2024-W23", "YS01")
    assert not decide(found, "2024-W23", COUNTY, partial=False).taken

    waiver = Waiver(code="T501", house="YS02", reason="已拆除", by="贺建平", until=date(2024, 12, 31))
    used = apply_waivers([waiver], [found], date(2024, 6, 7))
    assert used.applied == {waiver: 1}
    decision = decide(found, "2024-W23", COUNTY, partial=False)
    assert decision.taken
    assert "YS02" in decision.acceptances[0].notes["waivers"]


def test_with_partial_the_houses_that_are_there_count(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    accept(ledger, "2024-W22", "YS01", "YS02")
    decision = decide(sent(ledger, "2024-W23", "YS01"), "2024-W23", COUNTY, partial=True)
    assert (decision.partial, decision.read, decision.accepted) == (True, 1, 1)


def opened(folder: Path) -> Ledger:
    return Ledger.open("sqlite:///ledger.db", folder=folder)


def returned(*house_ids: str) -> CheckedReturn:
    rows = [
        [house_id, *(text.format(number=number) for text in list(A_PLAIN_HOUSE.values())[1:])]
        for number, house_id in enumerate(house_ids, 1)
    ]
    return check(workbook([[f"填报单位：{UNIT}"], list(A_PLAIN_HOUSE), *rows]))


def accept(ledger: Ledger, period: str, *house_ids: str) -> None:
    frame = returned(*house_ids).tables[0].frame
    one = Acceptance(
        unit=UNIT,
        form="house-ledger",
        period=period,
        file_name="台账.xlsx",
        sha256=period,
        frame=frame,
        rows_read=len(frame),
    )
    ledger.accept([one])


def sent(ledger: Ledger, period: str, *house_ids: str) -> CheckedReturn:
    """What the unit sends for a period, held against what the ledger has."""
    found = returned(*house_ids)
    check_together([found], CountyContext(past=LastAccepted(ledger, Period.parse(period), FRIDAYS)))
    return found


def missing(ledger: Ledger, period: str) -> list[str | None]:
    return [problem.value for problem in sent(ledger, period, "YS00").problems if problem.code == "T501"]
