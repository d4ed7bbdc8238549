"""账表相符: an attachment says what the unit's own house ledger comes to (A307)."""

import pytest

from zjf.schemas import FORMS

from .office import FACT_1, PERIOD, UNITS, UNREVIEWED, WRONG, Office, attachment, ledger

TOWN, GREENSTONE, _ = UNITS
NOBODY = dict.fromkeys(FACT_1, 0)
TWO_HOUSES = NOBODY | {"surveyed": 2, "noncommercial": 2}
NOTHING_CLOSED = dict.fromkeys(FORMS["attachment-1"].counts, 0)


def findings(office: Office, *options: str) -> list[tuple[str, str, str]]:
    """File, cell and message of every A307."""
    return [
        (file["path"].rsplit("/", 1)[-1], problem["cell"], problem["message"])
        for file in office.validate("--format", "json", *options).json["files"]
        for problem in file["problems"]
        if problem["code"] == "A307"
    ]


def test_a_figure_that_is_not_the_count_of_the_houses_is_named_with_it(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, {}))
    office.receive(
        "附件2.xlsx", attachment("attachment-2", {TOWN: TWO_HOUSES | {"surveyed": 3, "commercial": 1}})
    )
    assert [(file, cell) for file, cell, _ in findings(office)] == [
        ("附件2.xlsx", "A5"),
        ("附件2.xlsx", "B5"),
    ]
    (_, _, surveyed), (_, _, commercial) = findings(office)
    assert "已排查自建房总量填 3，按城关街道报送的自建房台账统计为 2" in surveyed
    assert "填 1，按城关街道报送的自建房台账统计为 0" in commercial


def test_figures_that_agree_are_silent_and_houses_tell_nothing_of_online_checks(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, {}))
    online = {"online_confirmed": 3, "online_issues": 5}
    office.receive("附件2.xlsx", attachment("attachment-2", {TOWN: TWO_HOUSES | online}))
    office.receive("附件1.xlsx", attachment("attachment-1", {TOWN: NOTHING_CLOSED}))
    assert findings(office) == []


def test_the_first_attachment_is_held_against_the_houses_too(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, UNREVIEWED, {}))
    office.receive("附件1.xlsx", attachment("attachment-1", {TOWN: NOTHING_CLOSED}))
    assert [cell for _, cell, _ in findings(office)] == ["A4", "F4"]


def test_each_row_of_a_roll_up_is_held_against_its_own_unit(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, {}))
    office.receive(f"{GREENSTONE}.xlsx", ledger(GREENSTONE, {}))
    office.receive("汇总.xlsx", attachment("attachment-2", dict.fromkeys(UNITS, TWO_HOUSES)))
    assert {message.split("按")[1].split("报送")[0] for _, _, message in findings(office)} == {GREENSTONE}


def test_two_sheets_of_one_ledger_are_counted_together(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}), ledger(TOWN, {}, number_from=2))
    office.receive("附件2.xlsx", attachment("attachment-2", {TOWN: TWO_HOUSES}))
    assert findings(office) == []


def test_the_copy_of_a_file_is_not_counted_twice(office: Office) -> None:
    path = office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, {}))
    office.receive(f"{TOWN} - 副本.xlsx", path.read_bytes())
    office.receive("附件2.xlsx", attachment("attachment-2", {TOWN: TWO_HOUSES}))
    assert findings(office) == []


def test_a_nil_return_comes_to_nothing(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", [*ledger(TOWN), ["零报"]])
    office.receive("附件2.xlsx", attachment("attachment-2", {TOWN: TWO_HOUSES}))
    assert len(findings(office)) == 2


@pytest.mark.parametrize(
    "ledgers",
    [
        [],
        [ledger(GREENSTONE, {})],
        [ledger(TOWN, {}, WRONG)],
        [ledger(TOWN)],
        [ledger(TOWN, {}), ledger(GREENSTONE, {"房屋编号": "YS0001"})],
        [ledger(TOWN, {}), ledger(TOWN, {}, {})],
    ],
    ids=["没有台账", "别的单位的台账", "有一行退回", "空表", "与别的单位重号", "两份不同的台账"],
)
def test_what_the_houses_come_to_is_unknown(office: Office, ledgers: list[list[list[str]]]) -> None:
    for number, ledger_rows in enumerate(ledgers):
        office.receive(f"台账{number}.xlsx", ledger_rows)
    office.receive("附件2.xlsx", attachment("attachment-2", {TOWN: FACT_1}))
    assert findings(office) == []


def test_an_attachment_that_disagrees_is_sent_back_and_the_ledger_is_taken(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, {}))
    office.receive("附件2.xlsx", attachment("attachment-2", {TOWN: FACT_1}))
    summary = office.summary()
    assert summary["period"] == PERIOD
    assert summary["rows"] == {"read": 3, "accepted": 2, "rejected": 1}
    assert [unit["counts"]["surveyed"] for unit in summary["units"]] == [2]
