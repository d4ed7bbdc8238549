"""A return without rows: how it is said that there is nothing to report, and what is no such saying."""

import pytest

from tests.intake.messy import NO_TOTAL, assert_sheet, column
from tests.sheets import found_in
from tests.sweep_tables import swept


@pytest.mark.parametrize(
    "rows",
    [
        "| 无 |  |  |  |  |  |  |  |  |",
        "| 零报 |  |  |  |  |  |  |  |  |",
        "|  |  |  |  | 零报告 |  |  |  |  |",
        "| （零报） |  |  |  |  |  |  |  |  |",
        "| 零 报 告 |  |  |  |  |  |  |  |  |",
        "| ０报告 |  |  |  |  |  |  |  |  |",
        "| 无，零报告。 |  |  |  |  |  |  |  |  |",
        "| 无 | 无 | 无 | 无 | 无 | 无 | 无 | 无 | 无 |",
        "| 零报 | =0 | =0 | =0 | =0 | =0 | =0 | =0 | =0 |",
        "| 东村 | 无 | 无 | 无 | 无 | 无 | 无 | 无 | 无 |",
        "| 东村 | 无 |  |  |  |  |  |  |  |",
        "|  | / | / | 无 | / | / | / | / | / |",
        "|  |  |  |  |  |  |  |  |  |\n| 备注：零报 |  |  |  |  |  |  |  |  |",
        "| 无 |  |  |  |  |  |  |  |  |\n| 合计 | =0 | =0 | =0 | =0 | =0 | =0 | =0 | =0 |",
    ],
)
def test_ways_to_say_that_there_is_nothing_to_report(rows: str) -> None:
    checked = swept(rows)
    assert (found_in(checked), checked.tables[0].nil) == (set(), True)
    assert checked.tables[0].rows == []


def test_a_nil_return_in_the_column_of_row_numbers_or_in_the_title() -> None:
    assert_sheet("| 序号 | 房屋编号 | 产权人 |\n| 无 |  |  |", ledger_header=1)
    assert_sheet("| 城关街道自建房台账（零报告） |  |\n| 房屋编号 | 产权人 |", ledger_header=2)
    assert_sheet("| 用地手续 | 房屋编号 |\n| 无 |  |", ledger_header=1)  # 无 is one of its options


@pytest.mark.parametrize(
    "rows",
    [
        "",
        "| 合计 | =0 | =0 | =0 | =0 | =0 | =0 | =0 | =0 |",
        "| 备注：没有数据的单位实行零报告 |  |  |  |  |  |  |  |  |",
        "| 注：无数据的请填（零报） |  |  |  |  |  |  |  |  |",
        "| 本周无新增，零报告 |  |  |  |  |  |  |  |  |",
        "| 单位（盖章）： |  |  |  |  |  |  |  |  |",
    ],
)
def test_an_empty_table_is_no_return(rows: str) -> None:
    checked = swept(rows or "|  |")
    assert found_in(checked) == {("F009", "")}


def test_a_total_without_its_rows_is_told_as_such() -> None:
    checked = swept("| 总计（栋） | =5 | =1 | =0 | =3 | =1 | =1 | =0 | =0 |")
    (told,) = checked.problems
    assert (told.code, "只有第 4 行的合计" in told.message) == ("F009", True)


def test_zeros_are_data_and_no_nil_return() -> None:
    checked = swept("| 东村 | =0 | =0 | =0 | =0 | =0 | =0 | =0 | =0 |")
    assert (found_in(checked), column(checked, "wl_checked")) == (set(), [0])


def test_a_village_that_says_nothing_among_others_that_do_is_asked_for_its_figures() -> None:
    checked = swept("""
        | 东村 | =1 | =1 | =1 | =1 | =1 | =1 | =1 | =1 |
        | 西村 | 无 | 无 | 无 | 无 | 无 | 无 | 无 | 无 |
    """)
    assert found_in(checked) == {*NO_TOTAL, *(("C101", f"{letter}5") for letter in "BCDEFGHI")}
