"""A unit gets another name, as docs/guides/new-unit.md says; and what a name that nobody registered leaves behind."""

import json
from typing import Any

import openpyxl
import pytest

from zjf.schemas import FORMS

from .office import GREENSTONE, MINE, PERIOD, SETTINGS, TOWN, Office, ledger, table
from .papers import PAPERS, made, report, two_houses_a_unit, verify
from .prepared import prepared

STREET = "青石街道"
"""What 青石镇 is called since."""
BEFORE, IN_TIME = "2024-W22", "2024-06-07 09:30"
OF_THREE_UNITS = {TOWN: [{}, {}], GREENSTONE: [{}, {}, {}], MINE: [{}]}


county = prepared(two_houses_a_unit)


def rename(office: Office, aliases: str = f'aliases = ["{GREENSTONE}"]') -> None:
    """The clerk puts the new name into zjf.toml, and the former one beside it."""
    settings = SETTINGS.replace(f'name = "{GREENSTONE}"', f'name = "{STREET}"\n{aliases}')
    (office.folder / "zjf.toml").write_text(settings, encoding="utf-8")


@prepared
def reported(office: Office) -> Office:
    """All three units have sent six houses in time, when one of them gets another name."""
    for unit, houses in OF_THREE_UNITS.items():
        office.receive(f"{unit}.xlsx", ledger(unit, *houses))
    office.run("receive", office.inbox, "--period", PERIOD, "--at", IN_TIME, "--county", office.folder)
    office.aggregate()
    return office


def board(office: Office) -> dict[str, Any]:
    return office.run("status", "--county", office.folder, "--period", PERIOD, "--format", "json").json


def standings(office: Office) -> dict[str, str]:
    return {unit["unit"]: unit["label"] for unit in board(office)["units"]}


def weekly(office: Office) -> tuple[int, str, int]:
    """How many houses the weekly summary counts, its text and how it ends."""
    ran = office.run("weekly", "--county", office.folder, "--period", PERIOD, "--as", "md")
    document = json.loads((office.out / "weekly.json").read_bytes())
    surveyed = document["county"]["forms"]["attachment-2"]["counts"]["surveyed"]["value"]
    return surveyed, (office.out / "周报.md").read_text("utf-8"), ran.code


def rolled_up(office: Office) -> dict[object, object]:
    """First cell of each row of 汇总表.xlsx: 已排查自建房总量."""
    rows = table(office.out / "汇总表.xlsx")
    return {row[0]: row[3 + len(FORMS["attachment-1"].counts)] for row in rows}


def test_no_house_is_counted_twice_whether_or_not_one_aggregates_again(reported: Office) -> None:
    rename(reported)
    for _ in "12":
        surveyed, _, _ = weekly(reported)
        assert surveyed == 6
        assert standings(reported) == {TOWN: "已报", STREET: "已报", MINE: "已报"}
        summary = reported.summary()
        assert summary["county"]["counts"]["surveyed"] == 6
        assert [unit["unit"] for unit in summary["units"]] == [TOWN, STREET, MINE]
        assert summary["reporting"] == []
        assert [rolled_up(reported)[unit] for unit in (TOWN, STREET, MINE)] == [2, 3, 1]
    assert reported.houses() == {TOWN: 2, STREET: 3, MINE: 1}


def test_a_return_under_the_new_name_supersedes_the_one_under_the_former(reported: Office) -> None:
    rename(reported)
    reported.receive(f"{GREENSTONE}.xlsx", [[f"填报单位：{STREET}"], *ledger(GREENSTONE, {}, {}, {}, {})[1:]])
    assert reported.summary()["county"]["counts"]["surveyed"] == 7
    assert reported.houses() == {TOWN: 2, STREET: 4, MINE: 1}


def test_the_unit_keeps_its_past(reported: Office) -> None:
    """A house of the week before that is no longer there is missed under the new name, too (T501)."""
    path = reported.inbox / f"{GREENSTONE}.xlsx"
    reported.run("aggregate", path, "--county", reported.folder, "--period", BEFORE)
    rename(reported)
    reported.receive(path.name, ledger(GREENSTONE, {}, {}))
    missing = [
        problem["value"]
        for file in reported.validate("--format", "json").json["files"]
        for problem in file["problems"]
        if problem["code"] == "T501"
    ]
    assert missing == ["YS1003"]


@pytest.mark.parametrize("whose", [GREENSTONE, "云水县"])
def test_what_was_printed_and_signed_under_the_former_name_stays(county: Office, whose: str) -> None:
    report(county, *PAPERS)
    for form in PAPERS:
        words = ("--form", form, "--unit", whose, "--by", "王志远", "--on", "2024-06-07")
        county.run("sign", *words, "--county", county.folder, "--period", PERIOD)
    rename(county)
    found = board(county)
    signatures = found["signatures"] if whose == "云水县" else found["units"][1]["signatures"]
    assert [signature["changed"] for signature in signatures] == [False, False]
    assert found["units"][1]["signed"] == (whose == GREENSTONE)
    for title in ("附件1", "附件2"):
        assert verify(county, made(county, f"{title}_{whose}.xlsx")).code == 0


def test_a_name_that_the_roster_does_not_know_is_told_everywhere_and_counted_nowhere(
    reported: Office,
) -> None:
    """The former name was not put into `aliases`: its rows are in no figure, and nobody can overlook it."""
    rename(reported, aliases="")
    reported.receive(f"{GREENSTONE}.xlsx", [[f"填报单位：{STREET}"], *ledger(GREENSTONE, {}, {}, {})[1:]])
    ran = reported.aggregate()
    told = f"数据错误 F008 台账中有「{GREENSTONE}」{PERIOD} 的报表（3 行），这个单位不在本县名单中"
    assert ran.code == 1
    assert told in "".join(ran.out.splitlines())
    summary = reported.summary()
    assert summary["county"]["counts"]["surveyed"] == 6
    assert GREENSTONE not in rolled_up(reported)
    assert any(told[10:] in str(figures) for figures in rolled_up(reported))
    assert ("F008", GREENSTONE) in {(problem["code"], problem["unit"]) for problem in summary["reporting"]}
    shown = reported.run("status", "--county", reported.folder, "--period", PERIOD)
    assert told in "".join(shown.out.splitlines())
    surveyed, text, code = weekly(reported)
    assert (surveyed, code) == (6, 1)
    assert f"台账中还有{GREENSTONE}的报表，不在填报单位名单中，以下各数都没有计入。" in text
    report(reported, "attachment-2")
    book = openpyxl.load_workbook(made(reported, "附件2_云水县.xlsx"))
    said = "".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value)
    assert f"不在名单中、没有计入：{GREENSTONE}" in said


def test_putting_the_former_name_into_the_aliases_cures_it(reported: Office) -> None:
    rename(reported, aliases="")
    reported.receive(f"{GREENSTONE}.xlsx", [[f"填报单位：{STREET}"], *ledger(GREENSTONE, {}, {}, {})[1:]])
    reported.aggregate()
    rename(reported)
    assert weekly(reported)[0] == 6
    assert reported.aggregate().code == 0
    assert weekly(reported)[0] == 6
    assert reported.houses() == {TOWN: 2, STREET: 3, MINE: 1}


def test_who_compares_two_weeks_is_told_what_is_in_neither(reported: Office) -> None:
    reported.run("aggregate", reported.inbox, "--county", reported.folder, "--period", BEFORE)
    rename(reported, aliases="")
    ran = reported.run("diff", BEFORE, PERIOD, "--county", reported.folder, "--format", "json")
    assert GREENSTONE in ran.json["left_out"]
    assert ran.json["county"]["attachment-2"]["counts"]["surveyed"]["before"] == 3


def test_a_merger_with_a_unit_that_had_not_reported_is_no_increase(office: Office) -> None:
    """Of 石岭矿区管理处, which became part of 青石镇, the week before tells nothing: its houses are not new."""
    for period, units in ((BEFORE, (TOWN, GREENSTONE)), (PERIOD, (TOWN, STREET))):
        if period == PERIOD:
            rename(office, f'aliases = ["{GREENSTONE}", "{MINE}"]')
            office.change_settings(f'[[units]]\nname = "{MINE}"\n', "")
        for unit in units:
            houses = ledger(GREENSTONE if unit == STREET else unit, *[{}] * (5 if unit == STREET else 2))
            path = office.receive(f"../{period}/{unit}.xlsx", [[f"填报单位：{unit}"], *houses[1:]])
        office.run("aggregate", path.parent, "--county", office.folder, "--period", period)
    surveyed, text, _ = weekly(office)
    assert surveyed == 7
    assert "累计排查自建房7栋（与上期持平）" in text
    assert f"{STREET}由几个单位合并而成，其中{MINE}只有一期有数，不作比较。" in text
    compared = json.loads((office.out / "weekly.json").read_bytes())["compared_with"]
    assert (compared["units"], compared["parts_told_once"]) == ([TOWN], {STREET: [MINE]})
    diff = ("diff", BEFORE, PERIOD, "--county", office.folder)
    assert f"{STREET}（{MINE}）" in office.run(*diff).out
    assert office.run(*diff, "--format", "json").json["parts_told_once"] == {STREET: [MINE]}
