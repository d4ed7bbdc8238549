"""Rows of figures or strokes below the others that are neither houses nor villages nor their total."""

import pytest

from tests.intake.messy import rows_of
from tests.intake.typed_files import HEADINGS, checked_as, house, ledger
from tests.sheets import A_PLAIN_HOUSE, check, found_in, parse, workbook
from tests.sweep_tables import swept


@pytest.mark.parametrize(
    "label",
    [
        "其中：经营性",
        "其中",
        "占比",
        "占比（%）",
        "整改完成率",
        "平均",
        "上周总计",
        "上期数",
        "较上周增减",
        "增减",
        "去年同期",
        "环比增长率",
    ],
)
def test_figures_below_the_others_that_count_nothing_of_their_own(label: str) -> None:
    checked = swept(f"""
        | 东村       | =1 | =1 | =1 | =1 | =1 | =1 | =1 | =1 |
        | 总计（栋） | =1 | =1 | =1 | =1 | =1 | =1 | =1 | =1 |
        | {label}    | =3 | =0 | 12.5% | =2 | =1 | =1 | =1 | — |
    """)
    assert (rows_of(checked), found_in(checked)) == ([4], set())


@pytest.mark.parametrize("village", ["上村", "往来村", "其龙村", "比岭村", "同心村", "平均村", "上期村"])
def test_a_village_whose_name_begins_alike_is_one(village: str) -> None:
    checked = swept(f"""
        | {village}  | =1 | =1 | =1 | =1 | =1 | =1 | =1 | =1 |
        | 总计（栋） | =1 | =1 | =1 | =1 | =1 | =1 | =1 | =1 |
    """)
    assert (rows_of(checked), found_in(checked)) == ([4], set())


def test_a_row_of_strokes_is_an_empty_one() -> None:
    cells, _ = parse("""
        | 填报单位：城关街道 |
        | 序号 | 房屋编号 | 备注 |
        | 1    | YS1      |      |
        | 2    | /        | /    |
        | 3    | —        |      |
        | 4    | YS4      | /    |
    """)
    plain = {name: text for name, text in A_PLAIN_HOUSE.items() if name != "房屋编号"}
    cells[1] += plain
    for row in (cells[2], cells[5]):
        row += [text.format(number=row[0]) for text in plain.values()]
    cells[3] += ["／", "-"]
    checked = check(workbook(cells))
    assert (rows_of(checked), found_in(checked)) == ([3, 6], set())


@pytest.mark.parametrize("extension", ["xlsx", "xls", "csv"])
@pytest.mark.parametrize(
    "ahead",
    [
        {"村（社区）": "东村"},
        {"是否经营性": "否"},
        {"村（社区）": "东村", "结构类型": "砖混结构"},
        dict.fromkeys(HEADINGS[1:], "0"),
    ],
)
def test_rows_filled_in_ahead_are_no_houses_and_are_told_once(extension: str, ahead: dict[str, str]) -> None:
    blank = dict.fromkeys(HEADINGS[1:], "")
    rows = [house(1), house(2), *(house(number, **(blank | ahead)) for number in range(3, 40))]
    checked = checked_as(extension, ledger(rows))
    assert rows_of(checked) == [4, 5]
    (said,) = checked.problems
    assert (said.code, said.row) == ("F014", 6)
    assert "第 6–42 行" in said.message


@pytest.mark.parametrize("day", ["0", "00:00:00", "1900-01-00"])
def test_a_single_row_of_zeros_is_what_formulas_show_of_a_blank_one(day: str) -> None:
    zeros = {heading: day if "日期" in heading else "0" for heading in HEADINGS[1:]}
    checked = checked_as("xlsx", ledger([house(1), house(2), house(3, **zeros)]))
    assert rows_of(checked) == [4, 5]
    assert [(problem.code, problem.row) for problem in checked.problems] == [("F014", 6)]


@pytest.mark.parametrize("differs", [{"房屋地址": "东村5号"}, {"产权人": "赵五"}, {"房屋编号": "YS5"}])
def test_a_row_that_says_anything_of_its_own_is_a_house(differs: dict[str, str]) -> None:
    blank = dict.fromkeys(HEADINGS[1:], "")
    ahead = [house(number, **(blank | {"是否经营性": "否"})) for number in range(3, 8)]
    ahead[2] = house(5, **(blank | {"是否经营性": "否"} | differs))
    checked = checked_as("xlsx", ledger([house(1), *ahead]))
    assert rows_of(checked) == [4, 5, 6, 7, 8, 9]
    assert {problem.code for problem in checked.problems} == {"C101"}


@pytest.mark.parametrize("label", ["东村 计数", "东村 汇总", "东村 小计", "总计数"])
def test_a_row_that_the_program_puts_in_to_count_the_others(label: str) -> None:
    counted = ["", "", label, "2"]
    checked = checked_as("xlsx", ledger([house(1), house(2), counted, house(3)]))
    assert (rows_of(checked), found_in(checked)) == ([4, 5, 7], set())


@pytest.mark.parametrize("label", ["东村小计", "西社区合计", "小计"])
def test_a_subtotal_in_the_column_of_names_names_nobody(label: str) -> None:
    names = HEADINGS.index("产权人")
    subtotal = [*[""] * names, label, "2"]
    checked = checked_as("xlsx", ledger([house(1), house(2), subtotal, house(3)]))
    assert (rows_of(checked), found_in(checked)) == ([4, 5, 7], set())


def test_a_person_may_be_called_alike() -> None:
    checked = checked_as("xlsx", ledger([house(1, 产权人="张合计"), house(2, 产权人="王总")]))
    assert (rows_of(checked), found_in(checked)) == ([4, 5], set())


@pytest.mark.parametrize("line", ["（以下为西村）", "【以下为新增】", "以下为西村"])
def test_a_line_about_the_rows_below_is_no_row(line: str) -> None:
    names = HEADINGS.index("产权人")
    rows = [[row[names], *row[:names], *row[names + 1 :]] for row in (HEADINGS, house(1), house(2))]
    checked = checked_as("xlsx", ledger([rows[1], [line], rows[2]], rows[0]))
    assert (rows_of(checked), found_in(checked)) == ([4, 6], set())
