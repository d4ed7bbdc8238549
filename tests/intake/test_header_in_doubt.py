"""A header in doubt: headings that are unknown, missing, there twice, or of another form's."""

import pytest

from tests.intake.messy import NO_TOTAL, assert_sheet, column
from tests.intake.test_header import SWEEP
from tests.sheets import A_PLAIN_HOUSE, check, found_in, parse, workbook
from zjf.intake.a1 import a1
from zjf.schemas import FORMS
from zjf.schemas.kinds import Kind


def test_a_column_that_the_form_does_not_know_is_named_with_the_nearest_heading() -> None:
    checked = assert_sheet(
        """
        | 房屋编号 | 地上层数 | 建成年分 [F006] | 房屋层高 [F006] |
        | YS1      | 2        | 1998            | 3.2             |
        """,
        ledger_header=1,
    )
    hints = [problem.hint for problem in checked.problems if problem.code == "F006"]
    assert "建成年份" in hints[0]


def test_a_day_may_be_called_a_time() -> None:
    checked = assert_sheet(
        """
        | 房屋编号 | 地上层数 | 初判结论       | 初判时间   | 鉴定时间 |
        | YS1      | 2        | 未发现安全隐患 | 2024-03-05 |          |
        """,
        ledger_header=1,
    )
    assert [str(day) for day in column(checked, "judged_on")] == ["2024-03-05"]


@pytest.mark.parametrize(
    ("heading", "near"),
    [
        ("销号年月", "销号日期"),
        ("整改措施", "整治措施"),
        ("完成整治日期", "整治完成日期"),
        ("产权人姓名或单位名称", "产权人"),
        ("初步判断", "初判结论"),
        ("初判情况", "初判结论"),
        ("排查结果", "初判结论"),
        ("完成整治时间", "整治完成日期"),
        ("竣工日期", "整治完成日期"),
        ("所有权人", "产权人"),
        ("建筑层数", "地上层数"),
        ("结构类別", "结构类型"),
        ("結構類別", "结构类型"),
        ("產權所有人", "产权人"),
    ],
)
def test_the_nearest_heading_is_the_one_that_was_meant(heading: str, near: str) -> None:
    lacking = {name: text for name, text in A_PLAIN_HOUSE.items() if name != near}
    row = [text.format(number=1) for text in lacking.values()]
    checked = check(workbook([["填报单位：城关街道"], [*lacking, heading], [*row, ""]]))
    (hint,) = (problem.hint for problem in checked.problems if problem.code == "F006")
    assert f"「{near}」" in hint


def test_the_nearest_heading_goes_by_the_group_above() -> None:
    plain = [name for name in A_PLAIN_HOUSE if name != "复核结论"]
    row = [A_PLAIN_HOUSE[name].format(number=1) for name in plain]
    top, below = [*plain, "技术复核", "", ""], ["" for _ in plain] + ["复核结论", "日期", "人员"]
    checked = check(workbook([["填报单位：城关街道"], top, below, row]))
    hints = [problem.hint for problem in checked.problems if problem.code == "F006"]
    assert ["「复核日期」" in hints[0], "「复核人」" in hints[1]] == [True, True]


def test_a_ledger_of_one_house_whose_number_is_headed_otherwise_is_no_list_of_options() -> None:
    headings = ["房屋唯一编号", *[name for name in A_PLAIN_HOUSE if name != "房屋编号"]]
    row = [text.format(number=1) for text in A_PLAIN_HOUSE.values()]
    checked = check(workbook([["填报单位：城关街道"], headings, row]))
    assert found_in(checked, infos=True) == {("F005", ""), ("F006", "A2")}


def test_a_column_without_a_heading_is_not_passed_over_in_silence() -> None:
    assert_sheet(
        """
        | 房屋编号 | 产权人 | [F006] |
        | YS1      | 赵一   | 已拆   |
        """,
        ledger_header=1,
    )


def test_a_heading_merged_down_beside_the_groups_is_a_heading() -> None:
    cells, _ = parse("""
        | 填报单位：城关街道 |        |
        | 序号 | 网格 | 基本情况 |
        |      |      |
    """)
    cells[2] = ["", "", *A_PLAIN_HOUSE]
    rows = [[text.format(number=number) for text in A_PLAIN_HOUSE.values()] for number in (1, 2, 3)]
    numbered = [[str(number), "一", *row] for number, row in zip((1, 2, 1), rows, strict=True)]
    merges = ["A2:A3", "B2:B3", f"C2:{a1(1, len(A_PLAIN_HOUSE) + 1)}"]
    checked = check(workbook([*cells, *numbered], merges=merges))
    assert found_in(checked, infos=True) == {("F006", "B3")}


def test_row_numbers_need_no_heading() -> None:
    assert_sheet("|  | 房屋编号 |\n| =1 | YS1 |\n| =2 | YS2 |", ledger_header=1)


def test_a_required_column_that_is_missing_is_said_once_and_rejects_every_row() -> None:
    cells, _ = parse(SWEEP)
    without = [[cell for place, cell in enumerate(row) if place != 2] for row in cells]
    checked = check(workbook([*without, ["西村", *without[-1][1:]]]))
    assert found_in(checked) == {("F005", ""), *NO_TOTAL}
    assert checked.rejected_rows(checked.tables[0]) == {4, 5}


def test_columns_that_figures_are_counted_from_must_be_there_though_their_cells_may_be_blank() -> None:
    cells, _ = parse(
        "| 房屋编号 | 村（社区） | 房屋地址 | 产权人 | 是否经营性 | 地上层数 | 结构类型 |\n| YS1 | 东村 | 1号 | 赵一 | 否 | 2 | 砖混结构 |"
    )
    checked = check(workbook(cells))
    missing = [problem.heading for problem in checked.problems if problem.code == "F005"]
    assert missing == [
        *("初判结论", "复核结论", "鉴定等级", "整治措施", "整治完成日期", "销号日期", "销号方式"),
        *("销号后复核日期", "销号后复核结论"),
    ]


def test_a_heading_that_two_groups_have_is_not_guessed_without_its_group() -> None:
    cells, _ = parse("""
        | 填报单位：青石镇 |      |                            |                  |                  |      |                            |                  |                  |
        | 总量             | 数量 | 经专业技术人员现场复核数量 | 存在安全隐患数量 | 工程措施整治数量 | 数量 | 经专业技术人员现场复核数量 | 存在安全隐患数量 | 工程措施整治数量 |
        | =10              | =4   | =3                         | =2               | =1               | =6   | =5                         | =4               | =3               |
    """)
    problems = check(workbook(cells), forms=["attachment-1"]).problems
    missing, unclear = (
        [problem.message for problem in problems if problem.code == code] for code in ("F005", "F006")
    )
    assert missing[0].startswith("缺少「经营性自建房」下的「数量」一列")
    assert unclear[0].startswith(
        "B2 「数量」在表式中不止一列，看不出是哪一组的（经营性自建房、非经营性自建房）"
    )
    assert not any("是否为" in message for message in unclear)


def test_a_heading_marked_like_the_notices_needs_no_group() -> None:
    """附件2 in one row of headings: 初判隐患数量 is the commercial houses', 初判隐患数量① the others'."""
    form = FORMS["attachment-2"]
    figures = {field.name: "=0" for field in form.fields if not field.roll_up_only}
    figures |= {field.name: "0/0" for field in form.fields if field.kind is Kind.PAIR}
    cells = [[form.by_name[name].heading.text for name in figures], list(figures.values())]
    checked = check(workbook([["填报单位：青石镇"], *cells]))
    assert {code for code, _ in found_in(checked)} <= {"A304"}
    assert checked.tables[0].columns["commercial_suspected"] < checked.tables[0].columns["suspected"]


def test_an_optional_column_may_be_left_out() -> None:
    assert_sheet("| 房屋编号 | 产权人 |\n| YS1 | 赵一 |", ledger_header=1)


def test_the_same_column_twice() -> None:
    checked = assert_sheet(
        """
        | 房屋编号 | 地上层数 | 层数 [F007] |
        | YS1      | 2        | 3           |
        """,
        ledger_header=1,
    )
    assert checked.rejected_rows(checked.tables[0]) == {2}


def test_a_heading_merged_over_two_columns_is_one_column_while_only_one_is_filled() -> None:
    assert_sheet(
        """
        | 房屋编号 | 产权人 |  | 地上层数 |
        | YS1      | 赵一   |  | 2        |
        """,
        ledger_header=1,
        merges=["B1:C1"],
    )


def test_a_heading_merged_over_two_columns_with_something_in_both_is_the_same_column_twice() -> None:
    assert_sheet(
        """
        | 房屋编号 | 产权人 | [F007] | 地上层数 |
        | YS1      | 赵一   | 钱二   | 2        |
        """,
        ledger_header=1,
        merges=["B1:C1"],
    )


def test_data_that_looks_like_headings_is_data() -> None:
    """经营性 and 管理措施 are headings, and also what stands in the cells below them."""
    checked = assert_sheet(
        """
        | 房屋编号 | 是否经营性 | 经营业态 | 专业设计 | 专业施工 | 重点区域    |
        | YS1      | 经营性     | 商贸     | 是       | 是       | 社区 [C104] |
        """,
        ledger_header=1,
    )
    assert len(checked.tables[0].rows) == 1


def test_asking_for_one_form_takes_no_data_for_a_header() -> None:
    checked = assert_sheet(
        """
        | 房屋编号 | 是否经营性 | 经营业态 | 专业设计 | 专业施工 |
        | YS1      | 经营性     | 商贸     | 是       | 是       |
        | YS2      | 非经营性   |          |          |          |
        | YS3      | 经营性     | 超市     | 是       | 是       |
        """,
        ledger_header=1,
        forms=["house-ledger"],
    )
    assert column(checked, "house_id") == ["YS1", "YS2", "YS3"]


def test_asking_for_one_form_finds_it_by_two_headings() -> None:
    cells, _ = parse("| 总量 | 数量 | 备注 |\n| =1 | =1 |  |")
    assert found_in(check(workbook(cells))) == {("F004", "")}
    cells, _ = parse("| 行政村 | 错排房屋 |\n| 东村 | =1 |")
    codes = {code for code, _ in found_in(check(workbook(cells), forms=["sweep-table"]))}
    assert codes == {"F005", "F013"}


@pytest.mark.parametrize(
    "now", ["6月初判结论", "最新初判结论", "初判结论2", "截至6月5日初判结论", "本月初判结论"]
)
def test_a_newer_column_beside_the_one_that_is_read_is_told_as_such(now: str) -> None:
    row = [text.format(number=1) for text in A_PLAIN_HOUSE.values()]
    checked = check(workbook([["填报单位：城关街道"], [*A_PLAIN_HOUSE, now], [*row, "存在一定安全隐患"]]))
    (told,) = (problem for problem in checked.problems if problem.code == "F006")
    read = a1(1, [*A_PLAIN_HOUSE].index("初判结论"))
    assert f"读取的是 {read}「初判结论」一列" in told.message


@pytest.mark.parametrize("other", ["初判结论依据", "鉴定等级说明", "产权人配偶", "第二产权人"])
def test_a_column_of_something_else_is_no_newer_one(other: str) -> None:
    row = [text.format(number=1) for text in A_PLAIN_HOUSE.values()]
    checked = check(workbook([["填报单位：城关街道"], [*A_PLAIN_HOUSE, other], [*row, ""]]))
    assert not any("读取的是" in problem.message for problem in checked.problems)
