"""Whose table it is: 填报单位, the title, the township column, the file's name."""

import pytest

from tests.intake.messy import assert_sheet, column
from tests.sheets import A_PLAIN_HOUSE, COUNTY, check, found_in, parse, workbook
from zjf.unit_names import Roster

SWEEP = """
    | {note}   |                |          |          |                    |              |          |                  |                    |
    | 行政村   | 错漏排专项核查 |          |          | “三类重点”全面复核 |              |          | 安全鉴定专项抽查 |                    |
    |          | 共核查房屋     | 错排房屋 | 漏排房屋 | 共核查房屋         | 发现隐患房屋 | 整改完成 | 共核查           | 发现安全鉴定不合格 |
    | 东村     | =1             | =1       | =1       | =1                 | =1           | =1       | =1               | =1                 |
"""


@pytest.mark.parametrize(
    "note",
    [
        "填报单位：青石镇",
        "填报单位:青石镇",
        "填 报 单 位 ： 青石镇　　填报人：周文　　联系方式：0571-88880000　　填报时间：2024年6月5日　　单位：栋",
        "填报单位（盖章）：青石镇",
        "填报单位：青石镇（盖章）",
        "填报单位：云水县青石镇",
        "（填报单位：青石镇）",
        "上报单位：青石镇",
        "云水县青石镇集中摸排情况表",
        "青石镇",
        "填报单位：青石镇，填报人：周文，填报时间：2024年6月5日",
        "填报单位：青石镇；填报人：周文",
        "填报单位：青石镇、填报时间：2024.6.5",
        "填报单位：青石镇。",
        "填报单位：青石镇（零报）",
        "填报单位：青石镇（共5栋）",
        "填报单位：青石镇（零星上报的除外）",
        "填报单位：青石镇|填报人：周文",
        "填报单位：【青石镇】",
        "填报单位：“青石镇”",
        "填报单位：__青石镇__",
        "填报单位：青石镇    2024年6月5日",
        "填报单位：青石镇 联系人：周文 电话：0571-88880000",
    ],
)
def test_ways_to_say_whose_table_it_is(note: str) -> None:
    checked = assert_sheet(SWEEP.format(note=note), name="报表.xlsx")
    assert checked.tables[0].unit == "青石镇"


def test_what_sets_notes_apart_is_no_part_of_them() -> None:
    note = "填报单位：青石镇，填报人：周文；联系方式：0571-88880000、填报时间：2024年6月5日。"
    assert assert_sheet(SWEEP.format(note=note)).tables[0].notes.by_name == {
        "unit": "青石镇",
        "reporter": "周文",
        "contact": "0571-88880000",
        "filled_on": "2024年6月5日",
    }


@pytest.mark.parametrize(
    "note",
    ["填报单位：青石镇（零报）", "填报单位： | 青石镇（零报告）", "填报单位：青石镇 填报人：周文（零报）"],
)
def test_a_nil_return_said_behind_the_unit(note: str) -> None:
    header = SWEEP.format(note=note).strip().splitlines()[:3]
    checked = assert_sheet("\n".join(header), name="报表.xlsx")
    assert (checked.tables[0].nil, checked.tables[0].unit) == (True, "青石镇")


def test_an_instruction_behind_the_unit_is_no_nil_return() -> None:
    header = SWEEP.format(note="填报单位：青石镇（没有的请填“零报”）").strip().splitlines()[:3]
    checked = assert_sheet("\n".join(header), name="报表.xlsx", also=[("F009", "")])
    assert checked.tables[0].unit == "青石镇"


def test_a_unit_whose_name_ends_in_brackets_keeps_them() -> None:
    roster = Roster((("石岭管理处（筹）", ()), ("石岭管理处", ())), "云水县")
    sheet = SWEEP.format(note="填报单位：石岭管理处（筹）")
    assert assert_sheet(sheet, roster=roster).tables[0].unit == "石岭管理处（筹）"
    assert assert_sheet(sheet, roster=Roster()).tables[0].unit == "石岭管理处（筹）"


def test_notes_in_several_cells() -> None:
    checked = assert_sheet(
        """
        | 填报单位： | 青石镇 |  | 填报人： | 周文 | 联系方式： | =13500000000 | 填报时间： | =2024-06-05 |
        """
        + SWEEP.format(note=""),
        name="报表.xlsx",
    )
    assert checked.tables[0].notes.by_name == {
        "unit": "青石镇",
        "reporter": "周文",
        "contact": "13500000000",
        "filled_on": "2024-06-05",
    }


def test_notes_without_colons_beside_what_they_say() -> None:
    checked = assert_sheet("| 填报单位 | 青石镇 | 填报人 | 周文 |" + SWEEP.format(note=""), name="报表.xlsx")
    assert checked.tables[0].notes.by_name["reporter"] == "周文"


def test_an_alias_is_the_unit() -> None:
    checked = assert_sheet(SWEEP.format(note="填报单位：城关街道办事处"), name="报表.xlsx")
    assert checked.tables[0].unit == "城关街道"


def test_a_unit_that_is_not_in_the_roster_is_not_guessed_but_the_nearest_is_named() -> None:
    checked = assert_sheet(SWEEP.format(note="填报单位：城官街道 [F008]"), name="城关街道.xlsx")
    assert "城关街道" in checked.problems[0].hint
    assert checked.rejected_rows(checked.tables[0]) == {4}


@pytest.mark.parametrize(
    ("office", "unit"),
    [
        ("青石镇", "青石镇"),
        ("城关街道办事处", "城关街道"),
        ("云水县城关街道办事处（章）", "城关街道"),
        ("青石镇人民政府（盖章）", "青石镇"),
    ],
)
def test_the_office_that_signs_below_is_the_unit(office: str, unit: str) -> None:
    cells, _ = parse(SWEEP.format(note=""))
    below = [["总计", *["=1"] * 8], [*[""] * 5, office], [*[""] * 5, "2024年6月5日"]]
    checked = check(workbook([*cells, *below]), "报表.xlsx")
    assert (checked.tables[0].unit, found_in(checked)) == (unit, set())


def test_the_file_name_is_the_last_resort() -> None:
    assert_sheet(SWEEP.format(note=""), name="青石镇第23周.xlsx", also=[("F013", "")])


def test_nobody_says_whose_table_it_is() -> None:
    assert_sheet(SWEEP.format(note=""), name="报表.xlsx", also=[("F008", "")])


def test_one_township_in_the_column_is_the_tables_unit() -> None:
    cells, _ = parse("""
        | 乡镇（街道） | 总量 | 经营性自建房 |                            |                  |                  | 非经营性自建房 |                            |                  |                  |
        |              |      | 数量         | 经专业技术人员现场复核数量 | 存在安全隐患数量 | 工程措施整治数量 | 数量           | 经专业技术人员现场复核数量 | 存在安全隐患数量 | 工程措施整治数量 |
        | 青石镇       | =2   | =1           | =1                         | =1               | =1               | =1             | =1                         | =1               | =1               |
    """)
    checked = check(workbook(cells), "报表.xlsx")
    assert (found_in(checked), checked.tables[0].unit) == (set(), "青石镇")


@pytest.mark.parametrize(
    ("village", "columns", "unit"),
    [
        ("东村", {"乡镇（街道）": "青石镇"}, "青石镇"),
        ("东村村民委员会", {"乡镇（街道）": "青石镇"}, "青石镇"),
        ("东村", {"乡镇（街道）": ""}, None),
        ("西村", {"乡镇（街道）": "青石镇"}, None),
    ],
    ids=["named in the rows", "its committee", "named by the file alone", "another village"],
)
def test_the_village_of_all_rows_as_the_unit(village: str, columns: dict[str, str], unit: str | None) -> None:
    plain = A_PLAIN_HOUSE | columns
    rows = [[text.format(number=number) for text in plain.values()] for number in (1, 2)]
    checked = check(workbook([["自建房台账"], [f"填报单位：{village}"], [*plain], *rows]), "城关街道.xlsx")
    assert [table.unit for table in checked.tables] == [unit]
    assert ("F008" in {problem.code for problem in checked.problems}) is (unit is None)


def test_a_roll_up_has_a_row_for_each_unit() -> None:
    checked = assert_sheet(
        """
        | 填报单位：云水县住建局 |      |              |                            |                  |                  |                |                            |                  |                  |
        | 乡镇（街道）           | 总量 | 经营性自建房 |                            |                  |                  | 非经营性自建房 |                            |                  |                  |
        |                        |      | 数量         | 经专业技术人员现场复核数量 | 存在安全隐患数量 | 工程措施整治数量 | 数量           | 经专业技术人员现场复核数量 | 存在安全隐患数量 | 工程措施整治数量 |
        | 城关街道办             | =2   | =1           | =1                         | =1               | =1               | =1             | =1                         | =1               | =1               |
        | 青石镇                 | =4   | =2           | =1                         | =1               | =1               | =2             | =1                         | =1               | =1               |
        | 石岭矿山处 [C104]      | =4   | =2           | =1                         | =1               | =1               | =2             | =1                         | =1               | =1               |
        | [C101]                 | =4   | =2           | =1                         | =1               | =1               | =2             | =1                         | =1               | =1               |
        | 合计                   | =14  | =7           | =4                         | =4               | =4               | =7             | =4                         | =4               | =4               |
        """,
        name="汇总.xlsx",
    )
    assert (checked.tables[0].unit, checked.tables[0].units) == (None, ("城关街道", "青石镇"))
    assert checked.rejected_rows(checked.tables[0]) == {6, 7}


def test_a_row_of_another_unit() -> None:
    checked = assert_sheet(
        """
        | 填报单位：城关街道 |                |        |
        | 房屋编号           | 乡镇（街道）   | 产权人 |
        | YS1                | 城关街道办     | 赵一   |
        | YS2                | 云水县城关街道 | 钱二   |
        | YS3                | 青石镇 [C114]  | 孙三   |
        | YS4                |                | 李四   |
        """,
        ledger_header=2,
    )
    assert column(checked, "township") == ["城关街道", "城关街道", "青石镇", "城关街道"]
    assert checked.rejected_rows(checked.tables[0]) == {5}


def test_an_unknown_township_is_not_also_said_to_be_another_unit() -> None:
    assert_sheet(
        """
        | 填报单位：城关街道 |                 |        |
        | 房屋编号           | 乡镇（街道）    | 产权人 |
        | YS1                | 青石乡 [C104]   | 赵一   |
        """,
        ledger_header=2,
    )


def test_rows_of_several_units_and_nobody_to_answer_for_them() -> None:
    assert_sheet(
        """
        | 房屋编号 | 乡镇（街道） | 产权人 |
        | YS1      | 青石镇       | 赵一   |
        | YS2      | 城关街道     | 钱二   |
        | 填报单位：＿＿＿＿ |    |        |
        """,
        ledger_header=1,
        name="报表.xlsx",
        also=[("F008", "")],
    )


def test_without_a_roster_names_are_taken_as_written() -> None:
    roster = Roster()
    data = workbook(parse(SWEEP.format(note="填报单位：某某镇"))[0])
    assert check(data, roster=roster).tables[0].unit == "某某镇"
    data = workbook(parse(SWEEP.format(note="白云镇经营性自建房问题整改“百日攻坚”行动集中摸排情况表"))[0])
    assert check(data, roster=roster).tables[0].unit == "白云镇"
    nameless = check(workbook(parse(SWEEP.format(note=""))[0]), "白云镇.xlsx", roster=roster)
    assert (nameless.tables[0].unit, found_in(nameless)) == ("白云镇", {("F013", "")})


def test_without_a_roster_one_name_within_the_other_is_one_unit() -> None:
    assert_sheet(
        """
        | 填报单位：白云镇 |                    |        |
        | 房屋编号         | 乡镇（街道）       | 产权人 |
        | YS1              | 白云镇人民政府     | 赵一   |
        | YS2              | 黑山镇 [C114]      | 钱二   |
        """,
        ledger_header=2,
        roster=Roster(),
    )


def test_the_other_tables_of_a_workbook_say_whose_they_are() -> None:
    named, nameless = parse(SWEEP.format(note="填报单位：青石镇"))[0], parse(SWEEP.format(note=""))[0]
    nameless[-1][0] = "西村"
    checked = check(workbook(named, nameless), "报表.xlsx", roster=COUNTY)
    assert {table.unit for table in checked.tables} == {"青石镇"}
    assert found_in(checked) == set()


def sheets_named(*names: str, first: str = "") -> list[tuple[str | None, str]]:
    """The unit of each of several sheets of houses, and whether it is asked about."""
    houses = [
        [[note], list(A_PLAIN_HOUSE), [text.format(number=number) for text in A_PLAIN_HOUSE.values()]]
        for number, note in zip(range(1, len(names) + 1), [first, *[""] * len(names)], strict=False)
    ]
    checked = check(workbook(*houses, names=names), "城关街道.xlsx")
    asked = {problem.table: problem.code for problem in checked.problems if problem.code in ("F008", "F013")}
    return [(table.unit, asked.get(table.index, "")) for table in checked.tables]


def test_a_sheet_named_after_another_unit_is_not_the_files() -> None:
    """Else its houses would be counted for the unit in the file's name, or on the sheet in front."""
    assert sheets_named("城关街道", "青石镇") == [("城关街道", "F013"), ("青石镇", "F013")]
    assert sheets_named("台账", "青石镇6月", first="填报单位：城关街道") == [
        ("城关街道", ""),
        ("青石镇", "F013"),
    ]


def test_what_the_table_says_wins_over_the_sheets_name() -> None:
    assert sheets_named("青石镇", "台账", first="填报单位：城关街道") == [("城关街道", ""), ("城关街道", "")]
    assert sheets_named("台账", "城关街道二", first="填报单位：城关街道") == [
        ("城关街道", ""),
        ("城关街道", ""),
    ]
    assert sheets_named("Sheet1", "东村") == [("城关街道", "F013"), ("城关街道", "F013")]
