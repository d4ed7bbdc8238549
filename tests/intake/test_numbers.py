"""Figures: what is repaired without loss, and what would be a guess."""

from tests.intake.messy import NO_TOTAL, assert_cells, assert_sheet, column
from tests.sheets import TOWNSHIPS, found_in
from tests.sweep_tables import swept

DESIGNED = {"专业设计": "是", "专业施工": "是"}


def test_storeys() -> None:
    assert_cells(
        """
        | 地上层数       | 读作 |
        | =3             | 3    |
        | 3              | 3    |
        | ３ [C111]      | 3    |
        | 3层 [C111]     | 3    |
        | 3 层 [C111]    | 3    |
        | 12楼 [C111]    | 12   |
        | 3.0            | 3    |
        | =2.5 [C102]    |      |
        | 2.5层 [C102]   |      |
        | 约3 [C102]     |      |
        | 三层 [C102]    |      |
        | 2-3 [C102]     |      |
        | 1 2 [C102]     |      |
        | 3⁴ [C102]      |      |
        | 3① [C102]      |      |
        | ②3 [C102]      |      |
        | ３① [C102]     |      |
        | ①② [C102]      |      |
        | 3½ [C102]      |      |
        | =2024-03-05 [C102] |  |
        | =TRUE [C102]   |      |
        | =0 [C103]      |      |
        | -1 [C103]      |      |
        | 100 [C103]     |      |
        | 99             | 99   |
        | — [C101]       |      |
        | 无 [C101]      |      |
        | [C101]         |      |
        | #REF! [C109]   |      |
        | #div/0! [C109] |      |
        """,
        beside=DESIGNED,
    )


def test_areas() -> None:
    assert_cells("""
        | 建筑面积（㎡）    | 读作    |
        | =120.5            | 120.5   |
        | 120.50            | 120.50  |
        | 120㎡ [C111]      | 120     |
        | 120m2 [C111]      | 120     |
        | 120 m² [C111]     | 120     |
        | 120² [C102]       |         |
        | 120平方米 [C111]  | 120     |
        | 1,200.5           | 1200.5  |
        | １，２００ [C111] | 1200    |
        | 1 200 [C111]      | 1200    |
        | 12,00 [C102]      |         |
        | 2000万 [C102]     |         |
        | 120×2 [C102]      |         |
        | 1.2e3 [C102]      |         |
        | 0 [C103]          |         |
        | 100000            | 100000  |
        | 100000.01 [C103]  |         |
        | /                 |         |
        | 无                |         |
        |                   |         |
    """)


def test_an_unusual_figure_is_quoted_as_it_is_written() -> None:
    """A message that quotes ３ as 3 would call a right figure wrong."""
    checked = assert_cells("""
        | 使用人数     | 读作 |
        | １２ [C111]  | 12   |
    """)
    (repaired,) = (problem for problem in checked.problems if problem.code == "C111")
    assert "（如「１２」）" in repaired.message


def test_people_in_the_house() -> None:
    assert_cells("""
        | 使用人数   | 读作 |
        | 12人 [C111] | 12   |
        | 12名 [C111] | 12   |
        | 12户 [C102] |      |
        | 0          | 0    |
        | -1 [C103]  |      |
        | 十 [C102]  |      |
    """)


def test_years() -> None:
    assert_cells("""
        | 建成年份              | 读作 |
        | =1998                 | 1998 |
        | 1998年 [C111]         | 1998 |
        | 1998年5月 [C111]      | 1998 |
        | 1998-05 [C111]        | 1998 |
        | 1998年5月6日 [C111]   | 1998 |
        | =1998-05-06 [C111]    | 1998 |
        | 不详                  |      |
        | 98 [C103]             |      |
        | 1799 [C103]           |      |
        | =2025 [C103]          |      |
        | 90年代 [C102]         |      |
        | 1990年代 [C102]       |      |
        | 2010年左右 [C102]     |      |
    """)


def test_counts_are_counts_of_houses() -> None:
    """A household (户) is no house (栋)."""
    checked = assert_sheet(
        """
        | 填报单位：青石镇 |                |           |             |                    |               |             |                  |                    |
        | 行政村           | 错漏排专项核查 |           |             | “三类重点”全面复核 |               |             | 安全鉴定专项抽查 |                    |
        |                  | 共核查房屋     | 错排房屋  | 漏排房屋    | 共核查房屋         | 发现隐患房屋  | 整改完成    | 共核查           | 发现安全鉴定不合格 |
        | 东村             | 9栋            | 1 幢      | 3户 [C102]  | 1,000              | 2             | ０          | 4座              | — [C101]           |
        | 西村             | =1.5 [C102]    | =-1 [C103] | =1e9 [C102] | =100000001 [C103] | 无 [C101]     | / [C101]    | =0               | [C101]             |
    """,
        also=NO_TOTAL,
    )
    assert column(checked, "wl_checked") == [9, None]


def test_issues_confirmed_of_issues_found() -> None:
    """Excel turns 3/5 into the 5th of March: facts.md#pairs."""
    header = "| 已排查自建房总量 | 已排查经营性自建房数量 | 动态销号数量 | 问题确认/问题 | 问题确认率 | 乡镇（街道） |"
    checked = assert_sheet(
        f"""
        {header}
        | =1 | =1 | =0 | 3/5                  | 60% | 甲镇 |
        | =1 | =1 | =0 | ３／５               | 60% | 乙镇 |
        | =1 | =1 | =0 | 3 / 5                | 60% | 丙镇 |
        | =1 | =1 | =0 | 0/0                  | —   | 丁镇 |
        | =1 | =1 | =0 | 无                   | /   | 戊镇 |
        | =1 | =1 | =0 |                      |     | 己镇 |
        | =1 | =1 | =0 | =2024-03-05 [C113]   |     | 庚镇 |
        | =1 | =1 | =0 | 3月5日 [C113]        |     | 辛镇 |
        | =1 | =1 | =0 | 2024/3/5 [C113]      |     | 壬镇 |
        | =1 | =1 | =0 | 5-Mar [C113]         |     | 癸镇 |
        | =1 | =1 | =0 | =0.6 [C113]          |     | 子镇 |
        | =1 | =1 | =0 | =3 [C113]            |     | 丑镇 |
        | =1 | =1 | =0 | 3/5/1 [C113]         |     | 寅镇 |
        | =1 | =1 | =0 | 3比5 [C113]          |     | 卯镇 |
        | =1 | =1 | =0 | 共5个，确认3个 [C113] |    | 辰镇 |
        """,
        forms=["attachment-2"],
        roster=TOWNSHIPS,
        also=[("F005", "")],
    )
    assert column(checked, "online_confirmed")[:5] == [3, 3, 3, 0, None]


def test_rates_as_printed() -> None:
    checked = assert_sheet(
        """
        | 已排查自建房总量 | 已排查经营性自建房数量 | 动态销号数量 | 问题确认/问题 | 问题确认率       | 乡镇（街道） |
        | =1               | =1                     | =0           | 3/5           | =0.6             | 甲镇 |
        | =1               | =1                     | =0           | 3/5           | 60.00%           | 乙镇 |
        | =1               | =1                     | =0           | 3/5           | ６０％           | 丙镇 |
        | =1               | =1                     | =0           | 3/5           | 60 %             | 丁镇 |
        | =1               | =1                     | =0           | 3/5           | 六成 [C102]      | 戊镇 |
        | =1               | =1                     | =0           | 3/5           | =2024-03-05 [C102] | 己镇 |
        | =1               | =1                     | =0           | 3/5           | =TRUE [C102]     | 庚镇 |
        | =1               | =1                     | =0           | 3/5           | =13500000000 [C103] | 辛镇 |
        """,
        forms=["attachment-2"],
        roster=TOWNSHIPS,
        also=[("F005", "")],
    )
    assert [rate.decimals for rate in column(checked, "confirmation_rate")[:4]] == [2, 2, 0, 0]


def test_strokes_of_other_makes_part_a_pair() -> None:
    checked = assert_sheet(
        """
        | 已排查自建房总量 | 已排查经营性自建房数量 | 动态销号数量 | 问题确认/问题 | 问题确认率 | 乡镇（街道） |
        | =1               | =1                     | =0           | 3∕5           | 60%        | 甲镇         |
        | =1               | =1                     | =0           | 3⁄5           | 60%        | 乙镇         |
        """,
        forms=["attachment-2"],
        roster=TOWNSHIPS,
        also=[("F005", "")],
    )
    assert column(checked, "online_confirmed") == [3, 3]


def test_one_figure_merged_over_several_villages_is_none_of_theirs() -> None:
    checked = swept(
        """
        | 东村       | =30 [C102] | =1 | =1 | =1 | =1 | =1 | =1 | =1 |
        | 西村       |            | =1 | =1 | =1 | =1 | =1 | =1 | =1 |
        | 总计（栋） | =30        | =2 | =2 | =2 | =2 | =2 | =2 | =2 |
        """,
        merges=["B4:B5"],
    )
    (told,) = checked.problems
    assert (told.code, told.cells, told.rows) == ("C102", ("B4", "B5"), (4, 5))


def test_a_village_over_two_rows_of_the_sheet_has_its_figures_once() -> None:
    checked = swept(
        """
        | 东村       | =3 | =1 | =1 | =1 | =1 | =1 | =1 | =1 |
        |            |    |    |    |    |    |    |    |    |
        | 总计（栋） | =3 | =1 | =1 | =1 | =1 | =1 | =1 | =1 |
        """,
        merges=[f"{letter}4:{letter}5" for letter in "ABCDEFGHI"],
    )
    assert (column(checked, "wl_checked"), found_in(checked)) == ([3], set())
