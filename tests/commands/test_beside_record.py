"""What comes in later is held against what was accepted before of other units, and of other forms (D402, A307)."""

from pathlib import Path

import pytest

from .conftest import OfficeAfter
from .office import FACT_1, GREENSTONE, MINE, PERIOD, TOWN, WRONG, House, Office, attachment, ledger

HERS: House = {"房屋编号": "YS7"}
"""A house that two units claim."""
TWO_HOUSES = dict.fromkeys(FACT_1, 0) | {"surveyed": 2, "noncommercial": 2}


def aggregate(office: Office, path: Path, *options: str) -> int:
    """One file alone is taken in."""
    return office.run("aggregate", path, "--county", office.folder, "--period", PERIOD, *options).code


def found(office: Office, path: Path, code: str) -> list[tuple[str, str]]:
    """Cell and message of every problem of a code that `validate` finds in one file."""
    ran = office.run("validate", path, "--county", office.folder, "--period", PERIOD, "--format", "json")
    (file,) = ran.json["files"]
    return [(problem["cell"], problem["message"]) for problem in file["problems"] if problem["code"] == code]


def take_in_the_town(office: Office) -> Office:
    """城关街道's ledger of two houses is taken in."""
    aggregate(office, office.receive("城关.xlsx", ledger(TOWN, HERS, {})))
    return office


@pytest.fixture
def town(office: Office, office_after: OfficeAfter) -> Path:
    """Its return, in an office that has taken it in."""
    return office_after(office, take_in_the_town).inbox / "城关.xlsx"


def test_a_house_that_was_accepted_of_another_unit_is_contested(office: Office, town: Path) -> None:
    path = office.receive("青石.xlsx", ledger(GREENSTONE, {}, HERS))
    ((cell, message),) = found(office, path, "D402")
    assert cell == "A4"
    assert "房屋编号「YS7」也由「城关街道」（先前已接收的 城关.xlsx）上报" in message
    assert aggregate(office, path) == 1
    assert office.houses() == {TOWN: 2}
    aggregate(office, path, "--partial")
    assert office.houses() == {TOWN: 2, GREENSTONE: 1}


def test_a_house_contested_in_this_run_and_on_record_is_one_problem_of_each_unit(
    office: Office, town: Path
) -> None:
    """The file of 城关街道 is checked again beside the one that claims its house."""
    office.receive("青石.xlsx", ledger(GREENSTONE, HERS))
    ran = office.run(
        "validate", office.inbox, "--county", office.folder, "--period", PERIOD, "--format", "json"
    )
    codes = {
        Path(file["path"]).name: [each["code"] for each in file["problems"]] for file in ran.json["files"]
    }
    assert codes == {"城关.xlsx": ["D402"], "青石.xlsx": ["D402"]}


def test_a_units_own_return_is_not_held_against_itself(office: Office, town: Path) -> None:
    assert found(office, town, "D402") == []
    path = office.receive("城关（改）.xlsx", ledger(TOWN, HERS, {}, {}))
    assert found(office, path, "D402") == []
    aggregate(office, path)
    assert office.houses() == {TOWN: 3}


def test_a_house_that_its_unit_gives_up_in_the_same_run_may_be_anothers(office: Office, town: Path) -> None:
    office.receive("城关.xlsx", ledger(TOWN, {}, {}))
    office.receive("青石.xlsx", ledger(GREENSTONE, HERS))
    office.aggregate()
    assert office.houses() == {TOWN: 2, GREENSTONE: 1}


def test_a_house_stays_where_it_was_if_the_return_that_gives_it_up_is_sent_back(
    office: Office, town: Path
) -> None:
    """Else it would count twice: what was accepted of 城关街道 before stands."""
    office.receive("城关.xlsx", ledger(TOWN, {}, WRONG))
    office.receive("青石.xlsx", ledger(GREENSTONE, HERS))
    office.aggregate()
    assert office.houses() == {TOWN: 2}
    office.aggregate("--partial")
    assert office.houses() == {TOWN: 1, GREENSTONE: 1}


def test_what_is_sent_back_for_a_house_on_record_keeps_its_own_houses_too(office: Office, town: Path) -> None:
    """青石镇 gives YS8 up for YS7, which is 城关街道's: it is sent back, and YS8 is its own still."""
    aggregate(office, office.receive("青石.xlsx", ledger(GREENSTONE, {"房屋编号": "YS8"})))
    office.receive("青石.xlsx", ledger(GREENSTONE, HERS))
    office.receive("石岭.xlsx", ledger(MINE, {"房屋编号": "YS8"}))
    (office.inbox / "城关.xlsx").unlink()
    summary = office.summary()
    assert summary["coverage"]["rejected"] == [GREENSTONE, MINE]
    assert office.houses() == {TOWN: 2, GREENSTONE: 1}


def test_a_contested_house_may_be_waived(office: Office, town: Path) -> None:
    waiver = (
        '[[waivers]]\ncode = "D402"\nhouse = "YS7"\nreason = "地界未定"\nby = "贺建平"\nuntil = 2024-12-31\n'
    )
    (office.folder / "waivers.toml").write_text(waiver, "utf-8")
    aggregate(office, office.receive("青石.xlsx", ledger(GREENSTONE, HERS)))
    assert office.houses() == {TOWN: 2, GREENSTONE: 1}


def test_an_attachment_is_held_against_the_ledger_that_was_accepted_before(
    office: Office, town: Path
) -> None:
    wrong = office.receive("附件2.xlsx", attachment("attachment-2", {TOWN: TWO_HOUSES | {"surveyed": 999}}))
    assert [cell for cell, _ in found(office, wrong, "A307")] == ["A5"]
    assert aggregate(office, wrong) == 1
    right = office.receive("附件2.xlsx", attachment("attachment-2", {TOWN: TWO_HOUSES}))
    assert found(office, right, "A307") == []


def test_each_row_of_a_roll_up_is_held_against_its_own_ledger(office: Office, town: Path) -> None:
    path = office.receive("汇总.xlsx", attachment("attachment-2", {TOWN: FACT_1, GREENSTONE: FACT_1}))
    assert {message.split("按")[1].split("报送")[0] for _, message in found(office, path, "A307")} == {TOWN}


@pytest.mark.parametrize("later", [[{}, WRONG], []], ids=["有一行退回", "空表"])
def test_what_a_ledger_comes_to_is_unknown_while_another_is_sent_back(
    office: Office, town: Path, later: list[House]
) -> None:
    aggregate(office, office.receive("城关（改）.xlsx", ledger(TOWN, *later)))
    path = office.receive("附件2.xlsx", attachment("attachment-2", {TOWN: FACT_1}))
    assert found(office, path, "A307") == []


def test_what_a_ledger_that_was_taken_in_part_comes_to_is_unknown(office: Office) -> None:
    aggregate(office, office.receive("城关.xlsx", ledger(TOWN, {}, WRONG)), "--partial")
    path = office.receive("附件2.xlsx", attachment("attachment-2", {TOWN: FACT_1}))
    assert found(office, path, "A307") == []


def test_other_periods_are_another_matter(office: Office, town: Path) -> None:
    path = office.receive("青石.xlsx", ledger(GREENSTONE, HERS))
    ran = office.run("validate", path, "--county", office.folder, "--period", "2024-W24", "--format", "json")
    assert ran.json["totals"]["errors"] == 0
