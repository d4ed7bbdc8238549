"""Names, places, identifiers: spaces, full-width letters, invisible leftovers, lost digits."""

from datetime import date

import pytest

from tests.intake.messy import assert_cells, assert_sheet, column
from tests.sheets import A_PLAIN_HOUSE, check, found_in, workbook
from zjf.intake.rows.sheet_column import SheetColumn
from zjf.intake.values.cells import needs_no_reading, read_column
from zjf.intake.values.readings import Context
from zjf.intake.values.texts import read_text
from zjf.schemas import FORMS
from zjf.unit_names import Roster

CONTEXT = Context(Roster(), date(2024, 6, 7))


def test_names_and_the_spaces_in_them() -> None:
    assert_cells("""
        | 使用人          | 读作       |
        | 赵一            | 赵一       |
        | 赵　一 [C111]   | 赵一       |
        | 赵 一 [C111]    | 赵一       |
        | 赵一 钱二       | 赵一 钱二  |
        | 赵一\\n钱二 [C111] | 赵一 钱二 |
        | Tom Brown       | Tom Brown  |
        | —               |            |
        | 无              |            |
        | ／              |            |
    """)


def test_addresses_keep_their_punctuation() -> None:
    assert_cells("""
        | 房屋地址                | 读作              |
        | 东村１２号 [C111]       | 东村12号          |
        | 东村\\n12号 [C111]      | 东村 12号         |
        | 东村（老街）12号        | 东村（老街）12号  |
        | 东村12号，后院          | 东村12号，后院    |
        | '东村12号 [C111]        | 东村12号          |
    """)


def test_a_word_in_place_of_a_name_names_nothing() -> None:
    assert_cells("""
        | 村（社区）     | 读作 |
        | 东村           | 东村 |
        | 待定 [C101]    |      |
        | 不详 [C101]    |      |
        | N/A [C101]     |      |
        | =0 [C101]      |      |
        | √ [C101]       |      |
        | 略坪村         | 略坪村 |
    """)
    assert_cells("""
        | 产权人         | 读作 |
        | 不详           | 不详 |
        | 待核实 [C101]  |      |
        | null [C101]    |      |
        | 5 [C101]       |      |
        | =7 [C101]      |      |
        | 13900001111 [C101] |  |
        | 赵5            | 赵5  |
    """)


def test_a_word_in_place_of_the_technician_is_no_technician() -> None:
    beside = {"复核结论": "无隐患", "复核日期": "2024-05-01"}
    assert_cells(
        """
        | 复核人         | 读作 |
        | 赵一           | 赵一 |
        | 待定 [L201]    |      |
        | 不详 [L201]    |      |
        | × [L201]       |      |
        """,
        beside=beside,
    )


def test_two_villages_below_each_other() -> None:
    assert_cells("""
        | 村（社区）              | 读作        |
        | 东村\\n西村 [C111, D406] | 东村、西村  |
        | 东\\n村 [C111]           | 东村        |
        | 张 家村 [C111]          | 张家村      |
        | 石村桥村                | 石村桥村    |
    """)


def test_numbers_of_houses() -> None:
    assert_cells("""
        | 房屋编号            | 读作             |
        | YS0001              | YS0001           |
        | ys0002 [C111]       | YS0002           |
        | ＹＳ０００３ [C111] | YS0003           |
        | YS 0004 [C111]      | YS0004           |
        | =5                  | 5                |
        | 'YS0006 [C111]      | YS0006           |
        | =202400000000001    | 202400000000001  |
        | =2024000000000012 [C110] |             |
        | 2.02400000000001E+17 [C110] |          |
        | =2024-03-05 [C110]  |                  |
        | 3E12                | 3E12             |
        | 20240000000000000123 | 20240000000000000123 |
        | — [C101]            |                  |
        | =0 [C101]           |                  |
        | NULL [C101]         |                  |
        | ######## [C101]     |                  |
    """)


def test_a_long_number_of_a_report_stored_as_a_number_has_lost_digits() -> None:
    beside = {"鉴定日期": "2023-05-01", "鉴定机构": "江岳鉴定所", "鉴定等级": "B"}
    assert_cells(
        "| 鉴定报告编号 | 读作 |\n| =2024000000000012 [C110] | |\n| 2024000000000012 | 2024000000000012 |",
        beside=beside,
    )


def test_text_that_is_too_long() -> None:
    checked = assert_sheet(
        f"| 房屋编号 | 产权人 |\n| YS1 | {'赵' * 101} |", ledger_header=1, also=[("C112", "B2")]
    )
    assert "超过 100 个字" in checked.problems[0].message


def test_control_characters() -> None:
    field = FORMS["house-ledger"].by_name["remarks"]
    assert read_text(field, "已拆\u200b除\ufeff", CONTEXT).value == "已拆除"
    assert_sheet("| 房屋编号 | 备注 |\n| YS1 | 已拆\x07除 [C112] |", ledger_header=1)


@pytest.mark.parametrize("unseen", ["\u202d", "\u202c", "\u2066", "\ufe0f", "\u2800", "\u3164", "\U000e0100"])
def test_letters_that_nobody_sees(unseen: str) -> None:
    """A number copied from a list of contacts or from a certificate stands between two of them."""
    copied = {
        "产权人": "赵一",
        "房屋编号": "YS9",
        "联系电话": "13900000001",
        "地上层数": "2",
        "是否经营性": "否",
    }
    marked = {name: f"{unseen}{text}{unseen}" for name, text in copied.items()}
    row = {name: text.format(number=1) for name, text in A_PLAIN_HOUSE.items()} | marked
    cells = [[f"填报单位：城关街道{unseen}"], [*row], [*row.values()]]
    checked = check(workbook(cells), "台账.xlsx")
    assert found_in(checked) == set()
    read = [
        column(checked, field)
        for field in ("owner_name", "house_id", "owner_phone", "floors", "is_commercial")
    ]
    assert read == [["赵一"], ["YS9"], ["13900000001"], [2], ["否"]]


@pytest.mark.parametrize("word", ["undefined", "[object Object]", "\\N", "(null)", "（空）"])
def test_what_a_program_writes_for_a_blank_is_no_name(word: str) -> None:
    assert_sheet(f"| 房屋编号 | 产权人 |\n| YS1 | {word} [C101] |", ledger_header=1)


@pytest.mark.parametrize("text", ["Err:502", "错误:502", "#错误", "#FIELD!", "#BUSY!"])
def test_errors_of_other_programs_as_text(text: str) -> None:
    assert_sheet(f"| 房屋编号 | 房屋地址 |\n| YS1 | {text} [C109] |", ledger_header=1)


def test_what_a_spreadsheet_leaves_of_a_line_break() -> None:
    checked = assert_sheet("| 房屋编号 | 备注 |\n| YS1 | 已拆_x000D_\\n除 |", ledger_header=1)
    assert column(checked, "remarks") == ["已拆除"]


def test_a_text_that_became_a_day_is_read_as_that_day() -> None:
    assert_cells("| 备注 | 读作 |\n| =2024-03-05 [C111] | 2024-03-05 |")


def test_one_odd_number_in_a_long_column_is_read_like_the_others() -> None:
    """A long column is looked at as one text, which must not take the longer the more there is of it."""
    for field, plain, odd, means in (
        ("house_id", "YS330102001", "ys 9", "YS9"),
        ("owner_phone", "13500001234", "１３５００００１２３４", "13500001234"),
    ):
        column = [plain] * 20_000
        assert needs_no_reading(FORMS["house-ledger"].by_name[field], SheetColumn([*column, ""]))
        assert not needs_no_reading(FORMS["house-ledger"].by_name[field], SheetColumn([*column, odd]))
        (reading,) = read_column(FORMS["house-ledger"].by_name[field], [odd], CONTEXT)
        assert (reading.value, reading.repaired) == (means, True)
