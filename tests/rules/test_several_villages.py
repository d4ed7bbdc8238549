"""Several villages in one cell (D406): their figures cannot be told apart."""

import pytest

from tests.intake.messy import assert_sheet
from tests.sheets import assert_findings


@pytest.mark.parametrize(
    "village",
    [
        *("大河村、小河村", "大河村，小河村、东湖社区", "大河村和小河村", "大河村委会/小河村委会"),
        *("大河、小河村", "大河/小河", "大河小河两村", "大河村等3个村", "大河等三村", "大河村等村"),
    ],
)
def test_several_villages_are_asked_about_once(village: str) -> None:
    checked = assert_findings(f"| 村（社区） |\n| {village} [D406] |\n| 东村 |\n| {village} |")
    (said,) = [problem for problem in checked.problems if problem.code == "D406"]
    assert said.severity.value == "warning"
    assert said.cells == ("A2", "A4")
    assert f"「{village}」（2 行）" in said.message


@pytest.mark.parametrize(
    "village",
    ["和平村", "共和村", "东和村", "大河村（含小河村）", "上河下河村", "及第村", "高等村", "三个泉村"],
)
def test_one_village_is_one(village: str) -> None:
    assert_findings(f"| 村（社区） |\n| {village} |\n| 东村 |")


def test_of_a_cell_that_cannot_be_read_nothing_is_said() -> None:
    assert_findings("| 村（社区） |\n| 大河?、小?村 [C116] |\n| 东村 |")


def test_in_the_table_whose_rows_are_villages() -> None:
    assert_sheet(
        """
        | 行政村 | 错漏排专项核查 |  |  | “三类重点”全面复核 |  |  | 安全鉴定专项抽查 |  |
        |        | 共核查房屋 | 错排房屋 | 漏排房屋 | 共核查房屋 | 发现隐患房屋 | 整改完成 | 共核查 | 发现安全鉴定不合格 |
        | 大河村、小河村 [D406] | =1 | =0 | =0 | =1 | =0 | =0 | =1 | =0 |
        | 西岭村 | =1 | =0 | =0 | =1 | =0 | =0 | =1 | =0 |
        | 总计 | =2 | =0 | =0 | =2 | =0 | =0 | =2 | =0 |
        | 填报单位：城关街道 | | | | | | | | |
        """
    )
