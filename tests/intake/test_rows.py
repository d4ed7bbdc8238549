"""Which rows are data: totals, blanks, notes, page breaks and nil returns told from houses."""

import pytest

from tests.intake.messy import assert_sheet, column, rows_of
from tests.intake.typed_files import HEADINGS, checked_as, codes_of, counted, house, ledger
from tests.sheets import check, found_in, parse, workbook
from tests.sweep_tables import SWEEP_HEADER


def test_subtotals_totals_and_blank_rows_anywhere_are_no_data() -> None:
    checked = assert_sheet("""
        | 填报单位：青石镇 |                |          |          |                    |              |          |                  |                    |
        | 行政村           | 错漏排专项核查 |          |          | “三类重点”全面复核 |              |          | 安全鉴定专项抽查 |                    |
        |                  | 共核查房屋     | 错排房屋 | 漏排房屋 | 共核查房屋         | 发现隐患房屋 | 整改完成 | 共核查           | 发现安全鉴定不合格 |
        | 合 计            | =7             | =3       | =3       | =3                 | =3           | =3       | =3               | =3                 |
        | 东村             | =1             | =1       | =1       | =1                 | =1           | =1       | =1               | =1                 |
        | 小计             | =1             | =1       | =1       | =1                 | =1           | =1       | =1               | =1                 |
        |                  |                |          |          |                    |              |          |                  |                    |
        | 西村             | =2             | =1       | =1       | =1                 | =1           | =1       | =1               | =1                 |
        | 北村             | =4             | =1       | =1       | =1                 | =1           | =1       | =1               | =1                 |
        | 片区小计         | =6             | =2       | =2       | =2                 | =2           | =2       | =2               | =2                 |
        | 总计（栋）       | =7             | =3       | =3       | =3                 | =3           | =3       | =3               | =3                 |
    """)
    assert rows_of(checked) == [5, 8, 9]


def test_a_person_or_a_village_whose_name_sounds_like_a_total_is_none() -> None:
    checked = assert_sheet(
        """
        | 房屋编号 | 村（社区） | 产权人 | 使用人 | 房屋地址   |
        | YS1      | 合计村     | 计     | 王小计 | 合计村1号  |
        | YS2      | 总计庄     | 王合计 |        | 总计庄2号  |
        |          | 合计村     | 李总计 |        | 合计村3号  |
        | 合计     |            |        |        |            |
        """,
        ledger_header=1,
        also=[("C101", "A4")],
    )
    assert rows_of(checked) == [2, 3, 4]


def test_a_total_of_a_house_ledger_may_count_the_houses_under_their_numbers() -> None:
    checked = assert_sheet(
        """
        | 序号     | 房屋编号 | 村（社区） | 建筑面积（㎡） |
        | =1       | YS1      | 东村       | =100           |
        | =2       | YS2      | 东村       | =50            |
        | 东村小计 | 2栋      |            | =150           |
        | =3       | YS3      | 西村       | =80            |
        | 合计     | =3       | 2个村      | =230           |
        """,
        ledger_header=1,
    )
    assert rows_of(checked) == [2, 3, 5]


def test_a_row_with_nothing_but_its_number_is_blank() -> None:
    checked = assert_sheet(
        """
        | 序号 | 房屋编号 | 产权人 |
        | =1   | YS1      | 赵一   |
        | =2   |          |        |
        | 3    |          |        |
        """,
        ledger_header=1,
    )
    assert rows_of(checked) == [2]


def test_footers_signatures_and_numbered_notes_are_no_data() -> None:
    checked = assert_sheet(
        """
        | 房屋编号                                     | 产权人 | 地上层数       |        |                |
        | YS1                                          | 赵一   | 2              |        |                |
        |                                              |        |                |        |                |
        | 备注：                                       |        |                |        |                |
        | 1.初判结论以现场排查为准                     |        |                |        |                |
        | （二）层数只计地上                           |        |                |        |                |
        | 本表一式两份                                 |        |                |        |                |
        | 主要负责同志签字：                           |        | 单位（盖章）： |        |                |
        | 填报人：周文                                 |        | 联系方式：     | 135    | 填报时间：2024年6月5日 |
        | 制表：周文                                   |        | 审核：吴武     |        |                |
        | 2024年6月5日                                 |        |                |        |                |
        | 第1页 共1页                                  |        |                |        |                |
        """,
        ledger_header=1,
    )
    assert rows_of(checked) == [2]
    assert checked.tables[0].notes.by_name["filled_on"] == "2024年6月5日"


def test_a_note_in_the_middle_swallows_no_house_after_it() -> None:
    checked = assert_sheet(
        """
        | 房屋编号 | 产权人 | 房屋地址 | 地上层数 |
        | YS1      | 赵一   | 东村1号  | 2        |
        | 注：以下为补报的房屋，请予合并统计 |  |  |  |
        | YS2      | 钱二   | 东村2号  | 2        |
        | YS3      |        |          |          |
        """,
        ledger_header=1,
        also=[(("C101"), f"{letter}5") for letter in "BCDEFG"],
    )
    assert rows_of(checked) == [2, 4, 5]


def test_a_house_of_which_only_a_few_cells_are_filled_is_reported() -> None:
    checked = assert_sheet(
        """
        | 房屋编号 | 产权人 | 房屋地址 | 地上层数 | 备注   |
        | YS1      | 赵一   | 东村1号  | 2        |        |
        | YS2      |        |          |          | 已签字 |
        |          | 孙三   |          | 2        |        |
        | YS4      |        |          |          | 无     |
        """,
        ledger_header=1,
        also=[
            *(("C101", f"{letter}3") for letter in "BCD"),
            *(("C101", f"{letter}4") for letter in "AC"),
            *(("C101", f"{letter}5") for letter in "BCD"),
        ],
    )
    assert rows_of(checked) == [2, 3, 4, 5]


def test_a_village_named_across_the_table_is_a_heading_of_rows() -> None:
    checked = assert_sheet(
        """
        | 房屋编号 | 村（社区） | 产权人 |
        | 东村     |            |        |
        | YS1      | 东村       | 赵一   |
        | 西村     |            |        |
        | YS2      | 西村       | 钱二   |
        """,
        ledger_header=1,
        merges=["A2:P2", "A4:P4"],
    )
    assert rows_of(checked) == [3, 5]


def test_the_header_printed_again_on_every_page() -> None:
    page = """
        | 青石镇集中摸排情况表（第{page}页） |  |  |  |  |  |  |  |  |
        | 填报单位：青石镇 |                |          |          |                    |              |          |                  |                    |
        | 行政村           | 错漏排专项核查 |          |          | “三类重点”全面复核 |              |          | 安全鉴定专项抽查 |                    |
        |                  | 共核查房屋     | 错排房屋 | 漏排房屋 | 共核查房屋         | 发现隐患房屋 | 整改完成 | 共核查           | 发现安全鉴定不合格 |
        | {village}        | =1             | =1       | =1       | =1                 | =1           | =1       | =1               | =1                 |
    """
    total = "| 总计 | =2 | =2 | =2 | =2 | =2 | =2 | =2 | =2 |"
    checked = assert_sheet(page.format(page=1, village="东村") + page.format(page=2, village="西村") + total)
    assert [table.form.id for table in checked.tables] == ["sweep-table"]
    assert rows_of(checked) == [5, 10]


def test_two_tables_of_one_sheet_each_with_its_title() -> None:
    cells, _ = parse("""
        | 填报单位：城关街道 |  |  |  |  |  |  |  |  |
        | 行政村             | 错漏排专项核查 |          |          | “三类重点”全面复核 |              |          | 安全鉴定专项抽查 |                    |
        |                    | 共核查房屋     | 错排房屋 | 漏排房屋 | 共核查房屋         | 发现隐患房屋 | 整改完成 | 共核查           | 发现安全鉴定不合格 |
        | 东村               | =1             | =1       | =1       | =1                 | =1           | =1       | =1               | =1                 |
        | 单位（盖章）：     |                |          |          |                    |              |          |                  |                    |
        |                    |                |          |          |                    |              |          |                  |                    |
        | 附件1              |                |          |          |                    |              |          |                  |                    |
        | 复核台账           |                |          |          |                    |              |          |                  |                    |
        | 总量               | 经营性自建房   |          |          |                    | 非经营性自建房 |        |                  |                    |
        |                    | 数量           | 经专业技术人员现场复核数量 | 存在安全隐患数量 | 工程措施整治数量 | 数量 | 经专业技术人员现场复核数量 | 存在安全隐患数量 | 工程措施整治数量 |
        | =2                 | =1             | =1       | =1       | =1                 | =1           | =1       | =1               | =1                 |
    """)
    checked = check(workbook(cells))
    assert [(table.form.id, table.unit) for table in checked.tables] == [
        ("sweep-table", "城关街道"),
        ("attachment-1", "城关街道"),
    ]
    assert found_in(checked) == set()
    assert (rows_of(checked, 0), rows_of(checked, 1)) == ([4], [11])


def test_tables_on_several_sheets_beside_an_empty_one_and_instructions() -> None:
    east, west = ["东村", *["=1"] * 8], ["西村", *["=1"] * 8]
    how_to, _ = parse("| 填表说明 |\n| 一、产权人填写户主姓名 |\n| 二、没有数据的请填“零报” |")
    checked = check(workbook(how_to, [*SWEEP_HEADER, east], [], [*SWEEP_HEADER, west]))
    assert [table.sheet for table in checked.tables] == ["Sheet2", "Sheet4"]
    assert found_in(checked) == set()


def test_a_hidden_sheet_is_read_and_said() -> None:
    """So is what it says of a village for a second time."""
    village = ["东村", *["=1"] * 8]
    data = workbook(
        [*SWEEP_HEADER, village], [*SWEEP_HEADER, village], names=["本期", "附页"], hidden=["附页"]
    )
    checked = check(data)
    assert [(problem.code, problem.sheet) for problem in checked.problems] == [
        ("F012", "附页"),
        ("D401", "附页"),
    ]
    assert len(checked.tables) == 2


def test_merged_down_cells_belong_to_every_row_and_their_fault_is_one_problem() -> None:
    checked = assert_sheet(
        """
        | 房屋编号 | 乡镇（街道）      | 村（社区） | 产权人 |
        | YS1      | 城官街道 [C104]   | 东村       | 赵一   |
        | YS2      |                   |            | 钱二   |
        | YS3      |                   |            | 孙三   |
        | YS4      | 城关街道          | 西村       | 李四   |
        """,
        ledger_header=1,
        merges=["B2:B4", "C2:C4"],
    )
    assert column(checked, "village") == ["东村", "东村", "东村", "西村"]
    (fault,) = [problem for problem in checked.problems if problem.code == "C104"]
    assert (fault.cell, fault.cells, fault.rows) == ("B2", ("B2", "B3", "B4"), (2, 3, 4))
    assert checked.rejected_rows(checked.tables[0]) == {2, 3, 4}


def test_a_merged_down_group_ends_at_its_subtotal() -> None:
    checked = assert_sheet(
        """
        | 村（社区） | 房屋编号 | 产权人 |
        | 东村       | YS1      | 赵一   |
        |            | YS2      | 钱二   |
        |            | 小计     |        |
        | [C101]     | YS3      | 孙三   |
        """,
        ledger_header=1,
        merges=["A2:A4"],
    )
    assert rows_of(checked) == [2, 3, 5]


def test_the_one_row_of_an_attachment_may_be_called_a_total() -> None:
    checked = assert_sheet("""
        | 填报单位：青石镇 |      |              |                            |                  |                  |                |                            |                  |                  |
        | 序号             | 总量 | 经营性自建房 |                            |                  |                  | 非经营性自建房 |                            |                  |                  |
        |                  |      | 数量         | 经专业技术人员现场复核数量 | 存在安全隐患数量 | 工程措施整治数量 | 数量           | 经专业技术人员现场复核数量 | 存在安全隐患数量 | 工程措施整治数量 |
        | 合计             | =10  | =4           | =3                         | =2               | =1               | =6             | =5                         | =4               | =3               |
    """)
    assert column(checked, "total") == [10]


def test_houses_below_a_line_that_strikes_them_off_are_counted_and_it_is_said() -> None:
    checked = assert_sheet(
        """
        | 序号                         | 房屋编号 | 产权人 | 房屋地址 |
        | 1                            | YS1      | 赵一   | 东村1号  |
        | 以下为本周核减的房屋 [F021]  |          |        |          |
        | 1                            | YS2      | 钱二   | 东村2号  |
        | 2                            | YS3      | 孙三   | 东村3号  |
        | 以下为补报的房屋             |          |        |          |
        | 1                            | YS4      | 李四   | 东村4号  |
        | 注：核减的房屋已在系统中注销 |          |        |          |
        """,
        ledger_header=1,
    )
    assert rows_of(checked) == [2, 4, 5, 7]
    assert "第 4–5 行照常计入" in next(
        problem.message for problem in checked.problems if problem.code == "F021"
    )


@pytest.mark.parametrize("mark", ["—", "/", " ", "\u3000", "--"])
def test_a_row_with_one_mark_in_every_column_is_no_house(mark: str) -> None:
    checked = checked_as("xlsx", ledger([house(1), [mark] * len(HEADINGS), house(2)]))
    assert (codes_of(checked), counted(checked)) == ([], [2])
