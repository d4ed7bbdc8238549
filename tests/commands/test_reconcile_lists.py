"""`zjf reconcile --lists`: the 扶贫 list against the 住建 list, on the screen, as JSON and as a workbook."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.commands.office import Office, Ran
from tests.sheets import parse, workbook
from zjf.intake.sheets.own_lists import is_own_list

FIRST = """
    | 户编号 | 所属乡镇 | 村（社区） | 户主姓名 | 证件号码           | 类别   | 结构类型 | 仍住危房 |
    | H1     | 城关街道 | 东村       | 赵一     | 990101199001015135 | 低保户 | 砖混结构 | 否       |
    | H2     | 城关街道 | 东村       | 钱二     |                    | 低保户 | 砖混结构 | 否       |
    | H3     | 青石镇   | 南村       | 孙三     |                    | 低保户 | 土木结构 | 否       |
    | H4     | 青石镇   | 南村       | 李四     | 990101199001015136 | 低保户 | 土木结构 | 否       |
"""
SECOND = """
    | 户编号 | 所属乡镇 | 村（社区） | 户主姓名 | 证件号码           | 类别   | 结构类型 | 仍住危房 |
    | Z1     | 城关街道 | 西村       | 赵壹     | 990101199001015135 | 低保户 | 砖混结构 | 是       |
    | Z2     | 城关街道 | 东村       | 钱二     | 990101198001010014 | 五老   | 砖混结构 |          |
    | Z3     | 青石镇   | 南村       | 李四     |                    | 低保户 | 土木结构 | 否       |
    | Z5     | 青石镇   | 北村       | 周五     |                    | 低保户 | 土木结构 | 否       |
"""


@pytest.fixture
def lists(office: Office) -> Office:
    """赵一 has one number in both lists; 钱二 and 李四 are in both by name; the others in one only."""
    return put(office, FIRST, SECOND)


def put(office: Office, first: str, second: str) -> Office:
    for name, sheet in (("扶贫.xlsx", first), ("住建.xlsx", second)):
        (office.folder / name).write_bytes(workbook(parse(sheet)[0]))
    return office


def compare(office: Office, *arguments: str | Path) -> Ran:
    names = (office.folder / "扶贫.xlsx", office.folder / "住建.xlsx")
    return office.run("reconcile", "--lists", *names, "--county", office.folder, *arguments)


def said(office: Office, *arguments: str) -> dict[str, Any]:
    return compare(office, "--format", "json", *arguments).json


def numbers(document: dict[str, Any], key: str) -> list[str]:
    return [household["household_no"] for household in document[key]]


def test_households_are_found_by_number_else_by_name_and_village(lists: Office) -> None:
    document = said(lists)
    assert (document["schema"], document["first"]) == ("zjf.household-lists/1", "扶贫.xlsx")
    assert (numbers(document, "only_first"), numbers(document, "only_second")) == (["H3"], ["Z5"])
    assert (document["unsure_first"], document["unsure_second"]) == ([], [])


def test_fields_that_differ_are_named_with_their_rows(lists: Office) -> None:
    differences = [
        (one["heading"], one["first"], one["second"], one["first_row"], one["second_row"])
        for one in said(lists, "--show-personal")["differences"]
    ]
    assert differences == [
        ("户主姓名", "赵一", "赵壹", "第2行", "第2行"),
        ("仍住危房", "否", "是", "第2行", "第2行"),
        ("类别", "低保户", "优抚对象和革命五老", "第3行", "第3行"),
    ]


def test_each_township_has_its_sums(lists: Office) -> None:
    town, greenstone = said(lists)["townships"]
    assert (town["township"], town["both"], town["differing"]) == ("城关街道", 2, 2)
    assert (greenstone["both"], greenstone["only_first"], greenstone["only_second"]) == (1, 1, 1)
    assert all(
        row["first"] == row["both"] + row["only_first"] + row["unsure_first"] for row in (town, greenstone)
    )


def test_numbers_that_are_none_are_said_and_personal_data_is_masked(lists: Office) -> None:
    document = said(lists)
    assert numbers(document, "unreadable_first") == ["H4"]
    text = compare(lists).out
    assert "甲表证件号码有误 1 户" in text
    assert "李四" not in text
    assert "990101199001015135" not in compare(lists, "--format", "json").out
    assert "李四" in compare(lists, "--show-personal").out


def test_only_what_was_not_read_is_a_fault_of_a_list(office: Office) -> None:
    wrong = put(
        office, FIRST.replace("土木结构 | 否       |\n    | H4", "土木     | 不详     |\n    | H4"), SECOND
    )
    ran = compare(wrong, "--format", "json")
    assert ran.code == 1
    assert [what for what in ran.json["unread"] if "仍住危房" in what]
    assert compare(put(office, SECOND, SECOND)).code == 0
    of_one_unit = f"| 填报单位：青石镇 |\n{SECOND.lstrip()}"
    assert said(put(office, SECOND, of_one_unit))["unread"] == [], "households of another unit were compared"


def test_who_may_be_one_of_several_is_not_chosen(office: Office) -> None:
    twice = SECOND + SECOND.splitlines()[4].replace("Z3", "Z4") + "\n"
    document = said(put(office, FIRST, twice))
    assert (numbers(document, "unsure_first"), numbers(document, "unsure_second")) == (["H4"], ["Z3", "Z4"])


def test_two_numbers_are_two_households_though_their_names_are_one(office: Office) -> None:
    other = SECOND.replace("| 990101199001015135", "| 990101198001010014").replace(
        "西村       | 赵壹", "东村       | 赵一"
    )
    document = said(put(office, FIRST, other))
    assert (numbers(document, "only_first"), numbers(document, "only_second")) == (["H1", "H3"], ["Z1", "Z5"])


def test_a_village_left_out_decides_nothing(office: Office) -> None:
    document = said(put(office, FIRST, SECOND.replace("| 南村       | 李四", "|            | 李四")))
    assert (numbers(document, "unsure_first"), numbers(document, "unsure_second")) == (["H4"], ["Z3"])


def test_a_list_against_itself_differs_nowhere(office: Office) -> None:
    document = said(put(office, FIRST, FIRST))
    assert [document[key] for key in ("only_first", "only_second", "differences")] == [[], [], []]


def test_the_workbook_has_a_sheet_for_each_list(lists: Office) -> None:
    compare(lists, "--format", "xlsx", "-o", lists.folder / "比对")
    path = lists.folder / "比对" / "困难群众名单比对.xlsx"
    assert is_own_list(path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[:5] == ["分乡镇统计", "填写不一致", "没有读出的", "只在甲表", "只在乙表"]
    assert "城关街道" in [row[0] for row in book["分乡镇统计"].iter_rows(values_only=True)]


def test_it_takes_two_lists(lists: Office) -> None:
    ran = lists.run("reconcile", "--lists", lists.folder / "扶贫.xlsx", "--county", lists.folder)
    assert (ran.code, "两份清单" in ran.err) == (2, True)


def test_a_damaged_list_is_said_to_be_damaged(lists: Office) -> None:
    """It may hold the right table; its headings are not to blame."""
    path = lists.folder / "住建.xlsx"
    path.write_bytes(path.read_bytes()[:2000])
    compared = compare(lists)
    assert compared.code == 3
    assert "住建.xlsx：文件已损坏" in compared.err


def test_nobody_is_named_by_the_name_of_a_list(office: Office) -> None:
    named, other = office.folder / "赵一13900001234报.xlsx", office.folder / "住建.xlsx"
    for path, sheet in ((named, FIRST), (other, SECOND)):
        path.write_bytes(workbook(parse(sheet)[0]))
    ran = office.run("reconcile", "--lists", named, other, "--format", "json", "--county", office.folder)
    assert (ran.json["first"], ran.json["second"]) == ("赵*13*******34报.xlsx", "住建.xlsx")
