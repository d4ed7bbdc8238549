"""同上 and 〃 mean what stands in the row above; where nothing does, they mean nothing."""

import pytest

from tests.intake.messy import assert_sheet, column
from tests.intake.typed_files import HEADINGS, checked_as, codes_of, house, ledger


def test_a_ditto_says_what_stands_above() -> None:
    found = assert_sheet(
        """
        | 房屋编号 | 村（社区） | 房屋地址 | 产权人       | 地上层数 | 初判结论       | 初判日期    |
        | YS1      | 东村       | 东村1号  | 赵一         | =2       | 未发现安全隐患 | =2024-03-05 |
        | YS2      | 同上       | 东村2号  | 钱二         | 同上     | 〃             | 〃          |
        | YS3      | 〃         | 东村3号  | 同 上        | ″        | "              | 同上        |
        """,
        ledger_header=1,
    )
    assert column(found, "village") == ["东村"] * 3
    assert column(found, "owner_name") == ["赵一", "钱二", "钱二"]
    assert column(found, "floors") == [2, 2, 2]
    assert len(set(column(found, "judged_on"))) == 1
    said = {problem.field: problem.cells for problem in found.problems if "同上" in problem.message}
    assert said["village"] == ("B3", "B4")
    assert set(said) == {"village", "owner_name", "floors", "initial_judgement", "judged_on"}


def test_a_ditto_below_nothing_is_asked_about() -> None:
    assert_sheet(
        """
        | 房屋编号 | 村（社区）    | 组          | 房屋地址 | 产权人 | 地上层数    | 备注 |
        | YS1      | 同上 [C101]   | 一组        | 东村1号  | 赵一   | 〃 [C102]   |      |
        | 小计     |               |             |          |        | =2          |      |
        | YS2      | 〃 [C101]     | 同上 [C101] | 东村2号  | 钱二   | =2          | 同上 |
        """,
        ledger_header=1,
    )


@pytest.mark.parametrize("extension", ["xlsx", "xls", "ods", "csv"])
def test_a_blank_row_and_the_headings_of_the_next_page_do_not_part_a_ditto_from_what_it_repeats(
    extension: str,
) -> None:
    again = {"村（社区）": "同上", "组": "〃"}
    rows = [house(1, 组="一组"), [], house(2, **again), house(3, 组="二组"), HEADINGS, house(4, **again)]
    found = checked_as(extension, ledger(rows))
    assert codes_of(found) == []
    assert column(found, "village") == ["东村"] * 4
    assert column(found, "group") == ["一组", "一组", "二组", "二组"]


@pytest.mark.parametrize("extension", ["xls", "ods", "gb.csv"])
@pytest.mark.parametrize("text", ["同上", "〃", "同前"])
def test_in_every_type_of_file(extension: str, text: str) -> None:
    rows = [house(1), house(2, **{"村（社区）": text, "产权人": text}), house(3)]
    found = checked_as(extension, ledger(rows))
    assert codes_of(found) == []
    assert column(found, "village") == ["东村"] * 3


def test_a_house_number_that_repeats_the_one_above_is_there_twice() -> None:
    found = checked_as("xlsx", ledger([house(1), house(2, 房屋编号="同上")]))
    assert codes_of(found) == ["D401"]


@pytest.mark.parametrize("sign", ["↓", "……", "_", "、", "√", "…"])
def test_a_sign_alone_is_no_name(sign: str) -> None:
    """Nothing says what it means: no village is called so."""
    checked = assert_sheet(
        f"""
        | 房屋编号 | 村（社区）    | 产权人 | 备注   |
        | YS1      | 东村          | 赵一   | {sign} |
        | YS2      | {sign} [C101] | 钱二   |        |
        """,
        ledger_header=1,
    )
    (said,) = [problem for problem in checked.problems if problem.code == "C101"]
    assert "不能写「" in said.message
    assert column(checked, "remarks") == [sign, None]
