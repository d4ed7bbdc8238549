"""Rows of few cells: a house is never taken for a note, and a note below the table is no house."""

import pytest

from tests.intake.messy import NO_TOTAL, assert_sheet, column, rows_of
from tests.sheets import A_PLAIN_HOUSE, Cells, check, found_in, parse, workbook
from zjf.checking.one_return import CheckedReturn

HOUSES = """
    | 房屋编号 | 村（社区） | 房屋地址 | 产权人 | 地上层数 | 初判日期   | 复核日期 | 鉴定日期 | 鉴定等级 | 整治完成日期 | 备注 |
    | YS1      | 东村       | 东村1号  | 赵一   | =2       | 2024-03-05 |          |          |          |              |      |
    | YS2      | 东村       | 东村2号  | 钱二   | =2       | 2024-03-05 |          |          |          |              |      |
"""
WIDTH = 11


def ledger(*rows: str, merges: tuple[str, ...] = ()) -> CheckedReturn:
    """Two houses and what is below them, checked. Only the houses with a number are filled in further."""
    cells, _ = parse("\n".join([HOUSES.strip(), *rows]))
    return check(workbook(_with_the_rest(cells), merges=merges))


def _with_the_rest(cells: Cells) -> Cells:
    rest = {heading: text for heading, text in A_PLAIN_HOUSE.items() if heading not in cells[0]}
    rest["初判结论"] = "未发现安全隐患"
    for number, row in enumerate(cells):
        row += [""] * (WIDTH - len(row))
        if row[0] == "房屋编号":
            row += rest
        elif row[0].startswith("YS"):
            row += [text.format(number=number) for text in rest.values()]
    return [*cells, ["填报单位：城关街道"]]


def rows_with_errors(checked: CheckedReturn) -> set[int]:
    return {row for problem in checked.problems if problem.blocks for row in problem.rows}


@pytest.mark.parametrize(
    "house",
    [
        "|  |  |  |  |  | =2024-03-05 |  |  |  |  |  |",
        "|  |  |  |  |  | =2024-03-05 | =2024-04-05 |  |  |  |  |",
        "|  |  |  |  |  | 2024年3月5日 | 2024年4月5日 |  |  |  |  |",
        "|  |  |  | 张三 |  | 2024.3.5 | 2024.4.5 |  |  |  |  |",
        "|  |  |  | 张三 |  |  |  | =2024-03-05 | C | =2024-04-05 |  |",
        "|  |  |  | 张三 |  | 2024-03-05 |  |  |  |  | 负责人已签字 |",
        "|  |  | 东村（联系电话：空号） | 张三 | =2 |  |  |  |  |  |  |",
        "|  |  |  |  |  |  |  | 2024年3月5日 | D |  | 单位未盖章 |",
    ],
)
@pytest.mark.parametrize("after", ["", HOUSES.strip().splitlines()[1].replace("1", "3")])
def test_a_house_with_a_few_dates_is_a_house(house: str, after: str) -> None:
    checked = ledger(house, after)
    assert rows_of(checked) == ([2, 3, 4, 5] if after else [2, 3, 4])
    assert 4 in checked.rejected_rows(checked.tables[0])
    assert ("C101", "A4") in found_in(checked)


def test_a_house_merged_down_but_for_its_dates_and_its_grade_is_reported() -> None:
    """One owner, two houses: what they share is written once, the number too."""
    rest = "|  |  |  |  |  |  |  | =2024-04-01 | C | =2024-05-01 |  |"
    shared = ledger(rest, merges=("A3:A4", "B3:B4", "C3:C4", "D3:D4"))
    assert rows_of(shared) == [2, 3, 4]
    assert "D401" in {code for code, _ in found_in(shared)}
    numberless = ledger(rest, merges=("B3:B4", "C3:C4", "D3:D4"))
    assert (rows_of(numberless), column(numberless, "owner_name")[-1]) == ([2, 3, 4], "钱二")
    assert ("C101", "A4") in found_in(numberless)


@pytest.mark.parametrize("own", ["2024年3月5日", "无"])
def test_what_stands_alone_beside_a_house_merged_down_is_its_own(own: str) -> None:
    checked = ledger(f"|  |  |  |  |  | {own} |  |  |  |  |  |", merges=("A3:A4", "D3:D4"))
    assert rows_of(checked) == [2, 3, 4]


def test_a_house_merged_over_two_rows_is_one_house() -> None:
    assert rows_of(ledger("|  |", merges=tuple(f"{letter}3:{letter}4" for letter in "ABCDEF"))) == [2, 3]


@pytest.mark.parametrize(
    "footer",
    [
        "| 制表：周文 |  |  | 审核：吴武 |  | =2024-06-05 |",
        "| 制表：周文 |  |  |  |  | =2024-06-05 |",
        "| 周文 |  |  | 单位（盖章）： |  | 2024年6月5日 |",
        "|  |  |  | 单位（盖章）： |  | =2024-06-05 |",
        "| 填报人： | 周文 | 联系方式： | 0571-88880000 |  | 填报时间： | =2024-06-05 |",
        "| 统计员：周文 |  |  | 核对：吴武 |",
        "| 负责人： |  |  | 周文 | 电话： |  |  |  | 88880000 |",
        "| 备注 | 本表一式两份 |",
        "|  | 填报单位 | 城关街道办事处 |  | 审核人 | 周文 |",
        "| 填报日期 | 2024-06-05 |  |  |  | 填报人 | 吴武 |",
        "|  |  |  |  |  | 城关街道办事处 |",
    ],
)
def test_a_line_of_signatures_is_no_house(footer: str) -> None:
    checked = ledger(footer)
    assert (rows_of(checked), found_in(checked)) == ([2, 3], set())


@pytest.mark.parametrize(
    "footer",
    [
        *("联系人：周文 13500000000", "联 系 人：周文", "电话：0571-88880000", "办公电话：0571-88880000"),
        *("报送人：周文", "统计员：周文", "核对：吴武", "主任：吴武", "经办：周文   日期：2024-6-5"),
        *("分管领导：吴武   填表人：周文", "填表人（签章）：周文", "审批意见：", "街道意见：同意上报"),
        *("说明", "注", "备注", "附：鉴定报告3份", "*经营性含出租", "※ 层数只计地上"),
        *("此表一式两份", "本表一式三份", "填报说明见附件", "（公章）", "年   月   日", "2024年 6 月   日"),
        *("2024年6月5日", "2024年6月", "城关街道办事处", "云水县住建局", "青石镇", "共2栋"),
    ],
)
def test_a_note_alone_below_the_table_is_no_house(footer: str) -> None:
    checked = ledger("|  |", f"| {footer} |")
    assert (rows_of(checked), found_in(checked, infos=True)) == ([2, 3], set())


def test_a_sentence_below_the_table_that_may_be_a_note_is_one_finding() -> None:
    checked = ledger("| 合计 |  |  |  | =4 |", "| 各村已核对无误 |", "| 周文整理 |")
    (found,) = checked.problems
    assert (found.code, found.cell, found.rows, rows_of(checked)) == ("C101", "A5", (5,), [2, 3])
    assert "备注：" in found.message
    assert "核对" not in found.message


@pytest.mark.parametrize(
    "number", ["东村-003", "东村三组12号", "东村五组一号", "老街三号楼", "东村三组12号（后院）"]
)
def test_a_house_of_which_only_the_number_in_words_is_filled_is_reported(number: str) -> None:
    checked = ledger(f"| {number} |")
    assert (rows_of(checked), checked.rejected_rows(checked.tables[0])) == ([2, 3, 4], {4})


@pytest.mark.parametrize(
    "house",
    ["| 东村五组一号 |", "|  |  |  | 张三 |", "|  |  |  |  |  |  |  |  | D |"],
)
def test_a_house_of_one_cell_below_a_note_is_not_passed_over(house: str) -> None:
    below = ledger("| 备注：以下为补报的房屋 |", house)
    assert rows_with_errors(below) == {5}
    assert len([problem for problem in below.problems if problem.blocks]) == 1
    between = ledger("| 备注：以下为补报的房屋 |", house, HOUSES.strip().splitlines()[1].replace("1", "3"))
    assert rows_of(between) == [2, 3, 5, 6]


def test_a_text_alone_among_houses_is_reported_as_a_house() -> None:
    checked = ledger("| 老供销社 |", HOUSES.strip().splitlines()[1].replace("1", "3"))
    assert (rows_of(checked), checked.rejected_rows(checked.tables[0])) == ([2, 3, 4, 5], {4})


def test_the_last_house_of_a_page_is_no_title_of_the_next() -> None:
    heading, house, _ = HOUSES.strip().splitlines()
    checked = ledger("|  |  |  | 张三 |", heading, house.replace("1", "3"), "| 东村-004 |", heading)
    assert rows_of(checked) == [2, 3, 4, 6, 7]


@pytest.mark.parametrize("label", ["过次页", "承前页", "转下页", "过次页："])
def test_what_is_carried_to_the_next_page_is_no_house(label: str) -> None:
    checked = ledger(f"| {label} |  |  |  | =4 |", HOUSES.strip().splitlines()[1].replace("1", "3"))
    assert (rows_of(checked), found_in(checked)) == ([2, 3, 5], set())


def test_groups_of_headings_printed_again_on_every_page() -> None:
    page = """
        | 基本信息 |          |            | 建设情况 |          | 初判     |
        | 房屋编号 | 产权人   | 房屋地址   | 地上层数 | 结构类型 | 初判日期 |
        | {page}01 | 赵{page} | 东村{page} | 2        | 砖混     |          |
        | {page}02 | 钱{page} | 西村{page} | 2        | 砖混     |          |
    """
    cells, _ = parse("| 城关街道自建房台账 |" + "".join(page.format(page=place) for place in "123"))
    for row in cells:
        row += [""] * (6 - len(row))
        for heading, text in A_PLAIN_HOUSE.items():
            if heading not in cells[2][:6]:
                row.append(heading if row[0] == "房屋编号" else text if row[0].isdigit() else "")
    merges = [f"{left}{top}:{right}{top}" for top in (2, 6, 10) for left, right in ("AC", "DE")]
    checked = check(workbook(cells, merges=merges))
    assert (rows_of(checked), found_in(checked)) == ([4, 5, 8, 9, 12, 13], set())


def test_a_note_in_the_column_of_villages() -> None:
    checked = assert_sheet(
        """
        | 填报单位：青石镇 |                |          |          |                    |              |          |                  |                    |
        | 行政村           | 错漏排专项核查 |          |          | “三类重点”全面复核 |              |          | 安全鉴定专项抽查 |                    |
        |                  | 共核查房屋     | 错排房屋 | 漏排房屋 | 共核查房屋         | 发现隐患房屋 | 整改完成 | 共核查           | 发现安全鉴定不合格 |
        | 东村             | =1             | =1       | =1       | =1                 | =1           | =1       | =1               | =1                 |
        | 西乡             | [C101]         | [C101]   | [C101]   | [C101]             | [C101]       | [C101]   | [C101]           | [C101]             |
        | 此表一式两份     |                |          |          |                    |              |          |                  |                    |
        | 联系人：周文     |                |          |          |                    |              |          |                  |                    |
    """,
        also=NO_TOTAL,
    )
    assert rows_of(checked) == [4, 5]


@pytest.mark.parametrize(
    ("note", "codes"),
    [
        *(
            (note, ["F022"])
            for note in ("（单位：户）", "单位:间", "计量单位：万栋", "（单位：户、%）", "单位：人")
        ),
        *(
            (note, [])
            for note in (
                "（单位：栋）",
                "单位：栋、%",
                "单位：幢",
                "单位：栋/户",
                "单位：城关街道",
                "单位（盖章）：",
            )
        ),
    ],
)
def test_households_are_no_houses(note: str, codes: list[str]) -> None:
    row = [text.format(number=1) for text in A_PLAIN_HOUSE.values()]
    checked = check(workbook([["填报单位：城关街道", "", note], list(A_PLAIN_HOUSE), row]))
    assert [problem.code for problem in checked.problems] == codes
    assert [problem.cell for problem in checked.problems] == ["C1"] * len(codes)
