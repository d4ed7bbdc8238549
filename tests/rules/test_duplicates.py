"""The same house, village or problem twice, in a table, a workbook, two files; the same return twice (D401–D404)."""

from pathlib import Path

import pytest

from tests.intake.messy import NO_TOTAL, assert_sheet
from tests.sheets import A_PLAIN_HOUSE, Cells, Finding, check, found_in, workbook
from zjf.checking.across_returns import check_together
from zjf.checking.one_return import CheckedReturn
from zjf.problems import CATALOGUE

TOWN, VILLAGE = "城关街道", "青石镇"
REVIEWS = ["总量"] + [
    f"{kind}自建房{heading}"
    for kind in ("经营性", "非经营性")
    for heading in ("数量", "经专业技术人员现场复核数量", "存在安全隐患数量", "工程措施整治数量")
]
"""The headings of 附件1."""


def ledger(unit: str, *house_ids: str, owner: str = "赵{number}") -> Cells:
    """A ledger whose header is in row 2; each house at an address of its own."""
    texts = {**A_PLAIN_HOUSE, "产权人": owner}
    _, *cells = texts.values()
    rows = [[name, *(text.format(number=row) for text in cells)] for row, name in enumerate(house_ids, 1)]
    return [[f"填报单位：{unit}"], list(texts), *rows]


def together(
    *files: bytes, names: tuple[str, ...] = ("一.xlsx", "二.xlsx", "三.xlsx")
) -> list[CheckedReturn]:
    returns = [check(data, name) for data, name in zip(files, names, strict=False)]
    for each, name in zip(returns, names, strict=False):
        each.path = Path(name)
    check_together(returns)
    return returns


def findings(*files: bytes) -> list[set[Finding]]:
    return [found_in(checked) for checked in together(*files)]


def test_one_number_twice_in_a_table_is_marked_at_the_later() -> None:
    checked = assert_sheet(
        """
        | 房屋编号      | 产权人 |
        | YS1           | 赵一   |
        | YS2           | 钱二   |
        | YS1 [D401]    | 孙三   |
        | ys 1 [D401]   | 李四   |
        | YS11          | 周五   |
        """,
        ledger_header=1,
    )
    faults = [problem for problem in checked.problems if problem.code == "D401"]
    assert all("与 A2 重复" in fault.message for fault in faults)
    assert checked.rejected_rows(checked.tables[0]) == {4, 5}


def test_a_sheet_all_of_whose_houses_stand_on_another_is_told_to_go() -> None:
    checked = check(
        workbook(*(ledger(TOWN, *ids) for ids in (("YS1", "YS2", "YS3"), ("YS1", "YS2"), ("YS3",))))
    )
    hints = {problem.sheet: problem.hint for problem in checked.problems if problem.code == "D401"}
    assert "「Sheet2」各行的房屋编号在「Sheet1」里都有" in hints["Sheet2"]
    assert hints["Sheet3"] == CATALOGUE["D401"].remedy  # one house twice may be a slip


def test_an_unreadable_or_blank_number_is_no_duplicate() -> None:
    assert_sheet(
        """
        | 房屋编号                 | 产权人 | 房屋地址 |
        | =2024000000000012 [C110] | 赵一   | 东村1号  |
        | =2024000000000012 [C110] | 钱二   | 东村2号  |
        | [C101]                   | 孙三   | 东村3号  |
        | [C101]                   | 李四   | 东村4号  |
        """,
        ledger_header=1,
    )


def test_a_number_merged_down_over_two_rows() -> None:
    checked = assert_sheet(
        """
        | 产权人 | 房屋编号   | 地上层数 |
        | 赵一   | YS1 [D401] | 2        |
        | 钱二   |            | 2        |
        """,
        ledger_header=1,
        merges=["B2:B3"],
    )
    assert checked.rejected_rows(checked.tables[0]) == {3}


def attachment(unit: str, *, rows: int = 1) -> Cells:
    """附件1 of one unit: its header is in row 2, and it should have one row."""
    return [[f"填报单位：{unit}"], REVIEWS, *(["=0"] * 9 for _ in range(rows))]


def test_last_weeks_sheet_left_in_a_workbook() -> None:
    """Both would be added up; which of them holds, nobody can know."""
    data = workbook(attachment(TOWN), attachment(TOWN), names=["附件1", "上周"])
    checked = check(data)
    assert [(problem.code, problem.sheet, problem.cells) for problem in checked.problems] == [
        ("D404", "附件1", ("A3", "A1")),
        ("D404", "上周", ("A3", "A1")),
    ]
    assert "另见 上周!A3" in checked.problems[0].message
    assert [checked.rejected_rows(table) for table in checked.tables] == [{3}, {3}]


def test_an_attachment_with_its_row_twice() -> None:
    checked = check(workbook(attachment(TOWN, rows=3)))
    assert sorted(found_in(checked)) == [("D404", "A3"), ("D404", "A4"), ("D404", "A5")]
    assert "有 3 行，另见 A4、A5。" in checked.problems[0].message


def test_one_unit_on_two_lines_of_a_roll_up() -> None:
    lines = [[unit, *["=0"] * 9] for unit in (TOWN, VILLAGE, "城关街道办")]
    checked = check(workbook([["乡镇（街道）", *REVIEWS], *lines]), "汇总.xlsx")
    assert found_in(checked) == {("D404", "A2"), ("D404", "A4")}
    assert checked.rejected_rows(checked.tables[0]) == {2, 4}


def test_a_roll_up_and_a_units_own_sheet_in_one_workbook() -> None:
    roll_up = [["乡镇（街道）", *REVIEWS], [TOWN, *["=0"] * 9], [VILLAGE, *["=0"] * 9]]
    checked = check(workbook(roll_up, attachment(TOWN)), "汇总.xlsx")
    assert [(problem.code, problem.sheet, problem.cell) for problem in checked.problems] == [
        ("D404", "Sheet1", "A2"),
        ("D404", "Sheet2", "A3"),
    ]


def test_each_unit_has_its_own_sheet_and_each_form_its_own_row() -> None:
    other_form = ledger(TOWN, "YS1")
    assert not found_in(check(workbook(attachment(TOWN), attachment(VILLAGE), other_form)))


def test_one_village_twice_in_a_sweep_table() -> None:
    assert_sheet(
        """
        | 填报单位：城关街道 |                |          |          |                    |              |          |                  |                    |
        | 行政村             | 错漏排专项核查 |          |          | “三类重点”全面复核 |              |          | 安全鉴定专项抽查 |                    |
        |                    | 共核查房屋     | 错排房屋 | 漏排房屋 | 共核查房屋         | 发现隐患房屋 | 整改完成 | 共核查           | 发现安全鉴定不合格 |
        | 东村               | =1             | =1       | =1       | =1                 | =1           | =1       | =1               | =1                 |
        | 西村               | =1             | =1       | =1       | =1                 | =1           | =1       | =1               | =1                 |
        | 东 村 [D401]       | =1             | =1       | =1       | =1                 | =1           | =1       | =1               | =1                 |
    """,
        also=NO_TOTAL,
    )


def test_villages_of_one_name_in_two_townships() -> None:
    assert_sheet(
        """
        | 乡镇（街道） | 行政村      | 错漏排专项核查 |          |          | “三类重点”全面复核 |              |          | 安全鉴定专项抽查 |                    |
        |              |             | 共核查房屋     | 错排房屋 | 漏排房屋 | 共核查房屋         | 发现隐患房屋 | 整改完成 | 共核查           | 发现安全鉴定不合格 |
        | 城关街道     | 东村        | =1             | =1       | =1       | =1                 | =1           | =1       | =1               | =1                 |
        | 青石镇       | 东村        | =1             | =1       | =1       | =1                 | =1           | =1       | =1               | =1                 |
        | 青石镇       | 东村 [D401] | =1             | =1       | =1       | =1                 | =1           | =1       | =1               | =1                 |
        """,
        name="汇总.xlsx",
        also=NO_TOTAL,
    )


def test_one_problem_on_three_rows() -> None:
    checked = assert_sheet("""
        | 填报单位：城关街道 |                |          |            |            |
        | 问题编号           | 来源           | 问题描述 | 发现日期   | 是否确认   |
        | W001               | 县级检查       | 裂缝     | 2024-04-01 | 是         |
        | W002               | 县级检查       | 裂缝     | 2024-04-01 | 是         |
        | w001 [D401]        | 县级检查       | 裂缝二   | 2024-04-02 | 否         |
        | W001 [D401]        | 县级检查       | 裂缝     | 2024-04-01 | 是         |
    """)
    assert "问题编号「W001」与 A3 重复" in next(
        problem.message for problem in checked.problems if problem.code == "D401"
    )


def test_a_house_may_be_checked_again_on_another_day() -> None:
    checked = assert_sheet("""
        | 填报单位：城关街道 |            |            |          |        |
        | 房屋编号           | 抽查日期   | 原结论     | 抽查结论 | 抽查人 |
        | YS1                | 2024-05-06 | 无隐患     | 无误     | 周工   |
        | YS1                | 2024-05-07 | 无隐患     | 无误     | 周工   |
        | YS1 [D401]         | 2024/5/6   | 无隐患     | 错排     | 吴工   |
    """)
    (fault,) = (problem for problem in checked.problems if problem.code == "D401")
    assert (fault.cells, fault.value) == (("A5", "B5"), "YS1、2024-05-06")


def test_over_all_the_sheets_of_a_workbook() -> None:
    checked = check(workbook(ledger(TOWN, "YS1", "YS2"), ledger(TOWN, "YS3", "YS1", owner="钱{number}")))
    (fault,) = checked.problems
    assert (fault.code, fault.sheet, fault.cell) == ("D401", "Sheet2", "A4")
    assert "Sheet1!A3" in fault.message


def test_two_units_in_one_workbook_both_have_the_house() -> None:
    (both,) = together(workbook(ledger(TOWN, "YS1"), ledger(VILLAGE, "YS1")))
    assert [(problem.code, problem.sheet, problem.cell) for problem in both.problems] == [
        ("D402", "Sheet1", "A3"),
        ("D402", "Sheet2", "A3"),
    ]


def test_two_units_in_two_files_both_have_the_house() -> None:
    town, village = together(workbook(ledger(TOWN, "YS1", "YS2")), workbook(ledger(VILLAGE, "YS8", "YS1")))
    assert (found_in(town), found_in(village)) == ({("D402", "A3")}, {("D402", "A4")})
    assert "青石镇" in town.problems[0].message
    assert "二.xlsx A4" in town.problems[0].message
    assert town.rejected_rows(town.tables[0]) == {3}
    assert village.rejected_rows(village.tables[0]) == {4}


def test_a_house_of_a_unit_that_nobody_knows_accuses_nobody() -> None:
    town, lost = together(workbook(ledger(TOWN, "YS1")), workbook(ledger("不知何处", "YS1")))
    assert (found_in(town), found_in(lost)) == (set(), {("F008", "A1")})


def test_one_owner_at_one_address_under_two_numbers() -> None:
    checked = assert_sheet(
        """
        | 房屋编号 | 产权人      | 房屋地址 |
        | YS1      | 赵一        | 东村1号  |
        | YS2      | 赵一 [D403] | 东村1号  |
        | YS3      | 赵　一 [D403] | 东村１号 |
        | YS4      | 赵一        | 东村2号  |
        | YS5      | 钱二        | 东村1号  |
        """,
        ledger_header=1,
    )
    assert checked.rejected_rows(checked.tables[0]) == set()
    assert "YS1、YS2" in next(problem.message for problem in checked.problems if problem.code == "D403")


def test_nobody_at_no_address_is_no_owner_of_two_houses() -> None:
    assert_sheet(
        """
        | 房屋编号 | 产权人 | 房屋地址 |
        | YS1      | [C101] | 东村1号  |
        | YS2      | [C101] | 东村1号  |
        | YS3      | 赵一   | [C101]   |
        | YS4      | 赵一   | [C101]   |
        """,
        ledger_header=1,
    )


def test_two_different_files_of_one_unit() -> None:
    first, second = together(workbook(ledger(TOWN, "YS1", "YS2")), workbook(ledger(TOWN, "YS1")))
    assert (found_in(first), found_in(second)) == ({("D404", "")}, {("D404", "")})
    assert "二.xlsx" in first.problems[0].message
    assert first.rejected_rows(first.tables[0]) == {3, 4}


def test_many_files_of_one_unit_name_a_few_of_the_others() -> None:
    names = tuple(f"{number}组.xlsx" for number in range(9))
    files = [workbook(ledger(TOWN, f"YS{number}")) for number in range(9)]
    for checked in together(*files, names=names):
        (problem,) = checked.problems
        assert (problem.code, "等 8 份" in problem.message) == ("D404", True)
        assert len([name for name in names if name in problem.message]) < 8


def test_a_copy_of_a_file_is_pointed_out_and_counted_as_well() -> None:
    data = workbook(ledger(TOWN, "YS1"))
    first, copy = together(data, data)
    assert found_in(first) == set()
    assert [(problem.code, problem.severity.value) for problem in copy.problems] == [("D404", "warning")]


def test_different_forms_of_one_unit_in_two_files_belong_together() -> None:
    attachment = workbook([[f"填报单位：{TOWN}"], REVIEWS, ["=0"] * 9])
    assert findings(workbook(ledger(TOWN, "YS1")), attachment) == [set(), set()]


def test_a_roll_up_beside_a_units_own_attachment_says_the_same_thing_twice() -> None:
    own = workbook([[f"填报单位：{TOWN}"], REVIEWS, ["=0"] * 9])
    roll_up = workbook([["乡镇（街道）", *REVIEWS], [TOWN, *["=0"] * 9], [VILLAGE, *["=0"] * 9]])
    assert findings(own, roll_up) == [{("D404", "")}, {("D404", "")}]


def test_houses_of_different_units_and_numbers_leave_each_other_alone() -> None:
    assert findings(workbook(ledger(TOWN, "YS1")), workbook(ledger(VILLAGE, "YS2"))) == [set(), set()]


@pytest.mark.parametrize(("merged", "rows"), [("A3:A4", [4]), ("A3:A5", [4, 5]), ("A4:A6", [5, 6])])
def test_a_number_merged_down_over_houses_is_one_problem_at_its_anchor(merged: str, rows: list[int]) -> None:
    headings = list(A_PLAIN_HOUSE)
    houses = [[A_PLAIN_HOUSE[name].format(number=number) for name in headings] for number in range(1, 6)]
    for row in rows:
        houses[row - 3][0] = ""
    checked = check(workbook([["填报单位：城关街道"], headings, *houses], merges=[merged]))
    (said,) = [problem for problem in checked.problems if problem.code == "D401"]
    anchor = merged.partition(":")[0]
    assert (said.cell, said.cells) == (anchor, (anchor, *(f"A{row}" for row in rows)))
    assert checked.rejected_rows(checked.tables[0]) == set(rows)
