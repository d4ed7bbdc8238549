"""A total row in other words is no village: else everything would be counted twice."""

import pytest

from tests.intake.messy import rows_of
from tests.sheets import A_PLAIN_HOUSE, check, found_in, workbook
from tests.sweep_tables import swept

VILLAGES = """
    | 东村 | =5 | =1 | =0 | =4 | =1 | =1 | =2 | =0 |
    | 西村 | =3 | =0 | =1 | =4 | =1 | =0 | =1 | =0 |
"""
SUMS = "| =8 | =1 | =1 | =8 | =2 | =1 | =3 | =0 |"


@pytest.mark.parametrize(
    "label",
    [
        *("总数", "总和", "总栋数", "合计数", "合计栋数", "合计/栋", "全镇总数", "总共", "总计数", "累计数"),
        *("全镇", "本镇", "全街道", "全部", "计", "总", "Σ", "Total", "SUM", "共8栋", "共2个村"),
        *("总计【栋】", "总计〔栋〕", "-总计-", "合计*", "合計", "總計", "全镇共计2个村"),
    ],
)
def test_what_else_a_total_is_called(label: str) -> None:
    checked = swept(f"{VILLAGES}| {label} {SUMS}")
    assert (rows_of(checked), found_in(checked)) == ([4, 5], set())


@pytest.mark.parametrize(
    "village", ["总管村", "共和", "全胜村", "合心", "本溪社区", "计家湾", "大统村", "汇源社区"]
)
def test_villages_that_are_called_alike(village: str) -> None:
    checked = swept(f"{VILLAGES}| {village} | =1 | =1 | =0 | =1 | =0 | =0 | =1 | =0 |")
    assert (rows_of(checked), found_in(checked)) == ([4, 5, 6], {("A308", "")})


@pytest.mark.parametrize("label", ["青石镇", "统计", "三个村", "累计完成", "镇里"])
def test_a_row_of_any_name_that_adds_up_all_others(label: str) -> None:
    assert found_in(swept(f"{VILLAGES}| {label} {SUMS}")) == {("A310", "A6")}
    assert found_in(swept(f"| {label} {SUMS}\n{VILLAGES}")) == {("A310", "A4")}


def test_sums_that_may_be_chance() -> None:
    few = "| 东村 | =1 | =0 | =0 | =1 | =0 | =0 | =0 | =0 |"
    assert found_in(
        swept("\n".join([few, few.replace("东", "西"), few.replace("东", "北").replace("=1", "=2")]))
    ) == {("A308", "")}
    assert found_in(swept(f"| 东村 {SUMS}\n| 西村 {SUMS}")) == {("A308", "")}


def test_a_row_that_cannot_be_read_is_unknown() -> None:
    unreadable = VILLAGES.replace("| =3 |", "| 3栋多 |")
    assert found_in(swept(f"{unreadable}| 青石镇 {SUMS}")) == {("C102", "B5"), ("A308", "")}


@pytest.mark.parametrize("label", ["全镇", "合计", "总数"])
def test_a_row_with_a_persons_name_is_a_house(label: str) -> None:
    """Its number is a figure, and its village reads like a label: it is asked about, and not left out."""
    headings = list(A_PLAIN_HOUSE)
    first = [text.format(number=1) for text in A_PLAIN_HOUSE.values()]
    sparse = ["2", label, "", "张三", "是"]
    total = ["合计", "", "", "3户", "", "2"]
    checked = check(workbook([["填报单位：城关街道"], headings, first, sparse, total]))
    assert rows_of(checked) == [3, 4]
    assert ("C101", "C4") in found_in(checked)
