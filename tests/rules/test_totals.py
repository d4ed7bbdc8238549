"""Totals of attachments and ledgers: the sums of what stands above, below or in the group."""

import pytest

from tests.intake.messy import assert_sheet
from tests.rules.attachments import FACT_1
from tests.sheets import Finding, check, found_in, workbook
from tests.sweep_tables import swept


def sweep(markdown: str) -> set[Finding]:
    """What is found in a sweep-table of the given rows, the first of which is row 4."""
    return found_in(swept(markdown))


VILLAGES = """
    | 东村 | =1 | =1 | =1 | =1 | =1 | =1 | =1 | =1 |
    | 西村 | =2 | =1 | =1 | =1 | =1 | =1 | =1 | =1 |
"""


@pytest.mark.parametrize("label", ["总计（栋）", "合计", "合 计", "总计", "全镇合计"])
def test_a_total_row_is_the_columns_sum(label: str) -> None:
    assert sweep(f"{VILLAGES}| {label} | =3 | =2 | =2 | =2 | =2 | =2 | =2 | =2 |") == set()
    assert sweep(f"{VILLAGES}| {label} | =4 | =2 | =2 | =2 | =2 | =2 | =2 | =1 |") == {
        ("A306", "B6"),
        ("A306", "I6"),
    }
    assert sweep(f"{VILLAGES}| {label} | =3 | =2 | — |  | =2 | =2 | =2 | =2 |") == {("A308", "E6")}


def test_a_sweep_table_without_a_total() -> None:
    assert sweep(VILLAGES) == {("A308", "")}
    (east, _) = VILLAGES.strip().splitlines()
    assert sweep(east) == set()
    assert sweep(f"{east}\n| 总计 | =1 | =1 | =1 | =1 |  |  |  | =1 |") == {("A308", f"{c}5") for c in "FGH"}


def test_a_total_row_may_stand_on_top() -> None:
    assert sweep(f"| 总计 | =3 | =2 | =2 | =2 | =2 | =2 | =2 | =2 |\n{VILLAGES}") == set()
    assert sweep(f"| 总计 | =5 | =2 | =2 | =2 | =2 | =2 | =2 | =2 |\n{VILLAGES}") == {("A306", "B4")}


def test_totals_of_groups_and_of_all() -> None:
    north = "| 北村 | =4 | =1 | =1 | =1 | =1 | =1 | =1 | =1 |"
    group = "| 东片合计 | =3 | =2 | =2 | =2 | =2 | =2 | =2 | =2 |"
    small = "| 小计 | =1 | =1 | =1 | =1 | =1 | =1 | =1 | =1 |"
    other = "| 北片合计 | =4 | =1 | =1 | =1 | =1 | =1 | =1 | =1 |"
    all_of_them = "| 总计 | =7 | =3 | =3 | =3 | =3 | =3 | =3 | =3 |"
    east, west = VILLAGES.strip().splitlines()
    assert sweep("\n".join([east, small, west, group, north, other, all_of_them])) == set()
    wrong = group.replace("=3", "=9")
    assert sweep("\n".join([east, west, wrong, north, other, all_of_them])) == {("A306", "B6")}


@pytest.mark.parametrize("label", ["村合计", "本页合计", "本页 合计", "东门社区合计：", "第二组合计"])
def test_the_last_of_several_groups_has_a_total_of_its_own(label: str) -> None:
    """A total for each village or page, and none for all of them."""
    first = f"| {label} | =3 | =2 | =2 | =2 | =2 | =2 | =2 | =2 |"
    north = "| 北村 | =4 | =1 | =1 | =1 | =1 | =1 | =1 | =1 |"
    second = f"| {label} | =4 | =1 | =1 | =1 | =1 | =1 | =1 | =1 |"
    assert sweep("\n".join([VILLAGES.strip(), first, north, second])) == set()
    assert sweep("\n".join([VILLAGES.strip(), first, north, second.replace("=4", "=5")])) == {("A306", "B8")}
    assert sweep("\n".join([VILLAGES.strip(), first.replace("=3", "=5"), north, second])) == {("A306", "B6")}


@pytest.mark.parametrize("label", ["合计", "总计", "全镇合计", "全村合计"])
def test_the_total_of_all_is_not_that_of_the_last_group(label: str) -> None:
    group = "| 东片合计 | =3 | =2 | =2 | =2 | =2 | =2 | =2 | =2 |"
    north = "| 北村 | =4 | =1 | =1 | =1 | =1 | =1 | =1 | =1 |"
    total = f"| {label} | =4 | =3 | =3 | =3 | =3 | =3 | =3 | =3 |"
    assert sweep("\n".join([VILLAGES.strip(), group, north, total])) == {("A306", "B8")}


def test_a_total_over_an_unreadable_figure_is_unknown() -> None:
    villages = VILLAGES.replace("| 西村 | =2", "| 西村 | 二")
    assert sweep(f"{villages}| 总计 | =9 | =2 | =2 | =2 | =2 | =2 | =2 | =2 |") == {("C102", "B5")}


def test_totals_of_a_house_ledger() -> None:
    """A total may be larger than any house could be."""
    houses = "\n".join(f"| YS{number} | =90000.5 | =3 |" for number in range(3))
    assert_sheet(
        f"| 房屋编号 | 建筑面积（㎡） | 使用人数 |\n{houses}\n| 合计 | =270001.5 | =9 |", ledger_header=1
    )
    assert_sheet(
        f"| 房屋编号 | 建筑面积（㎡） | 使用人数 |\n{houses}\n| 合计 | =270001.4 [A306] | 8 [A306] |",
        ledger_header=1,
    )


def test_a_total_beyond_all_counting_is_as_wrong_as_any() -> None:
    assert sweep(f"{VILLAGES}| 总计 | =1{'0' * 300} | =2 | =2 | =2 | =2 | =2 | =2 | =2 |") == {("A306", "B6")}


def test_a_wrong_total_rejects_no_row_and_stops_the_return() -> None:
    checked = swept(f"{VILLAGES}| 总计 | =4 |")
    assert (checked.rejected_rows(checked.tables[0]), checked.blocked) == (set(), True)


def test_the_rate_of_a_total_row_is_the_ratio_of_the_sums() -> None:
    """facts.md#ratio-of-sums: (2/2, 3/100) is 5/102 = 4.90 %, and not the mean of the rates."""
    names = [
        "总量",
        "经营性",
        "经营性初判",
        "经营性销号",
        "非经营性",
        "①",
        "②",
        "③",
        "④",
        "⑤",
        "⑥",
        "⑦",
        "销号率",
    ]
    header = ["乡镇（街道）", *(FACT_1[name][0] for name in names)]
    rows = [
        ["城关街道", "=2", "=0", "=0", "=0", "=2", "=2", "=0", "=2", "=0", "=0", "=0", "=2", "100%"],
        ["青石镇", "=100", "=0", "=0", "=0", "=100", "=100", "=0", "=3", "=0", "=0", "=0", "=3", "3%"],
    ]
    total = ["合计", "=102", "=0", "=0", "=0", "=102", "=102", "=0", "=5", "=0", "=0", "=0", "=5"]
    assert found_in(check(workbook([header, *rows, [*total, "4.90%"]]), "汇总.xlsx")) == set()
    assert found_in(check(workbook([header, *rows, [*total, "51.50%"]]), "汇总.xlsx")) == {("A303", "N4")}


def test_villages_in_the_sweep() -> None:
    """漏排 may exceed 共核查: what was missed was not there to be checked."""
    assert sweep("| 东村 | =1 | =1 | =9 | =2 | =2 | =2 | =3 | =3 |") == set()
    assert sweep("| 东村 | =1 | =2 | =9 | =2 | =3 | =4 | =3 | =4 |") == {
        ("A302", "C4"),
        ("A302", "F4"),
        ("A302", "G4"),
        ("A302", "I4"),
    }


@pytest.mark.parametrize(
    ("text", "said"), [("二", "不是数字"), ("#REF!", "不是数字"), ("约2栋", "不是数字"), ("", "未填写")]
)
def test_a_total_that_is_no_number_is_a_finding(text: str, said: str) -> None:
    rows = f"{VILLAGES}| 汇总 | =3 | {text} | =2 | =2 | =2 | =2 | =2 | =2 |"
    checked = swept(rows)
    (wrong,) = checked.problems
    assert (wrong.code, wrong.cell, said in wrong.message) == ("A308", "C6", True)
